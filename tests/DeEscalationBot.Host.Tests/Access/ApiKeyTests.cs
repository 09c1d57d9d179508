using System.Net;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>Programs, by keys.</summary>
public class ApiKeyTests(DeskOfPeopleFixture fixture, PostgresCluster postgres) : IClassFixture<DeskOfPeopleFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_OpensItsScopesUntilItEndsOrIsRevoked()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var desk = await DeskOfPeople.StartAsync(clock);
        var ends = await desk.NewKeyAsync([AccessRule.ReadConversations]);
        var revoked = await desk.NewKeyAsync([AccessRule.ReadConversations]);
        using var first = desk.WithKey(ends.Key);
        using var second = desk.WithKey(revoked.Key);

        Assert.Equal(HttpStatusCode.OK, await ListAsync(first));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(second));
        using (var refused = await first.GetAsync("/api/v1/sinks", Token))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("'admin'", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        var keys = desk.Host.Services.GetRequiredService<ApiKeys>();
        Assert.True(await keys.RevokeAsync(revoked.Row.KeyId, "tests"));
        Assert.True(await keys.RevokeAsync(revoked.Row.KeyId, "tests"));
        Assert.False(await keys.RevokeAsync("none", "tests"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(second));
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(first));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(first));
        Assert.Equal(clock.GetUtcNow().AddHours(-1), (await keys.ListAsync(Token)).Single(k => k.KeyId == ends.Row.KeyId).LastUsedAt);
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Key_ThatIsNone_OpensNothing(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var keys = KeysOf(database);
        var made = await keys.AddAsync(Wish());
        var parts = made.Key.Split('_', 3);
        foreach (var shown in new[] { "", "deb_", "deb__", $"deb_{parts[1]}_", $"deb_{parts[1]}_wrong", $"DEB_{parts[1]}_{parts[2]}", $"deb_{parts[1]}_{parts[2]}x", new string('x', 1000) })
        {
            Assert.Null(await keys.OpenAsync(shown, Token));
        }

        Assert.Equal("key:tests", (await keys.OpenAsync(made.Key, Token))?.Id);
        Assert.True(await keys.RevokeAsync(made.Row.KeyId, "tests"));
        Assert.Null(await keys.OpenAsync(made.Key, Token));
    }

    [Fact]
    public async Task Key_IsNotKept_OnlyItsHash()
    {
        var desk = fixture.Desk;
        var made = await desk.NewKeyAsync([AccessRule.ReadConversations]);
        using var client = desk.WithKey(made.Key);
        await ListAsync(client);
        Assert.DoesNotContain(desk.Host.Log.Lines, l => l.Contains(made.Key.Split('_', 3)[2], StringComparison.Ordinal));
        Assert.Equal(64, made.Row.Hash.Length);
        Assert.DoesNotContain(made.Key, System.Text.Json.JsonSerializer.Serialize(made.Row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyOfATeam_SeesAndBringsThatTeamsConversationsOnly()
    {
        var desk = fixture.Desk;
        await desk.SayAsync("of-red", "m1", "customer", "Hola", team: DeskOfPeople.OtherTeam);
        using var blue = await desk.WithKeyAsync([AccessRule.ReadConversations, AccessRule.WriteTurns, AccessRule.IssueSidebars], DeskOfPeople.Team);

        Assert.Equal(HttpStatusCode.NotFound, (await blue.GetAsync("/api/v1/conversations/of-red", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await SayAsync(blue, "of-red", """{"id":"m2","speaker":"customer","text":"hola"}"""));
        Assert.Equal(HttpStatusCode.NotFound, await SayAsync(blue, "new", """{"id":"m1","speaker":"customer","text":"hola","team":"red"}"""));
        Assert.Equal(HttpStatusCode.NotFound, (await blue.PostAsync("/api/v1/conversations/of-red/sidebar-tokens", DeskOfPeople.Json("""{"agentId":"x"}"""), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SayAsync(blue, "new", """{"id":"m1","speaker":"customer","text":"hola"}"""));
        Assert.Equal(HttpStatusCode.OK, (await blue.GetAsync("/api/v1/conversations/new", Token)).StatusCode);
        using var supervisor = await desk.SignInAsync(DeskOfPeople.Supervisor);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync("/api/v1/conversations/new", Token)).StatusCode);
    }

    [Fact]
    public async Task TooManyRequests_AreAnsweredWithWhenToComeAgain()
    {
        await using var desk = await DeskOfPeople.StartAsync(null, "--Limits:PerKey=1", "--Limits:Burst=2");
        using var busy = await desk.WithKeyAsync([AccessRule.ReadConversations]);
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await busy.GetAsync("/api/v1/conversations", Token));
        }

        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        using var person = await desk.SignInAsync(DeskOfPeople.Agent);
        Assert.Equal(HttpStatusCode.OK, await ListAsync(person)); // Others are not kept waiting.
        answers.ForEach(a => a.Dispose());
    }

    [Theory]
    [InlineData("", "texts:use", 1, "name")]
    [InlineData("n", "", 1, "scopes")]
    [InlineData("n", "texts:use everything", 1, "scopes")]
    [InlineData("n", "texts:use", 0, "valid")]
    [InlineData("n", "texts:use", 731, "valid")]
    public async Task Wish_ThatCannotBeMet_IsRefusedWithASentence(string name, string scopes, int days, string says)
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var e = await Assert.ThrowsAsync<ApiKeyException>(() => KeysOf(database).AddAsync(new ApiKeyWish(name, scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), [], TimeSpan.FromDays(days), "tests")));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verb_MakesListsAndRevokes_BesideAHostThatRuns()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path);
        var (code, key, said) = await RunAsync("add", "--name", "the desk", "--scopes", "turns:write,admin", "--teams", "blue", "--days", "3");
        Assert.Equal((RecordVerb.Done, true), (code, key.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal)));
        Assert.Contains("not shown again", said, StringComparison.Ordinal);
        var id = key.Split('_')[1];

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sinks");
        request.Headers.Authorization = new("Bearer", key.Trim());
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(request, Token)).StatusCode);
        Assert.Contains($"{id}  until", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(RecordVerb.Done, (await RunAsync("revoke", id)).Code);
        Assert.Contains($"{id}  revoked", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(RecordVerb.Failed, (await RunAsync("revoke", "none")).Code);
        Assert.Equal(RecordVerb.Failed, (await RunAsync("add", "--name", "x", "--scopes", "everything")).Code);
        Assert.Equal(RecordVerb.NotStarted, (await RunAsync("add")).Code);

        // A slip of the pen makes no key that opens every team.
        var slip = await RunAsync("add", "--name", "x", "--scopes", "turns:write", "--team", "blue");
        Assert.Equal((RecordVerb.NotStarted, ""), (slip.Code, slip.Output));
        Assert.Contains("'--team' is no option", slip.Errors, StringComparison.Ordinal);
        Assert.Equal((RecordVerb.Failed, ""), ((await RunAsync("add", "--name", "x", "--scopes", "turns:write", "--teams", "")) is var empty ? empty.Code : 0, empty.Output));

        async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
        {
            using var output = new StringWriter();
            using var errors = new StringWriter();
            var exit = await KeysVerb.RunAsync(["keys", .. args, $"--Storage:DataDirectory={data.Path}"], output, errors);
            return (exit, output.ToString(), errors.ToString());
        }
    }

    private static ApiKeyWish Wish() => new("tests", [AccessRule.UseTexts], [], TimeSpan.FromDays(1), "tests");

    private static ApiKeys KeysOf(RecordDatabase database) => new(
        database.Contexts, database.Writer, new AuditLog(database.Contexts, database.Writer, database.Cipher, TimeProvider.System), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ApiKeys>.Instance);

    private static async Task<HttpStatusCode> ListAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/v1/conversations", Token);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> SayAsync(HttpClient client, string conversation, string body)
    {
        using var answer = await client.PostAsync($"/api/v1/conversations/{conversation}/messages", DeskOfPeople.Json(body), Token);
        return answer.StatusCode;
    }
}
