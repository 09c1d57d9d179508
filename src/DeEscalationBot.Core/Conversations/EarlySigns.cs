using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Conversations;

/// <summary>Sees the early signs of anger (A8) in a conversation, against the customer's own baseline.</summary>
/// <remarks>Pure and safe for concurrent use. Some people are terse by nature: without a talkative past there is no change.</remarks>
public static class EarlySigns
{
    // The baseline: at least this many earlier messages, with at least this many words on average.
    private const int LeastBaselineTurns = 2;
    private const double LeastBaselineWords = 8;

    // Curt is: at most this share of the baseline, and at most this many words.
    private const double CurtShare = 0.3;
    private const int MostCurtWords = 4;

    // Objections and postponements count within this many customer turns.
    private const int WindowTurns = 5;

    /// <summary>The early signs that show with a customer's new message.</summary>
    /// <param name="earlier">All turns before it.</param>
    /// <param name="index">The new turn's index.</param>
    /// <param name="text">The new message.</param>
    /// <param name="score">Its score.</param>
    public static IReadOnlyList<EarlySign> Of(IReadOnlyList<Turn> earlier, int index, string text, UtteranceScore score)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(score);
        var signs = new List<EarlySign>();
        var customer = earlier.Where(t => t.Speaker == SpeakerRole.Customer).ToArray();
        if (HasChanged(earlier, customer, text, score))
        {
            signs.Add(new EarlySign(EarlySignKind.BehaviourChange, [index]));
        }

        AddRepeated(signs, EarlySignKind.Coldness, SignalType.Curtness, customer, index, score);
        AddRepeated(signs, EarlySignKind.RepeatedObjection, SignalType.Objection, customer, index, score);
        AddRepeated(signs, EarlySignKind.RepeatedPostponement, SignalType.Postponement, customer, index, score);
        return signs;
    }

    private static bool HasChanged(IReadOnlyList<Turn> earlier, Turn[] customer, string text, UtteranceScore score)
    {
        if (customer.Length < LeastBaselineTurns || score.Has(SignalType.Relief) || score.Level >= FrustrationLevel.Angry)
        {
            return false;
        }

        // A short answer to a question is an answer, not coldness.
        var lastOfAgent = earlier.LastOrDefault(t => t.Speaker == SpeakerRole.Agent);
        if (lastOfAgent is not null && lastOfAgent.Index > customer[^1].Index && lastOfAgent.Text.Contains('?', StringComparison.Ordinal) && !score.Has(SignalType.Curtness))
        {
            return false;
        }

        var baseline = customer.Average(t => CountWords(t.Text));
        var words = CountWords(text);
        var wasFriendly = customer.Count(t => t.Score is { Level: <= FrustrationLevel.Annoyed }) * 2 >= customer.Length;
        return wasFriendly && baseline >= LeastBaselineWords && words is >= 1 and <= MostCurtWords && words <= baseline * CurtShare;
    }

    private static void AddRepeated(List<EarlySign> signs, EarlySignKind kind, SignalType type, Turn[] customer, int index, UtteranceScore score)
    {
        if (!score.Has(type))
        {
            return;
        }

        var turns = customer.TakeLast(WindowTurns).Where(t => t.Score?.Has(type) == true).Select(t => t.Index).Append(index).ToArray();
        if (turns.Length >= 2)
        {
            signs.Add(new EarlySign(kind, turns));
        }
    }

    private static int CountWords(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
