using System.Threading.Channels;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.AspNetCore.Components;

namespace DeEscalationBot.Host.Pages;

/// <summary>A part of a page that reads again whenever a conversation, or any, changes.</summary>
/// <remarks>
/// Changes that come while it reads are answered by one further reading, so that a burst costs two. While the record is away the
/// part keeps what it shows, says so by <see cref="IsUnavailable"/>, and tries again.
/// </remarks>
public abstract partial class LiveComponent : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    // Many conversations change at once in a busy desk; nobody reads faster than this.
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMilliseconds(120);

    private CancellationTokenSource? _following;
    private ITimer? _ticking;

    /// <summary>The door to conversations.</summary>
    [Inject]
    public required IConversationDesk Desk { get; set; }

    /// <summary>The clock.</summary>
    [Inject]
    public required TimeProvider Clock { get; set; }

    /// <summary>Where failures are written.</summary>
    [Inject]
    public required ILoggerFactory Loggers { get; set; }

    /// <summary>Whether the record could not be read at the last try.</summary>
    protected bool IsUnavailable { get; private set; }

    /// <summary>Whether there was a first reading.</summary>
    protected bool IsRead { get; private set; }

    /// <summary>Follows a conversation, or all, in place of what was followed before.</summary>
    /// <param name="conversation">The conversation, or nothing for all.</param>
    protected void Follow(ConversationId? conversation)
    {
        StopFollowing();
        IsRead = false;
        var following = _following = new CancellationTokenSource();
        var dirty = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _ = ListenAsync(conversation, dirty.Writer, following.Token);
        _ = ReadOnChangeAsync(dirty.Reader, following.Token);
    }

    /// <summary>Shows the part again in regular intervals, for its clocks.</summary>
    /// <param name="period">How often.</param>
    protected void TickEvery(TimeSpan period) =>
        _ticking ??= Clock.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, period, period);

    /// <summary>Reads what the part shows. Called on the part's own thread of control, one call at a time.</summary>
    /// <param name="cancellationToken">Something else is followed now, or the part is gone.</param>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        StopFollowing();
        if (_ticking is not null)
        {
            await _ticking.DisposeAsync();
        }

        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the part holds besides.</summary>
    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    private void StopFollowing()
    {
        _following?.Cancel();
        _following?.Dispose();
        _following = null;
    }

    private async Task ListenAsync(ConversationId? conversation, ChannelWriter<bool> dirty, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in Desk.SubscribeAsync(conversation, token))
                {
                    dirty.TryWrite(true);
                }

                return;
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (IsLost(e))
            {
                await ReportAsync(e, token);
            }
        }
    }

    private async Task ReadOnChangeAsync(ChannelReader<bool> dirty, CancellationToken token)
    {
        try
        {
            await foreach (var _ in dirty.ReadAllAsync(token))
            {
                while (!await TryReadAsync(token))
                {
                    await Task.Delay(BetweenTries, Clock, token);
                }

                await Task.Delay(BetweenReadings, Clock, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Something else is followed now.
        }
    }

    private async Task<bool> TryReadAsync(CancellationToken token)
    {
        try
        {
            await InvokeAsync(async () =>
            {
                await ReadAsync(token);
                token.ThrowIfCancellationRequested();
                IsUnavailable = false;
                IsRead = true;
                StateHasChanged();
            });
            return true;
        }
        catch (Exception e) when (IsLost(e))
        {
            await ReportAsync(e, token, pause: false);
            return false;
        }
    }

    private async Task ReportAsync(Exception e, CancellationToken token, bool pause = true)
    {
        LogUnavailable(Loggers.CreateLogger(GetType()), e);
        try
        {
            await InvokeAsync(() =>
            {
                IsUnavailable = true;
                StateHasChanged();
            });
            if (pause)
            {
                await Task.Delay(BetweenTries, Clock, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private static bool IsLost(Exception e) => e is RecordUnavailableException or ConversationClosedException or TimeoutException or OrleansException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page cannot read the record now; it tries again.")]
    private static partial void LogUnavailable(ILogger logger, Exception e);
}
