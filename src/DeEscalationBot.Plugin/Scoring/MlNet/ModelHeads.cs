using System.Collections.Immutable;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>The linear heads of which a model of one language is made, in the order in which they stand in the archive.</summary>
/// <remarks>
/// First come heads over hashed n-grams: the four cumulative levels as our own corpus marks them, what the public sets teach, and the
/// signals. Their logits, for the message as a whole and for its hottest sentence, go with the dense features (among them what the
/// playbook's rules found) into the final heads (<see cref="FinalInputs"/>): the levels again, and the signals again.
/// </remarks>
public static class ModelHeads
{
    /// <summary>Number of cumulative levels: at least 1, 2, 3, 4.</summary>
    public const int LevelCount = 4;

    /// <summary>How many log-odds a scaled logit of 1 stands for.</summary>
    public const float ScaleDivisor = 4;

    /// <summary>The head that tells talk elsewhere from talk to a desk, whatever its mood.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>The languages, in order.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["es", "en"];

    /// <summary>The signals of a single message, in order.</summary>
    public static ImmutableArray<SignalType> Signals { get; } = [.. Enum.GetValues<SignalType>().Where(t => t != SignalType.BehaviourChange)];

    /// <summary>The heads that public sets teach.</summary>
    public static IReadOnlyList<string> Public { get; } = ["anger", "insult", "pleased", Elsewhere];

    /// <summary>The heads over n-grams: levels, public ones, signals.</summary>
    public static IReadOnlyList<string> Ngram { get; } = [.. Enumerable.Range(1, LevelCount).Select(l => $"text{l}"), .. Public, .. Signals.Select(s => "text" + s)];

    /// <summary>The final heads: the chance of a level of at least 1, 2, 3, 4, then of each signal.</summary>
    public static IReadOnlyList<string> Final { get; } = [.. Enumerable.Range(1, LevelCount).Select(l => $"atLeast{l}"), .. Signals.Select(s => "is" + s)];

    /// <summary>Brings a logit of an n-gram head to the scale of the dense features.</summary>
    /// <param name="logit">The logit.</param>
    public static float Scale(float logit) => Math.Clamp(logit, -LargestLogit, LargestLogit) / ScaleDivisor;

    internal const float LargestLogit = 8;
}
