using System.Globalization;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Agent;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>What the buttons of an alert's card do: the same as the console, by the same rules.</summary>
/// <remarks>
/// An action counts only where the card was sent, and by who may act (<see cref="ISupervisorDirectory"/>); the ids in it came from outside. The person
/// gets their own card back at once; everybody else's changes by the outbox, wherever it stands. Safe for concurrent use.
/// </remarks>
/// <param name="desk">The door to alerts.</param>
/// <param name="cards">Shows them.</param>
/// <param name="sent">Where cards were sent.</param>
/// <param name="supervisors">Who may act.</param>
/// <param name="clock">The product's clock.</param>
public sealed class AlertActions([FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk, AlertCards cards, SentCards sent, ISupervisorDirectory supervisors, TimeProvider clock) : ICardActions
{
    private static readonly Dictionary<string, AlertMoveKind> Moves = new(StringComparer.Ordinal)
    {
        [CardVerbs.Acknowledge] = AlertMoveKind.Acknowledge,
        [CardVerbs.TakeOver] = AlertMoveKind.TakeOver,
        [CardVerbs.Whisper] = AlertMoveKind.Whisper,
        [CardVerbs.Dismiss] = AlertMoveKind.Dismiss,
        [CardVerbs.Resolve] = AlertMoveKind.Resolve,
    };

    /// <inheritdoc/>
    public bool Handles(string verb) => verb == CardVerbs.Refresh || Moves.ContainsKey(verb);

    /// <inheritdoc/>
    public async Task<CardActionAnswer> ActAsync(BotTurn turn, ExecuteAction action, bool isAutomatic, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var command = CardCommand.Read(new CardActionValue(action)) ?? throw new InvalidOperationException("Only verbs that are handled come here.");
        var (alert, sentence) = await DoAsync(turn, command, cancellationToken);
        return alert is null ? CardActionAnswer.OfMessage(sentence!) : CardActionAnswer.OfCard(CardFor(turn, alert).Content);
    }

    /// <inheritdoc/>
    public async Task SubmitAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(command);

        // What was done shows on the card; what was not has to be said.
        if (await DoAsync(turn, command, cancellationToken) is (_, { } sentence))
        {
            await turn.Replies.SendAsync(turn.Activity.Reply(sentence) with { TextFormat = "plain" }, cancellationToken);
        }
    }

    // Either the alert as it stands, or why it cannot be shown or done.
    private async Task<(AlertNow? Alert, string? Sentence)> DoAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken)
    {
        var texts = TextsOf(turn);
        if (command.Alert is not { } id
            || await sent.FindAsync(id, turn.Activity.Conversation?.Id ?? "", cancellationToken) is null
            || await cards.ReadAsync(id, cancellationToken) is not { } before)
        {
            return (null, texts["Alert.Unknown"]);
        }

        if (!Moves.TryGetValue(command.Verb, out var kind))
        {
            return (before, null);
        }

        if (supervisors.MayAct(turn.Activity.From) is not { } by)
        {
            return (null, texts["Alert.NotYours"]);
        }

        if (kind == AlertMoveKind.Whisper && command.Words is null)
        {
            return (null, texts["Alert.WhisperMissing"]);
        }

        // A reason in the person's own words is a reason, too.
        if (kind == AlertMoveKind.Dismiss && command is { Dismissal: null, Remark: null })
        {
            return (null, texts["Alert.DismissMissing"]);
        }

        var text = kind == AlertMoveKind.Whisper ? command.Words : kind == AlertMoveKind.Dismiss ? command.Remark : command.Note;
        var change = await desk.MoveAsync(id, new AlertMove(kind, by, text, command.Dismissal ?? AlertDismissal.Other), cancellationToken);
        return change switch
        {
            { Result: AlertChangeResult.AlreadyClosed, Alert.Alert: var closed } when kind is not (AlertMoveKind.Resolve or AlertMoveKind.Dismiss) =>
                (null, texts["Alert.TooLate", NameOf(closed.AcknowledgedBy), texts.Of("AlertState", closed.State), AgoOf(closed.ClosedAt, texts)]),
            { Alert.Alert: { AcknowledgedBy: { } first, AcknowledgedAt: var at } } when kind == AlertMoveKind.Acknowledge && first != by =>
                (null, texts["Alert.WasFirst", NameOf(first), AgoOf(at, texts)]),
            { Alert: { } moved } => (await cards.ReadAsync(moved.Alert.Id, cancellationToken), null),
            _ => (null, texts["Alert.Unknown"]),
        };
    }

    private RenderedCard CardFor(BotTurn turn, AlertNow alert)
    {
        var from = turn.Activity.From;
        IReadOnlyList<string> refresh = turn.IsPersonal && from?.Id is { Length: > 0 } id ? [id] : [];
        return cards.Show(alert, new AlertReader(LanguageOf(turn), !turn.IsPersonal, refresh, supervisors.MayAct(from) is not null));
    }

    private string AgoOf(DateTimeOffset? at, CardWording texts)
    {
        var minutes = at is { } then ? (int)Math.Max(0, Math.Floor((clock.GetUtcNow() - then).TotalMinutes)) : 0;
        return minutes == 0 ? texts["Alert.JustNow"] : texts["Alert.MinutesAgo", minutes.ToString(CultureInfo.InvariantCulture)];
    }

    private static string NameOf(string? name) => CardWords.Clean(name ?? "–", 100);

    private static Core.Channels.MessageLanguage LanguageOf(BotTurn turn) => AlertPlace.LanguageOf(AgentLanguage.Of(turn.Activity, null).Name);

    private static CardWording TextsOf(BotTurn turn) => CardWording.In(LanguageOf(turn));
}
