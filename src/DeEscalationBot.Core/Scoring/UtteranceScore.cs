using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Scoring;

/// <summary>Which parts of the product made a score.</summary>
public enum ScoreOrigin
{
    /// <summary>The trained model together with the signals: the normal case.</summary>
    Model,

    /// <summary>Signals and surface cues alone, because no model could be loaded and the settings allow that.</summary>
    SignalsOnly,

    /// <summary>A sentiment service's tone together with our signals, because the settings put it in the model's place (<see cref="SentimentScale"/>). Not calibrated.</summary>
    Sentiment,
}

/// <summary>What was found in one message of a customer.</summary>
/// <param name="Language">The language that the message was read in.</param>
/// <param name="Frustration">Calibrated chance that an attentive support lead would call it frustrated or worse.</param>
/// <param name="Level">The ordinal level.</param>
/// <param name="Signals">At most one per type, strongest first.</param>
/// <param name="Origin">What made the score.</param>
/// <param name="Opinion">What a sentiment service said besides, or why it did not; nothing when none was asked.</param>
public sealed record UtteranceScore(
    MessageLanguage Language,
    Probability Frustration,
    FrustrationLevel Level,
    IReadOnlyList<Signal> Signals,
    ScoreOrigin Origin,
    SecondOpinion? Opinion = null)
{
    /// <summary>The signal of a type, or nothing.</summary>
    /// <param name="type">The type looked for.</param>
    public Signal? Find(SignalType type)
    {
        foreach (var signal in Signals)
        {
            if (signal.Type == type)
            {
                return signal;
            }
        }

        return null;
    }

    /// <summary>Whether a signal is there and at least that sure.</summary>
    /// <param name="type">The type looked for.</param>
    /// <param name="atLeast">The least confidence, 0 to 1; 0.5 by default.</param>
    public bool Has(SignalType type, double atLeast = 0.5) => Find(type) is { } signal && signal.Confidence.Value >= atLeast;
}

/// <summary>Measures one message of a customer. Knows nothing of the conversation around it.</summary>
/// <remarks>Implementations are safe for concurrent use and never reach a network unless their documentation says so.</remarks>
public interface IUtteranceScorer
{
    /// <summary>Scores one text.</summary>
    /// <param name="text">The text as it came in; legal by <see cref="MessageText"/>, possibly empty (which is calm).</param>
    /// <param name="language">A hint that wins over detection; <see cref="MessageLanguage.Undetermined"/> for none.</param>
    /// <param name="fallback">The language to assume when the text is too short to tell: the conversation's, or undetermined.</param>
    UtteranceScore Score(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined);

    /// <summary>Says what made the frustration of one text: the words, the looks and the signals that weighed most.</summary>
    /// <remarks>Made when somebody looks, not with every score: it takes several times as long.</remarks>
    /// <param name="text">The text as it came in.</param>
    /// <param name="language">As for <see cref="Score"/>.</param>
    /// <param name="fallback">As for <see cref="Score"/>.</param>
    ScoreExplanation Explain(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined);
}
