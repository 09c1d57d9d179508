using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Turns the shares of single words into words that a person can read: the exact slices of the message.</summary>
internal static class WordEvidence
{
    // Longer than this is no longer a pointer to the words but the message again.
    private const int MostWords = 8;

    /// <summary>The neighbouring words of one sentence that together bring most; the strongest word where none brings anything.</summary>
    /// <param name="reading">The message; at least one word.</param>
    /// <param name="shares">One for each word, in log-odds.</param>
    public static EvidenceSpan Strongest(MessageReading reading, IReadOnlyList<double> shares)
    {
        var (bestFirst, bestLast, best) = (0, 0, double.NegativeInfinity);
        for (var first = 0; first < shares.Count; first++)
        {
            double sum = 0;
            for (var last = first; last < shares.Count && last - first < MostWords && reading.Words[last].Sentence == reading.Words[first].Sentence; last++)
            {
                sum += shares[last];
                if (sum > best)
                {
                    (bestFirst, bestLast, best) = (first, last, sum);
                }
            }
        }

        return reading.Span(bestFirst, bestLast);
    }

    /// <summary>Neighbouring words of one clause that push the same way, as one contribution.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="shares">One for each word, in log-odds.</param>
    public static IEnumerable<ScoreContribution> Groups(MessageReading reading, IReadOnlyList<double> shares)
    {
        var first = 0;
        while (first < shares.Count)
        {
            var last = first;
            var sum = shares[first];
            while (last + 1 < shares.Count && last + 1 - first < MostWords
                && Math.Sign(shares[last + 1]) == Math.Sign(sum) && reading.Words[last + 1].Clause == reading.Words[first].Clause)
            {
                sum += shares[++last];
            }

            yield return new ScoreContribution(sum, reading.Span(first, last));
            first = last + 1;
        }
    }
}
