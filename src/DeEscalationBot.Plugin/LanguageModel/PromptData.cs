using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;

namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>Makes the data that a prompt takes in: one JSON object, redacted and of bounded size.</summary>
/// <remarks>
/// JSON because nothing that a customer writes can end its string: quotes, angle brackets, control and invisible signs are escaped. The
/// prompt template encodes the whole once more, so that no role of a message can be forged either.
/// </remarks>
internal static class PromptData
{
    private const int LongestTurnUnits = 1500;
    private const int LongestConversationUnits = 12_000;
    private const int LongestDraftUnits = 4000;

    // Shorter ones are other words as often.
    private const int ShortestName = 3;
    private const string NamePlaceholder = "[NAME]";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.CurrencySymbols),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Whether all of the draft is handed out: a text that is to be mended and was cut would lose its end without a word.</summary>
    public static bool HoldsDraftOf(WritingRequest request) => DraftOf(request, NamesIn(request)) is not { Length: > LongestDraftUnits };

    public static string Of(WritingRequest request)
    {
        var names = NamesIn(request);
        var turns = new List<TurnData>();
        var units = 0;
        foreach (var turn in request.Turns.Reverse().Take(WritingRequest.MostTurns))
        {
            var text = Cut(Redact(turn.Text, names), LongestTurnUnits);
            units += text.Length;
            if (units > LongestConversationUnits && turns.Count > 0)
            {
                break;
            }

            turns.Insert(0, new TurnData(turn.Speaker == SpeakerRole.Customer ? "customer" : "agent", text));
        }

        var isLetter = request.Kind == WritingKind.ApologyLetter;
        return JsonSerializer.Serialize(
            new RequestData(
                turns,
                DraftOf(request, names),

                // What is proposed says back what the customer wrote.
                request.Kind == WritingKind.NextReply && request.Suggestion is { } suggestion ? Redact(suggestion.Text, names) : null,

                // What a person confirmed is meant to reach the customer, the contact included.
                isLetter ? new FactData(request.Facts.Problem, request.Facts.Actions, request.Facts.ResultsBy, request.Facts.Contact) : null),
            Json);
    }

    /// <summary>Puts the names back that were taken out of the draft, where the answer kept their marks; every other mark stays, and is refused.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="answer">What came back, or the beginning of it.</param>
    public static string WithNamesOfDraft(WritingRequest request, string answer)
    {
        if (!answer.Contains('[', StringComparison.Ordinal) || !HasDraft(request))
        {
            return answer;
        }

        var hidden = new List<string>();
        RedactDraft(request.Draft ?? string.Empty, NamesIn(request), hidden);
        for (var i = 0; i < hidden.Count; i++)
        {
            answer = answer.Replace(MarkOf(i), hidden[i], StringComparison.Ordinal);
        }

        return answer;
    }

    private static bool HasDraft(WritingRequest request) => request.Kind is WritingKind.RewriteDraft or WritingKind.Farewell;

    private static string? DraftOf(WritingRequest request, Regex? names) =>
        HasDraft(request) ? RedactDraft(request.Draft ?? string.Empty, names, []) : null;

    // Numbered, unlike those of the turns: what comes back with its number can be put back, and be nobody else.
    private static string MarkOf(int name) => string.Create(CultureInfo.InvariantCulture, $"[NAME {name + 1}]");

    // The names of a draft are taken out like all personal data, and kept aside in the order in which they first stand there.
    private static string RedactDraft(string draft, Regex? names, List<string> hidden)
    {
        var data = PiiRedactor.Find(draft);
        var known = (names?.Matches(draft) ?? Enumerable.Empty<Match>()).Where(m => !data.Any(d => d.Start < m.Index + m.Length && m.Index < d.Start + d.Length))
            .Select(m => new PersonalDatum(PersonalDataKind.Name, m.Index, m.Length));
        var redacted = new StringBuilder(draft.Length);
        var from = 0;
        foreach (var datum in data.Concat(known).OrderBy(d => d.Start))
        {
            redacted.Append(draft, from, datum.Start - from).Append(datum.Kind == PersonalDataKind.Name ? MarkOf(PlaceOf(draft.Substring(datum.Start, datum.Length), hidden)) : PiiRedactor.RedactPart(draft, datum.Start, datum.Length));
            from = datum.Start + datum.Length;
        }

        return redacted.Append(draft, from, draft.Length - from).ToString();
    }

    private static int PlaceOf(string name, List<string> hidden)
    {
        if (!hidden.Contains(name))
        {
            hidden.Add(name);
        }

        return hidden.IndexOf(name);
    }

    private static string Redact(string text, Regex? names)
    {
        var redacted = PiiRedactor.Redact(text).Text;
        return names is null ? redacted : names.Replace(redacted, NamePlaceholder);
    }

    // A name is known where somebody says that it is theirs, or signs; from there it is known wherever it stands in these turns ("Gracias, Zenobia").
    private static Regex? NamesIn(WritingRequest request)
    {
        var words = string.Join('|', request.Turns
            .SelectMany(t => PiiRedactor.Redact(t.Text).Found.Where(f => f.Kind == PersonalDataKind.Name).Select(f => t.Text.Substring(f.Start, f.Length)))
            .SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(w => w.Length >= ShortestName && char.IsUpper(w[0]))
            .Distinct(StringComparer.Ordinal)
            .Select(Regex.Escape));
        return words.Length == 0 ? null : new Regex($@"\b(?:{words})(?: (?:{words}))*\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    private static string Cut(string text, int units)
    {
        if (text.Length <= units)
        {
            return text;
        }

        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[units - 1]) ? units - 1 : units), " ...");
    }

    private sealed record TurnData(string Speaker, string Text);

    private sealed record RequestData(IReadOnlyList<TurnData> Conversation, string? Draft, string? Proposal, FactData? Confirmed);

    private sealed record FactData(string? Problem, string? Actions, string? ResultsBy, string? Contact);
}
