using System.Net;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>People, by a real provider of OpenID Connect in this process.</summary>
public class SignInTests(DeskOfPeopleFixture fixture) : IClassFixture<DeskOfPeopleFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_SignsInByCodeFlowAndLandsWhereTheyWanted_AndSignsOut()
    {
        var desk = fixture.Desk;
        var before = desk.Provider.Redeemed;
        using var client = await desk.SignInAsync(DeskOfPeople.Agent);
        Assert.Equal(before + 1, desk.Provider.Redeemed);
        using (var home = await DeskOfPeople.OpenAsync(client, "/"))
        {
            Assert.Equal("/reports/mine", home.Headers.Location?.ToString());
        }

        using var page = await DeskOfPeople.OpenAsync(client, SignInEndpoints.SignOutPath);
        var html = await page.Content.ReadAsStringAsync(Token);
        var field = html.Split("name=\"")[^1];
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { [field.Split('"')[0]] = WebUtility.HtmlDecode(field.Split("value=\"")[1].Split('"')[0]) });
        using var left = await client.PostAsync(SignInEndpoints.SignOutPath, form, Token);
        Assert.StartsWith(desk.Provider.Authority + "/logout", left.Headers.Location?.ToString(), StringComparison.Ordinal);
        using var after = await client.GetAsync("/api/v1/conversations", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithoutTheFormsToken_DoesNothing()
    {
        var desk = fixture.Desk;
        using var client = await desk.SignInAsync(DeskOfPeople.Agent);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>());
        using var answer = await client.PostAsync(SignInEndpoints.SignOutPath, form, Token);
        Assert.Equal(SignInEndpoints.SignOutPath, answer.Headers.Location?.ToString());
        using var after = await client.GetAsync("/api/v1/conversations", Token);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Session_EndsWhenItsTimeIsOver()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var desk = await DeskOfPeople.StartAsync(clock, "--SignIn:Session=01:00:00");
        using var client = await desk.SignInAsync(DeskOfPeople.Agent);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/conversations", Token)).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/conversations", Token)).StatusCode);
    }

    [Fact]
    public async Task Person_WithoutRole_GetsAPageThatSaysSoInTheirLanguage()
    {
        var desk = fixture.Desk;
        using var client = await desk.SignInAsync(DeskOfPeople.WithoutRole);
        using (var training = await DeskOfPeople.OpenAsync(client, "/training"))
        {
            Assert.Equal(SignInEndpoints.NoAccessPath, training.Headers.Location?.ToString());
        }

        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es-ES");
        using var page = await DeskOfPeople.OpenAsync(client, SignInEndpoints.NoAccessPath);
        var html = await page.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("No tiene ning", html, StringComparison.Ordinal);
        Assert.Contains("Nora", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "https://evil.example.com", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "null", HttpStatusCode.Unauthorized)]
    [InlineData("POST", null, HttpStatusCode.NotFound)]
    public async Task Cookie_WithARequestOfAnotherSitesPage_OpensNothing(string method, string? origin, HttpStatusCode expected)
    {
        var desk = fixture.Desk;
        using var client = await desk.SignInAsync(DeskOfPeople.Agent);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/conversations/none/handover");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Callback_WithAnAnswerThatNobodyAskedFor_LeadsToAPageThatSaysSo()
    {
        var desk = fixture.Desk;
        using var client = desk.NewClient();
        using var answer = await DeskOfPeople.OpenAsync(client, PersonCallback + "?code=stolen&state=made-up");
        Assert.Equal(SignInEndpoints.FailedPath, answer.Headers.Location?.ToString());
        using var page = await DeskOfPeople.OpenAsync(client, SignInEndpoints.FailedPath);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain(desk.Host.Log.Lines, l => l.Contains("stolen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agent_ActsUnderTheirOwnNameAndSeesTheirOwnFiguresOnly()
    {
        var desk = fixture.Desk;
        await desk.SayAsync("mine", "m1", "customer", "Hola, llevo tres semanas esperando.", DeskOfPeople.Agent);
        using var client = await desk.SignInAsync(DeskOfPeople.Agent);
        using var given = await client.PostAsync("/api/v1/conversations/mine/goodwill", DeskOfPeople.Json("""{"id":"c","amount":1,"reason":"sorry","by":"somebody else"}"""), Token);
        Assert.Equal(DeskOfPeople.Agent, (string?)(await DeskOfPeople.BodyOf(given))["by"]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/reports/recovery?own=" + Uri.EscapeDataString(DeskOfPeople.Agent), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/reports/recovery?own=" + Uri.EscapeDataString(DeskOfPeople.OtherAgent), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/reports/recovery", Token)).StatusCode);
    }

    [Fact]
    public async Task Conversation_GoesToWhomTheDeskNamesLast()
    {
        var desk = fixture.Desk;
        await desk.SayAsync("moves", "m1", "customer", "Hola", DeskOfPeople.Agent, DeskOfPeople.Team);
        using var first = await desk.SignInAsync(DeskOfPeople.Agent);
        using var second = await desk.SignInAsync(DeskOfPeople.OtherAgent);
        using var supervisor = await desk.SignInAsync(DeskOfPeople.OtherSupervisor);
        await desk.SayAsync("moves", "m2", "customer", "¿Hola?", DeskOfPeople.OtherAgent, DeskOfPeople.OtherTeam);
        Assert.Equal(HttpStatusCode.NotFound, (await first.GetAsync("/api/v1/conversations/moves", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/api/v1/conversations/moves", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync("/api/v1/conversations/moves", Token)).StatusCode);

        // The desk sends an older message again, because it was not answered in time: it gives the conversation back to nobody.
        await desk.SayAsync("moves", "m1", "customer", "Hola", DeskOfPeople.Agent, DeskOfPeople.Team);
        Assert.Equal(HttpStatusCode.NotFound, (await first.GetAsync("/api/v1/conversations/moves", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/api/v1/conversations/moves", Token)).StatusCode);
    }

    [Theory]
    [InlineData("SignIn:Provider", "Ldap", "Provider")]
    [InlineData("SignIn:PublicAddress", "", "SignIn:PublicAddress")]
    [InlineData("SignIn:PublicAddress", "http://coach.example.com", "https")]
    [InlineData("SignIn:PublicAddress", "https://coach.example.com/under", "without a path")]
    [InlineData("SignIn:Authority", "http://id.example.com", "SignIn:Authority")]
    [InlineData("SignIn:ClientId", "", "SignIn:ClientId")]
    [InlineData("SignIn:ClientSecret", "", "ClientSecret")]
    [InlineData("SignIn:CertificatePath", "/nowhere.pfx", "CertificatePath")]
    [InlineData("SignIn:Session", "00:00:30", "SignIn:Session")]
    [InlineData("SignIn:Claims:Id", " ", "SignIn:Claims")]
    [InlineData("SignIn:Roles:group-1", "Boss", "SignIn:Roles:group-1")]
    [InlineData("SignIn:Roles:group-1", "Supervisor,DecisionMaker", "SignIn:Roles:group-1")]
    [InlineData("SignIn:Provider", "None", "SignIn:Provider")]
    [InlineData("Auth:LocalKey", "everything", "Auth:LocalKey")]
    [InlineData("Limits:Burst", "0", "Limits")]
    public async Task Start_SettingThatCannotBeUsed_IsRefusedWithASentenceThatNamesIt(string setting, string value, string names)
    {
        string[] settings =
        [
            "--SignIn:Provider=OpenIdConnect", "--SignIn:PublicAddress=https://coach.example.com", "--SignIn:Authority=https://id.example.com", "--SignIn:ClientId=coach", "--SignIn:ClientSecret=secret",
            $"--{setting}={value}",
        ];
        var e = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            // What the start does first.
            await using var host = CoachHost.Build(settings);
            host.Services.GetRequiredService<IStartupValidator>().Validate();
        });
        Assert.True(e is OptionsValidationException or AggregateException or InvalidOperationException, e.ToString()); // What becomes a sentence.
        Assert.Contains(names, e.ToString(), StringComparison.Ordinal);
    }

    // Together the numbers of two roles are that of a third.
    [Theory]
    [InlineData("Supervisor,DecisionMaker")]
    [InlineData("Agent, Supervisor")]
    [InlineData("3")]
    [InlineData("")]
    public void Claims_ThatNameNoSingleRole_GiveNone(string value)
    {
        var options = new SignInOptions { Session = TimeSpan.FromHours(1) };
        options.Claims.Id = "email";
        var user = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("email", "x"), new("roles", value)], "provider"));

        Assert.Empty(PersonClaims.Read(user, options, DateTimeOffset.UnixEpoch)!.Roles);
    }

    [Theory]
    [InlineData("common")]
    [InlineData("Organizations")]
    public void Start_DirectoryThatIsEverybodys_IsRefused(string tenant)
    {
        var e = Assert.Throws<OptionsValidationException>(() => CoachHost.Build(
            ["--SignIn:Provider=EntraId", "--SignIn:PublicAddress=https://coach.example.com", "--SignIn:TenantId=" + tenant, "--SignIn:ClientId=coach", "--SignIn:ClientSecret=secret"]));

        Assert.Contains("your own directory", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_GroupsAndTeams_AreMappedAsTheSettingsSay()
    {
        var options = new SignInOptions { Roles = { ["b1"] = "supervisor", ["b2"] = "Administrator" }, Teams = { ["B1"] = "blue" }, Session = TimeSpan.FromHours(1) };
        options.Claims.Id = "email";
        var user = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
            [new("email", "sara@example.com"), new("groups", "b1"), new("groups", "other"), new("roles", "Administrator"), new("teams", "green"), new("teams", " no team ")], "provider"));

        var person = PersonClaims.Read(user, options, DateTimeOffset.UnixEpoch)!;

        Assert.Equal(("sara@example.com", "sara@example.com"), (person.Id, person.Name));
        Assert.Equal([CoachRole.Supervisor], person.Roles); // "Administrator" gives no role where the settings map values.
        Assert.Equal(["green", "blue"], person.Teams);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddHours(1), person.Until);
        Assert.Equal(person.Teams, Caller.Of(person.ToPrincipal("x"), DateTimeOffset.UnixEpoch).Teams);
        Assert.Equal(CallerKind.Nobody, Caller.Of(person.ToPrincipal("x"), DateTimeOffset.UnixEpoch.AddHours(1)).Kind);
        Assert.Equal(["default"], PersonClaims.Read(new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("email", "x")], "provider")), options, DateTimeOffset.UnixEpoch)!.Teams);
        Assert.Null(PersonClaims.Read(new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("sub", "x")], "provider")), options, DateTimeOffset.UnixEpoch));
    }

    private const string PersonCallback = "/sign-in/callback";
}
