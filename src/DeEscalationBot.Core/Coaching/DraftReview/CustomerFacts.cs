using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>What the customer has said in the conversation, as far as the review needs it.</summary>
internal sealed class CustomerFacts
{
    // Only the latest messages matter for what a draft answers, and a review runs at every pause in typing.
    private const int MostTexts = 40;

    // Words are compared by their beginning, so that "cobraron" meets "cobrado" and "delivered" meets "delivery".
    private const int StemLength = 5;

    // From so many words on, a customer has told what the matter is.
    private const int WordsOfAStory = 7;

    private readonly CompiledDraftRules _rules;
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<AskedFactKind, string> _values = [];
    private readonly int _wordCount;

    public CustomerFacts(CompiledDraftRules rules, IReadOnlyList<string>? texts)
    {
        _rules = rules;
        if (texts is null)
        {
            return;
        }

        for (var i = Math.Max(0, texts.Count - MostTexts); i < texts.Count; i++)
        {
            var reading = MessageReading.Of(texts[i]);
            _wordCount += reading.Words.Count;
            ReadWords(reading);
            ReadValues(reading);
            ReadTopic(reading);
            foreach (var (role, words) in rules.FindInCustomer(reading))
            {
                Read(role, reading, words, isLast: i == texts.Count - 1);
            }
        }

        Known = _stems.Count > 0 || _numbers.Count > 0 || _values.Count > 0;
        if (_wordCount >= WordsOfAStory && _stems.Count > 1)
        {
            _values[AskedFactKind.Problem] = string.Empty;
        }

        if (Duration is not null || _values.ContainsKey(AskedFactKind.Date))
        {
            _values[AskedFactKind.Since] = Duration ?? _values[AskedFactKind.Date];
        }

        if (Topic is not null)
        {
            _values[AskedFactKind.Product] = Topic;
        }
    }

    /// <summary>Whether the customer has told of something that they have done or tried.</summary>
    public bool HasTried { get; private set; }

    /// <summary>Whether the customer's last message voices a doubt or asks for time.</summary>
    public bool Doubts { get; private set; }

    /// <summary>Whether the customer said anything that a draft could take up.</summary>
    public bool Known { get; }

    /// <summary>What the case is about, in the customer's words: "pedido 88213".</summary>
    public string? Topic { get; private set; }

    /// <summary>How long it has been going on, in the customer's words: "tres semanas".</summary>
    public string? Duration { get; private set; }

    /// <summary>What the customer gave of a kind, or nothing.</summary>
    public string? ValueOf(AskedFactKind kind) => _values.GetValueOrDefault(kind);

    /// <summary>Whether the customer used this word or named this number.</summary>
    public bool Mentions(Word word)
    {
        if (word.Kind == WordKind.Number)
        {
            return _numbers.Contains(word.Form);
        }

        if (_rules.Numbers.TryGetValue(word.Form, out var figure))
        {
            return figure != "1" && _numbers.Contains(figure);
        }

        return word.Kind == WordKind.Letters && IsContent(word) && _stems.Contains(StemOf(word.Form));
    }

    /// <summary>Whether the word says something about a case, whatever it is.</summary>
    public bool IsContent(Word word) =>
        word.Kind is WordKind.Letters && word.Form.Length >= 3
        && !_rules.Words(DraftWords.General).Contains(word.Form)
        && !_rules.Words(DraftWords.TimeUnits).Contains(word.Form)
        && !_rules.Numbers.ContainsKey(word.Form);

    private static string StemOf(string form) => form.Length <= StemLength ? form.TrimEnd('s') : form[..StemLength];

    private void ReadWords(MessageReading reading)
    {
        foreach (var word in reading.Words)
        {
            if (word.Kind == WordKind.Number)
            {
                _numbers.Add(word.Form);
            }
            else if (_rules.Numbers.TryGetValue(word.Form, out var figure))
            {
                _numbers.Add(figure);
            }
            else if (IsContent(word))
            {
                _stems.Add(StemOf(word.Form));
            }
        }
    }

    private void ReadValues(MessageReading reading)
    {
        var words = reading.Words;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Kind == WordKind.Link && word.Form.IndexOf('@', StringComparison.Ordinal) > 0)
            {
                _values[AskedFactKind.Email] = TextOf(reading, i, i);
            }

            if (word.Kind == WordKind.Letters && _rules.Words(DraftWords.DateWords).Contains(word.Form))
            {
                var from = i > 1 && words[i - 2].Kind == WordKind.Number && words[i - 1].Form is "de" or "of" ? i - 2 : i > 0 && words[i - 1].Kind == WordKind.Number ? i - 1 : i;
                var to = from == i && i + 1 < words.Count && words[i + 1].Kind == WordKind.Number ? i + 1 : i;
                _values[AskedFactKind.Date] = TextOf(reading, from, to);
            }

            if (!word.Form.Any(char.IsAsciiDigit))
            {
                continue;
            }

            ReadNumber(reading, i);
        }
    }

    private void ReadNumber(MessageReading reading, int i)
    {
        var words = reading.Words;
        var word = words[i];
        var digits = word.Form.Count(char.IsAsciiDigit);
        if (word.Kind == WordKind.Number && IsDate(word.Form))
        {
            _values[AskedFactKind.Date] = TextOf(reading, i, i);
            return;
        }

        if (word.Kind == WordKind.Number && IsAmount(reading, i))
        {
            _values[AskedFactKind.Amount] = AmountText(reading, i);
            return;
        }

        // Telephone numbers are often written in groups.
        var last = i;
        var phoneDigits = digits;
        while (word.Kind == WordKind.Number && last + 1 < words.Count && words[last + 1].Kind == WordKind.Number && words[last + 1].Start - words[last].End <= 1)
        {
            last++;
            phoneDigits += words[last].Form.Count(char.IsAsciiDigit);
        }

        var before = i > 0 && words[i - 1].Kind == WordKind.Number && word.Start - words[i - 1].End <= 1;
        if (word.Kind == WordKind.Number && !before && phoneDigits is >= 9 and <= 13 && (last > i || digits is >= 9 and <= 12))
        {
            _values[AskedFactKind.Phone] = TextOf(reading, i, last);
            if (last > i)
            {
                return;
            }
        }

        if ((digits >= 4 || IsCode(reading, word)) && !before && last == i && !IsYear(word.Form))
        {
            var start = word.Start;
            while (start > 0 && (char.IsAsciiLetterUpper(reading.Text[start - 1]) || (reading.Text[start - 1] is '-' or '#' && start > 1)))
            {
                start--;
            }

            _values[AskedFactKind.Reference] = reading.Text[start..word.End].TrimStart('#', '-');
        }
    }

    // "K8LM22": capitals and figures mixed, as airlines and hotels number bookings.
    private static bool IsCode(MessageReading reading, Word word) =>
        word.Length is >= 5 and <= 8 && word.Form.Count(char.IsAsciiDigit) >= 2
        && reading.Text.AsSpan(word.Start, word.Length) is var written && !written.ContainsAnyInRange('a', 'z') && written.ContainsAnyInRange('A', 'Z');

    // "3/5", "03-05-2026", "2026-05-03"; a policy such as 90-33812 has a part too long.
    private static bool IsDate(string form)
    {
        var parts = form.Split('/', '-');
        return parts.Length is 2 or 3 && Array.TrueForAll(parts, p => p.Length is 1 or 2 or 4 && p.All(char.IsAsciiDigit)) && parts.Count(p => p.Length == 4) <= 1;
    }

    private static bool IsYear(string form) => form.Length == 4 && (form.StartsWith("19", StringComparison.Ordinal) || form.StartsWith("20", StringComparison.Ordinal));

    private bool IsAmount(MessageReading reading, int i)
    {
        var word = reading.Words[i];
        if (word.Start > 0 && reading.Text[word.Start - 1] is '$' or '€' or '£')
        {
            return true;
        }

        var rest = reading.Text.AsSpan(word.End).TrimStart(' ');
        return (rest.Length > 0 && rest[0] is '€' or '$' or '£')
            || (i + 1 < reading.Words.Count && _rules.Words(DraftWords.Currencies).Contains(reading.Words[i + 1].Form));
    }

    private static string AmountText(MessageReading reading, int i)
    {
        var word = reading.Words[i];
        var start = word.Start > 0 && reading.Text[word.Start - 1] is '$' or '€' or '£' ? word.Start - 1 : word.Start;
        var after = reading.Text.AsSpan(word.End);
        var sign = after.TrimStart(' ');
        if (start == word.Start && sign.Length > 0 && sign[0] is '€' or '$' or '£')
        {
            return reading.Text[start..(reading.Text.Length - sign.Length + 1)];
        }

        return start < word.Start || i + 1 == reading.Words.Count ? reading.Text[start..word.End] : TextOf(reading, i, i + 1);
    }

    private void ReadTopic(MessageReading reading)
    {
        var words = reading.Words;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Kind != WordKind.Letters || words[i].IsCapitals || !_rules.Words(DraftWords.Topics).Contains(words[i].Form) || _rules.Words(DraftWords.People).Contains(words[i].Form))
            {
                continue;
            }

            var last = i;
            if (i + 1 < words.Count && IsReference(words[i + 1]))
            {
                last = i + 1;
            }

            // The first mention stands, unless a later one says which.
            var topic = TextOf(reading, i, last);
            if (Topic is null || (last > i && !Topic.Any(char.IsAsciiDigit)))
            {
                Topic = DraftText.Decapitalise(topic);
            }
        }
    }

    private static bool IsReference(Word word) => word.Form.Count(char.IsAsciiDigit) >= 3;

    private void ReadDuration(MessageReading reading, WordRange match)
    {
        var first = match.First;
        while (first <= match.Last && reading.Words[first].Kind != WordKind.Number && !_rules.Numbers.ContainsKey(reading.Words[first].Form))
        {
            first++;
        }

        if (first <= match.Last)
        {
            Duration = TextOf(reading, first, match.Last).ToLowerInvariant();
        }
    }

    private void Read(DraftRole role, MessageReading reading, WordRange words, bool isLast)
    {
        switch (role)
        {
            case DraftRole.Duration:
                ReadDuration(reading, words);
                break;
            case DraftRole.NameFollows:
                ReadName(reading, words.Last + 1);
                break;
            case DraftRole.AddressFollows:
                _values[AskedFactKind.Address] = string.Empty;
                break;
            case DraftRole.PhotoSent:
                _values[AskedFactKind.Photo] = string.Empty;
                break;
            case DraftRole.Tried:
                HasTried = true;
                break;
            case DraftRole.Doubts:
                Doubts |= isLast;
                break;
            default:
                throw new InvalidOperationException($"The role {role} is not looked for in customers' words.");
        }
    }

    private void ReadName(MessageReading reading, int i)
    {
        if (i < reading.Words.Count && reading.Words[i] is { Kind: WordKind.Letters, IsQuoted: false } word && char.IsUpper(reading.Text[word.Start]) && word.Form.Length >= 2
            && (IsContent(word) || !_rules.Words(DraftWords.General).Contains(word.Form)))
        {
            _values[AskedFactKind.Name] = TextOf(reading, i, i);
        }
    }

    private static string TextOf(MessageReading reading, int first, int last) => reading.Text[reading.Words[first].Start..reading.Words[last].End];
}
