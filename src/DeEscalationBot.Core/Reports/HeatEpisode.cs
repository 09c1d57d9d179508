using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Reports;

/// <summary>A stretch of a conversation from its peak to calm. Holds no text; the agents' names are there for who asks for their own, and are in no report.</summary>
/// <remarks>
/// It begins with the customer's message that takes the tension to the hot mark, and ends with the one that takes it down to the calm mark:
/// two marks, so that a conversation that wavers around one is one episode. Its <b>fall</b> is the steepest step down after the peak; the
/// moves before the fall are what lay between the customer's message before it and the one that shows it.
/// </remarks>
/// <param name="BeganAt">When the message was written that took the tension to the hot mark. It belongs to the time in which it began: its peak may move until it ends.</param>
/// <param name="PeakAt">When its hottest message was written.</param>
/// <param name="Peak">The tension then, 0 to 1.</param>
/// <param name="CalmAt">When the message was written that showed calm; nothing when none did.</param>
/// <param name="Fall">What came before the fall; nothing when it did not fall, or nobody had answered.</param>
/// <param name="Triggers">The triggers of the alerts that were raised in it, each once.</param>
public sealed record HeatEpisode(
    DateTimeOffset BeganAt, DateTimeOffset PeakAt, double Peak, DateTimeOffset? CalmAt, Answer? Fall, IReadOnlyList<EscalationTrigger> Triggers)
{
    /// <summary>The agents who wrote in it, each once.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>A smaller change of the tension is none: 0.05.</summary>
    public const double LeastFall = 0.05;

    /// <summary>From the peak to calm, zero or more; nothing when it did not calm down.</summary>
    public TimeSpan? TimeToCalm => CalmAt is { } calm ? calm > PeakAt ? calm - PeakAt : TimeSpan.Zero : null;

    /// <summary>The episodes of a conversation, in order.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="hot">The tension at which one begins, 0 to 1.</param>
    /// <param name="calm">The tension at which it ends, at most <paramref name="hot"/>.</param>
    public static IReadOnlyList<HeatEpisode> Of(Conversation conversation, double hot, double calm)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var turns = conversation.CustomerTurns.ToArray();
        var episodes = new List<HeatEpisode>();
        for (var i = 0; i < turns.Length; i++)
        {
            if (turns[i].Tension.Value < hot)
            {
                continue;
            }

            var end = Array.FindIndex(turns, i + 1, t => t.Tension.Value <= calm);
            episodes.Add(Between(conversation, turns[i..(end < 0 ? turns.Length : end + 1)], isCalm: end >= 0));
            i = end < 0 ? turns.Length : end;
        }

        return episodes;
    }

    private static HeatEpisode Between(Conversation conversation, Turn[] turns, bool isCalm)
    {
        var peak = turns.MaxBy(t => t.Tension)!;
        var after = turns.SkipWhile(t => t.Index != peak.Index).ToArray();
        var fall = Enumerable.Range(1, after.Length - 1)
            .Where(i => after[i - 1].Tension.Value - after[i].Tension.Value >= LeastFall)
            .OrderByDescending(i => after[i - 1].Tension.Value - after[i].Tension.Value)
            .Select(i => Answer.Between(conversation, after[i - 1], after[i]))
            .FirstOrDefault();
        var raised = conversation.Decisions.Where(d => d.Key >= turns[0].Index && d.Key <= turns[^1].Index).SelectMany(d => d.Value);
        return new HeatEpisode(
            turns[0].At, peak.At, peak.Tension.Value, isCalm ? turns[^1].At : null, fall,
            [.. raised.Where(d => d.Urgency >= AlertUrgency.Supervisor).Select(d => d.Trigger).Distinct().Order()])
        {
            Agents = Answer.AuthorsOf(conversation.Turns.Skip(turns[0].Index).Take(isCalm ? turns[^1].Index - turns[0].Index : int.MaxValue)),
        };
    }
}

/// <summary>What an agent answered to a hot message, and what the tension did then. Holds no text; its author is there for who asks for their own, and is in no report.</summary>
/// <param name="At">When the customer wrote the message that shows it.</param>
/// <param name="Technique">The playbook id of what was proposed to the agent, or nothing.</param>
/// <param name="Steps">The steps (A10) that the answer added.</param>
/// <param name="Change">How the tension changed, −1 to 1; below zero it fell.</param>
public sealed record Answer(DateTimeOffset At, string? Technique, IReadOnlyList<ConversationStep> Steps, double Change)
{
    /// <summary>Who wrote it, as the desk knows them: of several the last; nothing when the desk names nobody.</summary>
    public string? Author { get; init; }

    /// <summary>Whether the tension fell after it.</summary>
    public bool Calmed => Change <= -HeatEpisode.LeastFall;

    /// <summary>The answers to the hot messages of a conversation: those between which and the customer's next message the agent wrote.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="hot">The tension from which a message is hot, 0 to 1.</param>
    public static IReadOnlyList<Answer> Of(Conversation conversation, double hot)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var turns = conversation.CustomerTurns.ToArray();
        return [.. turns.Skip(1).Select((next, i) => turns[i].Tension.Value < hot ? null : Between(conversation, turns[i], next)).OfType<Answer>()];
    }

    /// <summary>The answer between two of the customer's messages; nothing when the agent wrote none.</summary>
    internal static Answer? Between(Conversation conversation, Turn before, Turn after)
    {
        var own = conversation.Turns.GetRange(before.Index + 1, after.Index - before.Index - 1).Where(t => t.Speaker == SpeakerRole.Agent).ToArray();
        return own.Length == 0
            ? null
            : new Answer(
                after.At,
                conversation.Suggestions.GetValueOrDefault(before.Index)?.Technique,
                [.. own[^1].StepsDone.Except(before.StepsDone).Order()],
                after.Tension.Value - before.Tension.Value)
            {
                // A desk may name the agent once and not with every message.
                Author = AuthorsOf(own).LastOrDefault() ?? AuthorsOf(conversation.Turns.Take(own[0].Index)).LastOrDefault(),
            };
    }

    /// <summary>The agents who wrote some turns, each once, in the order of their last words.</summary>
    internal static string[] AuthorsOf(IEnumerable<Turn> turns) =>
        [.. turns.Where(t => t.Speaker == SpeakerRole.Agent).Select(t => t.AuthorId).OfType<string>().Reverse().Distinct(StringComparer.Ordinal).Reverse()];
}
