using System.Text.Json.Nodes;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Delivery.Webhooks;

/// <summary>What the real host sends is verified by the npm package standardwebhooks (tests/webhooks), which is nobody's of ours.</summary>
public class IndependentVerificationTests
{
    private const string OtherSecret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    [Fact]
    public async Task Webhooks_OfARealHost_AreVerified_AndChangedOnesAreNot()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, [.. receiver.Settings, $"--Webhooks:0:OtherSecret={OtherSecret}"]);
        await host.SayAsync("ñandú €/😀", "m1", "customer", "Eres un inútil, no sirves para nada. 😡 “señor” \\ \u2028");
        await Eventually.HoldsAsync(() => receiver.Taken.Any(r => r.Type == "alert.raised"), "the alert");
        var sent = receiver.Taken[0];

        var answers = await VerifyAsync(
            Line(WebhookReceiver.Secret, sent, sent.Body),
            Line(OtherSecret, sent, sent.Body),
            Line("whsec_" + Convert.ToBase64String(new byte[24]), sent, sent.Body),
            Line(WebhookReceiver.Secret, sent, sent.Body + " "));

        Assert.Equal(["verified", "verified"], answers.Take(2));
        Assert.All(answers.Skip(2), a => Assert.Contains("signature", a, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(4, answers.Length);
    }

    private static string Line(string secret, Received sent, string body) => new JsonObject
    {
        ["secret"] = secret,
        ["headers"] = new JsonObject { [WebhookSignature.IdHeader] = sent.Id, [WebhookSignature.TimestampHeader] = sent.Timestamp, [WebhookSignature.SignatureHeader] = sent.Signature },
        ["body"] = body,
    }.ToJsonString();

    private static async Task<string[]> VerifyAsync(params string[] lines)
    {
        using var package = await NodePackage.InstallAsync("webhooks");
        return await package.RunAsync("verify.js", [], lines);
    }
}
