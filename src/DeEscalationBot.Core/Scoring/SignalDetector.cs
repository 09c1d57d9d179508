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
    /// <summary>The types that were said outright, each once: a model's words need not agree.</summary>
    public IReadOnlyList<SignalType> Outright { get; init; } = [];

    /// <summary>The types that phrases found only where they are negated or quoted, each once: "you are not stupid", "she called me 'moron'". Rules that merely hint deny nothing.</summary>
    public IReadOnlyList<SignalType> Denied { get; init; } = [];

    /// <summary>Where rules that deny (<see cref="SignalRule.Denies"/>) say of a type that no phrase finds elsewhere that it is not so, ordered by type and place; two of a type do not overlap.</summary>
    public IReadOnlyList<Denial> Denials { get; init; } = [];

    /// <summary>Whether a rule denies a type that no phrase finds elsewhere.</summary>
    /// <param name="type">The type looked for.</param>
    public bool Denies(SignalType type)
    {
        for (var i = 0; i < Denials.Count; i++)
        {
            if (Denials[i].Type == type)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The signal of a type, or nothing.</summary>
    /// <param name="type">The type looked for.</param>
    public Signal? Find(SignalType type)
    {
        for (var i = 0; i < Signals.Count; i++)
        {
            if (Signals[i].Type == type)
            {
                return Signals[i];
            }
        }

        return null;
    }

    /// <summary>The confidence of a type, 0 when it is absent.</summary>
    /// <param name="type">The type looked for.</param>
    public double ConfidenceOf(SignalType type) => Find(type)?.Confidence.Value ?? 0;
}

/// <summary>Words that say of a signal that it is not so.</summary>
/// <param name="Type">What is denied.</param>
/// <param name="Evidence">The words.</param>
public sealed record Denial(SignalType Type, EvidenceSpan Evidence);

/// <summary>A tone rule that matched.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Weight">What it adds to the heat, in log-odds.</param>
/// <param name="Evidence">The words.</param>
public sealed record ToneMatch(string Rule, double Weight, EvidenceSpan Evidence);

/// <summary>Finds the signals of a customer's message by the rules of the playbook, with the exact words.</summary>
/// <remarks>
/// Deterministic, linear in the length of the message, safe for concurrent use. Negation, quotation and address are decided
/// here, so that the people who write rules need not. A message of mixed or undetermined language is read by both rule sets,
/// any message by those of both for what is grave and said outright.
/// </remarks>
public sealed class SignalDetector
{
    private readonly CompiledRules _spanish;
    private readonly CompiledRules _english;
    private readonly CompiledRules _graveInSpanish;
    private readonly CompiledRules _graveInEnglish;

    /// <summary>Compiles the rules.</summary>
    /// <param name="spanish">The rules for Spanish.</param>
    /// <param name="english">The rules for English.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood, or a rule denies what it must not; the message names the rule.</exception>
    public SignalDetector(SignalRuleSet spanish, SignalRuleSet english)
    {
        ArgumentNullException.ThrowIfNull(spanish);
        ArgumentNullException.ThrowIfNull(english);
        _spanish = new CompiledRules(spanish);
        _english = new CompiledRules(english);
        _graveInSpanish = new CompiledRules(GraveOutright(spanish));
        _graveInEnglish = new CompiledRules(GraveOutright(english));
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
        var hits = new Hits(reading);
        var matches = new PooledList<PhraseMatch>(64);
        try
        {
            var spanish = both || language == MessageLanguage.Spanish ? _spanish : _graveInSpanish;
            var english = both || language == MessageLanguage.English ? _english : _graveInEnglish;
            spanish.Collect(reading, ref matches, ref hits);
            english.Collect(reading, ref matches, ref hits);
            if (cues.ShoutingConfidence > 0)
            {
                for (var i = 0; i < cues.Evidence.Count; i++)
                {
                    hits.Add(SignalType.Shouting, "shouting-cues", cues.ShoutingConfidence, cues.Evidence[i].Start, cues.Evidence[i].Length);
                }
            }

            var signals = hits.Signals();
            return new SignalFindings(language, signals, hits.Tone, cues)
            {
                Outright = hits.Outright,
                Denied = hits.DeniedBeside(signals) ?? (IReadOnlyList<SignalType>)[],
                Denials = hits.DenialsBeside(signals) ?? (IReadOnlyList<Denial>)[],
            };
        }
        finally
        {
            matches.Dispose();
            hits.Dispose();
        }
    }

    // People swear and threaten in the language that is theirs, in the middle of the other, and a few words do not make a message a mixed one.
    private static SignalRuleSet GraveOutright(SignalRuleSet rules) =>
        rules with { Rules = [.. rules.Rules.Where(r => r.Outright && r.Type.IsGrave())], Tone = [] };

    /// <summary>What the rules matched in one message, until it is made into signals.</summary>
    /// <remarks>One word cannot say the same thing twice: of rules that match on overlapping words only the surest counts.</remarks>
    private ref struct Hits(MessageReading reading)
    {
        // Each is compared with those before it: a wall of the same word or pictograph must not take quadratic time.
        private const int MostSpans = 100;

        private readonly string _text = reading.Text;
        private readonly ReadOnlySpan<Word> _words = reading.WordSpan;
        private PooledList<Hit> _hits = new(32);
        private List<ToneMatch>? _tone;
        private List<SignalType>? _outright;
        private List<SignalType>? _denied;
        private List<Denial>? _denials;

        public readonly IReadOnlyList<ToneMatch> Tone => _tone is null ? [] : _tone;

        public readonly IReadOnlyList<SignalType> Outright => _outright is null ? [] : _outright;

        public void Add(SignalRule rule, PhraseMatch match)
        {
            var start = _words[match.FirstWord].Start;
            var length = _words[match.LastWord].End - start;
            if (rule.Denies)
            {
                (_denials ??= []).Add(new Denial(rule.Type, EvidenceSpan.Of(_text, start, length)));
                return;
            }

            _hits.Add(new Hit(rule.Type, rule.Id, rule.Confidence, start, length, _hits.Count) { IsOutright = rule.Outright });
        }

        public void AddDenied(SignalType type)
        {
            if (_denied is null || !_denied.Contains(type))
            {
                (_denied ??= []).Add(type);
            }
        }

        // What is denied in one place may be meant in another.
        public readonly List<SignalType>? DeniedBeside(Signal[] signals)
        {
            _denied?.RemoveAll(d => Array.Exists(signals, s => s.Type == d));
            return _denied;
        }

        public readonly List<Denial>? DenialsBeside(Signal[] signals)
        {
            _denials?.RemoveAll(d => Array.Exists(signals, s => s.Type == d.Type));
            return _denials;
        }

        public void Add(SignalType type, string rule, double confidence, int start, int length) =>
            _hits.Add(new Hit(type, rule, confidence, start, length, _hits.Count));

        public void Add(ToneRule rule, PhraseMatch match)
        {
            var start = _words[match.FirstWord].Start;
            var end = _words[match.LastWord].End;
            _tone ??= [];
            if (_tone.Count == MostSpans)
            {
                return;
            }

            foreach (var tone in _tone)
            {
                if (tone.Rule == rule.Id && tone.Evidence.Start < end && start < tone.Evidence.End)
                {
                    return;
                }
            }

            _tone.Add(new ToneMatch(rule.Id, rule.Weight, EvidenceSpan.Of(_text, start, end - start)));
        }

        public Signal[] Signals()
        {
            TakeBackDenied();
            var hits = _hits.Items;
            if (hits.IsEmpty)
            {
                return [];
            }

            hits.Sort(static (a, b) => Hit.Compare(a, b));
            var signals = new Signal[CountTypes(hits)];
            var from = 0;
            for (var i = 0; i < signals.Length; i++)
            {
                var to = from;
                while (to < hits.Length && hits[to].Type == hits[from].Type)
                {
                    to++;
                }

                signals[i] = Combine(hits[from..to]);
                from = to;
            }

            // They stand in the order of their types, which decides between equals.
            Array.Sort(signals, static (a, b) =>
                a.Confidence.Value != b.Confidence.Value ? b.Confidence.Value.CompareTo(a.Confidence.Value) : a.Type.CompareTo(b.Type));
            return signals;
        }

        public void Dispose() => _hits.Dispose();

        // What stands wholly inside a denial is not meant.
        private void TakeBackDenied()
        {
            if (_denials is not null)
            {
                MergeDenials(_denials);
                var kept = 0;
                foreach (var hit in _hits.Items)
                {
                    if (!IsInside(_denials, hit))
                    {
                        _hits.Items[kept++] = hit;
                    }
                }

                _hits.Truncate(kept);
            }

            foreach (ref readonly var hit in _hits.Items)
            {
                if (hit.IsOutright && (_outright is null || !_outright.Contains(hit.Type)))
                {
                    (_outright ??= []).Add(hit.Type);
                }
            }
        }

        // Leaves them ordered by type and place, so that those of a type can be searched; a wall of denials must not take quadratic time.
        private readonly void MergeDenials(List<Denial> denials)
        {
            denials.Sort(static (a, b) => a.Type != b.Type ? a.Type.CompareTo(b.Type) : a.Evidence.Start.CompareTo(b.Evidence.Start));
            var last = 0;
            for (var i = 1; i < denials.Count; i++)
            {
                var (type, evidence) = denials[i];
                var before = denials[last];
                if (type != before.Type || evidence.Start >= before.Evidence.End)
                {
                    denials[++last] = denials[i];
                }
                else if (evidence.End > before.Evidence.End)
                {
                    denials[last] = new Denial(type, EvidenceSpan.Of(_text, before.Evidence.Start, evidence.End - before.Evidence.Start));
                }
            }

            denials.RemoveRange(last + 1, denials.Count - last - 1);
        }

        private static bool IsInside(List<Denial> denials, in Hit hit)
        {
            var low = 0;
            var high = denials.Count - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var (type, evidence) = denials[middle];
                if (type == hit.Type && evidence.Start <= hit.Start && hit.Start < evidence.End)
                {
                    return hit.End <= evidence.End;
                }

                if (type < hit.Type || (type == hit.Type && evidence.Start < hit.Start))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return false;
        }

        private static int CountTypes(ReadOnlySpan<Hit> hits)
        {
            var types = 1;
            for (var i = 1; i < hits.Length; i++)
            {
                types += hits[i].Type != hits[i - 1].Type ? 1 : 0;
            }

            return types;
        }

        // Takes the hits of one type, surest first; those that count are moved to the front.
        private readonly Signal Combine(Span<Hit> hits)
        {
            var counted = 0;
            var missed = 1.0;
            foreach (var hit in hits)
            {
                if (counted == MostSpans)
                {
                    break;
                }

                var (overlaps, ruleCounted) = Compare(hit, hits[..counted]);
                if (overlaps)
                {
                    continue;
                }

                missed *= ruleCounted ? 1 : 1 - hit.Confidence;
                hits[counted++] = hit;
            }

            var evidence = new EvidenceSpan[counted];
            for (var i = 0; i < counted; i++)
            {
                evidence[i] = EvidenceSpan.Of(_text, hits[i].Start, hits[i].Length);
            }

            return new Signal(hits[0].Type, Probability.Clamp(Math.Min(1 - missed, 0.99)), evidence);
        }

        private static (bool Overlaps, bool RuleCounted) Compare(Hit hit, ReadOnlySpan<Hit> counted)
        {
            var ruleCounted = false;
            foreach (ref readonly var other in counted)
            {
                if (other.Start < hit.End && hit.Start < other.End)
                {
                    return (true, ruleCounted);
                }

                ruleCounted |= other.Rule == hit.Rule;
            }

            return (false, ruleCounted);
        }
    }

    private readonly record struct Hit(SignalType Type, string Rule, double Confidence, int Start, int Length, int Order)
    {
        public int End => Start + Length;

        public bool IsOutright { get; init; }

        // By type; then the surest, longest, first; the order of the rules decides between equals.
        public static int Compare(in Hit a, in Hit b) =>
            a.Type != b.Type ? a.Type.CompareTo(b.Type)
            : a.Confidence != b.Confidence ? b.Confidence.CompareTo(a.Confidence)
            : a.Length != b.Length ? b.Length.CompareTo(a.Length)
            : a.Start != b.Start ? a.Start.CompareTo(b.Start)
            : a.Order.CompareTo(b.Order);
    }

    private sealed class CompiledRules
    {
        private const int Negator = 0;
        private const int NotNegator = 1;
        private const int NegationEnd = 2;
        private const int ClauseStart = 3;
        private const int ClauseLink = 4;
        private const int Addressing = 5;
        private const int FirstRule = 6;

        private readonly SignalRuleSet _rules;
        private readonly PhraseAutomaton _automaton;
        private readonly List<Part> _parts = [];

        public CompiledRules(SignalRuleSet rules)
        {
            _rules = rules;
            var builder = new PhraseAutomaton.Builder();
            foreach (var (name, entries) in rules.Lexicon.Lists)
            {
                builder.AddLexicon(name, entries, rules.Lexicon.MaskedLists.Contains(name));
            }

            foreach (var (written, meant) in rules.Lexicon.Aliases)
            {
                builder.AddAlias(written, meant);
            }

            AddAll(builder, Negator, rules.Lexicon.Negators);
            AddAll(builder, NotNegator, rules.Lexicon.NotNegators);
            AddAll(builder, NegationEnd, rules.Lexicon.NegationEnds);
            AddAll(builder, ClauseStart, rules.Lexicon.ClauseStarts);
            AddAll(builder, ClauseLink, rules.Lexicon.ClauseLinks);
            AddAll(builder, Addressing, rules.Lexicon.Addressing);
            for (var i = 0; i < rules.Rules.Count; i++)
            {
                var rule = rules.Rules[i];
                Check(rule);
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

        public void Collect(MessageReading reading, ref PooledList<PhraseMatch> found, ref Hits hits)
        {
            found.Clear();
            _automaton.Find(reading, ref found);
            var matches = (ReadOnlySpan<PhraseMatch>)found.Items;
            var i = 0;
            while (i < matches.Length && matches[i].Phrase < FirstRule)
            {
                i++;
            }

            if (i == matches.Length)
            {
                return;
            }

            var scope = new Scope(reading, _rules.Lexicon, matches[..i]);
            try
            {
                while (i < matches.Length)
                {
                    // The parts of one rule are numbered together and the matches are ordered by number.
                    var part = PartOf(matches[i]);
                    var end = i + 1;
                    while (end < matches.Length && PartOf(matches[end]) is var other && other.Rule == part.Rule && other.IsTone == part.IsTone)
                    {
                        end++;
                    }

                    CollectRule(part, matches[i..end], reading.WordSpan, scope, ref hits);
                    i = end;
                }
            }
            finally
            {
                scope.Dispose();
            }
        }

        private Part PartOf(PhraseMatch match) => _parts[match.Phrase - FirstRule];

        private void CollectRule(Part part, ReadOnlySpan<PhraseMatch> matches, ReadOnlySpan<Word> words, in Scope scope, ref Hits hits)
        {
            var stands = CountOf(PartKind.Match, matches);
            var required = part.IsTone || _rules.Rules[part.Rule].Requires.Count == 0;
            foreach (var match in matches[stands..])
            {
                var kind = PartOf(match).Kind;
                if (kind == PartKind.UnlessAnywhere)
                {
                    return;
                }

                required |= kind == PartKind.Requires;
            }

            if (!required || stands == 0)
            {
                return;
            }

            // What stands and what takes it back are both ordered by place: one walk finds the sentences that they share.
            var vetoes = matches[stands..];
            vetoes = vetoes[..CountOf(PartKind.Unless, vetoes)];
            foreach (var match in matches[..stands])
            {
                var sentence = words[match.FirstWord].Sentence;
                while (vetoes.Length > 0 && words[vetoes[0].FirstWord].Sentence < sentence)
                {
                    vetoes = vetoes[1..];
                }

                var vetoed = vetoes.Length > 0 && words[vetoes[0].FirstWord].Sentence == sentence;
                if (!vetoed && part.IsTone)
                {
                    CollectTone(_rules.Tone[part.Rule], match, scope, ref hits);
                }
                else if (!vetoed)
                {
                    CollectSignal(_rules.Rules[part.Rule], match, words, scope, ref hits);
                }
            }
        }

        // The parts of a rule are numbered in the order of their kinds.
        private int CountOf(PartKind kind, ReadOnlySpan<PhraseMatch> matches)
        {
            var count = 0;
            while (count < matches.Length && PartOf(matches[count]).Kind == kind)
            {
                count++;
            }

            return count;
        }

        private static void CollectTone(ToneRule rule, PhraseMatch match, in Scope scope, ref Hits hits)
        {
            if (rule.Negated == ScopeTreatment.Count || !scope.IsNegated(match))
            {
                hits.Add(rule, match);
            }
        }

        private static void CollectSignal(SignalRule rule, PhraseMatch match, ReadOnlySpan<Word> words, in Scope scope, ref Hits hits)
        {
            if (rule.Addressed && !scope.IsAddressed(match))
            {
                return;
            }

            if ((rule.Negated == ScopeTreatment.Skip && scope.IsNegated(match)) || (rule.Quoted == ScopeTreatment.Skip && words[match.FirstWord].IsQuoted))
            {
                if (rule.Confidence >= LevelPolicy.Given && !rule.Denies)
                {
                    hits.AddDenied(rule.Type);
                }

                return;
            }

            hits.Add(rule, match);
        }

        private static void Check(SignalRule rule)
        {
            if (rule.Denies && rule.Outright)
            {
                throw new PhraseSyntaxException($"Signal rule '{rule.Id}': a rule that denies gives no signal of its own, so it cannot be 'outright'. Leave one of the two out.");
            }

            if (rule.Denies && rule.Type.IsGrave() && rule.Type != SignalType.Abuse)
            {
                throw new PhraseSyntaxException($"Signal rule '{rule.Id}': of what is grave only abuse may be denied, never {rule.Type}. Use 'unless' in the rules that find too much.");
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

        private readonly record struct Part(int Rule, PartKind Kind, bool IsTone);

        /// <summary>Answers for one message what negates what, and which sentences speak to us.</summary>
        private ref struct Scope
        {
            private const int NoEnd = int.MaxValue;

            private readonly ReadOnlySpan<Word> _words;
            private readonly int _reach;

            // The words that a negator ends on; the sentences that speak to us.
            private BitSet _negating;
            private BitSet _addressed;

            // For each word the last word of what ends a negation from there, if something does. Empty when nothing negates.
            private PooledList<int> _ends = new(1);

            /// <param name="reading">The message.</param>
            /// <param name="lexicon">How far negations reach.</param>
            /// <param name="matches">What is no rule, ordered by number and place.</param>
            public Scope(MessageReading reading, LanguageLexicon lexicon, ReadOnlySpan<PhraseMatch> matches)
            {
                _words = reading.WordSpan;
                _reach = lexicon.NegationReachWords;
                _negating = new BitSet(_words.Length);
                _addressed = new BitSet(reading.SentenceCount);
                foreach (var match in Of(Addressing, matches))
                {
                    _addressed.Add(_words[match.FirstWord].Sentence);
                }

                if (MarkNegators(Of(Negator, matches), Of(NotNegator, matches)))
                {
                    MarkEnds(Of(NegationEnd, matches));
                    MarkStarts(Of(ClauseStart, matches), Of(ClauseLink, matches));
                }
            }

            public readonly bool IsAddressed(PhraseMatch match) => _addressed.Contains(_words[match.FirstWord].Sentence);

            public readonly bool IsNegated(PhraseMatch match)
            {
                if (_ends.Count == 0)
                {
                    return false;
                }

                var clause = _words[match.FirstWord].Clause;
                var furthest = Math.Max(0, match.FirstWord - _reach);
                for (var i = match.FirstWord - 1; i >= furthest && _words[i].Clause == clause; i--)
                {
                    if (_negating.Contains(i))
                    {
                        return true;
                    }

                    // A negation further back would have to reach over this.
                    if (_ends.Items[i] < match.FirstWord)
                    {
                        return false;
                    }
                }

                return false;
            }

            public void Dispose()
            {
                _negating.Dispose();
                _addressed.Dispose();
                _ends.Dispose();
            }

            private static ReadOnlySpan<PhraseMatch> Of(int phrase, ReadOnlySpan<PhraseMatch> matches)
            {
                var from = 0;
                while (from < matches.Length && matches[from].Phrase != phrase)
                {
                    from++;
                }

                var to = from;
                while (to < matches.Length && matches[to].Phrase == phrase)
                {
                    to++;
                }

                return matches[from..to];
            }

            private readonly bool MarkNegators(ReadOnlySpan<PhraseMatch> negators, ReadOnlySpan<PhraseMatch> exempt)
            {
                var any = false;
                var exemptUntil = -1;
                foreach (var negator in negators)
                {
                    while (exempt.Length > 0 && exempt[0].FirstWord <= negator.FirstWord)
                    {
                        exemptUntil = Math.Max(exemptUntil, exempt[0].LastWord);
                        exempt = exempt[1..];
                    }

                    if (negator.LastWord > exemptUntil)
                    {
                        _negating.Add(negator.LastWord);
                        any = true;
                    }
                }

                return any;
            }

            private void MarkEnds(ReadOnlySpan<PhraseMatch> ends)
            {
                for (var i = 0; i < _words.Length; i++)
                {
                    _ends.Add(NoEnd);
                }

                foreach (var end in ends)
                {
                    _ends.Items[end.FirstWord] = end.LastWord;
                }
            }

            // People leave commas out: "nobody answers i will kill you" denies nothing. The word before such a start ends the negation.
            private readonly void MarkStarts(ReadOnlySpan<PhraseMatch> starts, ReadOnlySpan<PhraseMatch> links)
            {
                foreach (var start in starts)
                {
                    var before = start.FirstWord - 1;
                    if (before >= 0 && !_negating.Contains(before) && !EndsAt(before, links))
                    {
                        _ends.Items[before] = before;
                    }
                }
            }

            private static bool EndsAt(int word, ReadOnlySpan<PhraseMatch> matches)
            {
                foreach (var match in matches)
                {
                    if (match.LastWord == word)
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}
