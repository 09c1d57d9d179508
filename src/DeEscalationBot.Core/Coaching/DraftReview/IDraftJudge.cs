using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Decides which rules a draft breaks, from its words and from what the rules see in it.</summary>
/// <remarks>Phrases alone know what somebody thought of; a judge has learnt how far to trust them, and what else people write. Safe for concurrent use.</remarks>
public interface IDraftJudge
{
    /// <summary>Judges a draft.</summary>
    /// <param name="evidence">The draft and what the rules see in it.</param>
    DraftVerdict Judge(DraftEvidence evidence);
}

/// <summary>A draft with what the rules of one language see in it.</summary>
/// <param name="Reading">The draft.</param>
/// <param name="Language">The language of the rules: Spanish or English.</param>
/// <param name="Kind">What the draft is for.</param>
/// <param name="Sentences">Its sentences, in order; those without a word are left out.</param>
/// <param name="Whole">The draft as a whole.</param>
public sealed record DraftEvidence(MessageReading Reading, MessageLanguage Language, DraftKind Kind, IReadOnlyList<PassageEvidence> Sentences, PassageEvidence Whole);

/// <summary>What the rules see in a sentence or in a whole draft.</summary>
/// <param name="First">Index of its first word.</param>
/// <param name="Last">Index of its last word, included.</param>
/// <param name="Marks">What is seen, in the order of <see cref="DraftMarks.Names"/>.</param>
public sealed record PassageEvidence(int First, int Last, IReadOnlyList<float> Marks);

/// <summary>How sure it is that rules are broken, from 0 to 1; 0.5 where a judge by itself begins to find them.</summary>
/// <param name="Sentences">For each sentence of the evidence, the confidence of each of <see cref="JudgedRules.OfPassages"/>, 0 to 1.</param>
/// <param name="Whole">The same of <see cref="JudgedRules.OfWholeDrafts"/> for the draft as a whole.</param>
/// <param name="Clearest">For each of <see cref="JudgedRules.OfWholeDrafts"/>, the index of the sentence that shows it best.</param>
/// <param name="Faulty">How likely it is that anything beyond a mere note is wrong with the draft, 0 to 1.</param>
public sealed record DraftVerdict(IReadOnlyList<IReadOnlyList<float>> Sentences, IReadOnlyList<float> Whole, IReadOnlyList<int> Clearest, float Faulty)
{
    /// <summary>From this confidence on a rule counts as broken, whatever else finds it or does not, unless the draft looks sound.</summary>
    public const float Given = 0.5f;

    /// <summary>From this confidence on it counts as broken beside another rule in the same sentence, or in a draft that looks sound.</summary>
    public const float Sure = 0.85f;

    /// <summary>Under this confidence likeness to examples is taken back, and in a draft that looks sound what a phrase finds, unless it blocks the draft.</summary>
    public const float Denied = 0.1f;

    /// <summary>Under this confidence a farewell has a reason, even if no phrase found one.</summary>
    public const float Refuted = 0.005f;

    private const float MostSound = 0.1f;

    /// <summary>Whether the draft as a whole looks like one with which nothing beyond a mere note is wrong: likeness to examples then says nothing by itself.</summary>
    public bool IsSound => Faulty < MostSound;

    /// <summary>From which confidence on a rule counts as broken in this draft.</summary>
    public float Bound => IsSound ? Sure : Given;
}
