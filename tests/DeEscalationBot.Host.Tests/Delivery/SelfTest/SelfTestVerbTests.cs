using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeEscalationBot.Host.Delivery.SelfTest;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Delivery.SelfTest;

/// <summary>The verb needs no database and no running host.</summary>
public class SelfTestVerbTests
{
    [Fact]
    public async Task EverySink_ThatTakesIt_Passes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();

        var (code, output, _) = await RunAsync([.. receiver.Settings]);

        Assert.Equal(SelfTestVerb.AllPassed, code);
        Assert.Contains("passed  webhook-0: HTTP 200", output, StringComparison.Ordinal);
        Assert.Equal("alert.test", Assert.Single(receiver.Taken).Type);
        Assert.True(WebhookReceiver.IsSigned(receiver.Taken[0]));
    }

    [Theory]
    [InlineData(SelfTestVerb.SomeFailed, "Webhooks:AllowPrivateNetworks", "--Webhooks:0:Url=http://127.0.0.1:9/", "--Webhooks:0:Secret=" + WebhookReceiver.Secret)]
    [InlineData(SelfTestVerb.SomeFailed, "Webhooks:0:Url", "--Webhooks:0:Url=http://127.0.0.1:9/", "--Webhooks:0:Secret=" + WebhookReceiver.Secret, "--Webhooks:AllowPrivateNetworks=true")]
    [InlineData(SelfTestVerb.SomeFailed, "Mail:Host", "--Mail:Host=localhost", "--Mail:Port=9", "--Mail:Security=None", "--Mail:From=a@example.com", "--Mail:To:0=b@example.com")]
    [InlineData(SelfTestVerb.SomeFailed, "Mail:To", "--Mail:Host=localhost", "--Mail:Port=9", "--Mail:Security=None", "--Mail:From=a@example.com")]
    [InlineData(SelfTestVerb.NotTested, "Webhooks:0:Secret", "--Webhooks:0:Url=http://127.0.0.1:9/")]
    [InlineData(SelfTestVerb.NotTested, "Escalation:Ladder:Rungs:0:Name", "--Escalation:Ladder:Rungs:0:People:0:Person=x")]
    [InlineData(SelfTestVerb.NotTested, "No sink is set")]
    public async Task BrokenSetting_IsNamed(int code, string named, params string[] settings)
    {
        var (actual, output, errors) = await RunAsync(settings);

        Assert.Equal(code, actual);
        Assert.Contains(named, output + errors, StringComparison.Ordinal);
    }

    // A certificate that nobody trusts is not accepted, and that it soon expires is said besides.
    [Fact]
    public async Task CertificateThatIsNotTrusted_FailsByName_AndItsEndIsWarnedOf()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(5));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var receiver = await WebhookReceiver.StartAsync(certificate);

        var (code, output, errors) = await RunAsync([.. receiver.Settings]);

        Assert.Equal(SelfTestVerb.SomeFailed, code);
        Assert.Contains("The certificate of localhost is not accepted. Look at Webhooks:0:Url", output + errors, StringComparison.Ordinal);
        Assert.Contains($"The certificate of localhost (Webhooks:0:Url) expires on {now.AddDays(5).UtcDateTime:yyyy-MM-dd}.", output + errors, StringComparison.Ordinal);
        Assert.Empty(receiver.All);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] settings)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await SelfTestVerb.RunAsync([SelfTestVerb.Name, .. settings], output, errors), output.ToString(), errors.ToString());
    }
}
