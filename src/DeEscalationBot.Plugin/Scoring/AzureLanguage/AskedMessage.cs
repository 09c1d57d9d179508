using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>One message on its way to the service and back: without personal data, in parts, and put together again.</summary>
/// <param name="question">The message.</param>
/// <param name="index">Its place among those that are asked about together; makes the ids of its documents.</param>
internal sealed class AskedMessage(SentimentQuestion question, int index)
{
    private readonly RedactedText _redacted = PiiRedactor.Redact(question.Text);

    /// <summary>Its language; empty while it is not known.</summary>
    public string Language { get; private set; } = question.Language == MessageLanguage.Undetermined ? "" : question.Language.Code();

    /// <summary>Why there is no answer; nothing so far.</summary>
    public OpinionFailure? Failure { get; set; }

    /// <summary>What the service said of each part.</summary>
    public List<(LanguageDocument Document, ServiceSentiment Sentiment)> Parts { get; } = [];

    /// <summary>The service's model.</summary>
    public string ModelVersion { get; set; } = "";

    /// <summary>Its parts as they are sent.</summary>
    public IEnumerable<LanguageDocument> Documents() => DocumentBatches.Cut(_redacted.Text).Select(p => new LanguageDocument(IdOf(p.Start), _redacted.Text.Substring(p.Start, p.Length), Language));

    /// <summary>Whether a document is a part of it.</summary>
    /// <param name="document">The document.</param>
    public bool Owns(LanguageDocument document) => document.Id.StartsWith(IdOf(null), StringComparison.Ordinal);

    /// <summary>Takes in the language that the service found; without one, the conversation's is assumed, and without that nothing is asked.</summary>
    /// <param name="code">The code, or nothing.</param>
    /// <param name="failure">Why there is no answer, or nothing.</param>
    public void Settle(string? code, OpinionFailure? failure)
    {
        Language = !string.IsNullOrEmpty(code) ? code : question.Fallback == MessageLanguage.Undetermined ? "" : question.Fallback.Code();
        Failure = failure ?? (Language.Length == 0 ? OpinionFailure.Rejected : null);
    }

    /// <summary>Puts the answers of the parts together: chances by the length of the parts, the sharpest sentence of all.</summary>
    /// <exception cref="UnreadableAnswerException">An offset lies outside its part, or within a letter.</exception>
    public SentimentReading Read()
    {
        double units = Parts.Sum(p => p.Document.Text.Length);
        Probability Mean(Func<SentimentShares, Probability> of) => Probability.Clamp(Parts.Sum(p => of(p.Sentiment.Shares).Value * p.Document.Text.Length / units));
        var tones = Parts.Select(p => p.Sentiment.Sentiment).Distinct().ToArray();
        var loud = tones.Where(t => t != Sentiment.Neutral).ToArray();
        return new SentimentReading(
            loud.Length switch { 0 => Sentiment.Neutral, 1 => loud[0], _ => Sentiment.Mixed },
            new SentimentShares(Mean(s => s.Positive), Mean(s => s.Neutral), Mean(s => s.Negative)),
            Parts.Max(p => p.Sentiment.SharpestNegative),
            [.. Opinions().OrderByDescending(o => o.Sentiment == Sentiment.Negative).ThenBy(o => o.Words.Start).Take(SentimentReading.MostOpinions)],
            Language,
            ModelVersion);
    }

    // All are read, so that a wrong one is found wherever it stands.
    private List<SentimentOpinion> Opinions() =>
        [.. Parts.SelectMany(p => p.Sentiment.Opinions.Select(o => new SentimentOpinion(EvidenceOf(p.Document, o.Words), o.About is { } about ? EvidenceOf(p.Document, about) : null, o.Sentiment)))];

    private EvidenceSpan EvidenceOf(LanguageDocument document, ServiceSpan span)
    {
        var text = document.Text;
        if (span.Offset < 0 || span.Length < 1 || span.Offset > text.Length - span.Length || IsWithinPair(text, span.Offset) || IsWithinPair(text, span.Offset + span.Length))
        {
            throw new UnreadableAnswerException("An offset lies outside its document.");
        }

        var (start, length) = _redacted.ToOriginal(StartOf(document) + span.Offset, span.Length);
        return EvidenceSpan.Of(question.Text, start, length);
    }

    private static bool IsWithinPair(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    private string IdOf(int? start) => string.Create(CultureInfo.InvariantCulture, $"{index}.{start}");

    private static int StartOf(LanguageDocument document) => int.Parse(document.Id.AsSpan(document.Id.IndexOf('.', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
}
