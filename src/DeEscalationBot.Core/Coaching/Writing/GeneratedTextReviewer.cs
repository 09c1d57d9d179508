using System.Buffers;
using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>Decides whether a text that a language model wrote may be shown to an agent.</summary>
/// <remarks>
/// Every check is of words and rules, never of another model's opinion: language, length, plain text, form of address, the rules for drafts,
/// and that numbers with their units, names, times, links and claims come from the conversation. It errs towards refusing: a good sentence
/// too few costs little, since the offline words take its place. What it cannot see: a wrong relation between right facts ("you charged us"),
/// and a false statement in words that the conversation and everyday talk share. Stateless after construction, safe for concurrent use.
/// </remarks>
public sealed class GeneratedTextReviewer
{
    private const double SureSignal = 0.5;
    private const int LeastDigitsOfAPersonalNumber = 6;
    private const int NegatorReach = 4;

    // EUR, IVA, SEPA: longer words in capitals may be somebody's name.
    private const int LongestAbbreviation = 4;

    // A part that was kept shares words with ours; shorter ones stand in every text.
    private const int LeastLettersOfATellingWord = 4;
    private const int LeastTellingWords = 2;
    private const double LeastShareOfAPart = 0.125;

    // A text of fewer words gives too little to tell its language from; it must not look like another one, though.
    private const int LeastWordsToTellLanguage = 6;

    // What a sentence may begin behind, besides the end of another.
    private static readonly SearchValues<char> Openings = SearchValues.Create("\n:¿¡«“\"");

    // A summary goes to a colleague: what offends there is judging the customer.
    private static readonly HashSet<string> SummaryRules = new(["personal-attack", "blame", "condescension", "hostile-tone", "shouting", "written-liability"], StringComparer.Ordinal);

    // A part of a farewell breaks these where its reason, or what is personal in it, stands in another part: then so does ours.
    private static readonly HashSet<string> RulesOfTheWhole = new(["untouched-template", "vague-reason"], StringComparer.Ordinal);

    private readonly Side _spanish;
    private readonly Side _english;
    private readonly DraftReviewer _drafts;
    private readonly SignalDetector _signals;

    /// <summary>Compiles the rules of both languages.</summary>
    /// <param name="spanish">The Spanish rules.</param>
    /// <param name="english">The English rules.</param>
    /// <param name="drafts">The rules for an agent's draft.</param>
    /// <param name="signals">Finds insults and threats.</param>
    /// <exception cref="FormatException">A phrase cannot be understood; the message says which.</exception>
    /// <exception cref="ArgumentException">A fault has no sentence that says how to mend it.</exception>
    public GeneratedTextReviewer(WritingRules spanish, WritingRules english, DraftReviewer drafts, SignalDetector signals)
    {
        _spanish = new Side(spanish);
        _english = new Side(english);
        _drafts = drafts;
        _signals = signals;
    }

    /// <summary>Checks a text.</summary>
    /// <param name="request">What was asked for; its language must be known.</param>
    /// <param name="text">What came back, or the beginning of it.</param>
    /// <param name="isWhole">Whether it is all of it: a beginning may still be too short and lack what follows.</param>
    /// <returns>What is wrong with it; nothing when it may be shown.</returns>
    public IReadOnlyList<WritingFinding> Review(WritingRequest request, string text, bool isWhole = true)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(text);
        var side = SideOf(request.Language);
        var reading = MessageReading.Of(text);
        var review = new Checks(side, request, reading, new WritingSource(request, side.Figures), isWhole);
        review.CheckForm();
        review.CheckLanguage();
        review.CheckFigures();
        review.CheckNamesAndTimes();
        review.CheckClaims();
        review.CheckPersonalData();
        if (isWhole)
        {
            review.CheckTopic();
            review.CheckLostFacts();
            review.CheckKeptParts();
        }

        CheckSignals(review);
        CheckDraftRules(review);
        return review.Findings;
    }

    /// <summary>The sentence that tells a language model what to mend, in the language of the text.</summary>
    /// <param name="language">The language.</param>
    /// <param name="finding">The fault.</param>
    public string HowToMend(MessageLanguage language, WritingFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return SideOf(language).Mend[finding.Fault];
    }

    /// <summary>Whether a text names somebody or something of its own: a given name, or a word that has a capital letter inside a sentence and is no day, month or currency.</summary>
    /// <param name="language">The language of the text.</param>
    /// <param name="text">The text.</param>
    public bool NamesSomebody(MessageLanguage language, string text)
    {
        var side = SideOf(language);
        var reading = MessageReading.Of(text);
        var times = side.TimesIn(reading).ToHashSet();
        return side.NamesIn(reading).Any(i => !times.Contains(i)
            && (side.GivenNames.Contains(reading.Words[i].Form) || !(IsBesideNumber(reading, i) || (reading.Words[i].IsCapitals && reading.Words[i].Length <= LongestAbbreviation))));
    }

    // "31 May", "Invoice 118".
    private static bool IsBesideNumber(MessageReading reading, int i) =>
        (i > 0 && reading.Words[i - 1].Kind == WordKind.Number) || (i + 1 < reading.Words.Count && reading.Words[i + 1].Kind == WordKind.Number);

    private Side SideOf(MessageLanguage language) => language == MessageLanguage.English ? _english : _spanish;

    private void CheckSignals(Checks review)
    {
        foreach (var signal in _signals.Detect(review.Reading, review.Request.Language).Signals)
        {
            if (signal.Confidence.Value >= SureSignal && signal.Type is SignalType.Abuse or SignalType.Threat or SignalType.Blackmail)
            {
                review.Add(WritingFault.Hostile, signal.Evidence.Count > 0 ? signal.Evidence[0].Text : string.Empty);
            }
        }
    }

    private void CheckDraftRules(Checks review)
    {
        var request = review.Request;
        var customer = request.Turns.Where(t => t.Speaker == SpeakerRole.Customer).Select(t => t.Text).ToList();
        var kind = request.Kind == WritingKind.Farewell ? DraftKind.Farewell : DraftKind.Reply;
        IReadOnlyList<DraftFinding> Read(string text) => _drafts.Review(new DraftRequest(text, request.Language, request.Language, kind, customer)).Findings;

        var ofOurs = kind == DraftKind.Farewell ? Read(request.Draft ?? string.Empty).Select(f => f.Rule).Where(RulesOfTheWhole.Contains).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var finding in Read(review.Reading.Text))
        {
            var counts = request.Kind == WritingKind.HandoverSummary ? SummaryRules.Contains(finding.Rule) : !ofOurs.Contains(finding.Rule);
            if (counts && finding.Severity != FindingSeverity.Note)
            {
                review.Add(WritingFault.DraftRule, finding.Rule);
            }
        }
    }

    /// <summary>The compiled rules of one language.</summary>
    private sealed class Side
    {
        public Side(WritingRules rules)
        {
            ArgumentNullException.ThrowIfNull(rules);
            Rules = rules;
            Figures = new Figures(rules);
            Mend = rules.Mend;
            foreach (var fault in Enum.GetValues<WritingFault>())
            {
                if (!Mend.ContainsKey(fault))
                {
                    throw new ArgumentException($"'mend' has no sentence for '{fault}'.", nameof(rules));
                }
            }

            Times = Compile(rules, rules.Times);
            Informal = Compile(rules, rules.Informal);
            Formal = Compile(rules, rules.Formal);
            Capitals = Forms(rules.Capitals);
            GivenNames = Forms(rules.GivenNames);
            Foreign = Forms(rules.ForeignWords);
            Greetings = Forms(rules.Greetings);
            Negators = Forms(rules.Negators);
            Talk = rules.Talk.Select(w => WritingSource.StemOf(MessageReading.FormOf(w))).ToHashSet(StringComparer.Ordinal);
            Claims = [.. rules.Claims.Select(c => new Claim(c, Compile(rules, c.Phrases)!, Compile(rules, c.Unless), Compile(rules, c.Topics)))];
        }

        public WritingRules Rules { get; }

        public Figures Figures { get; }

        public IReadOnlyDictionary<WritingFault, string> Mend { get; }

        public PhraseAutomaton? Times { get; }

        public PhraseAutomaton? Informal { get; }

        public PhraseAutomaton? Formal { get; }

        public HashSet<string> Capitals { get; }

        public HashSet<string> GivenNames { get; }

        public HashSet<string> Foreign { get; }

        public HashSet<string> Greetings { get; }

        public HashSet<string> Negators { get; }

        public HashSet<string> Talk { get; }

        public IReadOnlyList<Claim> Claims { get; }

        /// <summary>Where names stand: given names, and capital letters inside a sentence.</summary>
        public IEnumerable<int> NamesIn(MessageReading reading) => Enumerable.Range(0, reading.Words.Count).Where(i =>
            reading.Words[i] is { Kind: WordKind.Letters } word
            && (GivenNames.Contains(word.Form) || (char.IsUpper(reading.Text[word.Start]) && !Capitals.Contains(word.Form) && !BeginsSentence(reading, i))));

        /// <summary>Where days, months and other times stand: the last word of each.</summary>
        public IEnumerable<int> TimesIn(MessageReading reading) => Times?.Find(reading).Select(m => m.LastWord).Distinct() ?? [];

        /// <summary>The figures, times and names of a text, in its order: what it says of them hangs on where they stand.</summary>
        public IEnumerable<string> FactsIn(MessageReading reading) =>
            Figures.Find(reading).Where(f => !f.IsWord).Select(f => (f.Start, f.Value))
                .Concat(TimesIn(reading).Union(NamesIn(reading)).Select(i => (reading.Words[i].Start, Value: reading.Words[i].Form)))
                .OrderBy(f => f.Start).Select(f => f.Value);

        private static bool BeginsSentence(MessageReading reading, int i)
        {
            if (i == 0 || reading.Words[i - 1].Sentence != reading.Words[i].Sentence)
            {
                return true;
            }

            var between = reading.Text.AsSpan(reading.Words[i - 1].End, reading.Words[i].Start - reading.Words[i - 1].End);
            return between.ContainsAny(Openings);
        }

        private static HashSet<string> Forms(IReadOnlyList<string> words) => words.Select(MessageReading.FormOf).ToHashSet(StringComparer.Ordinal);

        private static PhraseAutomaton? Compile(WritingRules rules, IReadOnlyList<string> phrases)
        {
            if (phrases.Count == 0)
            {
                return null;
            }

            var builder = new PhraseAutomaton.Builder();
            foreach (var (name, entries) in rules.Lists)
            {
                builder.AddLexicon(name, entries);
            }

            foreach (var phrase in phrases)
            {
                builder.AddPhrase(0, phrase);
            }

            return builder.Build();
        }
    }

    private sealed record Claim(ClaimRule Rule, PhraseAutomaton Phrases, PhraseAutomaton? Unless, PhraseAutomaton? Topics);

    /// <summary>The checks of one text.</summary>
    private sealed class Checks(Side side, WritingRequest request, MessageReading reading, WritingSource source, bool isWhole)
    {
        private readonly List<WritingFinding> _findings = [];

        public IReadOnlyList<WritingFinding> Findings => _findings;

        public MessageReading Reading => reading;

        public WritingRequest Request => request;

        private bool IsRetelling => request.Kind is WritingKind.Paraphrase or WritingKind.HandoverSummary;

        public void Add(WritingFault fault, string words)
        {
            if (!_findings.Exists(f => f.Fault == fault && string.Equals(f.Words, words, StringComparison.Ordinal)))
            {
                _findings.Add(new WritingFinding(fault, words));
            }
        }

        public void CheckForm()
        {
            var (least, most) = WritingLength.Of(request);
            if (isWhole && reading.Words.Count < least)
            {
                Add(WritingFault.TooShort, string.Empty);
            }

            if (reading.Words.Count > most || reading.Text.Length > most * WritingLength.LongestWordUnits)
            {
                Add(WritingFault.TooLong, string.Empty);
            }

            var isList = false;
            foreach (var line in reading.Text.Split('\n'))
            {
                var start = line.AsSpan().TrimStart();
                isList |= start.Length > 1 && (start[0] is '#' or '*' or '•' or '|' || (start[0] is '-' or '+' && start[1] == ' '));
            }

            if (isList || reading.Text.Any(IsNotPlain))
            {
                Add(WritingFault.NotPlainText, string.Empty);
            }
        }

        public void CheckLanguage()
        {
            var foreign = reading.Words.Count(w => side.Foreign.Contains(w.Form) && !source.Names(w));
            var found = LanguageDetector.Detect(reading);
            var isOther = found.Language != request.Language && (found.Language != MessageLanguage.Undetermined || reading.Words.Count >= LeastWordsToTellLanguage);
            if (isOther || foreign > 1 || (found.IsMixed && !source.Theirs.Exists(t => LanguageDetector.Detect(t).IsMixed)))
            {
                Add(WritingFault.WrongLanguage, string.Empty);
            }

            if (request.Language == MessageLanguage.Spanish && request.Kind != WritingKind.HandoverSummary)
            {
                var wrong = request.Address == AddressForm.Usted ? side.Informal : side.Formal;
                if (wrong?.Find(reading) is [var match, ..])
                {
                    Add(WritingFault.WrongAddress, TextOf(match));
                }
            }
        }

        public void CheckFigures()
        {
            foreach (var figure in side.Figures.Find(reading))
            {
                if (!source.Holds(figure))
                {
                    Add(WritingFault.UnknownNumber, figure.Written);
                }
            }

            // "in a few days" has no number, and says when nevertheless.
            for (var i = 0; i < reading.Words.Count; i++)
            {
                var word = reading.Words[i];
                if (side.Figures.UnitOf(word) is { } unit && side.Rules.TimeUnits.Contains(unit) && !source.HasUnit(unit) && !(i > 0 && side.Greetings.Contains(reading.Words[i - 1].Form)))
                {
                    Add(WritingFault.UnknownTime, TextOf(i, i));
                }
            }
        }

        public void CheckNamesAndTimes()
        {
            foreach (var match in side.Times?.Find(reading) ?? [])
            {
                if (!source.Says(Enumerable.Range(match.FirstWord, match.LastWord - match.FirstWord + 1).Select(i => reading.Words[i])))
                {
                    Add(WritingFault.UnknownTime, TextOf(match));
                }
            }

            for (var i = 0; i < reading.Words.Count; i++)
            {
                var word = reading.Words[i];
                if (word.Kind == WordKind.Link && !source.Texts.Exists(t => t.Contains(TextOf(i, i), StringComparison.OrdinalIgnoreCase)))
                {
                    Add(WritingFault.UnknownLink, TextOf(i, i));
                }

            }

            foreach (var i in side.NamesIn(reading).Where(i => !source.Names(reading.Words[i])))
            {
                Add(WritingFault.UnknownName, TextOf(i, i));
            }
        }

        public void CheckClaims()
        {
            foreach (var claim in side.Claims)
            {
                foreach (var match in claim.Phrases.Find(reading))
                {
                    if (!IsTakenBack(claim, match) && !IsSupported(claim))
                    {
                        Add(claim.Rule.Fault, TextOf(match));
                    }
                }
            }
        }

        public void CheckPersonalData()
        {
            var digits = DigitsOf(reading.Text);
            foreach (var text in source.Texts)
            {
                foreach (var datum in PiiRedactor.Find(text).Where(IsForbidden))
                {
                    var value = text.Substring(datum.Start, datum.Length);
                    var number = DigitsOf(value);
                    if (IsConfirmed(value))
                    {
                        continue; // The address that the customer is meant to write to.
                    }

                    if (reading.Text.Contains(value, StringComparison.OrdinalIgnoreCase) || (number.Length >= LeastDigitsOfAPersonalNumber && digits.Contains(number, StringComparison.Ordinal)))
                    {
                        Add(WritingFault.PersonalData, value);
                    }
                }
            }

            foreach (var own in PiiRedactor.Find(reading.Text).Where(IsForbidden))
            {
                var value = reading.Text.Substring(own.Start, own.Length);
                if (!IsConfirmed(value))
                {
                    Add(WritingFault.PersonalData, value);
                }
            }
        }

        // Letters address people and are signed; a name that the model was not told it cannot give away.
        private static bool IsForbidden(PersonalDatum datum) => datum.Kind != PersonalDataKind.Name;

        // What it says besides everyday talk has to be of the conversation.
        public void CheckTopic()
        {
            var content = 0;
            var known = 0;
            foreach (var word in reading.Words)
            {
                if (word.Kind != WordKind.Letters || word.Form.Length < 4 || side.Talk.Contains(WritingSource.StemOf(word.Form)))
                {
                    continue;
                }

                content++;
                known += source.SpeaksOf(word) ? 1 : 0;
            }

            var least = request.Kind switch
            {
                WritingKind.Paraphrase => 0.5,
                WritingKind.RewriteDraft => 0.4,
                WritingKind.HandoverSummary => 0.4,
                WritingKind.NextReply => 0.3,
                WritingKind.ApologyLetter => 0.25,
                WritingKind.Farewell => 0.4,
                _ => throw new InvalidOperationException($"{request.Kind} has no limit."),
            };
            if (content >= 3 && known < least * content)
            {
                Add(WritingFault.OffTopic, string.Empty);
            }
        }

        public void CheckLostFacts()
        {
            if (request.Kind is not (WritingKind.RewriteDraft or WritingKind.Farewell) || request.Draft is null)
            {
                return;
            }

            var kept = side.Figures.Find(reading).Select(f => f.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var figure in side.Figures.Find(MessageReading.Of(request.Draft)))
            {
                if (!figure.IsWord && !kept.Contains(figure.Value))
                {
                    Add(WritingFault.LostFact, figure.Written);
                }
            }
        }

        // A farewell says no less than ours, and of each day and amount what ours says: which is told by where they stand.
        public void CheckKeptParts()
        {
            if (request.Kind != WritingKind.Farewell || request.Draft is null)
            {
                return;
            }

            var ours = MessageReading.Of(request.Draft);
            var forms = reading.Words.Select(w => w.Form).ToHashSet(StringComparer.Ordinal);
            foreach (var i in side.NamesIn(ours).Where(i => !forms.Contains(ours.Words[i].Form)))
            {
                Add(WritingFault.LostFact, ours.Text[ours.Words[i].Start..ours.Words[i].End]);
            }

            if (!side.FactsIn(ours).SequenceEqual(side.FactsIn(reading), StringComparer.Ordinal))
            {
                Add(WritingFault.MovedFact, string.Empty);
            }

            var stems = TellingStems(reading.Text);
            var parts = request.Draft.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => (Text: p, Stems: TellingStems(p))).ToArray();
            foreach (var (text, own) in parts)
            {
                // Its own words alone tell whether a part is still there.
                var telling = own.Where(s => parts.Count(p => p.Stems.Contains(s)) == 1).ToArray();
                if (telling.Length >= LeastTellingWords && telling.Count(stems.Contains) < Math.Max(1, LeastShareOfAPart * telling.Length))
                {
                    Add(WritingFault.LostFact, text);
                }
            }
        }

        // Names aside: they are asked for by themselves, and may have gone to another part.
        private HashSet<string> TellingStems(string text)
        {
            var part = MessageReading.Of(text);
            var names = side.NamesIn(part).ToHashSet();
            return part.Words.Where((w, i) => w.Kind == WordKind.Letters && w.Form.Length >= LeastLettersOfATellingWord && !names.Contains(i))
                .Select(w => WritingSource.StemOf(w.Form)).ToHashSet(StringComparer.Ordinal);
        }

        private bool IsConfirmed(string value) => request.Facts.All.Any(f => f.Contains(value, StringComparison.OrdinalIgnoreCase));

        private bool IsSupported(Claim claim)
        {
            if (claim.Rule.Support == ClaimSupport.Nobody)
            {
                return false;
            }

            // What we did is known from our side alone, unless the customer tells it and it is told back to them.
            var isSaid = source.Ours.Exists(t => Affirms(t, claim.Phrases));
            var isTold = (claim.Rule.Support == ClaimSupport.Anybody || IsRetelling)
                && source.Theirs.Concat(source.Ours).Any(t => Affirms(t, claim.Phrases) || (claim.Topics is { } topics && Affirms(t, topics)));
            return isSaid || isTold;
        }

        // "They have not refunded me" is no support for "we have refunded you".
        private bool Affirms(MessageReading text, PhraseAutomaton phrases)
        {
            foreach (var match in phrases.Find(text))
            {
                var isDenied = false;
                for (var i = match.FirstWord - 1; i >= 0 && i >= match.FirstWord - NegatorReach && text.Words[i].Sentence == text.Words[match.FirstWord].Sentence; i--)
                {
                    isDenied |= side.Negators.Contains(text.Words[i].Form);
                }

                if (!isDenied)
                {
                    return true;
                }
            }

            return false;
        }

        private bool IsTakenBack(Claim claim, PhraseMatch match) =>
            claim.Unless?.Find(reading).Any(u => reading.Words[u.FirstWord].Sentence == reading.Words[match.FirstWord].Sentence) == true;

        private string TextOf(PhraseMatch match) => TextOf(match.FirstWord, match.LastWord);

        private string TextOf(int first, int last) => reading.Text[reading.Words[first].Start..reading.Words[last].End];

        private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));

        private static bool IsNotPlain(char c) =>
            c is '<' or '>' or '[' or ']' or '{' or '}' or '`' or '|' or '\\' or '_' or '*' or '#' or '~' or '^' or '='
            || (char.IsControl(c) && c is not ('\n' or '\r'))
            || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.OtherSymbol or UnicodeCategory.NonSpacingMark
            || (char.IsLetter(c) && c > '\u024F');
    }
}
