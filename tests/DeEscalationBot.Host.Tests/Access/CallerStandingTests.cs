using System.Net;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Delivery.LiveView;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>What stays open ends with the key, the session or the token that opened it. The spans are those of docs/security.md.</summary>
public sealed class CallerStandingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private DeskOfPeople _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IServiceProvider Services => _desk.Host.Services;

    public async ValueTask InitializeAsync() => _desk = await DeskOfPeople.StartAsync(_clock);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task EventStream_OfAKeyThatIsRevoked_EndsWithin30Seconds()
    {
        await _desk.SayAsync("streamed", "m1", "customer", "Hola");
        var kept = await _desk.NewKeyAsync([AccessRule.ReadConversations]);
        var revoked = await _desk.NewKeyAsync([AccessRule.ReadConversations]);
        using var first = _desk.WithKey(kept.Key);
        using var second = _desk.WithKey(revoked.Key);
        using var goesOn = await OpenAsync(first);
        using var ends = await OpenAsync(second);
        Assert.True(await Services.GetRequiredService<ApiKeys>().RevokeAsync(revoked.Row.KeyId, "tests"));

        var all = ends.ReadToEndAsync(Token);
        await EndsAsync(all);
        Assert.Contains("event: turn", await all, StringComparison.Ordinal);
        using var again = await second.GetAsync("/api/v1/conversations/streamed/events", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);

        // The other one is told of what comes.
        await _desk.SayAsync("streamed", "m2", "customer", "¿Hay alguien?");
        while (await goesOn.ReadLineAsync(Token) is { } line && !line.Contains("¿Hay alguien?", StringComparison.Ordinal))
        {
            Assert.NotNull(line);
        }
    }

    [Fact]
    public async Task Page_OfSomebodyWhoSignedOutElsewhere_IsNobodys()
    {
        var sara = Person(DeskOfPeople.Supervisor);
        using var page = new OpenPage(Services, _clock, sara);
        using var other = new OpenPage(Services, _clock, Person(DeskOfPeople.Supervisor));
        await Services.GetRequiredService<CallerStanding>().EndAsync(sara);
        _clock.Advance(CallerStanding.LookEvery);
        await page.LooksAsync(CallerKind.Nobody);
        Assert.Equal(CallerKind.Person, other.Caller.Kind); // Another session of the same person.
    }

    [Fact]
    public async Task SigningOut_EndsWhatTheSessionHasOpen()
    {
        await _desk.SayAsync("streamed", "m1", "customer", "Hola", DeskOfPeople.Agent, DeskOfPeople.Team);
        using var browser = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        using var stream = await OpenAsync(browser);
        using var page = await browser.GetAsync("/sign-out", Token);
        var field = (await page.Content.ReadAsStringAsync(Token)).Split("type=\"hidden\" name=\"")[1].Split('"'); // NAME" value="VALUE"
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(field[0], WebUtility.HtmlDecode(field[2]))]);
        using var answer = await browser.PostAsync("/sign-out", form, Token);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);

        await EndsAsync(stream.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task Page_WhoseSessionIsOver_IsNobodys()
    {
        using var page = new OpenPage(Services, _clock, Person(DeskOfPeople.Agent) with { Until = _clock.GetUtcNow().AddMinutes(5) });
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(CallerKind.Person, page.Caller.Kind);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await page.LooksAsync(CallerKind.Nobody);
    }

    [Fact]
    public void Connection_ThatComesBackAsSomebodyElse_LoadsThePageAnew()
    {
        using var page = new OpenPage(Services, _clock, Person(DeskOfPeople.Agent));
        page.ConnectAs(Person(DeskOfPeople.Agent)); // Signed in again: the same person.
        Assert.Equal((DeskOfPeople.Agent, 0), (page.Caller.Id, page.Reloads));
        page.ConnectAs(Person(DeskOfPeople.OtherAgent));
        Assert.Equal((DeskOfPeople.OtherAgent, 1), (page.Caller.Id, page.Reloads));
    }

    [Fact]
    public async Task Sidebar_HoldsEachConversationUntilItsOwnTokenEnds()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(_clock.GetUtcNow().ToUnixTimeSeconds());
        var first = SidebarSession.Join(new SidebarGrant("ana", "one", now.AddMinutes(1)), Caller.Nobody);
        var both = SidebarSession.Join(new SidebarGrant("ana", "two", now.AddMinutes(15)), first);
        using var page = new OpenPage(Services, _clock, both);
        Assert.Equal(["two", "one"], page.Caller.Sight.Conversations);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["two"], page.Caller.Sight.Conversations);
        await Eventually.HoldsAsync(() => page.Changes > 1, "the page hears of it");
        _clock.Advance(TimeSpan.FromMinutes(15));
        await page.LooksAsync(CallerKind.Nobody);
    }

    [Fact]
    public async Task ThousandStreams_OfOneKeyOrSession_AskTheDatabaseOnce()
    {
        var contexts = new CountedContexts(Services.GetRequiredService<IDbContextFactory<CoachDbContext>>());
        var (writer, cipher) = (Services.GetRequiredService<RecordWriter>(), Services.GetRequiredService<RecordCipher>());
        using var audit = new AuditLog(contexts, writer, cipher, _clock);
        var standing = new CallerStanding(new ApiKeys(contexts, writer, audit, _clock, NullLogger<ApiKeys>.Instance), audit, _clock, NullLogger<CallerStanding>.Instance);
        var made = await _desk.NewKeyAsync([AccessRule.ReadConversations]);
        var key = new Caller(CallerKind.Key, "tests", "tests", [], [], [AccessRule.ReadConversations], [], null) { Credential = made.Row.KeyId };
        var sidebar = new Caller(CallerKind.Sidebar, "ana", "ana", [], [], [], [], _clock.GetUtcNow().AddMinutes(15)) { Credential = "token" };

        Assert.Equal((true, 1), await AskAsync(key));
        Assert.Equal((true, 1), await AskAsync(Person(DeskOfPeople.Agent)));
        Assert.Equal((true, 0), await AskAsync(sidebar));
        _clock.Advance(CallerStanding.RememberedFor - TimeSpan.FromSeconds(1));
        Assert.Equal((true, 0), await AskAsync(key));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((true, 1), await AskAsync(key));

        // Elsewhere it is revoked: that is seen when it is no longer remembered, and then asked no more while anything of it can be open.
        Assert.True(await Services.GetRequiredService<ApiKeys>().RevokeAsync(made.Row.KeyId, "tests"));
        _clock.Advance(CallerStanding.RememberedFor);
        Assert.Equal((false, 1), await AskAsync(key));
        _clock.Advance(CallerStanding.LookEvery);
        Assert.Equal((false, 0), await AskAsync(key));

        // Whoever signs out here is out at once, and needs no question.
        var person = Person(DeskOfPeople.Supervisor);
        Assert.Equal((true, 1), await AskAsync(person));
        await standing.EndAsync(person);
        Assert.Equal((false, 0), await AskAsync(person));

        // What docs/security.md promises, for pages and for event streams.
        Assert.All([CallerStanding.LookEvery, EventStreamEndpoints.KeepAlive], every => Assert.True(every + CallerStanding.RememberedFor <= TimeSpan.FromSeconds(30)));

        async Task<(bool Holds, int Queries)> AskAsync(Caller caller)
        {
            var before = contexts.Made;
            var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => standing.HoldsAsync(caller), Token)));
            return (Assert.Single(answers.Distinct()), contexts.Made - before);
        }
    }

    // Whether a stream waits already cannot be seen, so the clock moves until it has ended.
    private Task EndsAsync(Task stream) => Eventually.HoldsAsync(
        () =>
        {
            _clock.Advance(EventStreamEndpoints.KeepAlive);
            return stream.IsCompleted;
        },
        "the stream ends");

    private Caller Person(string id) =>
        new(CallerKind.Person, id, id, [CoachRole.Agent], [DeskOfPeople.Team], [], [], _clock.GetUtcNow().AddHours(8)) { Credential = Guid.NewGuid().ToString("N") };

    private static async Task<StreamReader> OpenAsync(HttpClient client)
    {
        var answer = await client.GetAsync("/api/v1/conversations/streamed/events", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
    }

    /// <summary>Counts how often somebody turns to the database: each asks one question.</summary>
    private sealed class CountedContexts(IDbContextFactory<CoachDbContext> contexts) : IDbContextFactory<CoachDbContext>
    {
        private int _made;

        public int Made => Volatile.Read(ref _made);

        public CoachDbContext CreateDbContext()
        {
            Interlocked.Increment(ref _made);
            return contexts.CreateDbContext();
        }
    }

    /// <summary>An open page, as far as it knows who looks.</summary>
    private sealed class OpenPage : IDisposable
    {
        private readonly CurrentCaller _caller;
        private readonly CircuitSignIn _signIn;
        private readonly Navigation _navigation = new();

        public OpenPage(IServiceProvider services, FakeTimeProvider clock, Caller caller)
        {
            _caller = new CurrentCaller(new HttpContextAccessor(), clock);
            _signIn = new CircuitSignIn(_caller, services.GetRequiredService<SidebarSession>(), services.GetRequiredService<CallerStanding>(), _navigation, clock);
            _signIn.AuthenticationStateChanged += _ => Changes++;
            ConnectAs(caller);
        }

        public Caller Caller => _caller.Value;

        public int Changes { get; private set; }

        public int Reloads => _navigation.Reloads;

        public void ConnectAs(Caller caller) => _signIn.SetAuthenticationState(Task.FromResult(new AuthenticationState(caller.ToPrincipal("tests"))));

        /// <summary>The page looks, and finds who it is.</summary>
        public async Task LooksAsync(CallerKind expected)
        {
            await Eventually.HoldsAsync(() => Changes > 1 && Caller.Kind == expected, $"the page is of {expected}");
            var seen = (await _signIn.GetAuthenticationStateAsync()).User;
            Assert.Equal(expected != CallerKind.Nobody, seen.Identity?.IsAuthenticated == true);
        }

        public void Dispose() => _signIn.Dispose();

        private sealed class Navigation : NavigationManager
        {
            public Navigation() => Initialize("http://localhost/", "http://localhost/console");

            public int Reloads { get; private set; }

            public override void Refresh(bool forceReload = false) => Reloads += forceReload ? 1 : 0;
        }
    }
}
