using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>One draft read by the rules of one language.</summary>
internal sealed class DraftReading
{
    // A draft of fewer words owes nobody a next step: it greets, thanks or confirms.
    private const int WordsOfASubstantialReply = 4;

    // "… y le pido …": so many words may stand between two formulas that say the same.
    private const int WordsBetweenTwins = 5;

    // "As I told you on Monday, …": so many words may follow a match that is left out, up to the comma, and go with it.
    private const int WordsThatHangOn = 6;

    // Fewer words are too little to compare with examples.
    private const int WordsOfAJudgeableSentence = 4;

    private readonly Context _context;
    private readonly CompiledDraftRules _rules;
    private readonly MessageReading _reading;
    private readonly CompiledDraftRules.Matches _matches;
    private readonly DraftText _text;
    private readonly AddressForm _address;
    private readonly List<DraftFinding> _findings = [];

    public DraftReading(Context context, MessageReading reading)
    {
        _context = context;
        _rules = context.Rules;
        _reading = reading;
        _matches = _rules.Find(reading);
        _text = new DraftText(reading, _rules);
        Register = new SpanishRegister(_rules, reading, _matches);
        _address = Register.Address;
    }

    public SpanishRegister Register { get; }

    public DraftText Text => _text;

    public AddressForm Address => _address;

    public CompiledDraftRules.Matches Matches => _matches;

    private IReadOnlyList<Word> Words => _reading.Words;

    public List<DraftFinding> Findings(bool isMain)
    {
        if (Words.Count == 0)
        {
            return _findings;
        }

        ReadRules(isMain, withExamples: _context.Judge is null);
        if (_context.Judge is { } judge)
        {
            Weigh(judge, isMain);
        }

        return _findings;
    }

    /// <summary>What a judge weighs: the draft, which holds at least one word, and what the rules of the language see in it.</summary>
    public DraftEvidence Evidence()
    {
        ReadRules(isMain: true, withExamples: false);
        return EvidenceOfFindings();
    }

    private DraftEvidence EvidenceOfFindings() => new DraftEvidenceReading(_context, _reading, _matches, _findings, Register.Slip is not null).Read();

    private void ReadRules(bool isMain, bool withExamples)
    {
        ReadPatterns();
        if (withExamples)
        {
            ReadExamples((_, _) => true);
        }

        ReadEmpathyBut();
        ReadAsksAgain();
        ReadTriesAgain();
        ReadGoesOnOverADoubt();
        ReadRegister();
        if (isMain)
        {
            ReadGenericEmpathy();
            ReadShouting();
            if (_context.Kind == DraftKind.Farewell)
            {
                ReadVagueReason();
                ReadTemplate();
            }
            else
            {
                ReadNextStep();
            }
        }
    }

    /// <summary>Whether a suggestion is a stock sentence, which says nothing of its own.</summary>
    public bool IsStock(string rule, string suggestion) =>
        _rules.RuleSuggestions.TryGetValue(rule, out var own) && Fill(own, _ => null) is { } stock && suggestion.EndsWith(stock, StringComparison.Ordinal);

    /// <summary>What the draft does that calms.</summary>
    public IReadOnlyCollection<DraftMerit> Merits()
    {
        var merits = new List<DraftMerit>();
        if (_context.Facts.Known && Words.Any(_context.Facts.Mentions))
        {
            merits.Add(DraftMerit.TakesUp);
        }

        if (_matches.Affirmed(DraftRole.Regret))
        {
            merits.Add(DraftMerit.Regrets);
        }

        if (_matches.Any(DraftRole.NextStep))
        {
            merits.Add(DraftMerit.NextStep);
        }

        if (_matches.Affirmed(DraftRole.WayOn))
        {
            merits.Add(DraftMerit.WayOn);
        }

        if (_reading.AsksQuestion.Contains(true))
        {
            merits.Add(DraftMerit.Asks);
        }

        if (_matches.Affirmed(DraftRole.Thanks))
        {
            merits.Add(DraftMerit.Thanks);
        }

        return merits;
    }

    /// <summary>The customer's own facts in a sentence of ours, or nothing when there are none to take up.</summary>
    public string? Acknowledge(DraftSentence sentence) => Fill(_rules.Sentences[sentence], Slot);

    private static string? Fill(IEnumerable<SuggestionTemplate> templates, AddressForm address, Func<string, string?> slot) =>
        templates.Select(t => t.Fill(address, slot)).FirstOrDefault(t => t is not null);

    private string? Fill(IEnumerable<SuggestionTemplate> templates, Func<string, string?> slot) => Fill(templates, _address, slot);

    private string? Slot(string name) => name switch
    {
        "topic" => IsPluralTopic ? null : _context.Facts.Topic,
        "topics" => IsPluralTopic ? _context.Facts.Topic : null,
        "duration" => _context.Facts.Duration,
        _ => null,
    };

    // Only Spanish tells "su pedido" from "sus zapatos".
    private bool IsPluralTopic => !_context.IsEnglish && _context.Facts.Topic is { } topic && topic.Split(' ')[0] is { Length: > 3 } noun && noun.EndsWith('s');

    private void Add(string rule, EvidenceSpan evidence, string? suggestion, FindingSeverity? severity = null)
    {
        if (!_rules.Set.Rules.TryGetValue(rule, out var told)
            || _findings.Exists(f => f.Rule == rule && Overlap(f.Evidence, evidence)))
        {
            return;
        }

        _findings.Add(new DraftFinding(rule, severity ?? told.Severity, evidence, told.Why, told.Playbook, suggestion));
    }

    private void Add(string rule, DraftEdit edit, FindingSeverity? severity = null) => Add(rule, _text.Span(edit), edit.Replacement, severity);

    // ---- Phrases -------------------------------------------------------------------------------------------------------

    private void ReadPatterns()
    {
        var patterns = _rules.Set.Patterns;
        for (var i = 0; i < patterns.Count; i++)
        {
            var pattern = patterns[i];
            if (!PhraseApplies(pattern.Rule))
            {
                continue;
            }

            foreach (var match in _matches.OfPattern(i))
            {
                if ((pattern.ClauseStart && !_text.OpensClause(match.First))
                    || (pattern.UnlessWayOn && HasWayOn(match))
                    || (pattern.UnlessHeard && IsHeardBefore(match.First)))
                {
                    continue;
                }

                if (Suggest(pattern, _rules.Suggestions[i], match) is { } edit)
                {
                    Add(pattern.Rule, edit, pattern.Severity);
                }
                else
                {
                    Add(pattern.Rule, _reading.Span(match.First, match.Last), null, pattern.Severity);
                }
            }
        }
    }

    // A goodbye has to say its reason, which is something that the customer did: a phrase cannot tell that from blame.
    private bool PhraseApplies(string rule) => AppliesTo(rule) && !(rule == "blame" && _context.Kind == DraftKind.Farewell);

    private bool AppliesTo(string rule) => JudgedRules.AppliesTo(rule, _context.Kind);

    // What no phrase foresaw: sentences that are like examples of a rule. A sentence that a phrase has already found is left alone.
    private void ReadExamples(Func<string, int, bool> isBelieved)
    {
        if (_rules.Examples is not { } examples)
        {
            return;
        }

        var excused = _matches.Excused();
        for (var s = 0; s < _reading.SentenceCount; s++)
        {
            var (first, end) = _reading.WordsOfSentence(s);
            if (end - first < WordsOfAJudgeableSentence || Words[first].IsQuoted)
            {
                continue;
            }

            foreach (var (rule, _) in examples.Judge(_reading, first, end - 1))
            {
                if (isBelieved(rule, s) && PhraseApplies(rule) && !(_rules.Set.Rules[rule].UnlessWayOn && _matches.Affirmed(DraftRole.WayOn)) && !excused.Contains((rule, s)))
                {
                    AddWithoutPhrase(rule, new WordRange(first, end - 1));
                }
            }
        }
    }

    // A sentence that breaks a rule by all its words: it goes as a whole, unless a phrase has said better what is wrong in it.
    private void AddWithoutPhrase(string rule, WordRange sentence)
    {
        var span = _reading.Span(sentence.First, sentence.Last);
        if (!_rules.Set.Rules.TryGetValue(rule, out var told) || _findings.Exists(f => f.Rule == rule && Overlap(f.Evidence, span)))
        {
            return;
        }

        // Likeness alone forbids nothing.
        var severity = told.Severity == FindingSeverity.Block ? FindingSeverity.Warning : told.Severity;
        if (Fill(_rules.RuleSuggestions[rule], name => name == "self" ? SelfOf(sentence) : Slot(name)) is { } filled)
        {
            Add(rule, _text.ReplaceClauses(sentence, filled), severity);
        }
        else
        {
            Add(rule, span, null, severity);
        }
    }

    private static bool Overlap(EvidenceSpan one, EvidenceSpan other) => one.Start < other.End && other.Start < one.End;

    // ---- A judge -------------------------------------------------------------------------------------------------------

    // What phrases find stands, but not against the judge in a draft that looks sound; likeness to examples stands unless the judge denies it or the draft looks sound;
    // and the judge adds what neither saw.
    private void Weigh(IDraftJudge judge, bool isMain)
    {
        var evidence = EvidenceOfFindings();
        var verdict = judge.Judge(evidence);
        ReadExamples((rule, sentence) => !(isMain && verdict.IsSound) && JudgedRules.OfPassages.IndexOf(rule) is >= 0 and var r
            && evidence.Sentences.Zip(verdict.Sentences).Any(p => Words[p.First.First].Sentence == sentence && p.Second[r] >= DraftVerdict.Denied));
        _findings.RemoveAll(f => IsDenied(f, evidence, verdict, isMain));
        var excused = _matches.Excused();
        for (var s = 0; s < evidence.Sentences.Count; s++)
        {
            AddJudged(new WordRange(evidence.Sentences[s].First, evidence.Sentences[s].Last), verdict.Sentences[s], verdict.Bound, excused);
        }

        for (var r = 0; r < JudgedRules.OfWholeDrafts.Length && isMain; r++)
        {
            var rule = JudgedRules.OfWholeDrafts[r];
            if (verdict.Whole[r] >= verdict.Bound && AppliesTo(rule) && !_findings.Exists(f => f.Rule == rule))
            {
                var shown = evidence.Sentences[verdict.Clearest[r]];
                AddOfWholeDraft(rule, new WordRange(shown.First, shown.Last));
            }
        }
    }

    // "I can't tell from one photo" in a draft that is good all over: a blind spot of the phrase. And no reason is found wherever one is given in words that no phrase
    // foresaw. What is seen for certain stands: placeholders, formulas of empathy.
    private static bool IsDenied(DraftFinding finding, DraftEvidence evidence, DraftVerdict verdict, bool isMain)
    {
        if (finding.Rule == "vague-reason")
        {
            return verdict.Whole[JudgedRules.OfWholeDrafts.IndexOf(finding.Rule)] < DraftVerdict.Refuted;
        }

        // What blocks a draft no model takes back, nor what is written in a language that it was not asked about.
        return isMain && verdict.IsSound && finding.Severity != FindingSeverity.Block && JudgedRules.OfPassages.IndexOf(finding.Rule) is >= 0 and var rule
            && evidence.Sentences.Zip(verdict.Sentences).Where(p => Overlap(evidence.Reading.Span(p.First.First, p.First.Last), finding.Evidence)).All(p => p.Second[rule] < DraftVerdict.Denied);
    }

    // The likeliest rule alone: a fault looks like its neighbours, and one finding is enough to look at a sentence again.
    private void AddJudged(WordRange sentence, IReadOnlyList<float> confidences, float bound, HashSet<(string Rule, int Sentence)> excused)
    {
        if (sentence.Last - sentence.First + 1 < WordsOfAJudgeableSentence || Words[sentence.First].IsQuoted)
        {
            return;
        }

        var span = _reading.Span(sentence.First, sentence.Last);
        var isFound = _findings.Exists(f => f.Severity != FindingSeverity.Note && Overlap(f.Evidence, span));
        var most = confidences.Max();
        for (var r = 0; r < confidences.Count; r++)
        {
            var rule = JudgedRules.OfPassages[r];
            if (confidences[r] >= (isFound || confidences[r] < most ? DraftVerdict.Sure : bound) && AppliesTo(rule)
                && !excused.Contains((rule, Words[sentence.First].Sentence)) && !(_rules.Set.Rules[rule].UnlessWayOn && _matches.Affirmed(DraftRole.WayOn))
                && !(rule == "empathy-but" && (IsSummary(sentence) || TurnsToGoodNews(sentence)))
                && !(rule == "written-liability" && _matches.HasNegator(sentence)))
            {
                AddWithoutPhrase(rule, sentence);
            }
        }
    }

    private void AddOfWholeDraft(string rule, WordRange sentence)
    {
        if (rule == "generic-empathy" && Acknowledge(DraftSentence.Acknowledgement) is { } acknowledgement)
        {
            Add(rule, _text.ReplaceClauses(sentence, acknowledgement));
        }
        else
        {
            AddWithoutPhrase(rule, sentence);
        }
    }

    private DraftEdit? Suggest(DraftPattern pattern, SuggestionTemplate[] templates, WordRange match)
    {
        if (pattern.Scope == FindingScope.Rest)
        {
            return _text.CutFrom(match);
        }

        var covered = pattern.Scope switch
        {
            FindingScope.Match or FindingScope.Rest => match,
            FindingScope.Clause => _text.ClauseOf(match),
            FindingScope.Sentence => new WordRange(_text.SentenceOf(match.First).First, _text.SentenceOf(match.Last).Last),
            _ => throw new InvalidOperationException("A scope has no meaning."),
        };
        var filled = Fill(templates, name => name switch
        {
            "self" => SelfOf(covered),
            "rest" => RestOf(match, covered),
            "object" => ObjectOf(match, covered),
            "that" => StatementOf(match, covered),
            _ => Slot(name),
        });
        if (filled is null)
        {
            return null;
        }

        if (pattern.Scope == FindingScope.Match && filled.Length == 0 && pattern.ClauseStart is false && _text.OpensClause(match.First))
        {
            var end = match.Last;
            while (end + 1 < Words.Count && Words[end + 1].Clause == Words[match.Last].Clause && Words[end + 1].Sentence == Words[match.Last].Sentence)
            {
                end++;
            }

            if (end < _text.SentenceOf(match.First).Last && end - match.Last <= WordsThatHangOn)
            {
                match = match with { Last = end };
            }
        }

        return pattern.Scope == FindingScope.Match ? _text.ReplaceWords(match, filled) : _text.ReplaceClauses(covered, filled);
    }

    private string SelfOf(WordRange covered)
    {
        var (start, end) = _text.Extent(covered);
        return DraftText.Capitalise(_reading.Text[start..end].TrimEnd('.', '!', '…', ' ', '?').TrimStart('¡', '¿'));
    }

    private string? RestOf(WordRange match, WordRange covered) =>
        match.Last < covered.Last ? _text.TextOf(match.Last + 1, covered.Last) : null;

    private string? ObjectOf(WordRange match, WordRange covered)
    {
        var first = match.Last + 1;
        if (first > covered.Last || !_rules.Words(DraftWords.Determiners).Contains(Words[first].Form))
        {
            return null;
        }

        var last = first;
        while (last < covered.Last && !_rules.Words(DraftWords.ObjectEnds).Contains(Words[last + 1].Form))
        {
            last++;
        }

        return last > first ? _text.TextOf(first, last) : null;
    }

    private string? StatementOf(WordRange match, WordRange covered)
    {
        var that = match.Last + 1;
        return that < covered.Last && Words[that].Form is "que" or "that" && that + 3 <= covered.Last ? _text.TextOf(that + 1, covered.Last) : null;
    }

    private bool HasWayOn(WordRange match) =>
        _matches.Of(DraftRole.WayOn).Exists(w => (w.Last < match.First || w.First > match.Last) && !_matches.IsNegated(w));

    private bool IsHeardBefore(int word) =>
        _matches.Of(DraftRole.Empathy).Exists(e => e.First < word && HasCaseFact(e.First, word - 1));

    // ---- generic-empathy, empathy-but ----------------------------------------------------------------------------------

    private void ReadGenericEmpathy()
    {
        foreach (var formula in _matches.Of(DraftRole.GenericEmpathy))
        {
            if (!IsSpared(formula) && !TakesUpTheCase(formula, strict: false))
            {
                Add("generic-empathy", SuggestAcknowledgement(formula));
                return;
            }
        }

        foreach (var formula in _matches.Of(DraftRole.GenericApology))
        {
            if (!IsSpared(formula) && !TakesUpTheCase(formula, strict: true))
            {
                Add("generic-empathy", SuggestAcknowledgement(formula));
                return;
            }
        }
    }

    private bool IsSpared(WordRange formula) => Words[formula.First].IsQuoted || _matches.IsNegated(formula) || IsPurpose(formula.First);

    // "To understand the situation I need …" understands nothing yet.
    private bool IsPurpose(int word) => word > 0 && Words[word - 1].Form is "para" or "to" && Words[word - 1].Sentence == Words[word].Sentence;

    private DraftEdit SuggestAcknowledgement(WordRange formula)
    {
        // "I understand how you feel and apologise for the inconvenience": one acknowledgement takes the place of both.
        var (first, last) = formula;
        var sentence = _text.SentenceOf(first);
        foreach (var other in _matches.Of(DraftRole.GenericApology).Concat(_matches.Of(DraftRole.GenericEmpathy)).Where(o => o.First > last && o.Last <= sentence.Last).OrderBy(o => o.First))
        {
            if (other.First - last <= WordsBetweenTwins)
            {
                last = Math.Max(last, other.Last);
            }
        }

        return _text.ReplaceWords(new WordRange(first, last), Acknowledge(DraftSentence.AcknowledgementInline) ?? _reading.Span(first, last).Text);
    }

    private bool TakesUpTheCase(WordRange formula, bool strict)
    {
        var sentence = _text.SentenceOf(formula.First);
        for (var i = 0; i < Words.Count; i++)
        {
            if ((i >= formula.First && i <= formula.Last) || IsAskedFor(i))
            {
                continue;
            }

            var inSentence = i >= sentence.First && i <= sentence.Last;
            if (_context.Facts.Known ? _context.Facts.Mentions(Words[i]) || IsOwnNumber(i) || (inSentence && IsTopic(i)) || (strict && IsTopic(i)) : IsCaseFact(i))
            {
                return true;
            }

            if (strict && _context.Facts.IsContent(Words[i]) && !_context.Facts.Known)
            {
                return true;
            }
        }

        return false;
    }

    // Asking for the policy number takes nothing up, even where the customer spoke of a policy.
    private bool IsAskedFor(int i)
    {
        var sentence = _text.SentenceOf(i);
        return _matches.AnyIn(DraftRole.Request, sentence.First, sentence.Last)
            && Enumerable.Range(0, _rules.Set.Asked.Count).Any(a => _matches.Asked(a).Exists(m => m.First >= sentence.First && m.Last <= sentence.Last));
    }

    private bool HasCaseFact(int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (IsCaseFact(i) || _context.Facts.Mentions(Words[i]) || _rules.Words(DraftWords.TimeUnits).Contains(Words[i].Form))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCaseFact(int i) => IsOwnNumber(i) || IsTopic(i) || IsNameInside(i);

    private bool IsTopic(int i) => Words[i].Kind == WordKind.Letters && _rules.Words(DraftWords.Topics).Contains(Words[i].Form);

    // "We answer within 48 hours" is said to everybody; an amount, a date or a reference is not.
    private bool IsOwnNumber(int i) =>
        Words[i].Kind == WordKind.Number && !(i + 1 < Words.Count && (_rules.Words(DraftWords.TimeUnits).Contains(Words[i + 1].Form)));

    // A capital inside a sentence: a product, a place, a person.
    private bool IsNameInside(int i) =>
        Words[i].Kind == WordKind.Letters && i > 0 && Words[i - 1].Sentence == Words[i].Sentence && Words[i - 1].Clause == Words[i].Clause
        && char.IsUpper(_reading.Text[Words[i].Start]) && Words[i].Form.Length > 2 && !Words[i].IsCapitals && _context.Facts.IsContent(Words[i]);

    private void ReadEmpathyBut()
    {
        foreach (var but in _matches.Of(DraftRole.Adversative))
        {
            if (Words[but.First].IsQuoted)
            {
                continue;
            }

            var sentence = _text.SentenceOf(but.First);
            var opensSentence = but.First == sentence.First;
            var scope = opensSentence && but.First > 0 ? _text.SentenceOf(but.First - 1) : sentence;
            var formulas = _matches.Of(DraftRole.Empathy).FindAll(e => e.First >= scope.First && e.Last < but.First && !Words[e.First].IsQuoted && !_matches.IsNegated(e));
            if (formulas.Count == 0)
            {
                continue;
            }

            var nearest = formulas[^1];
            var empathy = formulas.Find(f => f.Last >= nearest.First);

            if (IsSummary(sentence) || HasOtherAdversative(empathy.Last, but.First) || LeadsToGoodNews(but.Last + 1, sentence.Last))
            {
                continue;
            }

            AddEmpathyBut(empathy, but, sentence);
        }

        foreach (var concessive in _matches.Of(DraftRole.Concessive))
        {
            ReadConcessive(concessive);
        }
    }

    // "While I understand your anger, the rules are …": a "but" at the other end.
    private void ReadConcessive(WordRange concessive)
    {
        var empathy = _matches.Of(DraftRole.Empathy).Find(e => e.First == concessive.Last + 1);
        if (concessive.Last + 1 >= Words.Count || empathy.First != concessive.Last + 1 || Words[concessive.First].IsQuoted)
        {
            return;
        }

        var sentence = _text.SentenceOf(concessive.First);
        var main = empathy.Last + 1;
        while (main <= sentence.Last && Words[main].Clause == Words[empathy.Last].Clause)
        {
            main++;
        }

        if (main > sentence.Last || LeadsToGoodNews(main, sentence.Last))
        {
            return;
        }

        var start = Words[concessive.First].Start;
        var kept = DraftText.Capitalise(_reading.Text[Words[empathy.First].Start..Words[main - 1].End]);
        var next = DraftText.Capitalise(_reading.Text[Words[main].Start..Words[main].End]);
        Add("empathy-but", EvidenceSpan.Of(_reading.Text, start, Words[main].End - start), $"{kept}. {next}");
    }

    private bool IsSummary(WordRange sentence) => _matches.AnyIn(DraftRole.CheckQuestion, sentence.First, sentence.Last)
        || (sentence.Last + 1 < Words.Count && _text.SentenceOf(sentence.Last + 1) is var next && _matches.AnyIn(DraftRole.CheckQuestion, next.First, next.Last) && next.Last - next.First < 5);

    private bool HasOtherAdversative(int after, int before) => _matches.Of(DraftRole.Adversative).Exists(a => a.First > after && a.Last < before);

    // "I'm sorry about the wait, but it is fixed now."
    private bool TurnsToGoodNews(WordRange sentence) =>
        _matches.Of(DraftRole.Adversative).Exists(b => b.First >= sentence.First && b.Last <= sentence.Last && LeadsToGoodNews(b.Last + 1, sentence.Last));

    private bool LeadsToGoodNews(int first, int last)
    {
        if (first > last)
        {
            return false;
        }

        var bad = _matches.AnyIn(DraftRole.BadNews, first, last);
        return !bad && _matches.AffirmedIn(DraftRole.GoodNews, first, last);
    }

    // "I understand X, but we cannot" becomes "I understand X. We cannot": both stand, neither undoes the other.
    private void AddEmpathyBut(WordRange empathy, WordRange but, WordRange sentence)
    {
        var start = Words[empathy.First].Start;
        if (but.Last == sentence.Last || empathy.Last + 1 > but.First)
        {
            Add("empathy-but", EvidenceSpan.Of(_reading.Text, start, Words[but.Last].End - start), null);
            return;
        }

        var next = Words[but.Last + 1];
        var kept = _reading.Text[start..Words[but.First - 1].End];
        var gap = _reading.Text[Words[but.Last].End..next.Start];
        var mark = gap.Contains('¿', StringComparison.Ordinal) ? ". ¿" : ". ";
        var suggestion = kept + mark + DraftText.Capitalise(_reading.Text[next.Start..next.End]);
        Add("empathy-but", EvidenceSpan.Of(_reading.Text, start, next.End - start), suggestion);
    }

    // ---- asks-again ----------------------------------------------------------------------------------------------------

    private void ReadAsksAgain()
    {
        if (!_context.Facts.Known || _matches.Any(DraftRole.AsksAnew))
        {
            return;
        }

        var asked = _rules.Set.Asked;
        for (var i = 0; i < asked.Count; i++)
        {
            if (_context.Facts.ValueOf(asked[i].Kind) is not { } value)
            {
                continue;
            }

            foreach (var match in _matches.Asked(i))
            {
                var sentence = _text.SentenceOf(match.First);
                if (Words[match.First].IsQuoted
                    || !IsRequested(asked[i], match, sentence)
                    || NamesTheValue(sentence, asked[i].Kind)
                    || _reading.Text.Contains(value.Length == 0 ? "\0" : value, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                var known = AsksForMore(sentence, asked[i].Kind) ? null : _rules.Known[i].Fill(_address, slot => slot == "value" ? value : Slot(slot));
                if (known is null)
                {
                    Add("asks-again", _reading.Span(match.First, match.Last), null);
                }
                else
                {
                    Add("asks-again", _text.ReplaceClauses(_text.ClauseOf(match) is var clause && asked[i].IsRequest ? clause : sentence, known));
                }
            }
        }
    }

    // "I want to understand what happened" says, "what happened?" and "please describe what happened" ask.
    private bool IsRequested(AskedFact asked, WordRange match, WordRange sentence) =>
        _reading.AsksQuestion[Words[match.First].Sentence]
        || (asked.Kind == AskedFactKind.Problem ? _text.OpensClause(match.First) : asked.IsRequest || _matches.AffirmedIn(DraftRole.Request, sentence.First, sentence.Last));

    private bool NamesTheValue(WordRange sentence, AskedFactKind kind)
    {
        for (var i = sentence.First; i <= sentence.Last; i++)
        {
            if ((kind == AskedFactKind.Email && Words[i].Kind == WordKind.Link)
                || (kind is AskedFactKind.Reference or AskedFactKind.Phone && Words[i].Form.Count(char.IsAsciiDigit) >= 4)
                || (kind is AskedFactKind.Amount && Words[i].Kind == WordKind.Number))
            {
                return true;
            }
        }

        return false;
    }

    // "Have you tried restarting it?" to somebody who wrote that they had restarted it.
    private void ReadTriesAgain()
    {
        if (!_context.Facts.HasTried)
        {
            return;
        }

        foreach (var ask in _matches.Of(DraftRole.AsksToTry))
        {
            var sentence = _text.SentenceOf(ask.First);
            var told = 0;
            var isNew = false;
            for (var i = ask.First; i <= sentence.Last; i++)
            {
                var counts = Words[i].Kind == WordKind.Letters && _context.Facts.IsContent(Words[i]);
                told += counts && _context.Facts.Mentions(Words[i]) ? 1 : 0;

                // "Have you tried": the words of asking are nothing new.
                isNew |= counts && i > ask.Last && !_context.Facts.Mentions(Words[i]);
            }

            if (told > 0 && !isNew && !Words[ask.First].IsQuoted)
            {
                Add("asks-again", _reading.Span(sentence.First, sentence.Last), null);
            }
        }
    }

    // ---- pushing-ahead -------------------------------------------------------------------------------------------------

    // What would be a plain next step otherwise presses on when the customer has just voiced a doubt.
    private void ReadGoesOnOverADoubt()
    {
        if (!_context.Facts.Doubts || _matches.Any(DraftRole.GivesTime) || !_rules.RuleSuggestions.TryGetValue("pushing-ahead", out var suggestions))
        {
            return;
        }

        foreach (var step in _matches.Of(DraftRole.Proceeds))
        {
            if (!Words[step.First].IsQuoted && !_matches.IsNegated(step))
            {
                var clause = _text.ClauseOf(step);
                Add("pushing-ahead", Fill(suggestions, Slot) is { } question ? _text.ReplaceClauses(clause, question) : new DraftEdit(_reading.Words[clause.First].Start, _reading.Words[clause.Last].End, string.Empty));
                return;
            }
        }
    }

    // A request for several things at once is not replaced as a whole: the others may be missing indeed.
    private bool AsksForMore(WordRange sentence, AskedFactKind kind)
    {
        for (var i = 0; i < _rules.Set.Asked.Count; i++)
        {
            if (_rules.Set.Asked[i].Kind != kind && _matches.Asked(i).Exists(m => m.First >= sentence.First && m.Last <= sentence.Last))
            {
                return true;
            }
        }

        return false;
    }

    // ---- register-slip -------------------------------------------------------------------------------------------------

    private void ReadRegister()
    {
        if (Register.Slip is { } slip)
        {
            var (last, replacement) = Register.Counterpart(slip);
            Add("register-slip", _reading.Span(slip, last), replacement);
        }
    }

    // ---- shouting ------------------------------------------------------------------------------------------------------

    private void ReadShouting()
    {
        ReadCapitals();
        ReadMarks();
    }

    private void ReadCapitals()
    {
        var i = 0;
        while (i < Words.Count)
        {
            var first = i;
            while (i < Words.Count && IsCapital(i, first))
            {
                i++;
            }

            if (i == first)
            {
                i++;
                continue;
            }

            var last = i - 1;
            while (last > first && !Words[last].IsCapitals)
            {
                last--;
            }

            if (IsShouted(first, last))
            {
                var opens = first == 0 || Words[first - 1].Sentence != Words[first].Sentence;
                var quiet = Quieten(first, last, opens);
                Add("shouting", _reading.Span(first, last), quiet);
            }
        }
    }

    private bool IsCapital(int i, int first) =>
        Words[i].Kind == WordKind.Letters && !Words[i].IsQuoted && (i == first || Words[i].Sentence == Words[i - 1].Sentence || Words[i].IsCapitals)
        && !Words[i].Form.Any(char.IsAsciiDigit) && (Words[i].IsCapitals || (i > first && Words[i].Length == 1 && char.IsUpper(_reading.Text[Words[i].Start])));

    private bool IsShouted(int first, int last)
    {
        // "Press 1 for YES and 2 for NO": what is to be typed or pressed stands in capitals.
        if (first == last && Enumerable.Range(_text.SentenceOf(first).First, first - _text.SentenceOf(first).First).Any(i => _rules.Words(DraftWords.LiteralAfter).Contains(Words[i].Form)))
        {
            return false;
        }

        var stressed = 0;
        var letters = 0;
        for (var i = first; i <= last; i++)
        {
            stressed += _rules.Words(DraftWords.Stressed).Contains(Words[i].Form) ? 1 : 0;
            letters += Words[i].Form.Length;
        }

        return stressed > 0 || (last - first >= 3 && letters >= 14);
    }

    private string Quieten(int first, int last, bool opens)
    {
        var quiet = _reading.Text[Words[first].Start..Words[last].End].ToLowerInvariant();
        var sentences = MessageReading.Of(quiet);
        var letters = quiet.ToCharArray();
        for (var i = 0; i < sentences.Words.Count; i++)
        {
            var word = sentences.Words[i];
            var startsSentence = i == 0 ? opens : word.Sentence != sentences.Words[i - 1].Sentence;
            if (startsSentence || (word.Form is "i" or "im" or "ill" or "ive" or "id" && quiet[word.Start] == 'i' && (word.Length == 1 || word.Form.Length < word.Length) && _context.IsEnglish))
            {
                letters[word.Start] = char.ToUpperInvariant(letters[word.Start]);
            }
        }

        return new string(letters);
    }

    private void ReadMarks()
    {
        var text = _reading.Text;
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] is not ('!' or '?' or '¡' or '¿'))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && text[i] is '!' or '?' or '¡' or '¿')
            {
                i++;
                if (i == text.Length)
                {
                    break;
                }
            }

            var run = text[start..i];
            var closing = run.Count(c => c is '!' or '?');
            if (closing < 2 && run.Length < 3)
            {
                continue;
            }

            if (run.Length == 2 && (run.Contains('¡', StringComparison.Ordinal) || run.Contains('¿', StringComparison.Ordinal)))
            {
                continue;
            }

            var opening = run.Contains('¡', StringComparison.Ordinal) || run.Contains('¿', StringComparison.Ordinal);
            var question = run.Contains('?', StringComparison.Ordinal) || run.Contains('¿', StringComparison.Ordinal);
            var lineStart = text.LastIndexOfAny(['.', '\n', '!', '?'], Math.Max(0, start - 1)) + 1;
            var opened = text.AsSpan(Math.Min(lineStart, start), Math.Max(0, start - lineStart)).Contains('¡');
            var quiet = opening ? (question ? "¿" : "¡") : question ? "?" : opened ? "!" : ".";
            Add("shouting", EvidenceSpan.Of(text, start, i - start), quiet, run.Length == 2 ? FindingSeverity.Note : null);
        }
    }

    // ---- farewell ------------------------------------------------------------------------------------------------------

    private void ReadVagueReason()
    {
        if (GivesASpecificReason())
        {
            return;
        }

        // A date or a figure beside the reason is specific too; the end date alone is not a reason.
        if (_matches.Of(DraftRole.VagueReason) is [var vague, ..])
        {
            Add("vague-reason", _reading.Span(vague.First, vague.Last), null);
        }
        else if (_matches.Of(DraftRole.EndOfRelationship) is [var end, ..])
        {
            Add("vague-reason", _reading.Span(end.First, end.Last), null);
        }
        else if (!_matches.Any(DraftRole.Greeting) || Words.Count > 6)
        {
            var sentence = _text.SentenceOf(Words.Count - 1);
            Add("vague-reason", _reading.Span(sentence.First, sentence.Last), null);
        }
    }

    // A reason is specific when it names something: "because the February invoice is unpaid", not "because of the circumstances".
    private bool GivesASpecificReason()
    {
        if (_matches.Any(DraftRole.SpecificReason))
        {
            return true;
        }

        foreach (var because in _matches.Of(DraftRole.Because))
        {
            var sentence = _text.SentenceOf(because.First);
            for (var i = because.Last + 1; i <= sentence.Last && Words[i].Clause == Words[because.Last].Clause; i++)
            {
                var index = i;
                if (_context.Facts.IsContent(Words[i]) && !_matches.Of(DraftRole.VagueReason).Exists(v => v.First <= index && index <= v.Last)
                    && !_matches.Of(DraftRole.EndOfRelationship).Exists(e => e.First <= index && index <= e.Last))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void ReadTemplate()
    {
        var placeholder = FindPlaceholder(_reading.Text);
        if (placeholder is { } found)
        {
            Add("untouched-template", found, null);
            return;
        }

        // A letter to anybody stays one when only a date is filled in.
        var toAnybody = _matches.Any(DraftRole.AnybodyGreeted) && !GivesASpecificReason();
        for (var i = 0; i < Words.Count; i++)
        {
            if (toAnybody ? _context.Facts.Mentions(Words[i]) : IsPersonal(i))
            {
                return;
            }
        }

        var stock = _matches.Of(DraftRole.Stock) is [var first, ..] ? first : _text.SentenceOf(0);
        Add("untouched-template", _reading.Span(stock.First, stock.Last), null);
    }

    private bool IsPersonal(int i) =>
        Words[i].Kind == WordKind.Number
        || _context.Facts.Mentions(Words[i])
        || (Words[i].Kind == WordKind.Letters && _rules.Words(DraftWords.DateWords).Contains(Words[i].Form))
        || IsNameInside(i)
        || (i > 0 && Words[i].Kind == WordKind.Letters && char.IsUpper(_reading.Text[Words[i].Start]) && !_rules.Words(DraftWords.General).Contains(Words[i].Form)
            && (_matches.Of(DraftRole.Greeting).Exists(g => g.Last == i - 1) || _rules.Words(DraftWords.Titles).Contains(Words[i - 1].Form)));

    private static EvidenceSpan? FindPlaceholder(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var close = text[i] switch
            {
                '[' => ']',
                '{' => '}',
                '<' => '>',
                _ => '\0',
            };
            if (close != '\0')
            {
                var end = text.IndexOf(close, i + 1);
                if (end > i + 1 && end - i <= 60 && text.AsSpan(i + 1, end - i - 1).IndexOfAnyInRange('A', 'z') >= 0)
                {
                    while (end + 1 < text.Length && text[end + 1] == close)
                    {
                        end++;
                    }

                    return EvidenceSpan.Of(text, i, end + 1 - i);
                }
            }

            var run = i;
            while (run < text.Length && text[run] == text[i] && text[i] is '_' or 'X' or 'x')
            {
                run++;
                if (run == text.Length)
                {
                    break;
                }
            }

            if (run - i >= 3)
            {
                return EvidenceSpan.Of(text, i, run - i);
            }
        }

        return null;
    }

    // ---- no-next-step --------------------------------------------------------------------------------------------------

    private void ReadNextStep()
    {
        // An answer to a plain question owes nobody a next step; an acknowledgement does. Beside a fault the hint would only distract.
        if (Words.Count < WordsOfASubstantialReply || !_matches.Affirmed(DraftRole.Pending) || _matches.Any(DraftRole.NextStep) || _matches.Affirmed(DraftRole.WayOn)
            || _reading.AsksQuestion.Contains(true) || _findings.Exists(f => f.Severity != FindingSeverity.Note && f.Rule != "generic-empathy"))
        {
            return;
        }

        var sentence = _text.SentenceOf(Words.Count - 1);
        Add("no-next-step", _reading.Span(sentence.First, sentence.Last), null);
    }

    /// <summary>What a draft is read with.</summary>
    internal sealed record Context(CompiledDraftRules Rules, CustomerFacts Facts, DraftKind Kind, IDraftJudge? Judge = null)
    {
        public bool IsEnglish => Rules.Set.Register.Count == 0;
    }
}
