using System.Net;
using DeEscalationBot.Host.Channels.BotFramework.TeamsApp;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.TeamsApp;

/// <summary>What stands in the tabs of the Teams app.</summary>
public class TeamsTabTests(RegisteredBotFixture fixture) : IClassFixture<RegisteredBotFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("?open=console&lang=es-ES", "/console", "Abrir la consola")]
    [InlineData("?open=console&lang=en-US", "/console", "Open the console")]
    [InlineData("?open=sidebar&c=case%2F1&lang=en", "/sidebar/case%2F1", "Open the sidebar")]
    [InlineData("?open=sidebar&c={subEntityId}", "/", "Open the sidebar")]
    [InlineData("?open=sidebar&c=", "/", "Open the sidebar")]
    [InlineData("?open=sidebar&c=%22%3E%3Cscript%3E", "/sidebar/%22%3E%3Cscript%3E", "Open the sidebar")]
    public async Task Tab_StandsInTheFrameOfTeams_AndOpensThePageInTheBrowser(string query, string address, string words)
    {
        using var answer = await fixture.Bot.Host.Client.GetAsync(TeamsTab.Path + query, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode); // Nobody has signed in.
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors https://teams.microsoft.com ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", policy.Split("script-src")[1].Split(';')[0], StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains($"href=\"{address}\" target=\"_blank\"", page, StringComparison.Ordinal);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutABot_ThereIsNone()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path);
        using var answer = await host.Client.GetAsync(TeamsTab.Path, Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
