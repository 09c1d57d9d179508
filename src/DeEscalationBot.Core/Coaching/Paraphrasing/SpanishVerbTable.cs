using System.Collections.Frozen;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>The Spanish verbs that the engine knows, by how their forms change: lists of infinitives separated by spaces, as in <c>paraphrase.yaml</c>.</summary>
public sealed class SpanishVerbLists
{
    /// <summary>Verbs without a stem change; changes of spelling (pagar, pagué) are known by themselves.</summary>
    public required string Regular { get; init; }

    /// <summary>pensar, pienso.</summary>
    public required string EToIe { get; init; }

    /// <summary>contar, cuento; also jugar, juego.</summary>
    public required string OToUe { get; init; }

    /// <summary>pedir, pido, pidió.</summary>
    public required string EToI { get; init; }

    /// <summary>sentir, siento, sintió.</summary>
    public required string EToIeOrI { get; init; }

    /// <summary>dormir, duermo, durmió.</summary>
    public required string OToUeOrU { get; init; }

    /// <summary>enviar, envío.</summary>
    public required string AccentI { get; init; }

    /// <summary>continuar, continúo.</summary>
    public required string AccentU { get; init; }

    /// <summary>incluir, incluyo.</summary>
    public required string UToY { get; init; }

    /// <summary>Irregular participles by infinitive.</summary>
    public required IReadOnlyDictionary<string, string> Participles { get; init; }

    /// <summary>Irregular verbs and what is irregular in them.</summary>
    public required IReadOnlyDictionary<string, SpanishIrregularForms> Irregular { get; init; }

    /// <summary>Verbs that go like a shorter irregular one: obtener: tener.</summary>
    public required IReadOnlyDictionary<string, string> Like { get; init; }
}

/// <summary>Finds what verb and form a Spanish word may be. Immutable once built.</summary>
internal sealed class SpanishVerbTable
{
    private static readonly string[] EncliticPairs =
    [
        "melo", "mela", "melos", "melas", "telo", "tela", "telos", "telas", "selo", "sela", "selos", "selas",
        "noslo", "nosla", "noslos", "noslas", "oslo", "osla", "oslos", "oslas", "seme", "sele", "senos", "seles",
    ];

    private static readonly string[] Enclitics = ["me", "te", "se", "nos", "os", "les", "los", "las", "le", "lo", "la"];

    private readonly FrozenDictionary<string, SpanishVerbReading[]> _exact;
    private readonly FrozenDictionary<string, SpanishVerbReading[]> _folded;
    private readonly FrozenDictionary<string, SpanishVerb> _byInfinitive;

    public SpanishVerbTable(SpanishVerbLists lists)
    {
        var verbs = new Dictionary<string, SpanishVerb>(StringComparer.Ordinal);
        foreach (var (infinitive, irregular) in lists.Irregular)
        {
            verbs[infinitive] = new SpanishVerb(infinitive, SpanishStemChange.None, irregular);
        }

        foreach (var (infinitive, model) in lists.Like)
        {
            if (!lists.Irregular.TryGetValue(model, out var forms) || !infinitive.EndsWith(model, StringComparison.Ordinal))
            {
                throw new FormatException($"The verb '{infinitive}' is said to go like '{model}', which is not among the irregular verbs or not its ending.");
            }

            verbs[infinitive] = new SpanishVerb(infinitive, SpanishStemChange.None, Prefixed(infinitive[..^model.Length], forms));
        }

        Add(lists.Regular, SpanishStemChange.None);
        Add(lists.EToIe, SpanishStemChange.EToIe);
        Add(lists.OToUe, SpanishStemChange.OToUe);
        Add(lists.EToI, SpanishStemChange.EToI);
        Add(lists.EToIeOrI, SpanishStemChange.EToIeOrI);
        Add(lists.OToUeOrU, SpanishStemChange.OToUeOrU);
        Add(lists.AccentI, SpanishStemChange.AccentI);
        Add(lists.AccentU, SpanishStemChange.AccentU);
        Add(lists.UToY, SpanishStemChange.UToY);
        _byInfinitive = verbs.ToFrozenDictionary(StringComparer.Ordinal);
        var readings = verbs.Values.OrderBy(v => v.Infinitive, StringComparer.Ordinal).SelectMany(v => v.Readings()).ToArray();
        _exact = readings.GroupBy(r => r.Spelling, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _folded = readings.GroupBy(r => MessageReading.FormOf(r.Spelling), StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

        void Add(string list, SpanishStemChange change)
        {
            foreach (var infinitive in list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                var irregular = lists.Participles.TryGetValue(infinitive, out var participle) ? new SpanishIrregularForms { Participle = participle } : null;
                verbs.TryAdd(infinitive, new SpanishVerb(infinitive, change, irregular));
            }
        }
    }

    public SpanishVerb this[string infinitive] => _byInfinitive[infinitive];

    /// <summary>What a word may be. With unreliable accents every form that is written so without them counts.</summary>
    /// <param name="lower">The word in lower case, with its accents.</param>
    /// <param name="folded">The word without accents.</param>
    /// <param name="accentsReliable">Whether the writer sets accents.</param>
    public SpanishVerbReading[] Readings(string lower, string folded, bool accentsReliable)
    {
        var hasAccent = !string.Equals(lower, folded, StringComparison.Ordinal);
        if (_exact.TryGetValue(lower, out var exact) && (hasAccent || accentsReliable))
        {
            return exact;
        }

        return _folded.TryGetValue(folded, out var all) ? all : [];
    }

    /// <summary>Takes clitics off the end of an infinitive, gerund or command ("devuélvanmelo": devuelvan + me + lo).</summary>
    /// <returns>The bare reading with its clitics, or nothing.</returns>
    public (SpanishVerbReading[] Readings, string Enclitics)? WithEnclitics(string folded)
    {
        foreach (var clitics in EncliticPairs)
        {
            if (TryStrip(folded, clitics, out var readings))
            {
                return (readings, clitics);
            }
        }

        foreach (var clitic in Enclitics)
        {
            if (TryStrip(folded, clitic, out var readings))
            {
                return (readings, clitic);
            }
        }

        return null;
    }

    private bool TryStrip(string folded, string clitics, out SpanishVerbReading[] readings)
    {
        readings = [];
        if (folded.Length < clitics.Length + 2 || !folded.EndsWith(clitics, StringComparison.Ordinal))
        {
            return false;
        }

        var bare = folded[..^clitics.Length];
        if (_folded.TryGetValue(bare, out var found))
        {
            readings = [.. found.Where(r => r.Tense is SpanishTense.Infinitive or SpanishTense.Gerund or SpanishTense.Imperative)];
        }

        if (readings.Length == 0 && clitics.StartsWith("os", StringComparison.Ordinal) && _folded.TryGetValue(bare + "d", out found))
        {
            readings = [.. found.Where(r => r.Tense == SpanishTense.Imperative)];
        }

        return readings.Length > 0;
    }

    private static SpanishIrregularForms Prefixed(string prefix, SpanishIrregularForms forms) => new()
    {
        Present = [.. forms.Present.Select(f => prefix + f)],
        Preterite = [.. forms.Preterite.Select(f => prefix + f)],
        Imperfect = [.. forms.Imperfect.Select(f => prefix + f)],
        Subjunctive = [.. forms.Subjunctive.Select(f => prefix + f)],
        Future = forms.Future is null ? null : prefix + forms.Future,
        Imperative = forms.Imperative is null ? null : prefix + forms.Imperative,
        Vos = forms.Vos is null ? null : prefix + forms.Vos,
        Gerund = forms.Gerund is null ? null : prefix + forms.Gerund,
        Participle = forms.Participle is null ? null : prefix + forms.Participle,
    };
}
