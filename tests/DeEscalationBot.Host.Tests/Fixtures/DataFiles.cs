using System.Text;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Searches the files of a folder.</summary>
public static class DataFiles
{
    /// <summary>The files that hold a word. Every file, journals as well; the host keeps some of them open, and locks cannot be read.</summary>
    public static IReadOnlyList<string> With(string folder, string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Where(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray().AsSpan().IndexOf(bytes) >= 0;
        })];
    }
}
