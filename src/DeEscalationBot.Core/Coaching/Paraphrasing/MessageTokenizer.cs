using System.Buffers;
using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Cuts a message into words that can be written again: unlike <see cref="MessageReading"/> it keeps amounts, codes and signs as they stand.</summary>
internal static class MessageTokenizer
{
    private static readonly SearchValues<char> Closing = SearchValues.Create(".,;:!?…)]}\"”»'’*_~<>|\\");
    private static readonly SearchValues<char> Opening = SearchValues.Create(".,;:!?…)]}\"”»'’*_~<>|\\([{“«„‘¡¿-–—");
    private static readonly HashSet<string> Abbreviations =
        new(["pm", "am", "p.m", "a.m", "sr", "sra", "srta", "dr", "dra", "nro", "num", "núm", "uds", "ud", "vds", "vd", "aprox", "etc", "mr", "mrs", "ms", "vs", "st", "tel", "av", "hs", "hrs", "min", "ref"], StringComparer.Ordinal);

    // Written in capitals without anybody shouting.
    private static readonly HashSet<string> Acronyms =
        new(["usb", "pin", "puk", "sim", "esim", "iban", "dni", "nif", "nie", "cif", "rfc", "curp", "cuit", "cbu", "cvu", "rut", "nit", "pdf", "cvv", "cvc", "atm", "usa", "uk", "us", "eu", "ue", "tv", "pc", "gb", "mb", "kb", "tb", "gps", "sms", "vip", "iva", "vat", "gdpr", "rgpd", "url", "dns", "vpn", "ip", "api", "hdmi", "led", "lcd", "suv", "cfe", "afip", "arca", "sat", "nhs", "irs", "usd", "eur", "gbp", "mxn", "ars", "cop", "clp", "pen", "ceo", "otp", "nfc", "qr", "ac", "a4"], StringComparer.Ordinal);

    // Two words in capitals may be a company's name.
    private const int LeastShoutedRun = 3;

    // Short words that are shouted one at a time; other short words in capitals may be names.
    private static readonly HashSet<string> ShoutedOften =
        new("know please hoy ya no nada nunca nadie dos tres cinco diez otra otro mi mis yo todo toda siempre mal ahora now never not twice today still all my you why five four three two ten one me any every again want need stop when what wrong nobody and but the".Split(' '), StringComparer.Ordinal);

    /// <summary>Whether a word is an abbreviation written in capitals ("IBAN"), not a word of the language.</summary>
    public static bool IsAcronym(MessageToken token) => token.Text.Length > 1 && !token.Text.AsSpan().ContainsAnyInRange('a', 'z') && Acronyms.Contains(token.Lower);

    /// <summary>Reads a message.</summary>
    /// <param name="text">The text as it came in.</param>
    /// <param name="marksAt">What the playbook's phrases say about a place, by offset.</param>
    public static List<MessageToken> Read(string text, Func<int, int, TokenMarks> marksAt)
    {
        var raw = new List<(int Start, int End, TokenBreak Before)>();
        var questionEnds = new List<int>();
        var next = TokenBreak.Sentence;
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] is '\n' or '\u2028' or '\u2029')
            {
                next = TokenBreak.Sentence;
                i++;
                continue;
            }

            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var end = i;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            next = ReadChunk(text, i, end, next, raw, questionEnds);
            i = end;
        }

        return Finish(text, raw, questionEnds, marksAt);
    }

    private static TokenBreak ReadChunk(string text, int start, int end, TokenBreak before, List<(int Start, int End, TokenBreak Before)> raw, List<int> questionEnds)
    {
        // "1) …, 2) …": counts what follows.
        if (end - start is 2 or 3 && text[end - 1] == ')' && text.AsSpan(start, end - start - 1).IndexOfAnyExceptInRange('0', '9') < 0 && text.AsSpan(0, start).LastIndexOf('(') <= text.AsSpan(0, start).LastIndexOf(')'))
        {
            return TokenBreak.Sentence;
        }

        var from = start;
        while (true)
        {
            // "-4" keeps its sign.
            while (from < end && (Opening.Contains(text[from]) || IsNoise(text, from)) && !(text[from] == '-' && from == start && from + 1 < end && char.IsDigit(text[from + 1])))
            {
                // A question opens: what stands before it is another sentence.
                before = Stronger(before, text[from] == '¿' && raw.Count > 0 ? TokenBreak.Sentence : BreakOf(text, from, inWord: end - start > 1));
                if (text[from] == '?')
                {
                    questionEnds.Add(raw.Count);
                }

                from++;
            }

            if (from == end)
            {
                return before;
            }

            // The first letter, digit or sign begins the word; an inner comma, or a full stop without a space, ends it.
            var cut = from;
            while (cut < end && !EndsWord(text, from, cut, end))
            {
                cut++;
            }

            var last = cut;
            while (last > from && (Closing.Contains(text[last - 1]) || IsNoise(text, last - 1)))
            {
                last--;
            }

            // "15 days' notice": the apostrophe of a plural stays when no quotation is open.
            if (last < cut && text[last] is '\'' or '’' && text[last - 1] is 's' or 'S' && char.IsLetter(text[from]) && !text.AsSpan(0, from).Contains(" '", StringComparison.Ordinal) && (from == 0 || text[from - 1] is not ('\'' or '‘')))
            {
                last++;
            }

            // "Dr. Sato" keeps its point.
            if (last < cut && text[last] == '.' && text[from..last] is "Dr" or "Dra" or "Sr" or "Sra" or "Mr" or "Mrs" or "Ms" or "St")
            {
                last++;
            }

            // So do "a.m." and "p.m.".
            if (last < cut && text[last] == '.' && text[from..last] is "a.m" or "p.m" or "A.M" or "P.M")
            {
                last++;
            }

            raw.Add((from, last, before));
            before = text[last - 1] == '.' && BeginsSentence(text, end) && text[from..last] is not ("Dr." or "Dra." or "Sr." or "Sra." or "Mr." or "Mrs." or "Ms." or "St.") ? TokenBreak.Sentence : TokenBreak.None;
            var abbreviated = end < text.Length && !BeginsSentence(text, end) && Abbreviations.Contains(text[from..last].ToLowerInvariant().TrimEnd('.'));
            for (var k = last; k < cut; k++)
            {
                before = Stronger(before, text[k] == '.' && k == last && abbreviated ? TokenBreak.None : BreakOf(text, k, inWord: true));
                if (text[k] == '?')
                {
                    questionEnds.Add(raw.Count);
                }
            }

            from = cut;
        }
    }

    private static bool BeginsSentence(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length && char.IsUpper(text[at]);
    }

    private static bool EndsWord(string text, int from, int at, int end)
    {
        if (at == from || at + 1 >= end)
        {
            return false;
        }

        var c = text[at];
        if (IsNoise(text, at))
        {
            return true;
        }

        var beforeIsLetter = char.IsLetter(text[at - 1]);
        var afterIsLetter = char.IsLetter(text[at + 1]);
        return c switch
        {
            '!' or '?' or ';' or '(' or ')' or '…' or '¿' or '¡' => true,
            ',' => !(char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1])),
            '.' => text[at + 1] == '.' ? text[at - 1] != '.' : beforeIsLetter && afterIsLetter && LooksLikeTwoSentences(text, from, at, end),
            '—' or '–' => beforeIsLetter || afterIsLetter,
            ':' => beforeIsLetter && afterIsLetter && !text.AsSpan(from, end - from).Contains("//", StringComparison.Ordinal),
            _ => text[at - 1] is '!' or '?' or ';' or '(' or ')' or '…' || (text[at - 1] == ',' && !char.IsDigit(c)) || (text[at - 1] == '.' && at - 2 >= from && text[at - 2] == '.'),
        };
    }

    // "llegado.Quiero" and "tarde.ya" are two sentences; "p.m.", "tienda.com", "ana@x.es" are not.
    private static bool LooksLikeTwoSentences(string text, int from, int at, int end)
    {
        var word = text.AsSpan(from, end - from);
        if (word.Contains('@') || word.Contains('/') || word.StartsWith("www", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var after = 0;
        while (at + 1 + after < end && char.IsLetter(text[at + 1 + after]))
        {
            after++;
        }

        return at - from >= 2 && (after >= 4 || char.IsUpper(text[at + 1]) || (after == 2 && text[(at + 1)..(at + 3)] is "ya" or "no" or "me" or "yo" or "is" or "it"));
    }

    private static TokenBreak BreakOf(string text, int at, bool inWord) => text[at] switch
    {
        '.' or '!' or '?' or '…' => TokenBreak.Sentence,
        ',' or ';' or ':' or '(' or ')' or '[' or ']' or '—' or '–' => TokenBreak.Comma,
        '-' when !inWord => TokenBreak.Comma,
        _ when IsNoise(text, at) && !char.IsLowSurrogate(text[at]) && CharUnicodeInfo.GetUnicodeCategory(text, at) != UnicodeCategory.Format => TokenBreak.Comma,
        _ => TokenBreak.None,
    };

    private static TokenBreak Stronger(TokenBreak a, TokenBreak b) => a > b ? a : b;

    // Pictographs, controls and marks that are no part of a word.
    private static bool IsNoise(string text, int at)
    {
        var c = text[at];
        if (char.IsSurrogate(c))
        {
            return true;
        }

        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.OtherSymbol => c is not ('°' or '№' or '®' or '™'),
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.ModifierSymbol => true,
            _ => false,
        };
    }

    private static List<MessageToken> Finish(string text, List<(int Start, int End, TokenBreak Before)> raw, List<int> questionEnds, Func<int, int, TokenMarks> marksAt)
    {
        var tokens = new List<MessageToken>(raw.Count);
        var shouted = IsShouted(text, raw);
        var sentence = -1;
        var sentenceOf = new int[raw.Count];
        for (var i = 0; i < raw.Count; i++)
        {
            sentence += raw[i].Before == TokenBreak.Sentence || i == 0 ? 1 : 0;
            sentenceOf[i] = sentence;
        }

        var asks = new HashSet<int>();
        var closing = new HashSet<int>();
        foreach (var end in questionEnds)
        {
            if (end > 0)
            {
                closing.Add(end - 1);
                asks.Add(sentenceOf[end - 1]);
            }
        }

        var capitals = raw.Select(r => IsCapitals(text.AsSpan(r.Start, r.End - r.Start))).ToArray();
        for (var i = 0; i < raw.Count; i++)
        {
            var (start, end, before) = raw[i];
            var inRun = capitals[i] && RunLength(capitals, i) >= LeastShoutedRun;
            var written = Clean(text[start..end]);
            var lower = written.ToLowerInvariant();
            var form = MessageReading.FormOf(written);
            if (HasRun(written))
            {
                written = lower = form;
            }

            var marks = marksAt(start, end);
            written = (marks & TokenMarks.Quoted) != 0 && !shouted ? written : Calm(written, lower, shouted || inRun);
            tokens.Add(new MessageToken(start, end, written, lower, form, i == 0 ? TokenBreak.Sentence : before, sentenceOf[i], asks.Contains(sentenceOf[i]), marks)
            {
                IsOpenedQuestion = start > 0 && text[start - 1] == '¿',
                ClosesQuestion = closing.Contains(i),
            });
        }

        return tokens;
    }

    // "I" and "A" are written large in any mood; only words of two letters and more can be shouted.
    private static string Calm(string written, string lower, bool shouted)
    {
        var letters = 0;
        var capitals = 0;
        var digits = 0;
        foreach (var c in written)
        {
            letters += char.IsLetter(c) ? 1 : 0;
            capitals += char.IsUpper(c) ? 1 : 0;
            digits += char.IsDigit(c) ? 1 : 0;
        }

        if (capitals < letters || letters == 0 || digits > 0 || (letters == 1 && !shouted))
        {
            return written;
        }

        if (Acronyms.Contains(lower))
        {
            return written;
        }

        return shouted || letters > 5 || ShoutedOften.Contains(lower) ? lower : written;
    }

    private static int RunLength(bool[] capitals, int i)
    {
        var start = i;
        while (start > 0 && capitals[start - 1])
        {
            start--;
        }

        var end = i + 1;
        while (end < capitals.Length && capitals[end] && end < start + LeastShoutedRun)
        {
            end++;
        }

        return end - start;
    }

    private static bool IsCapitals(ReadOnlySpan<char> word)
    {
        var letters = 0;
        foreach (var c in word)
        {
            if (char.IsDigit(c) || char.IsLower(c))
            {
                return false;
            }

            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters >= 2;
    }

    private static bool IsShouted(string text, List<(int Start, int End, TokenBreak Before)> raw)
    {
        var words = 0;
        var shouted = 0;
        foreach (var (start, end, _) in raw)
        {
            var word = text.AsSpan(start, end - start);
            var letters = 0;
            var capitals = 0;
            foreach (var c in word)
            {
                letters += char.IsLetter(c) ? 1 : 0;
                capitals += char.IsUpper(c) ? 1 : 0;
            }

            if (letters >= 2)
            {
                words++;
                shouted += capitals == letters ? 1 : 0;
            }
        }

        return words >= 3 && shouted * 2 > words;
    }

    private static bool HasRun(string word)
    {
        for (var i = 2; i < word.Length; i++)
        {
            if (char.IsLetter(word[i]) && char.ToLowerInvariant(word[i]) == char.ToLowerInvariant(word[i - 1]) && char.ToLowerInvariant(word[i]) == char.ToLowerInvariant(word[i - 2]))
            {
                return !word.StartsWith("www", StringComparison.OrdinalIgnoreCase);
            }
        }

        return false;
    }

    private static string Clean(string word)
    {
        var clean = new StringBuilder(word.Length);
        foreach (var c in word.Normalize(NormalizationForm.FormC))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                clean.Append(c == '’' ? '\'' : c);
            }
        }

        return clean.ToString();
    }
}
