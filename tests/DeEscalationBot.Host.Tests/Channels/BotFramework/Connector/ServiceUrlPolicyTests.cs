using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Connector;

/// <summary>Hosts as Microsoft's SDKs name them for each cloud.</summary>
public class ServiceUrlPolicyTests
{
    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net/teams", "https://smba.trafficmanager.net/teams/")]
    [InlineData("https://SMBA.trafficmanager.net:443/teams", "https://smba.trafficmanager.net/teams/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/teams", "https://smba.infra.gcc.teams.microsoft.com/teams/")]
    [InlineData("https://webchat.botframework.com/", "https://webchat.botframework.com/")]
    [InlineData("https://directline.botframework.azure.cn/", "https://directline.botframework.azure.cn/")]
    [InlineData("https://channel.example.com:8443/any/where", "https://channel.example.com:8443/any/where/")]
    public void BaseOf_KnownConnector_EndsInASlash(string url, string expected) => Assert.Equal(expected, Registered().BaseOf(url)?.AbsoluteUri);

    [Theory]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    [InlineData("https://evil.trafficmanager.net/")] // Anybody can have a name there.
    [InlineData("https://smba.trafficmanager.net.evil.example/")]
    [InlineData("https://botframework.com.evil.example/")]
    [InlineData("https://evilbotframework.com/")]
    [InlineData("https://smba.trafficmanager.net@evil.example/")]
    [InlineData("https://smba.trafficmanager.net/?next=https://evil.example")]
    [InlineData("https://channel.example.com/")] // The port of the setting is another.
    [InlineData("http://localhost:3978/")]
    [InlineData("http://169.254.169.254/metadata/")]
    [InlineData("smba.trafficmanager.net")]
    [InlineData(null)]
    public void BaseOf_Other_IsNothing(string? url) => Assert.Null(Registered().BaseOf(url));

    [Fact]
    public void BaseOf_WithoutAnAppId_IsThisMachineOnly()
    {
        var policy = new ServiceUrlPolicy(Options.Create(new BotFrameworkOptions()));

        Assert.Equal("http://localhost:56150/_connector/", policy.BaseOf("http://localhost:56150/_connector")?.AbsoluteUri);
        Assert.Equal("http://[::1]:1/", policy.BaseOf("http://[::1]:1")?.AbsoluteUri);
        Assert.Null(policy.BaseOf("https://smba.trafficmanager.net/emea/"));
    }

    private static ServiceUrlPolicy Registered()
    {
        var options = new BotFrameworkOptions { AppId = "11111111-2222-4333-8444-555555555555" };
        options.ServiceUrls.Add("https://channel.example.com:8443");
        return new ServiceUrlPolicy(Options.Create(options));
    }
}
