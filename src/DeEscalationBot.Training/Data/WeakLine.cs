using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Training.Data;

/// <summary>What a public label says about one head, and how much it counts beside a line of ours (1).</summary>
/// <param name="Label">Whether it is there.</param>
/// <param name="Weight">Above 0.</param>
public readonly record struct Mark(bool Label, float Weight);

/// <summary>A line of a public set with its label read as marks for our heads; a head without a mark does not learn from it.</summary>
/// <param name="Set">The name of the set.</param>
/// <param name="Language">Spanish or English.</param>
/// <param name="Text">The text; stays outside the repository.</param>
public sealed record WeakLine(string Set, MessageLanguage Language, string Text)
{
    /// <summary>For the head <c>anger</c>: anger and annoyance at anybody or anything.</summary>
    public Mark? Anger { get; init; }

    /// <summary>For the head <c>insult</c>: a person is degraded or threatened.</summary>
    public Mark? Insult { get; init; }

    /// <summary>For the head <c>pleased</c>: gratitude, joy, approval, relief.</summary>
    public Mark? Pleased { get; init; }

    /// <summary>For the head <c>elsewhere</c>: people among themselves, not a customer at a desk.</summary>
    public Mark? Elsewhere { get; init; }

    /// <summary>For the heads of our own signals: what the set says of each; nothing is learnt of the others.</summary>
    public IReadOnlyDictionary<SignalType, Mark> Signals { get; init; } = new Dictionary<SignalType, Mark>();

    /// <summary>For the heads of our own levels: a calm line of a support desk.</summary>
    public Mark? Levels { get; init; }
}
