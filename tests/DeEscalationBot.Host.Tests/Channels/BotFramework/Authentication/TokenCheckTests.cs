using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Authentication;

/// <summary>Who is let in. Expected statuses: the target of the token matrix, which follows the stricter of Microsoft's own packages.</summary>
public class TokenCheckTests(RegisteredBotFixture fixture) : IClassFixture<RegisteredBotFixture>
{
    private readonly BotHost _bot = fixture.Bot;

    public static TheoryData<string> Names => [.. TokenMatrix.Cases.Select(c => c.Name)];

    private TokenCase.Context Context => new(_bot.Authority!, _bot.Connector.ServiceUrl, TimeProvider.System.GetUtcNow());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_ByToken_AnswersAsTheMatrixSays(string name)
    {
        var row = TokenMatrix.Cases.Single(c => c.Name == name);
        var activity = _bot.NewActivity("typing");
        row.Change?.Invoke(activity);

        var (status, body) = await _bot.PostAsync(activity, row.Header(Context));

        Assert.Equal((row.Ours, null), ((int)status, body?.ToJsonString()));
        Assert.DoesNotContain(_bot.Host.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) || l.Contains("ey", StringComparison.Ordinal) && l.Contains(".ey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_WithoutRightToAnswer_CallsNoConnectorAndRemembersNothing()
    {
        foreach (var header in new[] { "Bearer x", Context.Bearer(key: _bot.Authority!.OtherChannel) })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await _bot.PostAsync(_bot.NewActivity("message", "hola", conversation: "a:intruder"), header)).Status);
        }

        await Fixtures.Eventually.HoldsAsync(() => _bot.Host.Services.GetRequiredService<ActivityLanes>().Waiting == 0, "nothing waits");
        var references = _bot.Host.Services.GetRequiredReferences();
        Assert.Null(await references.FindAsync("msteams", "a:intruder", TestContext.Current.CancellationToken));
        Assert.Empty(_bot.Connector.CallsIn("a:intruder"));
    }

    [Fact]
    public async Task Post_WithToken_IsAnsweredWithTheBotsOwnTokenAndRemembered()
    {
        Assert.Equal(HttpStatusCode.OK, (await _bot.PostAsync(_bot.NewActivity("message", "ayuda", conversation: "a:known"), Context.Bearer())).Status);
        await Fixtures.Eventually.HoldsAsync(() => _bot.Connector.CallsIn("a:known").Any(c => c.Body?["text"] is not null || c.Body?["attachments"] is not null), "the answer");

        Assert.All(_bot.Connector.CallsIn("a:known"), c => Assert.Equal("Bearer bot-token", c.Authorization));
        Assert.Equal(_bot.Connector.ServiceUrl, (await _bot.Host.Services.GetRequiredReferences().FindAsync("msteams", "a:known", TestContext.Current.CancellationToken))?.ServiceUrl);
    }

    [Fact]
    public async Task Post_ThroughAConnectorThatIsNotAllowed_IsTakenButNotAnswered()
    {
        // The token vouches for it, but the bot's own token goes to known connectors only.
        await using var other = await ConnectorServer.StartAsync();
        var activity = _bot.NewActivity("message", "ayuda", conversation: "a:elsewhere");
        activity["serviceUrl"] = "http://localhost.evil.example:9/";
        var claims = Context.Bearer(t => t["serviceurl"] = "http://localhost.evil.example:9/");

        Assert.Equal(HttpStatusCode.OK, (await _bot.PostAsync(activity, claims)).Status);

        await Fixtures.Eventually.HoldsAsync(() => _bot.Host.Log.Lines.Any(l => l.Contains("http://localhost.evil.example:9 is not one", StringComparison.Ordinal)), "the refusal");
        Assert.Null(await _bot.Host.Services.GetRequiredReferences().FindAsync("msteams", "a:elsewhere", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Post_TokenOfTheOrganisation_IsRefusedUnlessSettingsTakeIt()
    {
        var token = Context.Bearer(t =>
        {
            t["iss"] = "https://sts.windows.net/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/";
            t["tid"] = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
            t["ver"] = "1.0";
            t["appid"] = ChannelAuthority.AppId;
        });

        Assert.Equal(HttpStatusCode.Unauthorized, (await _bot.PostAsync(_bot.NewActivity("typing"), token)).Status);
    }
}

/// <summary>Tokens of the bot's own organisation, where the settings take them.</summary>
public class TenantTokenTests
{
    private const string Tenant = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    [Fact]
    public async Task Post_TokenOfTheOwnOrganisation_IsTaken_OfAnotherIsNot()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        await using var bot = await BotHost.StartAsync(
            withAppId: true, "--BotFramework:AcceptTenantTokens=true", $"--BotFramework:TenantMetadataAddress={authority.Metadata}");

        bot.ChannelId = "acme-desk";
        async Task<HttpStatusCode> PostAsync(Action<JsonObject> change, string type = "typing")
        {
            var claims = ChannelAuthority.Claims("", TimeProvider.System.GetUtcNow());
            (claims["iss"], claims["tid"], claims["ver"], claims["azp"], claims["idtyp"]) = ($"https://login.microsoftonline.com/{Tenant}/v2.0", Tenant, "2.0", "22222222-2222-4333-8444-555555555555", "app");
            change(claims);
            return (await bot.PostAsync(bot.NewActivity(type, type == "message" ? "ayuda" : null), "Bearer " + authority.Teams.Sign(claims))).Status;
        }

        Assert.Equal(HttpStatusCode.OK, await PostAsync(_ => { }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(t => (t["iss"], t["ver"], t["azp"], t["appid"]) = ($"https://sts.windows.net/{Tenant}/", "1.0", null, "22222222-2222-4333-8444-555555555555")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(t => (t["iss"], t["tid"]) = ("https://login.microsoftonline.com/bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee/v2.0", "bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(t => t.Remove("azp")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(t => t["tid"] = "bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(t => t["aud"] = "99999999-2222-4333-8444-555555555555"));

        // A person's token, with which any page of the organisation could come.
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(t => t.Remove("idtyp")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(t => t["idtyp"] = "user"));

        // It is answered, but the bot does not go on with it by itself.
        Assert.Equal(HttpStatusCode.OK, await PostAsync(_ => { }, "message"));
        await bot.SaidAsync(1);
        Assert.Null(await bot.Host.Services.GetRequiredReferences().FindAsync("acme-desk", bot.Conversation, TestContext.Current.CancellationToken));

        // Nobody but Azure speaks for Azure's channels.
        foreach (var channel in new[] { "msteams", "MSTeams", "webchat", "directline", "email" })
        {
            bot.ChannelId = channel;
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(_ => { }));
        }
    }
}
