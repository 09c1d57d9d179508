using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>How long a text may be, in words.</summary>
public static class WritingLength
{
    /// <summary>The mean length of a word from which a text is no prose any more, in UTF-16 units: 14.</summary>
    public const int LongestWordUnits = 14;

    /// <summary>The least and the most words.</summary>
    /// <param name="request">What was asked for.</param>
    public static (int Least, int Most) Of(WritingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Kind switch
        {
            WritingKind.Paraphrase => (5, 70),
            WritingKind.NextReply => (5, 110),
            WritingKind.HandoverSummary => (10, 180),
            WritingKind.ApologyLetter => (40, 300),

            // Mending takes words; more than these would be another letter.
            WritingKind.RewriteDraft => (3, Math.Min(400, 45 + (2 * MessageReading.Of(request.Draft ?? string.Empty).Words.Count))),

            // Clear and no longer than it has to be: what is added here is padding.
            WritingKind.Farewell => (10, Math.Min(700, 30 + (3 * MessageReading.Of(request.Draft ?? string.Empty).Words.Count / 2))),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Kind, null),
        };
    }
}
