using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Coaching.Training;

/// <summary>Checks what people wrote for the training room, beyond what its file format can say.</summary>
internal static class TrainingCheck
{
    private static readonly TrainingEnding[] Goals = [TrainingEnding.Reconciled, TrainingEnding.LeftWell, TrainingEnding.Dismissed];

    public static void Check(MessageLanguage language, CustomerReactions reactions, IReadOnlyList<TrainingSituation> situations)
    {
        ArgumentNullException.ThrowIfNull(reactions);
        ArgumentNullException.ThrowIfNull(situations);
        var where = language.Code();
        foreach (var ending in Enum.GetValues<TrainingEnding>().Where(e => e != TrainingEnding.None))
        {
            Require(reactions.Debriefs.ContainsKey(ending), $"reactions.yaml ({where}) has no debrief for '{ending}'.");
            Require(ending == TrainingEnding.Stopped || Goals.Contains(ending) || reactions.LastWords.ContainsKey(ending), $"reactions.yaml ({where}) has no last words for '{ending}'.");
        }

        Require(situations.Count > 0, $"There is no training situation ({where}).");
        Require(situations.DistinctBy(s => s.Id).Count() == situations.Count, $"Two training situations ({where}) have the same id.");
        foreach (var situation in situations)
        {
            var name = $"The training situation '{situation.Id}' ({where})";
            Require(situation.Openings.Count > 0 && situation.Closing.Count > 0, $"{name} needs an opening and a closing.");
            Require(situation.Temper is { Starts: > 0 and < 1, Rises: > 0, Calms: > 0 }, $"{name}: temper.starts must lie between 0 and 1, rises and calms above 0.");
            Require(situation.Facts.DistinctBy(f => f.Id).Count() == situation.Facts.Count, $"{name} has two facts with the same id.");
            Require(situation.Goal == TrainingGoal.Dismiss || situation.Offers.Any(o => o.Settles), $"{name} needs an offer that settles it.");
            foreach (var level in Enum.GetValues<FrustrationLevel>())
            {
                Require(situation.Insists.TryGetValue(level, out var lines) && lines.Count > 0, $"{name} has nothing to insist on at level '{level}'.");
            }

            foreach (var fact in situation.Facts)
            {
                Require(fact.Tells.Calm.Count > 0 && fact.Tells.Tense.Count > 0, $"{name}: the fact '{fact.Id}' needs a calm and a tense line.");
            }
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
