using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>How a draft addresses the customer, and the word where it changes its mind.</summary>
internal sealed class SpanishRegister
{
    private readonly CompiledDraftRules _rules;
    private readonly MessageReading _reading;
    private readonly SortedSet<int> _usted = [];
    private readonly SortedSet<int> _tu = [];

    public SpanishRegister(CompiledDraftRules rules, MessageReading reading, CompiledDraftRules.Matches matches)
    {
        _rules = rules;
        _reading = reading;
        foreach (var match in matches.Of(DraftRole.Usted))
        {
            if (!reading.Words[match.First].IsQuoted && !IsFirstPerson(reading.Words[match.First]) && !matches.Of(DraftRole.NotUsted).Exists(n => n.First == match.First))
            {
                _usted.Add(match.First);
            }
        }

        foreach (var match in matches.Of(DraftRole.Tu))
        {
            if (!reading.Words[match.First].IsQuoted)
            {
                _tu.Add(match.First);
            }
        }

        for (var i = 0; i < reading.Words.Count; i++)
        {
            if (!reading.Words[i].IsQuoted && reading.Words[i].Kind == WordKind.Letters && !IsName(i) && EndsAsTu(reading.Words[i]))
            {
                _tu.Add(i);
            }
        }

        var isVos = matches.Any(DraftRole.Vos);
        Address = _tu.Count == 0 || _usted.Count > _tu.Count || (_usted.Count == _tu.Count && _usted.Min < _tu.Min) ? AddressForm.Usted
            : isVos ? AddressForm.Vos
            : AddressForm.Tu;
    }

    // "Cambié" is "I changed", "cambie" is "change it": they differ by the accent alone.
    private bool IsFirstPerson(Word word) => word.Form.Length > 3 && _reading.Text[word.End - 1] is 'é' or 'É';

    // "Hugo Iriarte", "la señora Duarte": a capital within a sentence is a name's, and names end as they like.
    private bool IsName(int index) =>
        index > 0 && _reading.Words[index] is { IsCapitals: false } word && char.IsUpper(_reading.Text[word.Start]) && _reading.Words[index - 1].Sentence == word.Sentence;

    // Endings that only tú and vos have: "pediste", "recibirás", "enviarte". Nouns and third persons that end alike are in the list.
    private bool EndsAsTu(Word word)
    {
        var form = word.Form;
        return form.Length > 5
            && (form.EndsWith("aste", StringComparison.Ordinal) || form.EndsWith("iste", StringComparison.Ordinal)
                || (form.EndsWith("ras", StringComparison.Ordinal) && _reading.Text[word.End - 2] is 'á' or 'Á')
                || form.EndsWith("arte", StringComparison.Ordinal) || form.EndsWith("erte", StringComparison.Ordinal) || form.EndsWith("irte", StringComparison.Ordinal))
            && !_rules.Words(DraftWords.NotTu).Contains(form);
    }

    /// <summary>The form that prevails; usted when none shows.</summary>
    public AddressForm Address { get; }

    /// <summary>Index of the first word of the form that does not prevail, or nothing.</summary>
    public int? Slip => _usted.Count == 0 || _tu.Count == 0 ? null : Address == AddressForm.Usted ? _tu.Min : _usted.Min;

    /// <summary>All words of the form that does not prevail.</summary>
    public IReadOnlyCollection<int> Slips => Slip is null ? [] : Address == AddressForm.Usted ? _tu : _usted;

    /// <summary>
    /// The word in the form that prevails, together with the verb where the word is its subject; nothing when that takes more
    /// than the pairs of the playbook.
    /// </summary>
    /// <param name="index">Index of a word of the form that does not prevail.</param>
    public (int Last, string? Replacement) Counterpart(int index)
    {
        var own = CounterpartOf(index);
        if (own is null || _reading.Words[index].Form is not ("usted" or "vos" or "tu") || !IsSubject(index))
        {
            return (index, own);
        }

        // A subject takes its verb along: "usted puede" becomes "tú puedes".
        var next = index + 1;
        if (next == _reading.Words.Count || _reading.Words[next].Clause != _reading.Words[index].Clause)
        {
            return (index, own);
        }

        return CounterpartOf(next) is { } verb ? (next, $"{own} {verb}") : (index, null);
    }

    // "tu" without an accent is "your" as often as "you": it is read as it stands.
    private bool IsSubject(int index) =>
        _reading.Words[index].Form != "tu" || _reading.Text.AsSpan(_reading.Words[index].Start, _reading.Words[index].Length).Contains("ú", StringComparison.OrdinalIgnoreCase);

    private string? CounterpartOf(int index)
    {
        var word = _reading.Words[index];
        var written = _reading.Text.Substring(word.Start, word.Length);

        // "tú" and "tu" differ by the accent alone: as written first, by the form of the word where the accent is left out.
        return CounterpartBy(index, from => string.Equals(from, written, StringComparison.OrdinalIgnoreCase))
            ?? CounterpartBy(index, from => word.Form == MessageReading.FormOf(from));
    }

    private string? CounterpartBy(int index, Func<string, bool> matches)
    {
        var word = _reading.Words[index];
        foreach (var pair in _rules.Set.Register)
        {
            var (from, to) = Address == AddressForm.Usted
                ? (pair.Tu, pair.Usted)
                : (pair.Usted, Address == AddressForm.Vos ? pair.Vos ?? pair.Tu : pair.Tu);
            if (matches(from) || (Address == AddressForm.Usted && pair.Vos is { } vos && matches(vos)))
            {
                if (word.Form == "te" && NextIsSecondPerson(index))
                {
                    to = "se";
                }

                return char.IsUpper(_reading.Text[word.Start]) ? DraftText.Capitalise(to) : to;
            }
        }

        return null;
    }

    // "te has equivocado", "te preocupes": the pronoun is reflexive when the verb is of the same person.
    private bool NextIsSecondPerson(int index) =>
        index + 1 < _reading.Words.Count && _reading.Words[index + 1].Form is var next && next.Length > 2 && next.EndsWith('s') && !next.EndsWith("mos", StringComparison.Ordinal);
}
