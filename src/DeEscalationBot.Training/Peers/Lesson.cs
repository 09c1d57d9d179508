using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Training.Peers;

/// <summary>A text that a trained peer learns from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">Whether it is there.</param>
/// <param name="Weight">How much it counts beside a line of ours (1).</param>
internal sealed record Lesson(string Text, bool Label, float Weight)
{
    /// <summary>What there is to learn of a target in a language: the marks of the public rest together with our own lines, for every trained peer the same.</summary>
    public static IReadOnlyList<Lesson> Of(PeerTarget target, MessageLanguage language, IEnumerable<WeakLine> rest, IEnumerable<CorpusLine> corpus) =>
    [
        .. from line in rest
           where line.Language == language
           let mark = MarkOf(line, target)
           where mark is not null
           select new Lesson(line.Text, mark.Value.Label, mark.Value.Weight),
        .. from line in corpus
           where line.Language == language
           select new Lesson(line.Text, IsThere(line, target), 1),
    ];

    private static Mark? MarkOf(WeakLine line, PeerTarget target) => target switch
    {
        PeerTarget.Anger => line.Anger,
        PeerTarget.Abuse => line.Insult,
        PeerTarget.Threat => line.Signals.TryGetValue(SignalType.Threat, out var mark) ? mark : null,
        PeerTarget.Level => line.Levels,
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
    };

    private static bool IsThere(CorpusLine line, PeerTarget target) => target switch
    {
        PeerTarget.Anger or PeerTarget.Level => line.Level >= (int)FrustrationLevel.Frustrated,
        PeerTarget.Abuse => line.Signals.Contains(SignalType.Abuse) || line.Signals.Contains(SignalType.Threat),
        PeerTarget.Threat => line.Signals.Contains(SignalType.Threat),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
    };
}
