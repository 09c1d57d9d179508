using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Says a customer's message back from the agent's side: facts, feeling, a question that checks both (playbook A1).</summary>
/// <remarks>
/// Offline and deterministic; safe for concurrent use. It says only what it can turn with certainty: a clause whose verbs or
/// pronouns it cannot attribute is left out, and with nothing left an open question takes its place. Linear in the length of
/// the message, of which it reads the first 4000 units.
/// </remarks>
public sealed class ParaphraseEngine
{
    private const int LongestTextUnits = 4000;
    private const int MostFacts = 3;

    // With frame, feeling and question a paraphrase stays at about 60 words.
    private const int MostFactWords = 38;
    private const int LongestPlainQuestionWords = 14;
    private const int LeastScore = 1;
    private const int MostBriefWords = 6;
    private const int MostReliefWords = 14;

    // Rather a gentle sentence too many than despair said back as a fact.
    private const double LeastDespair = 0.45;

    private static readonly HashSet<string> NeedsNoun = new("que un una el la los las esta este estas estos tan su mi tu otra otro the a an this your my of so such what no any some is was are these those".Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> IsNoNoun = new("de que es no me se y con te le of that is and to who i you it".Split(' '), StringComparer.Ordinal);

    // What no clause ends in when it is whole.
    private static readonly HashSet<string> Unfinished = new(
        "que de con en por para el y e o su sus al del ni como si cuando porque mi tu so the and or because your our an when if than".Split(' '), StringComparer.Ordinal);

    private readonly Side _spanish;
    private readonly Side _english;

    /// <summary>Compiles the rules of both languages.</summary>
    /// <param name="spanish">What to say and look for in Spanish.</param>
    /// <param name="spanishGrammar">The Spanish verbs and words that change with the person.</param>
    /// <param name="english">What to say and look for in English.</param>
    /// <param name="englishGrammar">The English verbs and words that change with the person.</param>
    /// <param name="signals">Finds threats, abuse, despair and grief, which are never said back. Without it only the playbook's own phrases for them count.</param>
    /// <exception cref="FormatException">A phrase or a verb cannot be understood; the message says which.</exception>
    public ParaphraseEngine(ParaphraseWording spanish, SpanishGrammar spanishGrammar, ParaphraseWording english, EnglishGrammar englishGrammar, SignalDetector? signals = null)
    {
        ArgumentNullException.ThrowIfNull(spanish);
        ArgumentNullException.ThrowIfNull(spanishGrammar);
        ArgumentNullException.ThrowIfNull(english);
        ArgumentNullException.ThrowIfNull(englishGrammar);
        _spanish = new Side(MessageLanguage.Spanish, spanish, new SpanishRetelling(spanishGrammar), signals);
        _english = new Side(MessageLanguage.English, english, new EnglishRetelling(englishGrammar), signals);
    }

    /// <summary>Says a message back.</summary>
    /// <param name="request">The message and how to speak to its writer.</param>
    /// <returns>Always a text that can be said as it is.</returns>
    public ParaphraseResult Paraphrase(ParaphraseRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = Bounded(request.Text);
        var reading = MessageReading.Of(text);
        var language = request.Language != MessageLanguage.Undetermined ? request.Language : LanguageDetector.Detect(reading).Language;
        language = language != MessageLanguage.Undetermined ? language : request.FallbackLanguage;
        return (language == MessageLanguage.English ? _english : _spanish).Paraphrase(request, text, reading);
    }

    private static string Bounded(string text)
    {
        if (text.Length <= LongestTextUnits)
        {
            return text;
        }

        var end = text.LastIndexOfAny([' ', '\n', '.'], LongestTextUnits);
        return text[..(end > 0 ? end : LongestTextUnits)];
    }

    private sealed class Side(MessageLanguage language, ParaphraseWording wording, IRetelling retelling, SignalDetector? signals)
    {
        private readonly PhraseBook _phrases = new(wording);
        private readonly HashSet<string> _never = wording.NeverInFacts.Select(MessageReading.FormOf).ToHashSet(StringComparer.Ordinal);

        public ParaphraseResult Paraphrase(ParaphraseRequest request, string text, MessageReading reading)
        {
            var found = _phrases.Find(reading);
            var seed = Seed(reading, request.Variant);
            MarkSignals(found, reading);
            MarkQuotations(found, reading);
            var heat = found.HasInsult || found.HasSwearing || IsShouted(reading, text);
            var tokens = MessageTokenizer.Read(text, found.MarksAt);
            var facts = found.IsSoft ? [] : Facts(tokens, request.Address, heat);
            var plain = facts.Count == 0 || SaysNothing(facts) || IsPlainQuestion(tokens, facts, found, heat);
            var openers = Openers(found, request.Address, seed);
            if (plain)
            {
                var fallback = Fallback(tokens, found, heat);
                return new ParaphraseResult(language, Pick(fallback.For(request.Address), seed), openers, IsFallback: true);
            }

            var sentence = Pick(wording.Frames.For(request.Address), seed).Replace("{facts}", retelling.JoinFacts([.. facts.Select(f => f.Text)]), StringComparison.Ordinal);
            sentence = sentence.TrimEnd('.');
            var feeling = Feeling(found, heat, request.Address, seed);
            var check = Pick(wording.Checks.For(request.Address), seed / 7);
            return new ParaphraseResult(language, feeling is null ? $"{sentence}. {check}" : $"{sentence}. {feeling} {check}", openers, IsFallback: false);
        }

        // What is a threat, an insult or a bargain is left out whole; despair and grief call for a human sentence.
        private void MarkSignals(PhraseBook.Found found, MessageReading reading)
        {
            if (signals is null)
            {
                return;
            }

            foreach (var signal in signals.Detect(reading, language).Signals)
            {
                var sure = signal.Confidence.Value >= 0.5;
                switch (signal.Type)
                {
                    case SignalType.Vulnerability when signal.Confidence.Value >= LeastDespair:
                        found.IsSoft = true;
                        break;
                    case SignalType.Abuse when sure:
                        found.HasInsult = true;
                        Leave(signal, TokenMarks.DropsClause);
                        break;
                    case SignalType.Threat or SignalType.Blackmail when sure:
                        Leave(signal, TokenMarks.DropsSentence);
                        break;
                    // A disputed charge and a theft are facts, although they count as a legal threat and as distrust: the phrases judge those.
                    case SignalType.ReputationThreat or SignalType.Misuse when sure:
                        Leave(signal, TokenMarks.DropsClause);
                        break;
                    default:
                        break;
                }
            }

            void Leave(Signal signal, TokenMarks marks)
            {
                foreach (var span in signal.Evidence)
                {
                    found.Add(span.Start, span.End, marks);
                }
            }
        }

        private static void MarkQuotations(PhraseBook.Found found, MessageReading reading)
        {
            foreach (var word in reading.Words)
            {
                if (word.IsQuoted)
                {
                    found.Add(word.Start, word.End, TokenMarks.Quoted);
                }
            }
        }

        // A word or two, or a bare noun, is not worth saying back.
        private static bool SaysNothing(List<Fact> facts) =>
            facts.Count == 1 && (facts[0].Told.IsFragment && !facts[0].Clause.Has(TokenMarks.Problem) || facts[0].Text.Count(c => c == ' ') < 2);

        private AddressedSentences Fallback(List<MessageToken> tokens, PhraseBook.Found found, bool heat) =>
            found.IsSoft ? wording.Fallbacks.Soft
            : found.HasInsult ? wording.Fallbacks.Calm
            : found.IsRelief && !heat && tokens.Count <= MostReliefWords ? wording.Fallbacks.Relief
            : !heat && tokens.Any(t => t.IsQuestion) ? wording.Fallbacks.Question
            : !heat && found.Feelings.Count == 0 && tokens.Count <= MostBriefWords && !tokens.Exists(t => (t.Marks & (TokenMarks.DropsClause | TokenMarks.Problem)) != 0) ? wording.Fallbacks.Brief
            : wording.Fallbacks.Open;

        // A single short question or request is answered, not repeated.
        private static bool IsPlainQuestion(List<MessageToken> tokens, List<Fact> facts, PhraseBook.Found found, bool heat) =>
            !heat && facts.Count == 1 && found.Feelings.Count == 0 && tokens.Count <= LongestPlainQuestionWords && facts[0].Clause.IsQuestion;

        private List<Fact> Facts(List<MessageToken> tokens, AddressForm address, bool heat)
        {
            var accents = retelling.SetsAccents(tokens);
            var context = new RetellingContext(address, accents, retelling.AddressesUs(tokens), heat, retelling.TellsPast(tokens));
            var expanded = Expand(WithHoles(tokens));
            var clauses = retelling.Split(expanded, context);
            var candidates = new List<Fact>();
            var vetoed = clauses.Where(c => (c.Marks() & TokenMarks.DropsSentence) != 0).Select(c => c.Sentence).ToHashSet();
            for (var i = 0; i < clauses.Count; i++)
            {
                var clause = clauses[i] with
                {
                    IsLastOfSentence = i + 1 == clauses.Count || clauses[i + 1].Sentence != clauses[i].Sentence,
                    IsOpenedQuestion = clauses[i].Tokens[0].IsOpenedQuestion,
                };
                if ((clause.Marks() & TokenMarks.DropsClause) != 0 || vetoed.Contains(clause.Sentence))
                {
                    continue;
                }

                if (retelling.Retell(clause, context) is { } told && IsClean(told.Text))
                {
                    candidates.Add(new Fact(clause, told, i, Score(clause, told), told.Text));
                }
            }

            return Choose(candidates);
        }

        // "qué porquería de cajero": without its noun a clause is broken, so it goes with the swear word; "el puto router" is whole without.
        private static List<MessageToken> WithHoles(List<MessageToken> tokens)
        {
            for (var i = 0; i < tokens.Count; i++)
            {
                if ((tokens[i].Marks & TokenMarks.Dropped) == 0 || i == 0 || tokens[i].Break != TokenBreak.None || (tokens[i - 1].Marks & TokenMarks.Dropped) != 0 || !NeedsNoun.Contains(tokens[i - 1].Form))
                {
                    continue;
                }

                var end = i + 1;
                while (end < tokens.Count && (tokens[end].Marks & TokenMarks.Dropped) != 0)
                {
                    end++;
                }

                if (end == tokens.Count || tokens[end].Break != TokenBreak.None || IsNoNoun.Contains(tokens[end].Form))
                {
                    tokens[i - 1] = tokens[i - 1] with { Marks = tokens[i - 1].Marks | TokenMarks.DropsClause };
                }
            }

            return tokens;
        }

        // Fillers go; what divided them from the rest stays between their neighbours. Abbreviations are written out.
        private List<MessageToken> Expand(List<MessageToken> tokens)
        {
            var kept = new List<MessageToken>(tokens.Count);
            var pending = TokenBreak.None;
            for (var i = 0; i < tokens.Count; i++)
            {
                var token = tokens[i];
                var before = token.Break > pending ? token.Break : pending;
                var called = (token.Marks & TokenMarks.Vocative) != 0 && before != TokenBreak.None && (i + 1 == tokens.Count || tokens[i + 1].Break != TokenBreak.None);
                called |= token.Form is "no" or "si" or "yes" && before != TokenBreak.None && i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.Comma;
                if ((called || (token.Marks & TokenMarks.Dropped) != 0) && (token.Marks & (TokenMarks.DropsClause | TokenMarks.DropsSentence)) == 0)
                {
                    pending = before;
                    continue;
                }

                pending = TokenBreak.None;
                if (wording.Aliases.TryGetValue(token.Lower, out var meant) || wording.Aliases.TryGetValue(token.Form, out meant))
                {
                    var words = meant.Split(' ');
                    for (var k = 0; k < words.Length; k++)
                    {
                        kept.Add(token with { Text = words[k], Lower = words[k], Form = MessageReading.FormOf(words[k]), Break = k == 0 ? before : TokenBreak.None });
                    }

                    continue;
                }

                kept.Add(token with { Break = before });
            }

            return kept;
        }

        private bool IsClean(string text)
        {
            var reading = MessageReading.Of(text);
            if (reading.Words.Count == 0 || Unfinished.Contains(reading.Words[^1].Form))
            {
                return false;
            }

            if (reading.Words.Any(w => _never.Contains(w.Form)))
            {
                return false;
            }

            var found = _phrases.Find(reading);
            return !found.HasInsult && !found.HasSwearing;
        }

        private static int Score(MessageClause clause, Retold told)
        {
            var marks = clause.Marks();
            var score = 0;
            score += clause.Tokens.Any(t => t.HasDigit) ? 3 : 0;
            score += (marks & TokenMarks.Time) != 0 ? 3 : 0;
            score += (marks & TokenMarks.Frequency) != 0 ? 3 : 0;
            score += (marks & TokenMarks.Problem) != 0 ? 2 : 0;
            score += (marks & TokenMarks.Impact) != 0 ? 3 : 0;
            score += told.IsWant || (marks & TokenMarks.Want) != 0 ? 3 : 0;
            score += told.SpeaksOfCustomer ? 1 : 0;
            score += clause.Tokens.Count is >= 3 and <= 18 ? 1 : 0;
            return score;
        }

        private static List<Fact> Choose(List<Fact> candidates)
        {
            var chosen = new List<Fact>();
            var words = 0;
            foreach (var fact in candidates.Where(f => f.Score >= LeastScore).OrderByDescending(f => f.Score).ThenBy(f => f.Place))
            {
                var length = fact.Text.Count(c => c == ' ') + 1;
                if (chosen.Count < MostFacts && words + length <= MostFactWords && !chosen.Exists(c => c.Text == fact.Text))
                {
                    chosen.Add(fact);
                    words += length;
                }
            }

            chosen.Sort((a, b) => a.Place.CompareTo(b.Place));
            for (var i = 1; i < chosen.Count; i++)
            {
                // After a sentence about somebody else, a bare "necesita" would seem to be theirs.
                if (chosen[i - 1].Told.EndsInThirdPerson && chosen[i].Told.TextWithSubject is { } named)
                {
                    chosen[i] = chosen[i] with { Text = named };
                }
            }

            return chosen;
        }

        private string? Feeling(PhraseBook.Found found, bool heat, AddressForm address, int seed)
        {
            for (var i = 0; i < wording.Feelings.Count; i++)
            {
                if (found.Feelings.Contains(i) || (heat && wording.Feelings[i].Heat))
                {
                    return Pick(wording.Feelings[i].Says.For(address), seed / 3);
                }
            }

            return null;
        }

        private List<string> Openers(PhraseBook.Found found, AddressForm address, int seed)
        {
            var asked = new List<string>();
            foreach (var i in found.Openers.Where(i => !found.VetoedOpeners.Contains(i)).Take(2))
            {
                var questions = wording.Openers[i].Asks.For(address);
                asked.Add(Pick(questions, seed));
            }

            for (var i = 0; i < wording.Openers.Count && asked.Count < 3; i++)
            {
                if (wording.Openers[i].Phrases.Count > 0 || found.VetoedOpeners.Contains(i))
                {
                    continue;
                }

                var questions = wording.Openers[i].Asks.For(address);
                for (var k = 0; k < questions.Count && asked.Count < 3; k++)
                {
                    asked.Add(questions[(seed + k) % questions.Count]);
                }
            }

            return asked;
        }

        private static bool IsShouted(MessageReading reading, string text)
        {
            var letters = reading.Words.Where(w => w.Kind == WordKind.Letters && w.Length > 1).ToArray();
            var capitals = letters.Count(w => w.IsCapitals && w.Length > 3);
            return (capitals >= 2 && capitals * 3 > letters.Length) || text.Contains("!!!", StringComparison.Ordinal);
        }

        private static string Pick(IReadOnlyList<string> sentences, int seed) => sentences[seed % sentences.Count];

        // Messages get different phrasings, the same message and variant always the same.
        private static int Seed(MessageReading reading, int variant)
        {
            var hash = 2166136261u;
            foreach (var word in reading.Words)
            {
                foreach (var c in word.Form)
                {
                    hash = (hash ^ c) * 16777619u;
                }
            }

            return (int)((hash % 1009) + (uint)(variant & 0xFFFF));
        }

        private sealed record Fact(MessageClause Clause, Retold Told, int Place, int Score, string Text);
    }
}
