using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>Sends a chat's activities over a WebSocket as they are recorded.</summary>
/// <remarks>The live feed only says when to look; what is sent comes from the record, so that nothing is lost or doubled. Safe for concurrent use.</remarks>
/// <param name="desk">The door to conversations.</param>
/// <param name="activities">How they are told.</param>
/// <param name="options">How long a line may be open.</param>
/// <param name="draining">Says when the host stops: it does not wait for open chats.</param>
/// <param name="clock">The product's clock.</param>
public sealed class ActivityPusher(
    [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk, DirectLineActivities activities, IOptions<DirectLineOptions> options, Draining draining, TimeProvider clock)
{
    /// <summary>How many lines one conversation may have open: 8, for a customer with several windows.</summary>
    public const int MostLines = 8;

    // Clients send nothing but empty frames, to notice a line that is dead.
    private const int MostReceived = 4096;

    // The other side may never take what closes the line.
    private static readonly TimeSpan ClosesWithin = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<ConversationId, int> _lines = new();

    /// <summary>Takes a line of a conversation, to be given back by <see cref="Release"/>.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <returns>False when it has <see cref="MostLines"/> open.</returns>
    public bool TryTake(ConversationId conversation)
    {
        if (_lines.AddOrUpdate(conversation, 1, (_, n) => n + 1) <= MostLines)
        {
            return true;
        }

        Release(conversation);
        return false;
    }

    /// <summary>Gives a line back.</summary>
    /// <param name="conversation">The conversation.</param>
    public void Release(ConversationId conversation)
    {
        if (_lines.AddOrUpdate(conversation, 0, (_, n) => n - 1) <= 0)
        {
            _lines.TryRemove(KeyValuePair.Create(conversation, 0));
        }
    }

    /// <summary>Sends from a place on, until either side ends it, the host stops, or a token that was new when it began is too old: the client then comes back with a newer one.</summary>
    /// <param name="socket">The line.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="from">The place.</param>
    /// <param name="cancellationToken">The host stops, or the line broke.</param>
    public async Task RunAsync(WebSocket socket, ConversationId conversation, int from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(socket);
        using var expiring = new CancellationTokenSource(options.Value.TokenLifetime, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiring.Token, draining.Over);
        using var hearing = new CancellationTokenSource();
        var listening = ListenAsync(socket, ending, hearing.Token);
        try
        {
            await foreach (var _ in desk.SubscribeAsync(conversation, ending.Token))
            {
                var set = activities.From(await desk.ReadAsync(conversation, ending.Token), from);
                if (set.Activities.Count > 0)
                {
                    await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(set, ActivityJson.Options), WebSocketMessageType.Text, endOfMessage: true, ending.Token);
                    from = int.Parse(set.Watermark, CultureInfo.InvariantCulture);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or RecordUnavailableException or ConversationClosedException or TimeoutException or OrleansException)
        {
            // The client comes back with its watermark, and gets what it missed.
        }
        finally
        {
            // In this order: what stops the listening breaks the line, so the other side first gets the time to close its end.
            await CloseAsync(socket);
            using (var late = new CancellationTokenSource(ClosesWithin, clock))
            await using (late.Token.Register(hearing.Cancel))
            {
                await listening;
            }
        }
    }

    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource ending, CancellationToken hearing)
    {
        var buffer = new byte[MostReceived];
        try
        {
            while ((await socket.ReceiveAsync(buffer, hearing)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Over either way.
        }

        await ending.CancelAsync();
    }

    private async Task CloseAsync(WebSocket socket)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            try
            {
                using var late = new CancellationTokenSource(ClosesWithin, clock);
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, late.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // The other side has gone.
            }
        }
    }
}
