using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>A number of a text, written so that two ways of writing it are equal.</summary>
/// <param name="Value">"1250.5" for "1.250,50"; "15:00" and "12/3/2026" keep their parts; "AB-1234" its letters; "3" for "three".</param>
/// <param name="Unit">The class of the unit that it counts, or nothing.</param>
/// <param name="Written">As it stands.</param>
/// <param name="IsWord">Whether it is spelt out.</param>
/// <param name="Start">Where it begins in the text.</param>
internal readonly record struct Figure(string Value, string? Unit, string Written, bool IsWord, int Start);

/// <summary>Finds the numbers of a text with their units.</summary>
internal sealed class Figures
{
    private static readonly (char Sign, string Unit)[] Signs = [('€', "euro"), ('$', "dollar"), ('£', "pound"), ('%', "percent")];

    private readonly Dictionary<string, string> _words;
    private readonly Dictionary<string, string> _units;

    public Figures(WritingRules rules)
    {
        _words = rules.Numbers.ToDictionary(n => MessageReading.FormOf(n.Key), n => n.Value, StringComparer.Ordinal);
        _units = rules.Units.SelectMany(u => u.Value.Select(word => (Word: MessageReading.FormOf(word), u.Key))).ToDictionary(u => u.Word, u => u.Key, StringComparer.Ordinal);
    }

    /// <summary>The class of a unit word, or nothing.</summary>
    public string? UnitOf(Word word) => _units.GetValueOrDefault(word.Form);

    public List<Figure> Find(MessageReading reading)
    {
        var found = new List<Figure>();
        FindDigits(reading.Text, found);
        for (var i = 0; i < reading.Words.Count; i++)
        {
            if (_words.TryGetValue(reading.Words[i].Form, out var value))
            {
                var unit = i + 1 < reading.Words.Count ? UnitOf(reading.Words[i + 1]) : null;
                found.Add(new Figure(value, unit, reading.Text[reading.Words[i].Start..reading.Words[i].End], IsWord: true, reading.Words[i].Start));
            }
        }

        return found;
    }

    private void FindDigits(string text, List<Figure> found)
    {
        var i = 0;
        while (i < text.Length)
        {
            if (!char.IsDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (char.IsDigit(text[i]) || (text[i] is '.' or ',' or ':' or '/' or '-' or '\'' && i + 1 < text.Length && char.IsDigit(text[i + 1]))))
            {
                i++;
            }

            var value = Normalise(text[start..i]);
            var from = start;
            while (from > 0 && (char.IsLetter(text[from - 1]) || (text[from - 1] is '-' or '_' && from > 1 && char.IsLetterOrDigit(text[from - 2]))))
            {
                from--;
            }

            var end = i;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] is '-' or '_' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]))))
            {
                end++;
            }

            var tail = MessageReading.FormOf(text[i..end]);
            var unit = UnitBefore(text, from) ?? UnitBehind(text, i, tail);
            var isPlainTail = tail.Length == 0 || _units.ContainsKey(tail) || tail is "am" or "pm" or "h" or "hs" or "hrs" or "st" or "nd" or "rd" or "th" or "a" or "o" or "x";
            if (from < start || !isPlainTail)
            {
                // An id: its letters belong to it. Digits further on in it are part of it, too.
                value = text[from..end].ToUpperInvariant();
                i = end;
            }

            found.Add(new Figure(value, unit, text[from..Math.Max(end, i)], IsWord: false, from));
        }
    }

    private static string? UnitBefore(string text, int start)
    {
        var i = start - 1;
        while (i >= 0 && text[i] == ' ' && i >= start - 1)
        {
            i--;
        }

        return i < 0 ? null : Signs.FirstOrDefault(s => s.Sign == text[i]).Unit;
    }

    private string? UnitBehind(string text, int end, string tail)
    {
        if (tail.Length > 0)
        {
            return _units.GetValueOrDefault(tail);
        }

        var i = end;
        while (i < text.Length && text[i] == ' ')
        {
            i++;
        }

        if (i < text.Length && Signs.FirstOrDefault(s => s.Sign == text[i]).Unit is { } sign)
        {
            return sign;
        }

        var last = i;
        while (last < text.Length && char.IsLetter(text[last]))
        {
            last++;
        }

        return last == i ? null : _units.GetValueOrDefault(MessageReading.FormOf(text[i..last]));
    }

    // "1.250,50", "1,250.50" and "1250.5" are one amount; "15:00" stays a time and "1/2" stays what it is.
    private static string Normalise(string written)
    {
        if (written.AsSpan().ContainsAny(':', '/', '-'))
        {
            return string.Join(
                written.Contains(':', StringComparison.Ordinal) ? ":" : "/",
                written.Split([':', '/', '-', '.', ',', '\''], StringSplitOptions.RemoveEmptyEntries).Select(Trim));
        }

        var parts = written.Split(['.', ',', '\''], StringSplitOptions.RemoveEmptyEntries);
        var hasDecimals = parts.Length > 1 && (parts[^1].Length != 3 || (parts.Length == 2 && parts[0] == "0"));
        var whole = Trim(string.Concat(hasDecimals ? parts[..^1] : parts));
        var decimals = hasDecimals ? parts[^1].TrimEnd('0') : string.Empty;
        return decimals.Length == 0 ? whole : $"{whole}.{decimals}";
    }

    private static string Trim(string digits) => digits.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
}
