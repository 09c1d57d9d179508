using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>The rules of one language, compiled to one automaton.</summary>
internal sealed class CompiledDraftRules
{
    private const int NegationReachWords = 4;

    /// <summary>What is looked for in the customer's words instead of the draft's.</summary>
    internal static readonly DraftRole[] CustomerRoles =
        [DraftRole.Duration, DraftRole.NameFollows, DraftRole.AddressFollows, DraftRole.PhotoSent, DraftRole.Tried, DraftRole.Doubts];

    private readonly List<Part> _parts = [];
    private readonly PhraseAutomaton _automaton;
    private readonly PhraseAutomaton _customerAutomaton;
    private readonly Dictionary<DraftWords, WordList> _words;

    public CompiledDraftRules(DraftRuleSet rules, DraftExampleSet? examples, DraftEffectRules? effects)
    {
        Set = rules;
        _words = rules.Words.ToDictionary(p => p.Key, p => new WordList(p.Value));
        Numbers = rules.Words.TryGetValue(DraftWords.Numbers, out var numbers)
            ? numbers.Select(n => n.Split('=')).ToDictionary(n => MessageReading.FormOf(n[0]), n => n[1], StringComparer.Ordinal)
            : [];
        Suggestions = [.. rules.Patterns.Select(p => p.Suggest.Select(s => new SuggestionTemplate(s)).ToArray())];
        Known = [.. rules.Asked.Select(a => new SuggestionTemplate(a.Known))];
        RuleSuggestions = rules.Rules.ToDictionary(r => r.Key, r => r.Value.Suggest.Select(s => new SuggestionTemplate(s)).ToArray(), StringComparer.Ordinal);
        Sentences = rules.Sentences.ToDictionary(p => p.Key, p => p.Value.Select(s => new SuggestionTemplate(s)).ToArray());
        foreach (var pattern in rules.Patterns.Where(p => !rules.Rules.ContainsKey(p.Rule)))
        {
            throw new FormatException($"A pattern names the rule '{pattern.Rule}', which the file does not describe under 'rules'.");
        }

        if (examples?.Rules.Keys.FirstOrDefault(r => !rules.Rules.ContainsKey(r)) is { } unknown)
        {
            throw new FormatException($"An example names the rule '{unknown}', which the file of the rules does not describe.");
        }

        Effects = effects is null ? null : new DraftEffectEstimator(effects);
        Examples = examples is null ? null : new ExampleJudge(examples, OwnSentences(), Words(DraftWords.Topics));
        var builder = new PhraseAutomaton.Builder();
        foreach (var (name, entries) in rules.Lists)
        {
            builder.AddLexicon(name, entries);
        }

        Add(builder, new Part(PartKind.Negator, 0), rules.Negators);
        foreach (var (role, phrases) in rules.Roles.Where(r => !CustomerRoles.Contains(r.Key)))
        {
            Add(builder, new Part(PartKind.Role, (int)role), phrases);
        }

        for (var i = 0; i < rules.Asked.Count; i++)
        {
            Add(builder, new Part(PartKind.Asked, i), rules.Asked[i].Phrases);
        }

        for (var i = 0; i < rules.Patterns.Count; i++)
        {
            var pattern = rules.Patterns[i];
            try
            {
                Add(builder, new Part(PartKind.Pattern, i), pattern.Phrases);
                Add(builder, new Part(PartKind.Unless, i), pattern.Unless);
                Add(builder, new Part(PartKind.UnlessAnywhere, i), pattern.UnlessAnywhere);
                Add(builder, new Part(PartKind.Requires, i), pattern.Requires);
            }
            catch (PhraseSyntaxException e)
            {
                throw new PhraseSyntaxException($"Draft rule '{pattern.Rule}': {e.Message}");
            }
        }

        _automaton = builder.Build();
        _customerAutomaton = BuildForCustomers(rules);
    }

    private enum PartKind
    {
        Negator,
        Role,
        Asked,
        Pattern,
        Unless,
        UnlessAnywhere,
        Requires,
    }

    public DraftRuleSet Set { get; }

    public IReadOnlyDictionary<string, string> Numbers { get; }

    public IReadOnlyList<SuggestionTemplate[]> Suggestions { get; }

    /// <summary>What estimates the effect on the tension, or nothing where no weights are given.</summary>
    public DraftEffectEstimator? Effects { get; }

    /// <summary>What learns from examples, or nothing where there are none.</summary>
    public ExampleJudge? Examples { get; }

    /// <summary>What may take the place of a whole sentence that breaks a rule, by the rule.</summary>
    public IReadOnlyDictionary<string, SuggestionTemplate[]> RuleSuggestions { get; }

    public IReadOnlyList<SuggestionTemplate> Known { get; }

    public IReadOnlyDictionary<DraftSentence, SuggestionTemplate[]> Sentences { get; }

    public WordList Words(DraftWords role) => _words.GetValueOrDefault(role, WordList.Empty);

    public Matches Find(MessageReading reading) => new(this, reading);

    /// <summary>Where customers say what the review has to know: a name (its phrase stands before it), how long something has taken, a doubt.</summary>
    public IEnumerable<(DraftRole Role, WordRange Words)> FindInCustomer(MessageReading reading) =>
        _customerAutomaton.Find(reading).Select(m => ((DraftRole)m.Phrase, new WordRange(m.FirstWord, m.LastWord)));

    /// <summary>Every sentence that a suggestion or a rewrite may put into a draft, in each form of address.</summary>
    public IEnumerable<string> OwnSentences() =>
        from templates in Suggestions.Concat(RuleSuggestions.Values).Concat(Sentences.Values).Append([.. Known])
        from template in templates
        from address in Enum.GetValues<AddressForm>()
        let filled = template.Fill(address, slot => slot is "self" or "rest" ? null : "8")
        where filled is { Length: > 0 }
        select filled;

    // A conversation's messages are read again at every review: the few roles that matter there have a small automaton.
    private static PhraseAutomaton BuildForCustomers(DraftRuleSet rules)
    {
        var builder = new PhraseAutomaton.Builder();
        foreach (var (name, entries) in rules.Lists)
        {
            builder.AddLexicon(name, entries);
        }

        foreach (var role in CustomerRoles)
        {
            foreach (var phrase in rules.Roles.GetValueOrDefault(role, []))
            {
                builder.AddPhrase((int)role, phrase);
            }
        }

        return builder.Build();
    }

    private void Add(PhraseAutomaton.Builder builder, Part part, IReadOnlyList<string> phrases)
    {
        if (phrases.Count == 0)
        {
            return;
        }

        foreach (var phrase in phrases)
        {
            builder.AddPhrase(_parts.Count, phrase);
        }

        _parts.Add(part);
    }

    private readonly record struct Part(PartKind Kind, int Index);

    /// <summary>Where the phrases of the rules stand in one text.</summary>
    internal sealed class Matches
    {
        private static readonly List<WordRange> None = [];

        private readonly CompiledDraftRules _rules;
        private readonly MessageReading _reading;
        private readonly Dictionary<Part, List<WordRange>> _byPart = [];

        public Matches(CompiledDraftRules rules, MessageReading reading)
        {
            _rules = rules;
            _reading = reading;
            foreach (var match in rules._automaton.Find(reading))
            {
                var part = rules._parts[match.Phrase];
                if (!_byPart.TryGetValue(part, out var ranges))
                {
                    _byPart[part] = ranges = [];
                }

                ranges.Add(new WordRange(match.FirstWord, match.LastWord));
            }
        }

        public List<WordRange> Of(DraftRole role) => _byPart.GetValueOrDefault(new Part(PartKind.Role, (int)role), None);

        public List<WordRange> Asked(int index) => _byPart.GetValueOrDefault(new Part(PartKind.Asked, index), None);

        public bool Any(DraftRole role) => Of(role).Count > 0;

        /// <summary>Whether a role stands in the text without being negated.</summary>
        public bool Affirmed(DraftRole role) => Of(role).Exists(r => !IsNegated(r));

        public bool AnyIn(DraftRole role, int first, int last) => Of(role).Exists(r => r.First >= first && r.Last <= last);

        public bool AffirmedIn(DraftRole role, int first, int last) => Of(role).Exists(r => r.First >= first && r.Last <= last && !IsNegated(r));

        /// <summary>The places where a pattern holds, conditions on the sentence and the whole draft included; longest first where they overlap.</summary>
        public IEnumerable<WordRange> OfPattern(int index)
        {
            if (!_byPart.TryGetValue(new Part(PartKind.Pattern, index), out var found))
            {
                yield break;
            }

            var pattern = _rules.Set.Patterns[index];
            if (_byPart.ContainsKey(new Part(PartKind.UnlessAnywhere, index))
                || (pattern.Requires.Count > 0 && !_byPart.ContainsKey(new Part(PartKind.Requires, index))))
            {
                yield break;
            }

            var vetoes = _byPart.GetValueOrDefault(new Part(PartKind.Unless, index), None);
            var taken = new List<WordRange>();
            foreach (var match in found.OrderByDescending(m => m.Last - m.First).ThenBy(m => m.First))
            {
                var sentence = _reading.Words[match.First].Sentence;
                if (_reading.Words[match.First].IsQuoted
                    || vetoes.Exists(v => _reading.Words[v.First].Sentence == sentence)
                    || (pattern.UnlessQuestion && _reading.AsksQuestion[sentence])
                    || (pattern.UnlessNegated && IsNegated(match))
                    || taken.Exists(t => t.First <= match.Last && match.First <= t.Last))
                {
                    continue;
                }

                taken.Add(match);
                yield return match;
            }
        }

        /// <summary>The rules and sentences where a phrase, or a negation, takes the matches of the rule back: then likeness to examples misleads, too.</summary>
        public HashSet<(string Rule, int Sentence)> Excused()
        {
            var excused = new HashSet<(string Rule, int Sentence)>();
            foreach (var (part, ranges) in _byPart)
            {
                if (part.Kind == PartKind.Unless)
                {
                    excused.UnionWith(ranges.Select(r => (_rules.Set.Patterns[part.Index].Rule, _reading.Words[r.First].Sentence)));
                }
                else if (part.Kind == PartKind.Pattern && _rules.Set.Patterns[part.Index].UnlessNegated)
                {
                    excused.UnionWith(ranges.Where(IsNegated).Select(r => (_rules.Set.Patterns[part.Index].Rule, _reading.Words[r.First].Sentence)));
                }
            }

            return excused;
        }

        /// <summary>Whether a negation stands anywhere among the words.</summary>
        public bool HasNegator(WordRange words) =>
            _byPart.GetValueOrDefault(new Part(PartKind.Negator, 0), None).Exists(n => n.First >= words.First && n.Last <= words.Last);

        /// <summary>Whether a negation stands in front of the words, in their clause.</summary>
        public bool IsNegated(WordRange match)
        {
            foreach (var negator in _byPart.GetValueOrDefault(new Part(PartKind.Negator, 0), None))
            {
                var distance = match.First - negator.Last;
                if (distance is >= 1 and <= NegationReachWords
                    && _reading.Words[negator.Last].Clause == _reading.Words[match.First].Clause
                    && _reading.Words[negator.Last].Sentence == _reading.Words[match.First].Sentence
                    && !AnyIn(DraftRole.Adversative, negator.Last + 1, match.First - 1))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
