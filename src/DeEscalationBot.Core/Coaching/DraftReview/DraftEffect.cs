namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Where a draft is likely to take the conversation's tension. Three bands, because nobody can know more beforehand.</summary>
public enum LikelyEffect
{
    /// <summary>The tension is likely to fall.</summary>
    Lowers,

    /// <summary>No clear effect is to be expected.</summary>
    Keeps,

    /// <summary>The tension is likely to rise.</summary>
    Raises,
}

/// <summary>How much speaks for a <see cref="LikelyEffect"/>.</summary>
public enum EffectSureness
{
    /// <summary>Little speaks for it, or reasons speak on both sides, or nothing is known of the conversation.</summary>
    Guess,

    /// <summary>Several things, or a grave one, speak for it. Still no certainty: the customer decides.</summary>
    Likely,
}

/// <summary>One reason for an effect.</summary>
/// <param name="Text">The reason, one sentence for the agent in the language of the draft.</param>
/// <param name="Playbook">The id of the practice behind it.</param>
/// <param name="Direction">Which way it pulls: <see cref="LikelyEffect.Lowers"/>, <see cref="LikelyEffect.Raises"/>, or <see cref="LikelyEffect.Keeps"/> for a remark that explains a missing effect.</param>
public sealed record EffectReason(string Text, string Playbook, LikelyEffect Direction);

/// <summary>The likely effect of a text on the conversation's tension, with the reasons.</summary>
/// <param name="Likely">The band.</param>
/// <param name="Sureness">How much speaks for it.</param>
/// <param name="Reasons">The reasons, weightiest first; at most four.</param>
public sealed record DraftEffect(LikelyEffect Likely, EffectSureness Sureness, IReadOnlyList<EffectReason> Reasons);

/// <summary>What an effect is estimated from, for one language: <c>draft-effect.yaml</c>.</summary>
/// <remarks>Weights are points on a scale of their own: 1 is a slight pull, 3 a strong one.</remarks>
public sealed class DraftEffectRules
{
    /// <summary>The faults by rule; a rule that is not named does not pull.</summary>
    public required IReadOnlyDictionary<string, EffectWeight> Faults { get; init; }

    /// <summary>The merits by what the draft does.</summary>
    public required IReadOnlyDictionary<DraftMerit, EffectWeight> Merits { get; init; }

    /// <summary>Said when the conversation is calm, so that there is little to lower.</summary>
    public required EffectWeight Calm { get; init; }

    /// <summary>Said when a draft has neither faults nor merits that pull.</summary>
    public required EffectWeight Neutral { get; init; }

    /// <summary>Below this tension, 0 to 1, there is nothing to lower. Default 0.2.</summary>
    public double CalmBelow { get; init; } = 0.2;

    /// <summary>From this tension on, 0 to 1, faults pull harder. Default 0.6.</summary>
    public double TenseFrom { get; init; } = 0.6;

    /// <summary>By how much they pull harder; 1 for not at all. Default 1.5.</summary>
    public double TenseFactor { get; init; } = 1.5;

    /// <summary>From how many points on the sum of merits less faults lowers. Default 2.</summary>
    public double LowersFrom { get; init; } = 2;

    /// <summary>From how many points on the sum of faults less merits raises. Default 1.</summary>
    public double RaisesFrom { get; init; } = 1;

    /// <summary>How many points beyond the border of its band make an effect likely instead of a guess. Default 1.</summary>
    public double LikelyBeyond { get; init; } = 1;
}

/// <summary>How hard something pulls, and what is said of it.</summary>
public sealed class EffectWeight
{
    /// <summary>Points; 0 or more.</summary>
    public double Weight { get; init; }

    /// <summary>The reason in words, one sentence for the agent.</summary>
    public required string Says { get; init; }

    /// <summary>The id of the practice; for a fault nothing, since its rule has one.</summary>
    public string? Playbook { get; init; }
}

/// <summary>What a draft may do that calms.</summary>
public enum DraftMerit
{
    /// <summary>Takes up what the customer wrote: a fact, a number, a word of theirs.</summary>
    TakesUp,

    /// <summary>Regrets what happened.</summary>
    Regrets,

    /// <summary>Says what happens next or when.</summary>
    NextStep,

    /// <summary>Offers a way on.</summary>
    WayOn,

    /// <summary>Asks an open or a check question.</summary>
    Asks,

    /// <summary>Thanks.</summary>
    Thanks,
}

/// <summary>Estimates what a text is likely to do to the tension, from its findings and from what it does well.</summary>
/// <remarks>An estimate by rule of thumb, meant for comparing a draft with its rewrite; it is no measurement. Deterministic; safe for concurrent use.</remarks>
internal sealed class DraftEffectEstimator(DraftEffectRules rules)
{
    private const int MostReasons = 4;

    /// <summary>Estimates.</summary>
    /// <param name="findings">What the review found.</param>
    /// <param name="merits">What the text does well.</param>
    /// <param name="tension">The conversation's present tension, 0 to 1, or nothing when it is not known.</param>
    public DraftEffect Estimate(IReadOnlyList<DraftFinding> findings, IReadOnlyCollection<DraftMerit> merits, double? tension)
    {
        var pulls = new List<(double Points, EffectReason Reason)>();
        foreach (var finding in findings.DistinctBy(f => f.Rule))
        {
            if (rules.Faults.TryGetValue(finding.Rule, out var fault) && fault.Weight > 0)
            {
                var points = tension >= rules.TenseFrom ? fault.Weight * rules.TenseFactor : fault.Weight;
                pulls.Add((-points, new EffectReason(fault.Says, finding.Playbook, LikelyEffect.Raises)));
            }
        }

        foreach (var merit in merits)
        {
            if (rules.Merits.TryGetValue(merit, out var good) && good.Weight > 0)
            {
                pulls.Add((good.Weight, new EffectReason(good.Says, good.Playbook ?? rules.Neutral.Playbook ?? "A10", LikelyEffect.Lowers)));
            }
        }

        var sum = pulls.Sum(p => p.Points);
        var isCalm = tension < rules.CalmBelow;
        var likely = sum <= -rules.RaisesFrom ? LikelyEffect.Raises : sum >= rules.LowersFrom && !isCalm ? LikelyEffect.Lowers : LikelyEffect.Keeps;
        var reasons = pulls.OrderByDescending(p => likely == LikelyEffect.Raises ? p.Reason.Direction == LikelyEffect.Raises : p.Reason.Direction == LikelyEffect.Lowers)
            .ThenByDescending(p => Math.Abs(p.Points)).Select(p => p.Reason).Take(MostReasons).ToList();
        if (likely == LikelyEffect.Keeps && (isCalm || reasons.Count == 0))
        {
            var told = isCalm && sum > -rules.RaisesFrom && reasons.Count > 0 ? rules.Calm : rules.Neutral;
            reasons.Insert(0, new EffectReason(told.Says, told.Playbook ?? "A10", LikelyEffect.Keeps));
        }

        return new DraftEffect(likely, SurenessOf(likely, sum, tension), [.. reasons.Take(MostReasons)]);
    }

    private EffectSureness SurenessOf(LikelyEffect likely, double sum, double? tension)
    {
        var beyond = likely switch
        {
            LikelyEffect.Raises => -sum - rules.RaisesFrom,
            LikelyEffect.Lowers => sum - rules.LowersFrom,
            LikelyEffect.Keeps => 0,
            _ => throw new InvalidOperationException("An effect has no meaning."),
        };

        // A grave fault heats any conversation; that something calms can be told only where the conversation is known.
        return beyond >= rules.LikelyBeyond && (likely == LikelyEffect.Raises || tension is not null) ? EffectSureness.Likely : EffectSureness.Guess;
    }
}
