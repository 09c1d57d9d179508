using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>Reads answers of the REST protocol, trusting nothing in them: every document that was sent must be there once, and no other.</summary>
/// <remarks>Stateless. Whether offsets lie within their documents is checked where they are used. Fields that are not known are passed over.</remarks>
internal static class LanguageAnswers
{
    private const int LongestCode = 12;
    private const int LongestVersion = 40;

    /// <summary>Reads an answer to a question for languages.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="documents">What was sent.</param>
    /// <exception cref="UnreadableAnswerException">It is no such answer.</exception>
    public static BatchResult<ServiceLanguage> ReadLanguages(JsonDocument answer, IReadOnlyList<LanguageDocument> documents) =>
        Read(answer, "LanguageDetectionResults", documents, (document, _) => new ServiceLanguage(CodeOf(Member(document, "detectedLanguage"), "iso6391Name", LongestCode)));

    /// <summary>Reads an answer to a question for sentiments.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="documents">What was sent.</param>
    /// <exception cref="UnreadableAnswerException">It is no such answer.</exception>
    public static BatchResult<ServiceSentiment> ReadSentiments(JsonDocument answer, IReadOnlyList<LanguageDocument> documents) =>
        Read(answer, "SentimentAnalysisResults", documents, SentimentOf);

    /// <summary>A code or version that may be recorded: letters, digits, hyphens, points and underscores.</summary>
    /// <param name="value">What the service said.</param>
    /// <param name="longest">The longest.</param>
    /// <returns>Empty when it is anything else, such as "(Unknown)".</returns>
    public static string Plain(string? value, int longest = LongestVersion) =>
        value is not null && value.Length <= longest && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? value : "";

    /// <summary>A chance as the service says it.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="UnreadableAnswerException">It is none.</exception>
    public static Probability ChanceOf(double value) =>
        value is >= 0 and <= 1 ? new Probability(value) : throw new UnreadableAnswerException("A confidence lies outside 0 to 1.");

    /// <summary>The tone that a word of the service means.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="UnreadableAnswerException">It is none of the four.</exception>
    public static Sentiment ToneOf(string? word) => word?.ToUpperInvariant() switch
    {
        "POSITIVE" => Sentiment.Positive,
        "NEUTRAL" => Sentiment.Neutral,
        "NEGATIVE" => Sentiment.Negative,
        "MIXED" => Sentiment.Mixed,
        _ => throw new UnreadableAnswerException("A sentiment is none that is known."),
    };

    private static BatchResult<T> Read<T>(JsonDocument answer, string kind, IReadOnlyList<LanguageDocument> sent, Func<JsonElement, int, T> read)
        where T : class
    {
        try
        {
            if (Text(answer.RootElement, "kind") != kind)
            {
                throw new UnreadableAnswerException($"Its kind is not {kind}.");
            }

            var results = Member(answer.RootElement, "results");
            var found = new Dictionary<string, DocumentResult<T>>(StringComparer.Ordinal);
            foreach (var (document, i) in Member(results, "documents").EnumerateArray().Select((d, i) => (d, i)))
            {
                Add(document, new DocumentResult<T>(read(document, i), null));
            }

            foreach (var error in Items(results, "errors"))
            {
                var reason = Member(error, "error");
                var inner = reason.TryGetProperty("innererror", out var within) && within.ValueKind == JsonValueKind.Object ? within : reason;
                Add(error, new DocumentResult<T>(null, CodeOf(inner, "code", LongestVersion)));
            }

            return found.Count == sent.Count
                ? new BatchResult<T>(found, CodeOf(results, "modelVersion", LongestVersion))
                : throw new UnreadableAnswerException("A document that was sent is missing.");

            void Add(JsonElement entry, DocumentResult<T> result)
            {
                var id = Text(entry, "id");
                if (!sent.Any(d => d.Id == id) || !found.TryAdd(id, result))
                {
                    throw new UnreadableAnswerException("A document was not sent, or is there twice.");
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new UnreadableAnswerException("A field is missing or of another kind.", e);
        }
    }

    private static ServiceSentiment SentimentOf(JsonElement document, int index)
    {
        var sharpest = 0.0;
        var opinions = new List<ServiceOpinion>();
        foreach (var (sentence, i) in Member(document, "sentences").EnumerateArray().Select((s, i) => (s, i)))
        {
            sharpest = Math.Max(sharpest, ChanceOf(Number(Member(sentence, "confidenceScores"), "negative")).Value);
            opinions.AddRange(OpinionsOf(sentence, string.Create(CultureInfo.InvariantCulture, $"#/documents/{index}/sentences/{i}/assessments/")));
        }

        var scores = Member(document, "confidenceScores");
        var shares = new SentimentShares(ChanceOf(Number(scores, "positive")), ChanceOf(Number(scores, "neutral")), ChanceOf(Number(scores, "negative")));
        return new ServiceSentiment(ToneOf(Text(document, "sentiment")), shares, new Probability(sharpest), opinions);
    }

    // Targets point at the assessments that judge them, by a pointer into the answer.
    private static IEnumerable<ServiceOpinion> OpinionsOf(JsonElement sentence, string pointer)
    {
        var judged = new Dictionary<string, ServiceSpan>(StringComparer.Ordinal);
        foreach (var target in Items(sentence, "targets"))
        {
            foreach (var relation in Items(target, "relations").Where(r => Text(r, "relationType") == "assessment"))
            {
                judged.TryAdd(Text(relation, "ref"), SpanOf(target));
            }
        }

        foreach (var (assessment, i) in Items(sentence, "assessments").Select((a, i) => (a, i)))
        {
            var about = judged.TryGetValue(pointer + i.ToString(CultureInfo.InvariantCulture), out var target) ? target : (ServiceSpan?)null;
            yield return new ServiceOpinion(SpanOf(assessment), about, ToneOf(Text(assessment, "sentiment")));
        }
    }

    private static ServiceSpan SpanOf(JsonElement element) => new(Member(element, "offset").GetInt32(), Member(element, "length").GetInt32());

    private static JsonElement Member(JsonElement element, string name) => element.GetProperty(name);

    private static string Text(JsonElement element, string name) => Member(element, name).GetString() ?? "";

    private static double Number(JsonElement element, string name) => Member(element, name).GetDouble();

    private static string CodeOf(JsonElement element, string name, int longest) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Plain(value.GetString(), longest) : "";

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;
}
