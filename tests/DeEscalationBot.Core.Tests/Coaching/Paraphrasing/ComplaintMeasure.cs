using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>How well the engine gives back a set of complaints: counts only, so that a set can stay unseen.</summary>
internal sealed record ComplaintMeasure(int Messages, int AllKept, int Forbidden, int FirstPerson, int AlteredNumbers, int Unsayable)
{
    // A listener gives back the first three facts; the rest is a bonus.
    private const int FactsThatCount = 3;

    // "mi" is no beginning of "mil", "inútil" is one of "inútiles".
    private const int LongestWholeWord = 3;

    private static readonly ParaphraseEngine Engine = PlaybookParaphrase.ReadEngine(ThePlaybook.Files);

    // Compared as written: "mí" and "mi", "llevo" and "llevó" are different words.
    private static readonly HashSet<string> SpanishFirstPerson = Words(
        "yo me mi mis mío mía míos mías conmigo estoy soy tengo quiero necesito puedo llevo sigo voy hago debo espero exijo pedí pagué compré llamé contraté solicité cancelé envié mandé recibí perdí tuve estuve hice pude fui");

    private static readonly HashSet<string> EnglishFirstPerson = Words("i i'm i've i'd i'll im ive me my mine myself");

    private static readonly HashSet<string> Never = Words(
        "pero but mierda puta puto joder carajo cabrones pendejos gilipollas idiota idiotas imbécil imbéciles inútil inútiles ladrones fuck fucking shit idiot idiots moron morons useless thieves crooks garantizo garantizamos prometo guarantee");

    public static ComplaintMeasure Of(string file, MessageLanguage language)
    {
        var measure = new ComplaintMeasure(0, 0, 0, 0, 0, 0);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Coaching", "Paraphrasing", file)))
        {
            measure = measure.With(JsonDocument.Parse(line).RootElement, language);
        }

        return measure;
    }

    private ComplaintMeasure With(JsonElement complaint, MessageLanguage language)
    {
        var text = complaint.GetProperty("text").GetString()!;
        var address = complaint.TryGetProperty("address", out var given) ? given.GetString() switch { "tú" or "tu" => AddressForm.Tu, "vos" => AddressForm.Vos, _ => AddressForm.Usted } : AddressForm.Usted;
        var result = Engine.Paraphrase(new ParaphraseRequest(text, language, Address: address));
        var said = result.Text.ToLowerInvariant();
        var kept = complaint.GetProperty("facts").EnumerateArray().Take(FactsThatCount).All(f => f.EnumerateArray().Any(w => said.Contains(w.GetString()!, StringComparison.Ordinal)));
        var forbidden = complaint.GetProperty("forbidden").EnumerateArray().Any(f => HoldsFromWordStart(said, f.GetString()!.ToLowerInvariant()));
        var reading = MessageReading.Of(said);
        var words = reading.Words.Select(w => said.Substring(w.Start, w.Length)).ToArray();
        var first = language == MessageLanguage.English ? EnglishFirstPerson : SpanishFirstPerson;
        var numbers = reading.Words.Where(w => w.Kind == WordKind.Number).Select(w => said.Substring(w.Start, w.Length));
        return new ComplaintMeasure(
            Messages + 1,
            AllKept + (kept ? 1 : 0),
            Forbidden + (forbidden ? 1 : 0),
            FirstPerson + (!result.IsFallback && words.Any(first.Contains) ? 1 : 0),
            AlteredNumbers + (numbers.Any(n => !text.Contains(n, StringComparison.OrdinalIgnoreCase)) ? 1 : 0),
            Unsayable + (words.Any(Never.Contains) || !result.Text.EndsWith('?') ? 1 : 0));
    }

    // "our" stands in "your", "but" in "button": what is forbidden is forbidden from the beginning of a word, whatever its ending; a short word as a whole.
    private static bool HoldsFromWordStart(string said, string forbidden)
    {
        for (var at = said.IndexOf(forbidden, StringComparison.Ordinal); at >= 0; at = said.IndexOf(forbidden, at + 1, StringComparison.Ordinal))
        {
            var end = at + forbidden.Length;
            if ((at == 0 || !char.IsLetterOrDigit(said[at - 1])) && (forbidden.Length > LongestWholeWord || end == said.Length || !char.IsLetterOrDigit(said[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static HashSet<string> Words(string list) => new(list.Split(' '), StringComparer.Ordinal);
}
