using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Reports;

/// <summary>Whether heated conversations calmed down, how fast, and what came before. Counts techniques and triggers, never people.</summary>
/// <remarks>What came before a fall need not have caused it: the share of all answers stands beside each technique's, for comparison.</remarks>
/// <param name="Conversations">How many conversations there were.</param>
/// <param name="Episodes">How many heated stretches began.</param>
/// <param name="Calmed">How many of them ended calm.</param>
/// <param name="MedianToCalm">Half of those that did were calm within this; nothing when none was.</param>
/// <param name="NineInTenToCalm">Nine in ten were calm within this; nothing when none was.</param>
/// <param name="ByTime">How many were calm within which time, shortest first; the last counts those that were not.</param>
/// <param name="Answers">How many answers to hot messages there were.</param>
/// <param name="AnswersThatCalmed">After how many of them the tension fell.</param>
/// <param name="ByTechnique">The same by what was proposed to the agent, most answers first.</param>
/// <param name="ByStep">The same by the step that the answer added, in the order of the steps.</param>
/// <param name="WithTrigger">How many episodes had an alert; one with two triggers is one.</param>
/// <param name="CalmedWithTrigger">How many of those ended calm.</param>
/// <param name="ByTrigger">Episodes by trigger, in the order of the triggers; one with two triggers stands under both.</param>
/// <param name="Withheld">What would have called somebody while the desk calibrated, by trigger, in the order of the triggers.</param>
public sealed record RecoveryReport(
    int Conversations,
    int Episodes,
    int Calmed,
    TimeSpan? MedianToCalm,
    TimeSpan? NineInTenToCalm,
    IReadOnlyList<TimeBand> ByTime,
    int Answers,
    int AnswersThatCalmed,
    IReadOnlyList<MoveReport> ByTechnique,
    IReadOnlyList<MoveReport> ByStep,
    int WithTrigger,
    int CalmedWithTrigger,
    IReadOnlyList<TriggerRecovery> ByTrigger,
    IReadOnlyList<WithheldAlerts> Withheld)
{
    private static readonly TimeSpan[] Bands = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <summary>After which share of all answers the tension fell, 0 to 1; nothing when there was none.</summary>
    public double? ShareThatCalmed => Answers == 0 ? null : (double)AnswersThatCalmed / Answers;

    /// <summary>Makes a report.</summary>
    /// <param name="read">What was found in each conversation.</param>
    /// <param name="from">Episodes that began, and answers, from then on.</param>
    /// <param name="until">Episodes that began, and answers, before then.</param>
    public static RecoveryReport Of(IReadOnlyCollection<ConversationHeat> read, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(read);
        var episodes = read.SelectMany(r => r.Episodes).Where(e => e.BeganAt >= from && e.BeganAt < until).ToArray();
        var withTrigger = episodes.Where(e => e.Triggers.Count > 0).ToArray();
        var answers = read.SelectMany(r => r.Answers).Where(a => a.At >= from && a.At < until).ToArray();
        var times = episodes.Select(e => e.TimeToCalm).OfType<TimeSpan>().Order().ToArray();
        var bands = Bands.Select((b, i) => new TimeBand(b, IsCalm: true, times.Count(t => t <= b && (i == 0 || t > Bands[i - 1]))));
        return new RecoveryReport(
            read.Count(r => r.FirstAt < until && r.LastAt >= from),
            episodes.Length,
            times.Length,
            AlertReport.Quantile(times, 0.5),
            AlertReport.Quantile(times, 0.9),
            [.. bands, new TimeBand(null, IsCalm: true, times.Count(t => t > Bands[^1])), new TimeBand(null, IsCalm: false, episodes.Length - times.Length)],
            answers.Length,
            answers.Count(a => a.Calmed),
            [
                .. answers.Where(a => a.Technique is not null).GroupBy(a => a.Technique!, StringComparer.Ordinal)
                    .Select(g => MoveReport.Of(g.Key, [.. g], episodes.Count(e => e.Fall?.Technique == g.Key)))
                    .OrderByDescending(m => m.Answers).ThenBy(m => m.Move, StringComparer.Ordinal),
            ],
            [
                .. Enum.GetValues<ConversationStep>().Select(s => MoveReport.Of(s.ToString(), [.. answers.Where(a => a.Steps.Contains(s))], episodes.Count(e => e.Fall?.Steps.Contains(s) == true)))
                    .Where(m => m.Answers > 0),
            ],
            withTrigger.Length,
            withTrigger.Count(e => e.CalmAt is not null),
            [
                .. episodes.SelectMany(e => e.Triggers.Select(t => (Trigger: t, Episode: e))).GroupBy(x => x.Trigger).OrderBy(g => g.Key).Select(g =>
                {
                    TimeSpan[] own = [.. g.Select(x => x.Episode.TimeToCalm).OfType<TimeSpan>().Order()];
                    return new TriggerRecovery(g.Key, g.Count(), own.Length, AlertReport.Quantile(own, 0.5));
                }),
            ],
            [
                .. read.SelectMany(r => r.Withheld).Where(w => w.At >= from && w.At < until).GroupBy(w => w.Trigger).OrderBy(g => g.Key)
                    .Select(g => new WithheldAlerts(g.Key, g.Count())),
            ]);
    }
}

/// <summary>What a report reads of one conversation.</summary>
/// <param name="Episodes">Its heated stretches.</param>
/// <param name="Answers">Its answers to hot messages.</param>
/// <param name="FirstAt">When its first message was written.</param>
/// <param name="LastAt">When its last message was written.</param>
public sealed record ConversationHeat(IReadOnlyList<HeatEpisode> Episodes, IReadOnlyList<Answer> Answers, DateTimeOffset FirstAt, DateTimeOffset LastAt)
{
    /// <summary>The agents who wrote in it, each once.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>What would have called somebody while the desk calibrated: when the message was written that showed it, and the trigger.</summary>
    public IReadOnlyList<(DateTimeOffset At, EscalationTrigger Trigger)> Withheld { get; init; } = [];

    /// <summary>What of it is an agent's own: their answers, and the episodes in which they wrote; nothing when they did not write in it.</summary>
    /// <param name="agent">The agent.</param>
    public ConversationHeat? Of(string agent) => !Agents.Contains(agent, StringComparer.Ordinal)
        ? null
        : this with
        {
            Episodes = [.. Episodes.Where(e => e.Agents.Contains(agent, StringComparer.Ordinal)).Select(e => e.Fall?.Author == agent ? e : e with { Fall = null })],
            Answers = [.. Answers.Where(a => a.Author == agent)],
            Withheld = [],
        };

    /// <summary>Reads a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="settings">Where hot begins (<see cref="EscalationSettings.StubbornTension"/>) and calm is (<see cref="EscalationSettings.CalmTension"/>).</param>
    public static ConversationHeat Of(Conversation conversation, EscalationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(settings);
        var times = conversation.Turns.Select(t => t.At).DefaultIfEmpty(DateTimeOffset.MinValue).ToArray();
        var calm = Math.Min(settings.CalmTension, settings.StubbornTension);
        return new ConversationHeat(HeatEpisode.Of(conversation, settings.StubbornTension, calm), Answer.Of(conversation, settings.StubbornTension), times.Min(), times.Max())
        {
            Agents = Answer.AuthorsOf(conversation.Turns),
            Withheld = [.. WithheldIn(conversation)],
        };
    }

    private static IEnumerable<(DateTimeOffset At, EscalationTrigger Trigger)> WithheldIn(Conversation conversation) => conversation.Decisions
        .Where(d => d.Key >= 0)
        .SelectMany(d => d.Value.Where(x => x.Urgency >= AlertUrgency.Supervisor && conversation.Withheld.Contains(x)).Select(x => (conversation.Turns[d.Key].At, x.Trigger)));
}

/// <summary>How many episodes were calm within a time.</summary>
/// <param name="Within">The time; nothing for longer ones, and for those that did not calm down.</param>
/// <param name="IsCalm">Whether they calmed down.</param>
/// <param name="Episodes">How many: those above the band before.</param>
public sealed record TimeBand(TimeSpan? Within, bool IsCalm, int Episodes);

/// <summary>What the tension did after a kind of answer.</summary>
/// <param name="Move">The technique's playbook id, or the step.</param>
/// <param name="Answers">How many answers.</param>
/// <param name="Calmed">After how many of them the tension fell.</param>
/// <param name="MeanChange">How the tension changed on average, −1 to 1; below zero it fell.</param>
/// <param name="BeforeFall">How many episodes had it before their steepest fall.</param>
public sealed record MoveReport(string Move, int Answers, int Calmed, double MeanChange, int BeforeFall)
{
    /// <summary>Fewer answers than this say little: 5.</summary>
    public const int Few = 5;

    /// <summary>After which share of them the tension fell, 0 to 1.</summary>
    public double Share => Answers == 0 ? 0 : (double)Calmed / Answers;

    internal static MoveReport Of(string move, IReadOnlyCollection<Answer> answers, int beforeFall) =>
        new(move, answers.Count, answers.Count(a => a.Calmed), answers.Count == 0 ? 0 : Math.Round(answers.Average(a => a.Change), 4), beforeFall);
}

/// <summary>How many alerts of a trigger were only recorded.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Alerts">How many there would have been.</param>
public sealed record WithheldAlerts(EscalationTrigger Trigger, int Alerts);

/// <summary>How episodes with a trigger went.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Episodes">How many.</param>
/// <param name="Calmed">How many of them ended calm.</param>
/// <param name="MedianToCalm">Half of those that did were calm within this; nothing when none was.</param>
public sealed record TriggerRecovery(EscalationTrigger Trigger, int Episodes, int Calmed, TimeSpan? MedianToCalm);
