namespace DeEscalationBot.Core.Scoring;

/// <summary>How a message looks, beside its words.</summary>
public enum ScoreCue
{
    /// <summary>Words in capitals.</summary>
    Capitals,

    /// <summary>Exclamation marks, and runs of marks.</summary>
    Exclamations,

    /// <summary>Letters stretched ("nooooo").</summary>
    StretchedLetters,

    /// <summary>Questions among its sentences.</summary>
    Questions,

    /// <summary>Three dots.</summary>
    Ellipses,

    /// <summary>Few words, perhaps with a full stop.</summary>
    Brevity,

    /// <summary>Many words or sentences.</summary>
    Length,

    /// <summary>Numbers among its words.</summary>
    Numbers,

    /// <summary>Words between quotation marks.</summary>
    Quotation,

    /// <summary>Something grave or telling said only where it is negated or quoted.</summary>
    Denial,

    /// <summary>Several signals at once.</summary>
    ManySignals,
}

/// <summary>One thing that moved a score: words, a signal, or a cue; exactly one of <paramref name="Signal"/>, <paramref name="Cue"/> or plain words.</summary>
/// <param name="LogOdds">How far it moved the chance of level 2 or more, in log-odds: 0.7 doubles the odds, −0.7 halves them. The frustration goes mostly by that chance and, less, by those of levels 1 and 3.</param>
/// <param name="Evidence">The words; nothing for a cue.</param>
/// <param name="Signal">The signal that they carry, by a rule of the playbook.</param>
/// <param name="Cue">How the message looks.</param>
public sealed record ScoreContribution(double LogOdds, EvidenceSpan? Evidence = null, SignalType? Signal = null, ScoreCue? Cue = null);

/// <summary>What made the frustration of one message.</summary>
/// <param name="Contributions">Those that weighed most, at most <see cref="MostContributions"/>, strongest first.</param>
public sealed record ScoreExplanation(IReadOnlyList<ScoreContribution> Contributions)
{
    /// <summary>More than these nobody reads beside a chat.</summary>
    public const int MostContributions = 6;

    // A hair's breadth explains nothing.
    private const double LeastLogOdds = 0.1;

    /// <summary>Keeps those that weigh most.</summary>
    /// <param name="contributions">All of them.</param>
    public static ScoreExplanation Strongest(IEnumerable<ScoreContribution> contributions) => new(
    [
        .. contributions.Where(c => Math.Abs(c.LogOdds) >= LeastLogOdds).OrderByDescending(c => Math.Abs(c.LogOdds)).ThenBy(c => c.Evidence?.Start ?? int.MaxValue).Take(MostContributions),
    ]);
}
