using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Certificates of the tests, with their private keys, in files.</summary>
public static class TestCertificate
{
    public const string Password = "only for this test";

    /// <summary>Writes a new one.</summary>
    /// <param name="file">Where to.</param>
    /// <returns>Its SHA-256 thumbprint.</returns>
    public static string Write(string file)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=coach", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, Password));
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
