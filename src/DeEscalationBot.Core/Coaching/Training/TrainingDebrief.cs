using System.Collections.Immutable;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Coaching.Training;

/// <summary>A better answer to one moment of a session.</summary>
/// <param name="Moment">Which of the trainee's answers it is for, from 0.</param>
/// <param name="Playbook">The practice behind it.</param>
/// <param name="Title">What to do, two to five words; nothing for a mended version of what was written.</param>
/// <param name="Text">Words that would have served.</param>
/// <param name="Why">Why, one sentence.</param>
public sealed record BetterAnswer(int Moment, string Playbook, string? Title, string Text, string Why);

/// <summary>A look back at a session: what happened, never a score.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Summary">One or two sentences about the ending.</param>
/// <param name="StepsDone">The steps (A10) that were done.</param>
/// <param name="StepsOpen">The steps that were not.</param>
/// <param name="Moments">The trainee's answers in order.</param>
/// <param name="Curve">The conversation's tension after each of the customer's messages, as production measures it.</param>
/// <param name="Helped">The answers that calmed most, by place, at most two, strongest first.</param>
/// <param name="Hurt">The answers that heated most, by place, at most two, strongest first.</param>
/// <param name="Better">What would have helped, at most three, in the order of the conversation.</param>
public sealed record TrainingDebrief(
    TrainingEnding Ending,
    string Summary,
    IReadOnlyList<ConversationStep> StepsDone,
    IReadOnlyList<ConversationStep> StepsOpen,
    IReadOnlyList<TrainingMoment> Moments,
    IReadOnlyList<Probability> Curve,
    IReadOnlyList<int> Helped,
    IReadOnlyList<int> Hurt,
    IReadOnlyList<BetterAnswer> Better)
{
    private const int MostNamed = 2;
    private const int MostBetter = 3;

    internal static TrainingDebrief Of(TrainingSession session, string summary)
    {
        var moments = session.Moments;
        var places = Enumerable.Range(0, moments.Count).ToArray();
        return new TrainingDebrief(
            session.Ending,
            summary,
            [.. session.Conversation.StepsDone],
            [.. Enum.GetValues<ConversationStep>().Where(s => !session.Conversation.StepsDone.Contains(s))],
            moments,
            [.. session.Conversation.CustomerTurns.Select(t => t.Tension)],
            [.. places.Where(i => moments[i].Calmed).OrderBy(i => moments[i].After.Value - moments[i].Before.Value).Take(MostNamed)],
            [.. places.Where(i => moments[i].Heated).OrderByDescending(i => moments[i].After.Value - moments[i].Before.Value).Take(MostNamed)],
            BetterOf(moments));
    }

    // The answers that did not calm, worst first: the coach's proposal at that moment; where it was quiet, the mended message.
    private static BetterAnswer[] BetterOf(ImmutableList<TrainingMoment> moments)
    {
        var better = new List<BetterAnswer>();
        var worstFirst = Enumerable.Range(0, moments.Count).Where(i => !moments[i].Calmed).OrderByDescending(i => moments[i].After.Value - moments[i].Before.Value).ThenBy(i => i);
        foreach (var i in worstFirst)
        {
            var moment = moments[i];
            var worst = moment.Findings.Where(f => f.Severity != DraftReview.FindingSeverity.Note).MaxBy(f => f.Severity);
            BetterAnswer? answer = moment.Rewrite is { } rewrite && worst is not null
                ? new BetterAnswer(i, worst.Playbook, null, rewrite, worst.Why)
                : moment.Suggestion is { } suggestion ? new BetterAnswer(i, suggestion.Technique, suggestion.Title, suggestion.Text, suggestion.Why) : null;
            if (answer is not null && better.Count < MostBetter && !better.Exists(b => b.Text == answer.Text))
            {
                better.Add(answer);
            }
        }

        return [.. better.OrderBy(b => b.Moment)];
    }
}
