using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet.Drafts;

/// <summary>What the final heads of the model of drafts weigh, for each sentence of a draft and for the draft as a whole.</summary>
/// <remarks>
/// Four blocks of logits of the n-gram heads, then the marks of the rules (<see cref="DraftMarks"/>). For a sentence: its own logits,
/// those of its hottest clause, of the sentence before and of the one behind it (nothing at the ends). For the draft: its own, those of its hottest, first and
/// last sentence. The trainer and the judge share this. Stateless and safe for concurrent use.
/// </remarks>
public static class DraftInputs
{
    private const int Blocks = 4;

    // A clause of fewer words says too little by itself.
    private const int WordsOfAClause = 3;

    private static readonly int Heads = DraftHeads.Ngram.Count;

    /// <summary>Number of inputs.</summary>
    public static int Count { get; } = (Blocks * Heads) + DraftMarks.Count;

    /// <summary>What the inputs are, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. from block in (string[])["own", "hottest", "before", "behind"]
           from head in DraftHeads.Ngram
           select $"{block} {head}",
        .. DraftMarks.Names,
    ];

    /// <summary>Writes the inputs of a draft.</summary>
    /// <param name="ngrams">The heads over n-grams.</param>
    /// <param name="evidence">The draft.</param>
    /// <returns>One for each sentence, then that of the whole draft.</returns>
    public static float[][] Of(NgramWeights ngrams, DraftEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(ngrams);
        ArgumentNullException.ThrowIfNull(evidence);
        var sentences = evidence.Sentences;
        var inputs = new float[sentences.Count + 1][];
        Span<float> logits = stackalloc float[2 * Heads];
        for (var s = 0; s < sentences.Count; s++)
        {
            inputs[s] = new float[Count];
            ngrams.WriteLogits(MessageReading.Of(TextOf(evidence.Reading, sentences[s].First, sentences[s].Last)), logits);
            logits[..Heads].CopyTo(inputs[s]);
            WriteHottestClause(ngrams, evidence.Reading, sentences[s], inputs[s].AsSpan(0, Heads), inputs[s].AsSpan(Heads, Heads));
        }

        for (var s = 0; s < sentences.Count; s++)
        {
            var into = inputs[s].AsSpan();
            (s > 0 ? inputs[s - 1].AsSpan(0, Heads) : []).CopyTo(into[(2 * Heads)..]);
            (s + 1 < sentences.Count ? inputs[s + 1].AsSpan(0, Heads) : []).CopyTo(into[(3 * Heads)..]);
            WriteMarks(sentences[s], into);
        }

        var whole = inputs[^1] = new float[Count];
        ngrams.WriteLogits(evidence.Reading, whole);
        if (sentences.Count > 0)
        {
            inputs[0].AsSpan(0, Heads).CopyTo(whole.AsSpan(2 * Heads));
            inputs[^2].AsSpan(0, Heads).CopyTo(whole.AsSpan(3 * Heads));
        }

        WriteMarks(evidence.Whole, whole);
        return inputs;
    }

    /// <summary>The sentence in which a rule of whole drafts shows best.</summary>
    /// <param name="inputs">What <see cref="Of"/> gave.</param>
    /// <param name="rule">Index in <see cref="JudgedRules.OfWholeDrafts"/>.</param>
    public static int ClearestSentence(IReadOnlyList<float[]> inputs, int rule)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var head = JudgedRules.OfPassages.Length + 1 + rule;
        var clearest = 0;
        for (var s = 1; s < inputs.Count - 1; s++)
        {
            clearest = inputs[s][head] > inputs[clearest][head] ? s : clearest;
        }

        return clearest;
    }

    /// <summary>The clauses of a sentence that are long enough to be read by themselves, as their texts; none where the sentence is one clause.</summary>
    /// <param name="reading">The draft.</param>
    /// <param name="first">Index of the sentence's first word.</param>
    /// <param name="last">Index of its last word, included.</param>
    public static IEnumerable<(int First, int Last, string Text)> ClausesOf(MessageReading reading, int first, int last)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var start = first;
        for (var i = first; i <= last; i++)
        {
            if (i < last && reading.Words[i + 1].Clause == reading.Words[i].Clause)
            {
                continue;
            }

            if (i - start + 1 >= WordsOfAClause && (start > first || i < last))
            {
                yield return (start, i, TextOf(reading, start, i));
            }

            start = i + 1;
        }
    }

    /// <summary>The text of some words with the marks that end a sentence, so that a question stays one.</summary>
    /// <param name="reading">The draft.</param>
    /// <param name="first">Index of the first word.</param>
    /// <param name="last">Index of the last word, included.</param>
    public static string TextOf(MessageReading reading, int first, int last)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var asks = reading.AsksQuestion[reading.Words[last].Sentence] && (last + 1 == reading.Words.Count || reading.Words[last + 1].Sentence != reading.Words[last].Sentence);
        return reading.Text[reading.Words[first].Start..reading.Words[last].End] + (asks ? "?" : string.Empty);
    }

    private static void WriteHottestClause(NgramWeights ngrams, MessageReading reading, PassageEvidence sentence, ReadOnlySpan<float> own, Span<float> hottest)
    {
        var found = false;
        Span<float> logits = stackalloc float[2 * Heads];
        foreach (var (_, _, text) in ClausesOf(reading, sentence.First, sentence.Last))
        {
            ngrams.WriteLogits(MessageReading.Of(text), logits);
            for (var h = 0; h < Heads; h++)
            {
                hottest[h] = found ? Math.Max(hottest[h], logits[h]) : logits[h];
            }

            found = true;
        }

        if (!found)
        {
            own.CopyTo(hottest);
        }
    }

    private static void WriteMarks(PassageEvidence passage, Span<float> into)
    {
        for (var m = 0; m < DraftMarks.Count; m++)
        {
            into[(Blocks * Heads) + m] = passage.Marks[m];
        }
    }
}
