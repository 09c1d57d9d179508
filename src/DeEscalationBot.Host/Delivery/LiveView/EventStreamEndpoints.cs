using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Delivery.LiveView;

/// <summary>Server-Sent Events of one conversation.</summary>
/// <remarks>
/// The stream is the record, told in order: ids are the events' places, and a client that comes back with
/// <c>Last-Event-ID</c> gets what it missed. The live feed only says when to look, so nothing depends on it.
/// </remarks>
public static class EventStreamEndpoints
{
    /// <summary>How often a silent stream sends a comment, so that nothing on the way closes it: 15 seconds.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Maps the address.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapEventStream(this IEndpointRouteBuilder app) => app.MapGet("/api/v1/conversations/{conversationId}/events", StreamAsync)
        .WithTags("Conversations").WithName("streamEvents").WithSummary("What happens in a conversation, live (Server-Sent Events)")
        .WithDescription("From the beginning, or from after Last-Event-ID. Events: turn, suggestion, step, alert, whisper; the id is the event's place in the conversation. A conversation that has not begun yet can be followed, too.")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProblemsAre(400, 404, 503).RequireAuthorization(AccessRule.ReadConversations);

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> StreamAsync(
        AddressedConversation conversation, HttpContext context, IConversationDesk desk, CurrentCaller caller, CallerStanding standing, TimeProvider clock, Draining draining)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        if (!TryReadLastEventId(context.Request, out var last))
        {
            return Problems.BadParameter("Last-Event-ID", "must be the id of an event of this stream: a whole number. Leave it out to start at the beginning.");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, draining.Over);
        var tale = new Tale(id, last);

        // Fails before the first byte, if it fails; a host that ends says so in the stream and not by a failure, after which no browser comes back.
        await tale.CatchUpAsync(desk, context.RequestAborted);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await tale.TellAsync(desk, context.Response, () => standing.HoldsAsync(caller.Value), clock, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client went away or the host stops: the client comes back with its last id.
        }

        return TypedResults.Empty;
    }

    private static bool TryReadLastEventId(HttpRequest request, out long last)
    {
        last = 0;
        var text = request.Headers["Last-Event-ID"].ToString();
        return text.Length == 0 || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out last);
    }

    /// <summary>One stream: what it has told, and the conversation as of then.</summary>
    private sealed class Tale(ConversationId id, long after)
    {
        private readonly Queue<(long Sequence, string Type, string Data)> _untold = new();
        private Conversation _state = Conversation.Start(id);
        private bool _begun;
        private long _after = after;

        public async Task CatchUpAsync(IConversationDesk desk, CancellationToken cancellationToken)
        {
            foreach (var recorded in await desk.ReadEventsAsync(id, _state.Sequence, cancellationToken))
            {
                _state = _state.Apply(recorded.Event);
                if (Describe(recorded.Event) is var (type, data))
                {
                    _untold.Enqueue((recorded.Sequence, type, JsonSerializer.Serialize(data, data.GetType(), ContractJson.Options)));
                }
            }

            if (!_begun)
            {
                // An id that this record never gave out is of another life of it: tell everything.
                _begun = true;
                _after = _after > _state.Sequence ? 0 : _after;
            }
        }

        public async Task TellAsync(IConversationDesk desk, HttpResponse response, Func<Task<bool>> isStillLetInAsync, TimeProvider clock, CancellationToken cancellationToken)
        {
            await response.WriteAsync("retry: 1000\n: the id of an event is its place in the conversation\n\n", cancellationToken);
            using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await using var changes = desk.SubscribeAsync(id, listening.Token).GetAsyncEnumerator(listening.Token);
            var next = changes.MoveNextAsync().AsTask();
            var looked = clock.GetTimestamp();
            try
            {
                while (true)
                {
                    // A key may be revoked while its stream is open: whoever it was for comes back, and is asked for another.
                    if (clock.GetElapsedTime(looked) >= KeepAlive)
                    {
                        if (!await isStillLetInAsync())
                        {
                            return;
                        }

                        looked = clock.GetTimestamp();
                    }

                    await FlushAsync(response, cancellationToken);
                    if (await ComesBeforeSilenceAsync(next, clock, cancellationToken))
                    {
                        if (!await next)
                        {
                            return;
                        }

                        next = changes.MoveNextAsync().AsTask();
                    }
                    else
                    {
                        await response.WriteAsync(": still here\n\n", cancellationToken);
                    }

                    await CatchUpAsync(desk, cancellationToken);
                }
            }
            finally
            {
                // A subscription can only be left while nobody waits for its next change.
                await listening.CancelAsync();
                await next;
            }
        }

        private static async Task<bool> ComesBeforeSilenceAsync(Task change, TimeProvider clock, CancellationToken cancellationToken)
        {
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var silence = Task.Delay(KeepAlive, clock, tick.Token);
            var isChange = await Task.WhenAny(change, silence) == change;
            await tick.CancelAsync();
            return isChange;
        }

        private async Task FlushAsync(HttpResponse response, CancellationToken cancellationToken)
        {
            while (_untold.TryDequeue(out var e))
            {
                if (e.Sequence > _after)
                {
                    await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {e.Sequence}\nevent: {e.Type}\ndata: {e.Data}\n\n"), cancellationToken);
                }
            }

            await response.Body.FlushAsync(cancellationToken);
        }

        private (string Type, object Data)? Describe(ConversationEvent e) => e switch
        {
            TurnTaken taken => ("turn", TurnView.From(taken.Turn, id)),
            SuggestionMade made => ("suggestion", new SuggestionData(id.Value, made.TurnIndex, made.Suggestion.Technique, made.Suggestion.Title, made.Suggestion.Text, made.Suggestion.Openers, made.Suggestion.Why)),
            StepsCompleted completed => ("step", new StepData(id.Value, completed.TurnIndex, completed.Steps, [.. _state.StepsDone])),
            AlertRaised raised => AlertData(raised.Alert.Id),
            AlertJoined joined => AlertData(joined.AlertId),
            AlertReleased released => AlertData(released.AlertId),
            AlertWithdrawn withdrawn => AlertData(withdrawn.AlertId),
            AlertDelivered delivered => AlertData(delivered.AlertId),
            AlertEscalated escalated => AlertData(escalated.AlertId),
            AlertAcknowledged acknowledged => AlertData(acknowledged.AlertId),
            AlertTakenOver taken => AlertData(taken.AlertId),
            AlertCoached coached => ("whisper", new WhisperData(id.Value, coached.AlertId, coached.By, coached.Text, coached.At)),
            AlertDismissed dismissed => AlertData(dismissed.AlertId),
            AlertResolved resolved => AlertData(resolved.AlertId),
            _ when FollowUps.IdOf(e) is { } followUp => FollowUpData(followUp),
            GoodwillGiven given => GoodwillData(given.Gesture.Id),
            GoodwillTakenBack back => GoodwillData(back.GestureId),
            _ => null, // Told by the alert that comes with it (handover), under an address of its own (review), to supervisors only (notes), or to nobody (advice set aside).
        };

        private (string Type, object Data) AlertData(string alertId) => ("alert", AlertView.From(_state.FindAlert(alertId)!, id));

        private (string Type, object Data) FollowUpData(string id) => ("followUp", FollowUpView.From(_state.FollowUps.Find(f => f.Id == id)!, _state.Id));

        private (string Type, object Data) GoodwillData(string id) => ("goodwill", GoodwillView.From(_state.Goodwill.Find(g => g.Id == id)!));
    }

    private sealed record SuggestionData(string Conversation, int Turn, string Technique, string Title, string Suggestion, IReadOnlyList<string> Openers, string Why);

    private sealed record WhisperData(string Conversation, string Alert, string By, string Text, DateTimeOffset At);

    private sealed record StepData(string Conversation, int Turn, IReadOnlyList<ConversationStep> Steps, IReadOnlyList<ConversationStep> StepsDone);
}
