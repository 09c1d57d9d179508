using System.Net;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>Who is believed when they say for whom they call. The addresses are those kept for documentation (RFC 5737, RFC 3849).</summary>
public class KnownProxiesTests
{
    private static readonly string[] OneAtOnce = ["--Limits:PerAddress=1", "--Limits:Burst=1"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task Caller_BehindAKnownProxy_HasLimitsOfTheirOwn(string proxy)
    {
        await using var desk = await DeskOfPeople.StartAsync(null, ["--Proxies:0=" + proxy, .. OneAtOnce]);
        using var client = desk.NewClient();
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(client, "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(client, "203.0.113.8"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(client, "2001:db8::7"));

        // Somebody who writes an address of their own before the proxy's word is known by the proxy's word.
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(client, "198.51.100.1, 203.0.113.9"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await CallAsync(client, "198.51.100.2, 203.0.113.9"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Caller_WhoIsNoKnownProxy_IsNotBelieved(string? proxy)
    {
        await using var desk = await DeskOfPeople.StartAsync(null, [.. proxy is null ? Array.Empty<string>() : ["--Proxies:0=" + proxy], .. OneAtOnce]);
        using var client = desk.NewClient();
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(client, "203.0.113.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await CallAsync(client, "203.0.113.8"));
    }

    [Theory]
    [InlineData("proxy.example.com")]
    [InlineData("10.0.0.0/33")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("")]
    public async Task Proxy_ThatIsNone_RefusesTheStart(string proxy)
    {
        using var data = new TemporaryDirectory();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(data.Path, null, "--Proxies:0=" + proxy));
        Assert.Contains("Proxies", refused.Message, StringComparison.Ordinal);
    }

    // The framework's switch, as ASPNETCORE_FORWARDEDHEADERS_ENABLED sets it: everybody would be believed.
    [Fact]
    public async Task SwitchThatBelievesEverybody_RefusesTheStart()
    {
        using var data = new TemporaryDirectory();
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunningHost.StartAsync(data.Path, null, "--ForwardedHeaders_Enabled=true"));
        Assert.Contains("Proxies:0", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient client, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/conversations");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        using var answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
