namespace DeEscalationBot.Core.Scoring;

/// <summary>The tone of a text, as a general sentiment service names it.</summary>
public enum Sentiment
{
    /// <summary>Mostly pleased.</summary>
    Positive,

    /// <summary>Neither.</summary>
    Neutral,

    /// <summary>Mostly displeased, with whatever it may be: that is not yet frustration with the desk.</summary>
    Negative,

    /// <summary>Pleased in one place and displeased in another.</summary>
    Mixed,
}

/// <summary>What a sentiment service's opinion is used for.</summary>
public enum OpinionUse
{
    /// <summary>It is noted beside our score, after the message was answered, and changes nothing.</summary>
    Beside,

    /// <summary>It takes the place of our frustration; the signals, and what follows from them, stay ours.</summary>
    Instead,
}

/// <summary>Why there is no opinion: our own score stands.</summary>
public enum OpinionFailure
{
    /// <summary>More messages wait for an opinion than can be asked about.</summary>
    Busy,

    /// <summary>No answer came in time.</summary>
    TooLate,

    /// <summary>The service asks for a pause (429).</summary>
    Throttled,

    /// <summary>The service does not let us in (401, 403): the key or the role is wrong.</summary>
    Refused,

    /// <summary>The service fails or cannot be reached (5xx, no connection).</summary>
    Unavailable,

    /// <summary>The service cannot judge this message, for instance because of its language.</summary>
    Rejected,

    /// <summary>What came back is not an answer to what was asked.</summary>
    Unreadable,

    /// <summary>After several failures the service is left alone for a while.</summary>
    LeftAlone,
}

/// <summary>How sure a service is of each tone; each 0 to 1, together about 1.</summary>
/// <param name="Positive">Of <see cref="Sentiment.Positive"/>.</param>
/// <param name="Neutral">Of <see cref="Sentiment.Neutral"/>.</param>
/// <param name="Negative">Of <see cref="Sentiment.Negative"/>.</param>
public sealed record SentimentShares(Probability Positive, Probability Neutral, Probability Negative);

/// <summary>What somebody thinks of something, in the customer's own words.</summary>
/// <param name="Words">The judging words.</param>
/// <param name="About">What they judge, or nothing when the service does not say.</param>
/// <param name="Sentiment">How they judge it.</param>
public sealed record SentimentOpinion(EvidenceSpan Words, EvidenceSpan? About, Sentiment Sentiment);

/// <summary>How a sentiment service reads one message.</summary>
/// <param name="Sentiment">The tone of the whole.</param>
/// <param name="Shares">How sure it is of the whole.</param>
/// <param name="SharpestNegative">How sure it is of the most negative sentence, 0 to 1.</param>
/// <param name="Opinions">Opinions in it, negative ones first, at most <see cref="MostOpinions"/>. Their words are cut out of the message as it came in, never out of the answer.</param>
/// <param name="Language">The language that the service read it in, as an ISO 639 code; empty when it does not say.</param>
/// <param name="ModelVersion">The version of the service's model; empty when it does not say.</param>
public sealed record SentimentReading(
    Sentiment Sentiment, SentimentShares Shares, Probability SharpestNegative, IReadOnlyList<SentimentOpinion> Opinions, string Language, string ModelVersion)
{
    /// <summary>More than these nobody reads beside a chat.</summary>
    public const int MostOpinions = 6;
}

/// <summary>The score that does not count, beside the one that does.</summary>
/// <param name="Frustration">Its frustration.</param>
/// <param name="Level">Its level.</param>
public sealed record UncountedScore(Probability Frustration, FrustrationLevel Level);

/// <summary>What a sentiment service said of a message, or why it said nothing. Recorded with the message's score.</summary>
/// <param name="Source">The service's name.</param>
/// <param name="Use">What its opinion is used for.</param>
/// <param name="Reading">What it said; nothing when it failed.</param>
/// <param name="Failure">Why it said nothing; nothing when it did.</param>
/// <param name="Uncounted">With a reading: what the service's sentiment would have made of the message (<see cref="OpinionUse.Beside"/>), or what we would have (<see cref="OpinionUse.Instead"/>).</param>
public sealed record SecondOpinion(string Source, OpinionUse Use, SentimentReading? Reading, OpinionFailure? Failure, UncountedScore? Uncounted = null);
