using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>A host that people sign in to, with a provider beside it: two agents and supervisors of two teams, a decision maker, an administrator, somebody without a role.</summary>
public sealed class DeskOfPeople : IAsyncDisposable
{
    public const string Agent = "ana@example.com";
    public const string OtherAgent = "olga@example.com";
    public const string Supervisor = "sara@example.com";
    public const string OtherSupervisor = "omar@example.com";
    public const string DecisionMaker = "dora@example.com";
    public const string Administrator = "adam@example.com";
    public const string WithoutRole = "nora@example.com";

    /// <summary>The team of <see cref="Supervisor"/>.</summary>
    public const string Team = "blue";

    /// <summary>The team of <see cref="OtherSupervisor"/>.</summary>
    public const string OtherTeam = "red";

    private readonly TemporaryDirectory _data;

    private DeskOfPeople(OidcProvider provider, RunningHost host, TemporaryDirectory data, Uri address)
    {
        (Provider, Host, _data, Address) = (provider, host, data, address);
    }

    public OidcProvider Provider { get; }

    public RunningHost Host { get; }

    public Uri Address { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DeskOfPeople> StartAsync(TimeProvider? clock = null, params string[] settings)
    {
        var provider = await OidcProvider.StartAsync();
        provider.People =
        [
            new(Agent, "Ana", ["Agent"], [Team], []),
            new(OtherAgent, "Olga", ["Agent"], [Team], []),
            new(Supervisor, "Sara", ["supervisor"], [Team], []),
            new(OtherSupervisor, "Omar", ["Supervisor"], [OtherTeam], []),
            new(DecisionMaker, "Dora", ["DecisionMaker"], [], []),
            new(Administrator, "Adam", ["Administrator"], [], []),
            new(WithoutRole, "Nora", ["Gardener", "1"], [Team], []),
        ];
        var data = new TemporaryDirectory();
        var address = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        var host = await RunningHost.StartAsync([$"--Storage:DataDirectory={data.Path}", .. provider.SettingsFor(address), "--Limits:PerPerson=10000", "--Limits:PerAddress=10000", "--Limits:PerKey=10000", .. settings], clock);
        return new DeskOfPeople(provider, host, data, address);
    }

    /// <summary>A browser, as far as cookies go; it follows no redirects by itself.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Signs somebody in, by way of their provider.</summary>
    public async Task<HttpClient> SignInAsync(string person)
    {
        var client = NewClient();
        var answer = await OpenAsync(client, "/training");
        Assert.StartsWith(Provider.Authority + "/authorize", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        answer = await OpenAsync(client, answer.Headers.Location + "&user=" + Uri.EscapeDataString(person));
        Assert.StartsWith(new Uri(Address, "/sign-in/callback").ToString(), answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        answer = await OpenAsync(client, answer.Headers.Location!.ToString());
        Assert.Equal("/training", answer.Headers.Location?.ToString());
        return client;
    }

    /// <summary>Opens a page as a browser does.</summary>
    public static async Task<HttpResponseMessage> OpenAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>A program with a key.</summary>
    public async Task<HttpClient> WithKeyAsync(string[] scopes, params string[] teams) => WithKey((await NewKeyAsync(scopes, teams)).Key);

    public Task<NewApiKey> NewKeyAsync(string[] scopes, params string[] teams) =>
        Host.Services.GetRequiredService<ApiKeys>().AddAsync(new ApiKeyWish("tests", scopes, teams, TimeSpan.FromDays(1), "tests"));

    public HttpClient WithKey(string key)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>The desk's server brings a message.</summary>
    public async Task SayAsync(string conversation, string id, string speaker, string text, string? agent = null, string? team = null)
    {
        using var client = await WithKeyAsync([AccessRule.WriteTurns]);
        var body = new JsonObject { ["id"] = id, ["speaker"] = speaker, ["text"] = text, ["agentId"] = agent, ["team"] = team };
        using var answer = await client.PostAsync($"/api/v1/conversations/{conversation}/messages", Json(body.ToJsonString()), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static async Task<JsonNode> BodyOf(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
        _data.Dispose();
    }
}

/// <summary>One such host for all tests of a class.</summary>
public sealed class DeskOfPeopleFixture : IAsyncLifetime
{
    public DeskOfPeople Desk { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Desk = await DeskOfPeople.StartAsync();

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
