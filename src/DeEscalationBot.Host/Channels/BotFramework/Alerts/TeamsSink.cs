using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.Outbox;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>Where a sink of Teams sends.</summary>
/// <param name="Sink">The sink's name.</param>
/// <param name="Teams">The teams of the desk that are told of there; empty for all.</param>
/// <param name="Places">The places, as they are now.</param>
public sealed record TeamsSinkPlaces(string Sink, IReadOnlyList<string> Teams, Func<CancellationToken, Task<IReadOnlyList<AlertPlace>>> Places);

/// <summary>Shows alerts in Teams: one card for an alert and place, which changes with the alert; under it, a call when the ladder tells the next.</summary>
/// <remarks>
/// A card shows the alert as it stands when it is sent or changed, so that several steps at once are one change. What was sent is remembered
/// (<see cref="SentCards"/>): a delivery that comes again changes the card. One of which is not known whether it was sent is sent again, because an alert that nobody sees is worse than a
/// card that stands there twice; the delivery and the log say so. What connectors answer is decided in <see cref="TryOf"/>.
/// A place that fails keeps no other waiting: what the others have is tried again by itself (<see cref="DeliveryOutcome.Partly"/>), and until it works what follows passes it by.
/// </remarks>
/// <param name="to">Where new alerts go.</param>
/// <param name="cards">Reads and shows alerts; made when it is first needed, because the record writes to the sinks.</param>
/// <param name="sent">The cards that were sent.</param>
/// <param name="references">Where the bot may speak.</param>
/// <param name="connector">The way there.</param>
/// <param name="supervisors">Who may act.</param>
/// <param name="options">The settings.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public sealed partial class TeamsSink(
    TeamsSinkPlaces to,
    Lazy<AlertCards> cards,
    SentCards sent,
    ConversationReferences references,
    ConnectorClient connector,
    ISupervisorDirectory supervisors,
    IOptions<TeamsAlertsOptions> options,
    TimeProvider clock,
    ILogger<TeamsSink> logger) : IDeliverySink
{
    /// <summary>The name of the sink of the places that supervisors chose in Teams.</summary>
    public const string ChosenName = "teams";

    private static readonly HashSet<string> Calls = new(StringComparer.Ordinal) { "alert.raised", "alert.joined", "alert.escalated" };

    // How long a place that failed is passed by, where others wait for the same message.
    private static readonly TimeSpan PassedBy = TimeSpan.FromMinutes(1);

    // How long others wait for a place that is slow; what it did not take by then comes to it by itself, with all the time of the settings.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // One alert at one place is shown by one at a time, or it could get two cards. Each has a turn of its own: a place that
    // hangs stands in no other's way. Those of this node wait here, so that each needs no connection to the database.
    private readonly KeyedTurns<(string Alert, string Place)> _turns = new();
    private readonly ConcurrentDictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => to.Sink;

    /// <inheritdoc/>
    public IReadOnlyList<string> Teams => to.Teams;

    /// <inheritdoc/>
    public bool HasSeveralPlaces => Name == ChosenName;

    /// <inheritdoc/>
    public AlertUrgency MinUrgency => options.Value.MinUrgency;

    /// <inheritdoc/>
    public async Task<DeliveryReceipt> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!AlertMessages.Types.Contains(message.Type))
        {
            return DeliveryReceipt.Delivered("Nothing to show: Teams is told of alerts alone.");
        }

        if (message.Type == "alert.delivered")
        {
            return DeliveryReceipt.Delivered("Nothing to show: that an alert arrived changes no card.");
        }

        using var late = new CancellationTokenSource(options.Value.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var body = JsonSerializer.Deserialize<AlertMessage>(message.Body, AlertMessages.Json)!;
            return body.Data.Test == true ? await TestAsync(body, ending.Token, cancellationToken) : await ShowAsync(message, body, ending.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DeliveryReceipt.RetryLater(TooSlow);
        }
        catch (RecordUnavailableException e)
        {
            return DeliveryReceipt.RetryLater(e.Message);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> WarningsAt(DateTimeOffset now) =>
    [
        .. _troubles.Values.Select(t => t.Detail).Order(StringComparer.Ordinal),
        .. supervisors.HasAnybody || HasSeveralPlaces || options.Value.Places.All(p => p.Channel.Length == 0) ? Array.Empty<string>()
            : ["Nobody may act on cards in channels: TeamsAlerts:Supervisors names no one."],
    ];

    private string TooSlow => string.Create(CultureInfo.InvariantCulture, $"Teams did not take it within {options.Value.Timeout.TotalSeconds:0.#} s (TeamsAlerts:Timeout).");

    private async Task<DeliveryReceipt> ShowAsync(OutboxMessage message, AlertMessage body, CancellationToken cancellationToken, CancellationToken stopping)
    {
        if (await cards.Value.ReadAsync(message.ConversationId, message.AlertId, cancellationToken) is not { } now)
        {
            return DeliveryReceipt.Refused("The alert is not on record any more.");
        }

        var isCall = Calls.Contains(message.Type);
        var chosen = await to.Places(cancellationToken);
        var there = isCall && now.Alert is { IsOpen: true, State: not AlertState.Waiting } ? chosen : [];
        var cardsThere = (await sent.OfAsync(message.AlertId, cancellationToken)).Where(c => c.Sink == Name && !c.IsInDoubt).Select(c => c.Place);
        string[] keys = [.. cardsThere.Union(there.Select(p => p.Key), StringComparer.Ordinal)];
        ForgetTroublesBeside([.. keys, .. chosen.Select(p => p.Key)]);
        var tries = await Task.WhenAll(keys.Select(key => AtAsync(
            key, othersWait: keys.Length > 1 && !message.IsForTheRest, ending => ShowAtAsync(key, there.FirstOrDefault(p => p.Key == key), now, body, ending), cancellationToken, stopping)));
        return ReceiptOf(tries, isCall);
    }

    // What comes of one place, which keeps no other from its own.
    private async Task<Try> AtAsync(string place, bool othersWait, Func<CancellationToken, Task<Try>> act, CancellationToken cancellationToken, CancellationToken stopping)
    {
        if (othersWait && _troubles.TryGetValue(place, out var trouble) && trouble.IsWorthRetrying && clock.GetElapsedTime(trouble.At) < PassedBy)
        {
            return new Try(false, true, trouble.Detail);
        }

        using var late = othersWait ? new CancellationTokenSource(Patience, clock) : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        Try made;
        try
        {
            made = await act(ending.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            made = new Try(false, true, $"{TooSlow} ({place})");
        }

        if (made.IsDone)
        {
            _troubles.TryRemove(place, out _);
        }
        else
        {
            _troubles[place] = new Trouble(made.Detail, made.IsWorthRetrying, clock.GetTimestamp());
        }

        return made;
    }

    private void ForgetTroublesBeside(IReadOnlyCollection<string> places)
    {
        foreach (var gone in _troubles.Keys.Where(k => !places.Contains(k, StringComparer.Ordinal)))
        {
            _troubles.TryRemove(gone, out _);
        }
    }

    private async Task<Try> ShowAtAsync(string key, AlertPlace? place, AlertNow now, AlertMessage body, CancellationToken cancellationToken)
    {
        using (await _turns.TakeAsync((now.Alert.Id, key), cancellationToken))
        {
            await using var alone = await sent.BeAloneAsync(now.Alert.Id, key, cancellationToken);
            return (await sent.OfAsync(now.Alert.Id, cancellationToken)).FirstOrDefault(c => c.Place == key) switch
            {
                { IsInDoubt: false } card => card.Sink == Name ? await ChangeAsync(card, now, body, cancellationToken) : Try.Done,
                var begun => place is not null ? await SendAsync(place, now, body.Data.Sequence, begun is not null, cancellationToken) : Try.Done,
            };
        }
    }

    private async Task<Try> ChangeAsync(SentCard card, AlertNow now, AlertMessage body, CancellationToken cancellationToken)
    {
        // Where alerts were stopped, the card goes on changing, but calls nobody any more.
        var called = now.Alert.IsUnanswered && now.Alert.ToldAt == body.Timestamp && card.Called < body.Data.Sequence
            && (await to.Places(cancellationToken)).Any(p => p.Key == card.Place);
        if (card.Shown < body.Data.Sequence)
        {
            var shown = cards.Value.Show(now, new AlertReader(card.Language, card.IsShared, RefreshFor(card.Reference)));
            var answer = await connector.UpdateAsync(card.Reference, card.ActivityId, MessageOf(card.Reference, shown, now.Alert), cancellationToken);
            if (answer.Failure == ConnectorFailure.Gone)
            {
                // Somebody deleted the card. Whoever is called has to see one; for the rest there is none to change.
                await sent.RemoveAsync(card);
                return called && (await to.Places(cancellationToken)).FirstOrDefault(p => p.Key == card.Place) is { } place
                    ? await SendAsync(place, now, body.Data.Sequence, mayStandThere: false, cancellationToken)
                    : Try.Done;
            }

            if (!answer.IsDone)
            {
                return TryOf(answer, card.Place);
            }

            card = card with { Shown = Math.Max(now.Conversation.Sequence, body.Data.Sequence) };
            await sent.AdvanceAsync(card);
        }

        if (!called)
        {
            return Try.Done;
        }

        // A changed card rings nowhere: who is called gets a message.
        var call = new Activity
        {
            Type = ActivityTypes.Message,
            Text = cards.Value.CallAgain(now, body.Data.OnDuty, card.Language),
            TextFormat = "plain",
        };
        var said = await connector.SendAsync(card.Reference, Addressed(call, card.Reference, now.Alert), cancellationToken);
        if (said.IsDone)
        {
            await sent.AdvanceAsync(card with { Called = body.Data.Sequence });
        }

        return TryOf(said, card.Place);
    }

    private async Task<Try> SendAsync(AlertPlace place, AlertNow now, long sequence, bool mayStandThere, CancellationToken cancellationToken)
    {
        var (target, fault) = await TargetOf(place, cancellationToken);
        if (target is null)
        {
            return fault!;
        }

        var language = place.Language == MessageLanguage.Undetermined ? AlertPlace.LanguageOf(target.Locale ?? "en") : place.Language;
        var shown = cards.Value.Show(now, new AlertReader(language, place.IsShared, RefreshFor(target)));
        var card = new SentCard(now.Alert.Id, place.Key, Name, "", StandsAt(place, target), language, Math.Max(now.Conversation.Sequence, sequence), sequence);
        await sent.BeginAsync(card);
        var (answer, stands, id) = await SayAsync(place, target, MessageOf(target, shown, now.Alert), cancellationToken);
        if (answer.IsDone && id is { Length: > 0 })
        {
            await sent.AddAsync(card with { ActivityId = id, Reference = stands });
        }
        else if (answer.IsDone || (!answer.MayHaveArrived && !mayStandThere))
        {
            await sent.RemoveAsync(card); // Nothing stands there; or the channel gave no id, and so nothing to change later.
        }

        if (!answer.IsDone || !mayStandThere)
        {
            return answer;
        }

        LogTwice(now.Alert.Id, place.Key);
        return Try.Done with { Detail = $"The card may stand there twice ({place.Key}): it was not known whether an earlier try had arrived." };
    }

    // Where a place is, as the stored references say it.
    private async Task<(ConversationReference? Target, Try? Fault)> TargetOf(AlertPlace place, CancellationToken cancellationToken)
    {
        var found = place.Kind switch
        {
            AlertPlaceKind.Channel => await references.FindForTeamsChannelAsync(place.Id, cancellationToken),
            AlertPlaceKind.Person => await references.FindPersonalAsync(ChannelIds.Teams, place.Id, cancellationToken),
            AlertPlaceKind.Chat => await references.FindAsync(ChannelIds.Teams, place.Id, cancellationToken),
            _ => throw new InvalidOperationException($"The kind {place.Kind} is not known."),
        };
        return found is not null
            ? (found, null)
            : (null, new Try(false, false, $"The bot was not installed where it should speak ({place.Key}), or removed there. Install the app there{(place.Kind == AlertPlaceKind.Channel ? "" : ", or let the person write to the bot")}, then send this message again."));
    }

    private async Task<(Try Answer, ConversationReference Stands, string? Id)> SayAsync(AlertPlace place, ConversationReference target, Activity message, CancellationToken cancellationToken)
    {
        if (place.Kind != AlertPlaceKind.Channel)
        {
            var answer = await connector.SendAsync(target, message, cancellationToken);
            return (TryOf(answer, place.Key), target, answer.Value?.Id);
        }

        var opened = await connector.PostToChannelAsync(target.ServiceUrl ?? "", target.Conversation?.TenantId, place.Id, target.Bot, message, cancellationToken);
        var thread = opened.Value?.Id is { Length: > 0 } id ? id : place.Id;
        var mark = thread.LastIndexOf('=') + 1;
        var stands = StandsAt(place, target, thread) with { ServiceUrl = opened.Value?.ServiceUrl is { Length: > 0 } elsewhere ? elsewhere : target.ServiceUrl };
        return (TryOf(opened, place.Key), stands, opened.Value?.ActivityId ?? thread[mark..]);
    }

    // In a channel each card begins a thread, of which the channel's stored reference is not one.
    private static ConversationReference StandsAt(AlertPlace place, ConversationReference target, string? thread = null) => place.Kind != AlertPlaceKind.Channel
        ? target
        : target with
        {
            User = null,
            Conversation = new ConversationAccount(thread ?? place.Id, IsGroup: true, ConversationType: ConversationTypes.Channel, TenantId: target.Conversation?.TenantId),
        };

    private async Task<DeliveryReceipt> TestAsync(AlertMessage body, CancellationToken cancellationToken, CancellationToken stopping)
    {
        var all = await to.Places(cancellationToken);
        if (all.Count == 0)
        {
            return options.Value.Places.Count > 0
                ? DeliveryReceipt.Delivered("No further place was chosen in Teams.")
                : DeliveryReceipt.Refused("Alerts would reach nobody in Teams: set TeamsAlerts:Places, or let a supervisor write 'alerts here' to the bot where they are wanted.");
        }

        var tries = await Task.WhenAll(all.Select(place => AtAsync(place.Key, othersWait: false, ending => TestAtAsync(place, ending), cancellationToken, stopping)));
        var receipt = ReceiptOf(tries, isCall: true);

        // A test is passed when an alert would arrive everywhere.
        return tries.All(t => t.IsDone) ? receipt : DeliveryReceipt.Refused(receipt.Detail);

        async Task<Try> TestAtAsync(AlertPlace place, CancellationToken ending)
        {
            var (target, fault) = await TargetOf(place, ending);
            var test = new Activity { Type = ActivityTypes.Message, Text = "[TEST] " + body.Data.Reason, TextFormat = "plain" };
            return target is null ? fault! : (await SayAsync(place, target, Addressed(test, target, null), ending)).Answer;
        }
    }

    private DeliveryReceipt ReceiptOf(Try[] tries, bool isCall)
    {
        var faults = tries.Where(t => !t.IsDone).ToArray();
        if (tries.Length == 0)
        {
            return DeliveryReceipt.Skipped(isCall ? "Nobody has asked for alerts in Teams, or it was settled before it could be shown." : "There is no card of it to change.");
        }

        var done = tries.Length - faults.Length;
        var detail = string.Create(CultureInfo.InvariantCulture, $"In {done} of {tries.Length} place(s).{string.Concat(tries.Where(t => t.Detail.Length > 0).Select(t => " " + t.Detail))}");
        return faults switch
        {
            [] => DeliveryReceipt.Delivered(detail),
            _ when faults.Any(f => f.IsWorthRetrying) && done > 0 => HasSeveralPlaces ? DeliveryReceipt.Partly(detail, faults.Max(f => f.RetryAfter)) : DeliveryReceipt.RetryLater(detail, faults.Max(f => f.RetryAfter)),
            _ when faults.Any(f => f.IsWorthRetrying) => DeliveryReceipt.RetryLater(detail, faults.Max(f => f.RetryAfter)),
            _ when done > 0 => DeliveryReceipt.Delivered(detail),
            _ => DeliveryReceipt.Refused(detail),
        };
    }

    // Gone and blocked wait for a person; whatever else a connector says may be another thing tomorrow, such as a secret that is put right.
    private static Try TryOf<T>(ConnectorAnswer<T> answer, string place)
        where T : class => answer.Failure switch
        {
            ConnectorFailure.None => Try.Done,
            ConnectorFailure.Gone => new(false, false, $"The bot is no longer part of the conversation, or it is gone ({place}). Install the app there again, or choose another place, then send this message again."),
            ConnectorFailure.Blocked => new(false, false, $"The person has blocked the bot ({place}). They have to unblock it in Teams, then send this message again."),
            ConnectorFailure.NotAllowed => new(false, false, answer.Detail ?? ""),
            _ => new(false, true, $"{answer.Detail} ({place})", answer.RetryAfter, answer.MayHaveArrived),
        };

    private static Activity MessageOf(ConversationReference to, RenderedCard card, Alert alert) =>
        Addressed(new Activity { Type = ActivityTypes.Message, Summary = card.Summary, Attachments = [card.ToAttachment()] }, to, alert);

    private static Activity Addressed(Activity message, ConversationReference to, Alert? alert) => message with
    {
        ChannelId = to.ChannelId,
        ServiceUrl = to.ServiceUrl,
        From = to.Bot,
        Recipient = to.User,
        Conversation = to.Conversation,
        Importance = alert is { IsUnanswered: true, Urgency: AlertUrgency.Immediate } ? "high" : null,
        ChannelData = alert is { IsUnanswered: true } ? ActivityJson.ToElement(new TeamsChannelData(Notification: new TeamsNotification(Alert: true))) : null,
    };

    // In a chat with one person Teams wants to know who; elsewhere it asks for everybody who looks, in conversations of up to 60.
    private static IReadOnlyList<string> RefreshFor(ConversationReference reference) =>
        reference.Conversation?.ConversationType == ConversationTypes.Personal && reference.User?.Id is { Length: > 0 } id ? [id] : [];

    [LoggerMessage(LogLevel.Warning, "The card of alert {Alert} may stand twice at {Place}: it was not known whether an earlier try had arrived, so that it was sent again.")]
    private partial void LogTwice(string alert, string place);

    private sealed record Trouble(string Detail, bool IsWorthRetrying, long At);

    private sealed record Try(bool IsDone, bool IsWorthRetrying, string Detail, TimeSpan? RetryAfter = null, bool MayHaveArrived = false)
    {
        public static readonly Try Done = new(true, false, "");
    }
}
