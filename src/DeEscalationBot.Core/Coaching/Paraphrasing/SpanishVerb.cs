namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Who a Spanish verb form speaks of.</summary>
internal enum SpanishPerson
{
    Yo,
    Tu,
    El,
    Nosotros,
    Vosotros,
    Ellos,
    Vos,
}

/// <summary>The tenses that people use in complaints.</summary>
internal enum SpanishTense
{
    Present,
    Preterite,
    Imperfect,
    Future,
    Conditional,
    SubjunctivePresent,
    SubjunctiveRa,
    SubjunctiveSe,
    Imperative,
    Infinitive,
    Gerund,
    Participle,
}

/// <summary>One way to read a word as a form of a verb.</summary>
internal sealed record SpanishVerbReading(SpanishVerb Verb, SpanishTense Tense, SpanishPerson Person, string Spelling);

/// <summary>How the forms of an irregular verb differ from what its ending foretells, as in <c>paraphrase.yaml</c>. Lists go yo, tú, él, nosotros, vosotros, ellos.</summary>
public sealed class SpanishIrregularForms
{
    /// <summary>The present, six forms; or only the first when the rest is regular.</summary>
    public IReadOnlyList<string> Present { get; init; } = [];

    /// <summary>The preterite, six forms; or one: the stem of a strong preterite ("tuv").</summary>
    public IReadOnlyList<string> Preterite { get; init; } = [];

    /// <summary>The imperfect, six forms.</summary>
    public IReadOnlyList<string> Imperfect { get; init; } = [];

    /// <summary>The stem of future and conditional ("tendr").</summary>
    public string? Future { get; init; }

    /// <summary>The present subjunctive, six forms.</summary>
    public IReadOnlyList<string> Subjunctive { get; init; } = [];

    /// <summary>The imperative for tú.</summary>
    public string? Imperative { get; init; }

    /// <summary>The present for vos.</summary>
    public string? Vos { get; init; }

    /// <summary>The gerund.</summary>
    public string? Gerund { get; init; }

    /// <summary>The participle.</summary>
    public string? Participle { get; init; }
}

/// <summary>How the stem of a verb changes where it is stressed.</summary>
internal enum SpanishStemChange
{
    None,
    EToIe,
    OToUe,
    EToI,
    EToIeOrI,
    OToUeOrU,
    AccentI,
    AccentU,
    UToY,
}

/// <summary>A Spanish verb with all its forms, built from its infinitive, its stem change and its irregular forms.</summary>
internal sealed class SpanishVerb
{
    private static readonly SpanishPerson[] Persons =
        [SpanishPerson.Yo, SpanishPerson.Tu, SpanishPerson.El, SpanishPerson.Nosotros, SpanishPerson.Vosotros, SpanishPerson.Ellos];

    private readonly Dictionary<(SpanishTense, SpanishPerson), string> _forms = [];
    private readonly string _stem;
    private readonly char _class;
    private readonly SpanishStemChange _change;

    public SpanishVerb(string infinitive, SpanishStemChange change, SpanishIrregularForms? irregular)
    {
        Infinitive = infinitive;
        var plain = infinitive.Replace('í', 'i');
        _stem = plain[..^2];
        _class = plain[^2];
        _change = change;
        irregular ??= new SpanishIrregularForms();
        Build(irregular, plain);
    }

    public string Infinitive { get; }

    public IEnumerable<SpanishVerbReading> Readings() =>
        _forms.Select(f => new SpanishVerbReading(this, f.Key.Item1, f.Key.Item2, f.Value));

    /// <summary>A form; vos has forms of its own in the present and the imperative only, else those of tú.</summary>
    public string Form(SpanishTense tense, SpanishPerson person)
    {
        if (person == SpanishPerson.Vos && !_forms.ContainsKey((tense, person)))
        {
            person = SpanishPerson.Tu;
        }

        return _forms[(tense, person)];
    }

    private void Build(SpanishIrregularForms irregular, string plain)
    {
        _forms[(SpanishTense.Infinitive, SpanishPerson.El)] = Infinitive;
        var (present, presentGiven) = Present(irregular);
        Set(SpanishTense.Present, present);
        _forms[(SpanishTense.Present, SpanishPerson.Vos)] = irregular.Vos ?? _stem + (_class switch { 'a' => "ás", 'e' => "és", _ => "ís" });
        var preterite = Preterite(irregular);
        Set(SpanishTense.Preterite, preterite);
        Set(SpanishTense.Imperfect, irregular.Imperfect.Count == 6 ? irregular.Imperfect
            : _class == 'a' ? Endings(_stem, "aba", "abas", "aba", "ábamos", "abais", "aban")
            : Endings(_stem, "ía", "ías", "ía", "íamos", "íais", "ían"));
        var future = irregular.Future ?? plain;
        Set(SpanishTense.Future, Endings(future, "é", "ás", "á", "emos", "éis", "án"));
        Set(SpanishTense.Conditional, Endings(future, "ía", "ías", "ía", "íamos", "íais", "ían"));
        var subjunctive = irregular.Subjunctive.Count == 6 ? irregular.Subjunctive : Subjunctive(present, presentGiven);
        Set(SpanishTense.SubjunctivePresent, subjunctive);
        var past = preterite[5][..^3];
        var stressed = past[..^1] + (past[^1] switch { 'a' => 'á', 'e' => 'é', var c => c });
        Set(SpanishTense.SubjunctiveRa, [past + "ra", past + "ras", past + "ra", stressed + "ramos", past + "rais", past + "ran"]);
        Set(SpanishTense.SubjunctiveSe, [past + "se", past + "ses", past + "se", stressed + "semos", past + "seis", past + "sen"]);
        _forms[(SpanishTense.Imperative, SpanishPerson.Tu)] = irregular.Imperative ?? present[2];
        _forms[(SpanishTense.Imperative, SpanishPerson.Vos)] = Infinitive == "ir" ? "andá" : _stem + (_class switch { 'a' => "á", 'e' => "é", _ => "í" });
        _forms[(SpanishTense.Imperative, SpanishPerson.Vosotros)] = plain[..^1] + "d";
        _forms[(SpanishTense.Imperative, SpanishPerson.El)] = subjunctive[2];
        _forms[(SpanishTense.Imperative, SpanishPerson.Ellos)] = subjunctive[5];
        var vowelStem = _class != 'a' && EndsInStrongVowel();
        _forms[(SpanishTense.Gerund, SpanishPerson.El)] = irregular.Gerund
            ?? (_class == 'a' ? _stem + "ando" : vowelStem || _change == SpanishStemChange.UToY ? _stem + "yendo" : Weak(_stem) + "iendo");
        _forms[(SpanishTense.Participle, SpanishPerson.El)] = irregular.Participle ?? (_class == 'a' ? _stem + "ado" : vowelStem ? _stem + "ído" : _stem + "ido");
    }

    private (IReadOnlyList<string> Forms, bool Given) Present(SpanishIrregularForms irregular)
    {
        if (irregular.Present.Count == 6)
        {
            return (irregular.Present, true);
        }

        var strong = Strong(_stem);
        var forms = _class switch
        {
            'a' => new[] { strong + "o", strong + "as", strong + "a", _stem + "amos", _stem + "áis", strong + "an" },
            'e' => [Before(strong, 'o') + "o", strong + "es", strong + "e", _stem + "emos", _stem + "éis", strong + "en"],
            _ => [Before(strong, 'o') + "o", strong + "es", strong + "e", _stem + "imos", _stem + "ís", strong + "en"],
        };
        if (irregular.Present.Count == 1)
        {
            forms[0] = irregular.Present[0];
        }

        return (forms, irregular.Present.Count == 1);
    }

    private IReadOnlyList<string> Preterite(SpanishIrregularForms irregular)
    {
        if (irregular.Preterite.Count == 6)
        {
            return irregular.Preterite;
        }

        if (irregular.Preterite.Count == 1)
        {
            var stem = irregular.Preterite[0];
            return Endings(stem, "e", "iste", "o", "imos", "isteis", stem[^1] == 'j' ? "eron" : "ieron");
        }

        if (_class == 'a')
        {
            return [Before(_stem, 'e') + "é", _stem + "aste", _stem + "ó", _stem + "amos", _stem + "asteis", _stem + "aron"];
        }

        if (EndsInStrongVowel())
        {
            return Endings(_stem, "í", "íste", "yó", "ímos", "ísteis", "yeron");
        }

        if (_change == SpanishStemChange.UToY)
        {
            return Endings(_stem, "í", "iste", "yó", "imos", "isteis", "yeron");
        }

        var weak = Weak(_stem);
        return [_stem + "í", _stem + "iste", weak + "ió", _stem + "imos", _stem + "isteis", weak + "ieron"];
    }

    private string[] Subjunctive(IReadOnlyList<string> present, bool presentGiven)
    {
        if (_class == 'a')
        {
            var strongA = Before(Strong(_stem), 'e');
            var plainA = Before(_stem, 'e');
            return [strongA + "e", strongA + "es", strongA + "e", plainA + "emos", plainA + "éis", strongA + "en"];
        }

        // "tengo" gives "tenga … tengamos"; a stem change shows in the stressed persons only, save e→i and o→u.
        var strong = present[0][..^1];
        var plain = presentGiven || _change == SpanishStemChange.UToY || strong.EndsWith("zc", StringComparison.Ordinal) ? strong
            : _change is SpanishStemChange.EToI or SpanishStemChange.EToIeOrI or SpanishStemChange.OToUeOrU ? Before(Weak(_stem), 'o')
            : Before(_stem, 'o');
        return [strong + "a", strong + "as", strong + "a", plain + "amos", plain + "áis", strong + "an"];
    }

    private void Set(SpanishTense tense, IReadOnlyList<string> forms)
    {
        for (var i = 0; i < Persons.Length; i++)
        {
            _forms[(tense, Persons[i])] = forms[i];
        }
    }

    private static string[] Endings(string stem, params ReadOnlySpan<string> endings)
    {
        var forms = new string[endings.Length];
        for (var i = 0; i < endings.Length; i++)
        {
            forms[i] = stem + endings[i];
        }

        return forms;
    }

    private bool EndsInStrongVowel() => _stem.Length > 0 && _stem[^1] is 'a' or 'e' or 'o';

    // The spelling that keeps the sound of a stem before a vowel of the other kind.
    private string Before(string stem, char vowel)
    {
        if (_class == 'a' && vowel == 'e')
        {
            return stem switch
            {
                _ when stem.EndsWith("gu", StringComparison.Ordinal) => stem[..^1] + "ü",
                _ => stem[^1] switch { 'c' => stem[..^1] + "qu", 'g' => stem + "u", 'z' => stem[..^1] + "c", _ => stem },
            };
        }

        if (_class == 'a' || vowel != 'o')
        {
            return stem;
        }

        if (stem.EndsWith("gu", StringComparison.Ordinal))
        {
            return stem[..^1];
        }

        return stem[^1] switch
        {
            'g' => stem[..^1] + "j",
            'c' when stem.Length > 1 && stem[^2] is 'a' or 'e' or 'o' or 'u' => stem[..^1] + "zc",
            'c' => stem[..^1] + "z",
            _ => stem,
        };
    }

    private string Strong(string stem) => _change switch
    {
        SpanishStemChange.EToIe or SpanishStemChange.EToIeOrI => ReplaceLast(stem, 'e', "ie"),
        SpanishStemChange.OToUe or SpanishStemChange.OToUeOrU => ReplaceLast(stem, stem.Contains('o', StringComparison.Ordinal) ? 'o' : 'u', "ue"),
        SpanishStemChange.EToI => ReplaceLast(stem, 'e', "i"),
        SpanishStemChange.AccentI => ReplaceLast(stem, 'i', "í"),
        SpanishStemChange.AccentU => ReplaceLast(stem, 'u', "ú"),
        SpanishStemChange.UToY => stem + "y",
        _ => stem,
    };

    private string Weak(string stem) => _change switch
    {
        SpanishStemChange.EToI or SpanishStemChange.EToIeOrI => ReplaceLast(stem, 'e', "i"),
        SpanishStemChange.OToUeOrU => ReplaceLast(stem, 'o', "u"),
        _ => stem,
    };

    private static string ReplaceLast(string stem, char vowel, string by)
    {
        var at = stem.LastIndexOf(vowel);
        return at < 0 ? stem : string.Concat(stem.AsSpan(0, at), by, stem.AsSpan(at + 1));
    }
}
