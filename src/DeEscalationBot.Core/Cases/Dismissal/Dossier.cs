using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>What the record holds about a customer (B3). It points at turns and copies no text, so that an erased conversation stays erased.</summary>
/// <param name="Conversations">All conversations, oldest first.</param>
/// <param name="Complaints">All complaints, oldest first.</param>
/// <param name="Pattern">What the customer's messages showed, by month, oldest first.</param>
/// <param name="Curve">The tension after each of their messages, oldest first.</param>
/// <param name="Agents">Everybody who answered them, by name.</param>
public sealed record Dossier(
    IReadOnlyList<DossierConversation> Conversations,
    IReadOnlyList<DossierComplaint> Complaints,
    IReadOnlyList<PatternMonth> Pattern,
    IReadOnlyList<TensionPoint> Curve,
    IReadOnlyList<string> Agents);

/// <summary>One conversation of a dossier.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="From">Its first message.</param>
/// <param name="Until">Its last message.</param>
/// <param name="CustomerTurns">How many messages the customer wrote.</param>
/// <param name="AgentTurns">How many we wrote.</param>
/// <param name="PeakTension">The highest tension, 0 to 1.</param>
/// <param name="LastTension">The tension at its end, 0 to 1.</param>
/// <param name="Alerts">How many alerts were raised in it.</param>
public sealed record DossierConversation(string ConversationId, DateTimeOffset From, DateTimeOffset Until, int CustomerTurns, int AgentTurns, double PeakTension, double LastTension, int Alerts);

/// <summary>A complaint, and where to read what the team tried.</summary>
/// <param name="Id">Names it within the dossier: conversation and turn.</param>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="TurnIndex">The customer's turn.</param>
/// <param name="At">When.</param>
/// <param name="Signals">What the turn showed.</param>
/// <param name="AnswerTurns">Our turns until the customer wrote again: what was tried at once.</param>
/// <param name="WasRelieved">Whether the customer showed relief later in the conversation.</param>
public sealed record DossierComplaint(string Id, string ConversationId, int TurnIndex, DateTimeOffset At, IReadOnlyList<SignalType> Signals, IReadOnlyList<int> AnswerTurns, bool WasRelieved);

/// <summary>What the customer's messages of a month showed.</summary>
/// <param name="Month">The first day of the month, UTC.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Hot">How many were angry or hostile.</param>
/// <param name="Signals">How many messages showed each signal.</param>
public sealed record PatternMonth(DateOnly Month, int Messages, int Hot, IReadOnlyDictionary<SignalType, int> Signals);

/// <summary>A point of the tension's curve.</summary>
/// <param name="At">When.</param>
/// <param name="ConversationId">In which conversation.</param>
/// <param name="Tension">0 to 1.</param>
public sealed record TensionPoint(DateTimeOffset At, string ConversationId, double Tension);

/// <summary>Compiles a dossier from all conversations of a customer (B3).</summary>
/// <remarks>Pure; safe for concurrent use. Conversations of others, and those without a message, are left out.</remarks>
public static class DossierCompiler
{
    private static readonly SignalType[] Complaining =
    [
        SignalType.RepeatContact, SignalType.Unheard, SignalType.Distrust, SignalType.Impact, SignalType.Misfit, SignalType.Waiting,
        SignalType.ReputationThreat, SignalType.LegalThreat, SignalType.ManagerRequest, SignalType.SafetyHazard,
    ];

    /// <summary>Compiles the dossier.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="conversations">Conversations as they stand, in any order.</param>
    public static Dossier Compile(string customerId, IEnumerable<Conversation> conversations)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        var own = conversations.Where(c => c.CustomerId == customerId && !c.Turns.IsEmpty).OrderBy(c => c.Turns[0].At).ThenBy(c => c.Id.Value, StringComparer.Ordinal).ToArray();
        var turns = own.SelectMany(c => c.CustomerTurns.Select(t => (Conversation: c, Turn: t))).OrderBy(x => x.Turn.At).ToArray();
        return new Dossier(
            [.. own.Select(Entry)],
            [.. turns.Where(x => IsComplaint(x.Turn)).Select(x => Complaint(x.Conversation, x.Turn))],
            [.. turns.GroupBy(x => MonthOf(x.Turn.At)).OrderBy(g => g.Key).Select(g => Pattern(g.Key, [.. g.Select(x => x.Turn)]))],
            [.. turns.Select(x => new TensionPoint(x.Turn.At, x.Conversation.Id.Value, x.Turn.Tension.Value))],
            [.. own.SelectMany(c => c.Turns).Where(t => t.Speaker == SpeakerRole.Agent).Select(t => t.AuthorId).OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
    }

    private static DossierConversation Entry(Conversation c)
    {
        var customers = c.CustomerTurns.ToArray();
        return new DossierConversation(
            c.Id.Value, c.Turns.Min(t => t.At), c.Turns.Max(t => t.At), customers.Length, c.Turns.Count - customers.Length, customers.Max(t => t.Tension.Value), c.Tension.Value, c.Alerts.Count);
    }

    private static bool IsComplaint(Turn turn) => turn.Score is { } score && (score.Level >= FrustrationLevel.Frustrated || score.Signals.Any(s => Complaining.Contains(s.Type)));

    private static DossierComplaint Complaint(Conversation c, Turn turn)
    {
        var after = c.Turns.Skip(turn.Index + 1).ToArray();
        return new DossierComplaint(
            $"{c.Id.Value}#{turn.Index}",
            c.Id.Value,
            turn.Index,
            turn.At,
            [.. turn.Score!.Signals.Select(s => s.Type).Distinct()],
            [.. after.TakeWhile(t => t.Speaker == SpeakerRole.Agent).Select(t => t.Index)],
            after.Any(t => t.Score?.Signals.Any(s => s.Type == SignalType.Relief) == true));
    }

    private static PatternMonth Pattern(DateOnly month, Turn[] turns) => new(
        month,
        turns.Length,
        turns.Count(t => t.Score?.Level >= FrustrationLevel.Angry),
        turns.SelectMany(t => t.Score?.Signals.Select(s => s.Type).Distinct() ?? []).GroupBy(s => s).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count()));

    private static DateOnly MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
}
