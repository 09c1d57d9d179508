using DeEscalationBot.Host.Channels.BotFramework.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Authentication;

public class SigningKeysTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_KnownKey_IsReadOnceADay()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        using var client = new HttpClient();
        using var keys = Of(authority, client);

        Assert.Equal(["directline", "emulator", "msteams", "webchat"], (await keys.FindAsync("teams-key", Token))!.Endorsements.Order(StringComparer.Ordinal));
        Assert.Empty((await keys.FindAsync("bare-key", Token))!.Endorsements);
        _clock.Advance(SigningKeys.MaxAge - TimeSpan.FromSeconds(1));
        await keys.FindAsync("teams-key", Token);
        Assert.Equal(1, authority.Reads);

        // Old keys count while they are read anew.
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await keys.FindAsync("teams-key", Token));
        await Fixtures.Eventually.HoldsAsync(() => authority.Reads == 2, "the second reading");
    }

    [Fact]
    public async Task Find_UnknownKeys_ReadAnewAtMostOnceInFiveMinutes()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        using var client = new HttpClient();
        using var keys = Of(authority, client);
        await keys.FindAsync("teams-key", Token);
        _clock.Advance(SigningKeys.Floor);

        // A flood of tokens with made-up keys is one reading.
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(i => keys.FindAsync($"made-up-{i}", Token))), Assert.Null);
        Assert.Equal(2, authority.Reads);

        // A key that is new at the authority is known after the pause.
        authority.Listed = [authority.Teams, authority.Rogue];
        Assert.Null(await keys.FindAsync("rogue-key", Token));
        _clock.Advance(SigningKeys.Floor);
        Assert.NotNull(await keys.FindAsync("rogue-key", Token));
        Assert.Null(await keys.FindAsync("other-key", Token));
    }

    [Fact]
    public async Task Find_AuthorityAway_KeepsWhatIsKnown()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        using var client = new HttpClient();
        using var keys = Of(authority, client);
        await keys.FindAsync("teams-key", Token);
        authority.IsAway = true;
        _clock.Advance(SigningKeys.MaxAge);

        Assert.NotNull(await keys.FindAsync("teams-key", Token));
        Assert.Null(await keys.FindAsync("made-up", Token));
    }

    [Fact]
    public async Task Find_AfterAFailure_IsReadAgainWithinSeconds()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        using var client = new HttpClient();
        using var keys = Of(authority, client);
        authority.IsAway = true;

        foreach (var pause in new[] { SigningKeys.FirstPause, SigningKeys.LongestPause })
        {
            var before = authority.Reads;
            Assert.Null(await keys.FindAsync("teams-key", Token));
            Assert.True(authority.Reads > before); // The package may ask more than once for one reading.
            before = authority.Reads;
            _clock.Advance(pause - TimeSpan.FromSeconds(1));
            Assert.Null(await keys.FindAsync("teams-key", Token));
            Assert.Equal(before, authority.Reads);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        authority.IsAway = false;
        Assert.NotNull(await keys.FindAsync("teams-key", Token));
    }

    [Fact]
    public async Task Find_AuthorityNamesNoKeys_KeepsWhatIsKnown()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        using var client = new HttpClient();
        using var keys = Of(authority, client);
        await keys.FindAsync("teams-key", Token);
        authority.Listed = [];
        _clock.Advance(SigningKeys.Floor);

        Assert.Null(await keys.FindAsync("made-up", Token)); // Reads anew.

        Assert.Equal(2, authority.Reads);
        Assert.NotNull(await keys.FindAsync("teams-key", Token));
    }

    [Fact]
    public async Task Find_CallerGoesAway_DoesNotStopTheReadingOfTheOthers()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        using var client = new HttpClient();
        var documents = new HeldDocuments(new HttpDocumentRetriever(client) { RequireHttps = false });
        using var keys = new SigningKeys(authority.Metadata, documents, _clock, NullLogger.Instance);
        using var impatient = new CancellationTokenSource();

        var first = keys.FindAsync("teams-key", impatient.Token);
        await documents.Asked.Task.WaitAsync(Token);
        var second = keys.FindAsync("teams-key", Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        documents.Go.SetResult();

        Assert.NotNull(await second);
        Assert.Equal(1, authority.Reads);
    }

    [Fact]
    public async Task Find_AuthorityNeverReached_IsNothing()
    {
        await using var authority = await ChannelAuthority.StartAsync();
        authority.IsAway = true;
        using var client = new HttpClient();
        using var keys = Of(authority, client);

        Assert.Null(await keys.FindAsync("teams-key", Token));
    }

    private SigningKeys Of(ChannelAuthority authority, HttpClient client) =>
        new(authority.Metadata, new HttpDocumentRetriever(client) { RequireHttps = false }, _clock, NullLogger.Instance);

    // Holds a reading until the test lets it go on.
    private sealed class HeldDocuments(IDocumentRetriever documents) : IDocumentRetriever
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            Asked.TrySetResult();
            await Go.Task.WaitAsync(cancel);
            return await documents.GetDocumentAsync(address, cancel);
        }
    }
}
