using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Training.Evaluation;

/// <summary>The signals that were given to one line, beside what a person said of it.</summary>
/// <param name="Group">The scenario.</param>
/// <param name="Truth">The signals that are there.</param>
/// <param name="Decoys">The signals that a careless reader would see.</param>
/// <param name="Given">The signals that were given.</param>
public sealed record JudgedSignals(string Group, IReadOnlySet<SignalType> Truth, IReadOnlySet<SignalType> Decoys, IReadOnlyList<SignalType> Given);

/// <summary>Lines of one language as they were judged.</summary>
/// <param name="Levels">Level and frustration of each line.</param>
/// <param name="Signals">The signals of each line, in the same order.</param>
public sealed record JudgedLines(IReadOnlyList<Judged> Levels, IReadOnlyList<JudgedSignals> Signals)
{
    /// <summary>The counts of one signal over lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="type">The signal.</param>
    public static DetectionCounts CountsOf(IReadOnlyCollection<JudgedSignals> lines, SignalType type)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Aggregate(default(DetectionCounts), (counts, l) => counts.With(l.Truth.Contains(type), l.Given.Contains(type)));
    }

    /// <summary>The mean F1 of the signals.</summary>
    /// <param name="lines">The lines.</param>
    public static double MacroF1(IReadOnlyCollection<JudgedSignals> lines) =>
        Plugin.Scoring.MlNet.ModelHeads.Signals.Average(t => CountsOf(lines, t) is { Hits: > 0 } counts ? counts.F1 : 0);

    /// <summary>Of the pairs of a line and a signal that a careless reader would see in it, the share that was given all the same.</summary>
    /// <param name="lines">The lines.</param>
    public static double DecoyAlarms(IReadOnlyCollection<JudgedSignals> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return (double)lines.Sum(l => l.Decoys.Count(l.Given.Contains)) / Math.Max(1, lines.Sum(l => l.Decoys.Count));
    }
}
