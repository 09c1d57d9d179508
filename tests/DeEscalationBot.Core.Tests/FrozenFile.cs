using System.Security.Cryptography;
using System.Text;

namespace DeEscalationBot.Core.Tests;

/// <summary>Files that a measure is taken on and that therefore never change.</summary>
internal static class FrozenFile
{
    public static void AssertUnchanged(string path, string sha256)
    {
        // Line ends are normalised, so that a checkout with CRLF gives the same hash.
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
