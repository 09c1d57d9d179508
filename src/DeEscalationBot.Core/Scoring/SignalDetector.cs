using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Scoring;

/// <summary>What the rules of the playbook found in one message.</summary>
/// <param name="Language">The language that it was read in.</param>
/// <param name="Signals">At most one per type, surest first.</param>
/// <param name="Tone">The tone rules that matched, each with the words.</param>
/// <param name="Cues">How the message looks.</param>
public sealed record SignalFindings(MessageLanguage Language, IReadOnlyList<Signal> Signals, IReadOnlyList<ToneMatch> Tone, SurfaceCues Cues)
{
    /// <summary>The signal of a type, or nothing.</summary>
    /// <param name="type">The type looked for.</param>
    public Signal? Find(SignalType type) => Signals.FirstOrDefault(s => s.Type == type);

    /// <summary>The confidence of a type, 0 when it is absent.</summary>
    /// <param name="type">The type looked for.</param>
    public double ConfidenceOf(SignalType type) => Find(type)?.Confidence.Value ?? 0;
}

/// <summary>A tone rule that matched.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Weight">What it adds to the heat, in log-odds.</param>
/// <param name="Evidence">The words.</param>
public sealed record ToneMatch(string Rule, double Weight, EvidenceSpan Evidence);

/// <summary>Finds the signals of a customer's message by the rules of the playbook, with the exact words.</summary>
/// <remarks>
/// Deterministic, linear in the length of the message, safe for concurrent use. Negation, quotation and address are decided
/// here, so that the people who write rules need not. A message of mixed or undetermined language is read by both rule sets.
/// </remarks>
public sealed class SignalDetector
{
    private readonly CompiledRules _spanish;
    private readonly CompiledRules _english;

    /// <summary>Compiles the rules.</summary>
    /// <param name="spanish">The rules for Spanish.</param>
    /// <param name="english">The rules for English.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood; the message names the rule.</exception>
    public SignalDetector(SignalRuleSet spanish, SignalRuleSet english)
    {
        ArgumentNullException.ThrowIfNull(spanish);
        ArgumentNullException.ThrowIfNull(english);
        _spanish = new CompiledRules(spanish);
        _english = new CompiledRules(english);
    }

    /// <summary>Reads one message.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="hint">Wins over detection; undetermined for none.</param>
    /// <param name="fallback">Assumed when the message is too short to tell.</param>
    public SignalFindings Detect(
        MessageReading reading,
        MessageLanguage hint = MessageLanguage.Undetermined,
        MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var detected = LanguageDetector.Detect(reading);
        var language = hint != MessageLanguage.Undetermined ? hint
            : detected.Language != MessageLanguage.Undetermined ? detected.Language
            : fallback;
        var both = language == MessageLanguage.Undetermined || detected.IsMixed || (hint != MessageLanguage.Undetermined && detected.Language != hint);
        var cues = SurfaceCues.Of(reading);
        var hits = new Hits();
        if (both || language == MessageLanguage.Spanish)
        {
            _spanish.Collect(reading, hits);
        }

        if (both || language == MessageLanguage.English)
        {
            _english.Collect(reading, hits);
        }

        if (cues.ShoutingConfidence > 0 && cues.Evidence.Count > 0)
        {
            foreach (var span in cues.Evidence)
            {
                hits.Add(SignalType.Shouting, "shouting-cues", cues.ShoutingConfidence, span);
            }
        }

        return new SignalFindings(language, hits.Signals(), hits.Tone, cues);
    }

    // One word cannot say the same thing twice: of rules that match on overlapping words only the surest counts.
    private sealed class Hits
    {
        // Each is compared with those before it: a wall of the same word or pictograph must not take quadratic time.
        private const int MostSpans = 100;

        private readonly Dictionary<SignalType, List<(string Rule, double Confidence, EvidenceSpan Evidence)>> _byType = [];

        public List<ToneMatch> Tone { get; } = [];

        public void Add(SignalType type, string rule, double confidence, EvidenceSpan evidence)
        {
            if (!_byType.TryGetValue(type, out var hits))
            {
                _byType[type] = hits = [];
            }

            hits.Add((rule, confidence, evidence));
        }

        public void AddTone(string rule, double weight, EvidenceSpan evidence)
        {
            if (Tone.Count < MostSpans && !Tone.Exists(t => t.Rule == rule && t.Evidence.Start < evidence.End && evidence.Start < t.Evidence.End))
            {
                Tone.Add(new ToneMatch(rule, weight, evidence));
            }
        }

        public IReadOnlyList<Signal> Signals() =>
            [.. _byType.Select(entry => Combine(entry.Key, entry.Value)).OrderByDescending(s => s.Confidence.Value).ThenBy(s => s.Type)];

        private static Signal Combine(SignalType type, List<(string Rule, double Confidence, EvidenceSpan Evidence)> hits)
        {
            var evidence = new List<EvidenceSpan>();
            var rules = new HashSet<string>(StringComparer.Ordinal);
            var missed = 1.0;
            foreach (var hit in hits.OrderByDescending(h => h.Confidence).ThenByDescending(h => h.Evidence.Length).ThenBy(h => h.Evidence.Start))
            {
                if (evidence.Count == MostSpans)
                {
                    break;
                }

                if (evidence.Exists(e => e.Start < hit.Evidence.End && hit.Evidence.Start < e.End))
                {
                    continue;
                }

                evidence.Add(hit.Evidence);
                if (rules.Add(hit.Rule))
                {
                    missed *= 1 - hit.Confidence;
                }
            }

            return new Signal(type, Probability.Clamp(Math.Min(1 - missed, 0.99)), evidence);
        }
    }

    private sealed class CompiledRules
    {
        private const int Negator = 0;
        private const int NotNegator = 1;
        private const int NegationEnd = 2;
        private const int Addressing = 3;
        private const int FirstRule = 4;

        private readonly SignalRuleSet _rules;
        private readonly PhraseAutomaton _automaton;
        private readonly List<Part> _parts = [];

        public CompiledRules(SignalRuleSet rules)
        {
            _rules = rules;
            var builder = new PhraseAutomaton.Builder();
            foreach (var (name, entries) in rules.Lexicon.Lists)
            {
                builder.AddLexicon(name, entries);
            }

            foreach (var (written, meant) in rules.Lexicon.Aliases)
            {
                builder.AddAlias(written, meant);
            }

            AddAll(builder, Negator, rules.Lexicon.Negators);
            AddAll(builder, NotNegator, rules.Lexicon.NotNegators);
            AddAll(builder, NegationEnd, rules.Lexicon.NegationEnds);
            AddAll(builder, Addressing, rules.Lexicon.Addressing);
            for (var i = 0; i < rules.Rules.Count; i++)
            {
                var rule = rules.Rules[i];
                try
                {
                    AddPart(builder, new Part(i, PartKind.Match, IsTone: false), rule.Phrases);
                    AddPart(builder, new Part(i, PartKind.Unless, IsTone: false), rule.Unless);
                    AddPart(builder, new Part(i, PartKind.UnlessAnywhere, IsTone: false), rule.UnlessAnywhere);
                    AddPart(builder, new Part(i, PartKind.Requires, IsTone: false), rule.Requires);
                }
                catch (PhraseSyntaxException e)
                {
                    throw new PhraseSyntaxException($"Signal rule '{rule.Id}': {e.Message}");
                }
            }

            for (var i = 0; i < rules.Tone.Count; i++)
            {
                try
                {
                    AddPart(builder, new Part(i, PartKind.Match, IsTone: true), rules.Tone[i].Phrases);
                    AddPart(builder, new Part(i, PartKind.Unless, IsTone: true), rules.Tone[i].Unless);
                }
                catch (PhraseSyntaxException e)
                {
                    throw new PhraseSyntaxException($"Tone rule '{rules.Tone[i].Id}': {e.Message}");
                }
            }

            _automaton = builder.Build();
        }

        private enum PartKind
        {
            Match,
            Unless,
            UnlessAnywhere,
            Requires,
        }

        public void Collect(MessageReading reading, Hits hits)
        {
            var matches = _automaton.Find(reading);
            if (matches.Count == 0)
            {
                return;
            }

            var scope = new Scope(reading, _rules.Lexicon, matches);
            var i = 0;
            while (i < matches.Count)
            {
                if (matches[i].Phrase < FirstRule)
                {
                    i++;
                    continue;
                }

                // The parts of one rule are numbered together and the matches are ordered by number.
                var part = _parts[matches[i].Phrase - FirstRule];
                var end = i;
                while (end < matches.Count && IsOf(matches[end], part))
                {
                    end++;
                }

                CollectRule(reading, hits, scope, part, matches, i, end);
                i = end;
            }
        }

        private bool IsOf(PhraseMatch match, Part part)
        {
            var other = _parts[match.Phrase - FirstRule];
            return other.Rule == part.Rule && other.IsTone == part.IsTone;
        }

        private void CollectRule(MessageReading reading, Hits hits, Scope scope, Part part, IReadOnlyList<PhraseMatch> matches, int from, int to)
        {
            var vetoedSentences = new HashSet<int>();
            var required = part.IsTone || _rules.Rules[part.Rule].Requires.Count == 0;
            for (var i = from; i < to; i++)
            {
                switch (_parts[matches[i].Phrase - FirstRule].Kind)
                {
                    case PartKind.Unless:
                        vetoedSentences.Add(reading.Words[matches[i].FirstWord].Sentence);
                        break;
                    case PartKind.UnlessAnywhere:
                        return;
                    case PartKind.Requires:
                        required = true;
                        break;
                    case PartKind.Match:
                        break;
                    default:
                        throw new InvalidOperationException("A part of a rule has no meaning.");
                }
            }

            if (!required)
            {
                return;
            }

            for (var i = from; i < to; i++)
            {
                var match = matches[i];
                if (_parts[match.Phrase - FirstRule].Kind != PartKind.Match || vetoedSentences.Contains(reading.Words[match.FirstWord].Sentence))
                {
                    continue;
                }

                if (part.IsTone)
                {
                    var tone = _rules.Tone[part.Rule];
                    if (tone.Negated == ScopeTreatment.Count || !scope.IsNegated(match))
                    {
                        hits.AddTone(tone.Id, tone.Weight, reading.Span(match.FirstWord, match.LastWord));
                    }

                    continue;
                }

                var rule = _rules.Rules[part.Rule];
                if ((rule.Negated == ScopeTreatment.Skip && scope.IsNegated(match))
                    || (rule.Quoted == ScopeTreatment.Skip && reading.Words[match.FirstWord].IsQuoted)
                    || (rule.Addressed && !scope.IsAddressed(match)))
                {
                    continue;
                }

                hits.Add(rule.Type, rule.Id, rule.Confidence, reading.Span(match.FirstWord, match.LastWord));
            }
        }

        private void AddPart(PhraseAutomaton.Builder builder, Part part, IReadOnlyList<string> phrases)
        {
            _parts.Add(part);
            AddAll(builder, FirstRule + _parts.Count - 1, phrases);
        }

        private static void AddAll(PhraseAutomaton.Builder builder, int number, IReadOnlyList<string> phrases)
        {
            foreach (var phrase in phrases)
            {
                builder.AddPhrase(number, phrase);
            }
        }

        private sealed record Part(int Rule, PartKind Kind, bool IsTone);

        /// <summary>Answers for one message what negates what, and which sentences speak to us.</summary>
        private sealed class Scope
        {
            private readonly MessageReading _reading;
            private readonly LanguageLexicon _lexicon;
            private readonly List<PhraseMatch> _negators = [];
            private readonly List<PhraseMatch> _ends = [];
            private readonly HashSet<int> _addressedSentences = [];

            public Scope(MessageReading reading, LanguageLexicon lexicon, IReadOnlyList<PhraseMatch> matches)
            {
                _reading = reading;
                _lexicon = lexicon;
                var exempt = matches.Where(m => m.Phrase == NotNegator).ToArray();
                foreach (var match in matches.TakeWhile(m => m.Phrase < FirstRule))
                {
                    switch (match.Phrase)
                    {
                        case Negator when !Array.Exists(exempt, e => e.FirstWord <= match.FirstWord && match.LastWord <= e.LastWord):
                            _negators.Add(match);
                            break;
                        case NegationEnd:
                            _ends.Add(match);
                            break;
                        case Addressing:
                            _addressedSentences.Add(reading.Words[match.FirstWord].Sentence);
                            break;
                        default:
                            break;
                    }
                }
            }

            public bool IsAddressed(PhraseMatch match) => _addressedSentences.Contains(_reading.Words[match.FirstWord].Sentence);

            public bool IsNegated(PhraseMatch match)
            {
                foreach (var negator in _negators)
                {
                    var distance = match.FirstWord - negator.LastWord;
                    if (distance >= 1 && distance <= _lexicon.NegationReachWords
                        && _reading.Words[negator.LastWord].Clause == _reading.Words[match.FirstWord].Clause
                        && !_ends.Exists(e => e.FirstWord > negator.LastWord && e.LastWord < match.FirstWord))
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}
