using System.Collections.Immutable;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>What the final heads weigh: logits and dense features of a message, with bends in the logits, and all of them once more by how foreign the message is.</summary>
/// <remarks>
/// <para>A doubtful logit says less than its size, and a sure one more than twice half of it: each logit enters once as it is and once
/// from each of <see cref="Bends"/> on, so that a linear head can weigh it differently there.</para>
/// <para>People on the internet are angry in other words than customers at a desk, and about other things: what tells of it in the one place
/// misleads in the other. So every final head has a set of weights for talk to a desk and one of what to add for talk elsewhere, blended
/// by <see cref="ForeignShare"/>.</para>
/// The trainer and the scorer share this. Stateless and safe for concurrent use.
/// </remarks>
public static class FinalInputs
{
    private static readonly int Logits = 2 * ModelHeads.Ngram.Count;
    private static readonly int ElsewhereHead = ModelHeads.Ngram.ToList().IndexOf(ModelHeads.Elsewhere);

    /// <summary>Where a scaled logit may change its weight; the values that logits most often have lie around the first.</summary>
    public static ImmutableArray<float> Bends { get; } = [-0.75f, -0.25f, 0.25f];

    /// <summary>Number of values that describe the message: those of <see cref="NgramWeights.WriteLogits"/> and <see cref="DenseFeatures"/>.</summary>
    public static int MessageSize { get; } = Logits + DenseFeatures.Count;

    /// <summary>Number of all values: the message, the message times its foreign share, and the logits from each bend on.</summary>
    public static int Count { get; } = (2 * MessageSize) + (Bends.Length * Logits);

    private static int BentAt => 2 * MessageSize;

    /// <summary>Writes the values of one message.</summary>
    /// <param name="ngrams">The heads over n-grams.</param>
    /// <param name="reading">The message.</param>
    /// <param name="findings">What the rules found in it.</param>
    /// <param name="into">At least <see cref="Count"/> places.</param>
    public static void Write(NgramWeights ngrams, MessageReading reading, SignalFindings findings, Span<float> into)
    {
        ArgumentNullException.ThrowIfNull(ngrams);
        ngrams.WriteLogits(reading, into);
        DenseFeatures.Write(reading, findings, into[Logits..]);
        Derive(into);
    }

    /// <summary>Writes what follows from the values that describe the message.</summary>
    /// <param name="into">The first <see cref="MessageSize"/> of at least <see cref="Count"/> places are filled.</param>
    public static void Derive(Span<float> into)
    {
        var share = ForeignShare(into);
        for (var i = 0; i < MessageSize; i++)
        {
            into[MessageSize + i] = share * into[i];
        }

        for (var b = 0; b < Bends.Length; b++)
        {
            for (var i = 0; i < Logits; i++)
            {
                into[BentAt + (b * Logits) + i] = Math.Max(0, into[i] - Bends[b]);
            }
        }
    }

    /// <summary>How much the words are those of people elsewhere than at a desk, 0 to 1.</summary>
    /// <param name="message">The values that describe a message.</param>
    public static float ForeignShare(ReadOnlySpan<float> message) => 1 / (1 + MathF.Exp(-message[ElsewhereHead] * ModelHeads.ScaleDivisor));

    /// <summary>What a value of this message brings to a head's logit, by unit of the value: the logit is the sum of factors times values, and a constant.</summary>
    /// <param name="weights">Of a final head.</param>
    /// <param name="inputs">The values of the message.</param>
    /// <param name="value">Index of the value, below <see cref="MessageSize"/>.</param>
    public static float Factor(ReadOnlySpan<float> weights, ReadOnlySpan<float> inputs, int value)
    {
        var factor = weights[value] + (ForeignShare(inputs) * weights[MessageSize + value]);
        for (var b = 0; value < Logits && b < Bends.Length; b++)
        {
            factor += MeanSlope(inputs[value], Bends[b]) * weights[BentAt + (b * Logits) + value];
        }

        return factor;
    }

    // Of a bend between 0 and the value: 0 where both lie before it, 1 where both lie after it.
    private static float MeanSlope(float value, float bend) =>
        value == 0 ? (bend < 0 ? 1 : 0) : (Math.Max(0, value - bend) - Math.Max(0, -bend)) / value;
}
