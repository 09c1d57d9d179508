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
    private const int MostFactsInSentence = 3;
    private const int LongestPlainQuestionWords = 14;
    private const int LongestRepetition = 5;
    private const int LongestVetoedSentence = 22;
    private const int MostBriefWords = 6;
    private const int MostReliefWords = 14;
    private const int LeastFactsBesideGrief = 2;
    private const int LeastReasonWords = 3;
    private const int LongestCorrection = 4;
    private const int LongestCountedRun = 8;

    // Rather a gentle sentence too many than despair said back as a fact.
    private const double LeastDespair = 0.45;

    // What others asked for without an invoice is a fact; what the customer plans is left out.
    private const double LeastMisuse = 0.8;

    private static readonly HashSet<string> NeedsNoun = new("que un una el la los las esta este estas estos tan su mi tu otra otro the a an this your my of so such what no any some is was are these those".Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> IsNoNoun = new("de que es no me se y con te le en por a para of that is and to who i you it in on at by for from with".Split(' '), StringComparer.Ordinal);

    // "could you please send" is one request.
    private static readonly HashSet<string> BeforePlease = new("you u to can could would will someone somebody and not me que y no si".Split(' '), StringComparer.Ordinal);

    // What stands between a clause and an insult that is called after it, and what makes the insult a part of the clause.
    private static readonly HashSet<string> Calling = new("you u bunch pack lot of fucking bloody absolute panda atajo manga banda par de pedazo grandisimos grandisimo useless stupid".Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> Judging = new("son sois eres sos es soy somos unos un una unas estos esos los las el la tan como que muy a de por y o the a an are is were was being like these those such so very some to by with your and or am be seem total complete absolute real right proper utter such autentico autentica verdadero verdadera completo completa".Split(' '), StringComparer.Ordinal);

    // What no clause ends in when it is whole.
    private static readonly HashSet<string> UnfinishedSpanish = new("que de con en por para el y e o u su sus al del ni como si cuando porque tu tus un una la los las a lo se le les nos me te muy tan cada sin desde hasta".Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> UnfinishedEnglish = new("the a an so and or because your our my when if than of to at by this's very not my their his its be been being".Split(' '), StringComparer.Ordinal);

    // "something you're allergic to": whole, although they end like a piece.
    private static readonly string[] OwnEndings = [" allergic to", " entitled to", " signed up to", " subscribed to", " agreed to", " listened to", " paying for", " paid for", " asked for", " signed up for", " living in"];

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
        private readonly string[][] _rewrites = [.. wording.Rewrites.Select(r => r.Say.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        private readonly HashSet<string> _never = wording.NeverInFacts.Select(w => w.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

        public ParaphraseResult Paraphrase(ParaphraseRequest request, string text, MessageReading reading)
        {
            var found = _phrases.Find(reading);
            var seed = Seed(reading, request.Variant);
            MarkSignals(found, reading);
            MarkQuotations(found, reading);
            var heat = found.HasInsult || found.HasSwearing || IsShouted(reading, text);
            var tokens = MessageTokenizer.Read(text, found.MarksAt);
            var facts = found.IsSoft ? [] : Facts(tokens, found, request.Address, heat);
            // Beside grief and illness a fact or two is not worth a list: a human sentence is.
            var tooFew = found.IsMourning && facts.Count(f => f.Clause.HasStrictSubstance) < LeastFactsBesideGrief;
            var plain = facts.Count == 0 || tooFew || SaysNothing(facts) || IsPlainQuestion(tokens, facts, found, heat);
            var openers = Openers(found, request.Address, seed);
            if (plain)
            {
                var fallback = Fallback(tokens, found, heat);
                return new ParaphraseResult(language, Pick(fallback.For(request.Address), seed), openers, IsFallback: true);
            }

            var frames = found.IsMourning ? wording.GentleFrames : wording.Frames;
            var sentence = Pick(frames.For(request.Address), seed).Replace("{facts}", Sentences(facts), StringComparison.Ordinal);
            sentence = sentence.TrimEnd('.');
            var feeling = found.IsMourning ? null : Feeling(found, heat, request.Address, seed);
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
                    // A respirator without power is a fact to say back, gently; despair is not.
                    case SignalType.Vulnerability when signal.Confidence.Value >= LeastDespair && signal.Evidence.All(e => (found.MarksAt(e.Start, e.End) & TokenMarks.Danger) != 0):
                        found.IsGrave = true;
                        break;
                    // "when my husband died" is grief: the facts beside it are said gently.
                    case SignalType.Vulnerability when signal.Evidence.All(e => found.Deaths.Exists(d => d.Start < e.End && e.Start < d.End)):
                        break;
                    case SignalType.Vulnerability when signal.Confidence.Value >= LeastDespair:
                        found.IsSoft = true;
                        break;
                    case SignalType.Abuse when sure:
                        found.HasInsult = true;
                        Leave(signal, TokenMarks.DropsClause | TokenMarks.Insult);
                        break;
                    case SignalType.Threat or SignalType.Blackmail when sure:
                        Leave(signal, TokenMarks.DropsSentence | TokenMarks.Threat);
                        break;
                    // A disputed charge and a theft are facts, although they count as a legal threat and as distrust: the phrases judge those.
                    case SignalType.ReputationThreat when sure:
                    case SignalType.Misuse when signal.Confidence.Value >= LeastMisuse && !signal.Evidence.All(e => WasAskedOfCustomer(reading, e.Start)):
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

        // "me pidió 80 euros sin factura", "he asked me for cash": others wanted it.
        private static bool WasAskedOfCustomer(MessageReading reading, int start)
        {
            var at = 0;
            while (at < reading.Words.Count && reading.Words[at].Start < start)
            {
                at++;
            }

            for (var i = Math.Max(1, at - LongestCountedRun); i < Math.Min(at + 2, reading.Words.Count); i++)
            {
                if ((reading.Words[i - 1].Form is "me" or "nos" && reading.Words[i].Form is "pidio" or "pidieron" or "cobro" or "cobraron" or "exigio" or "exigieron" or "dijo" or "dijeron" or "ofrecio" or "ofrecieron")
                    || (reading.Words[i].Form is "me" or "us" && reading.Words[i - 1].Form is "asked" or "charged" or "told" or "offered"))
                {
                    return true;
                }
            }

            return false;
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
            found.IsSoft || found.IsMourning ? wording.Fallbacks.Soft
            : found.HasInsult ? wording.Fallbacks.Calm
            : found.IsRelief && !heat && tokens.Count <= MostReliefWords ? wording.Fallbacks.Relief
            : !heat && tokens.Any(t => t.IsQuestion) ? wording.Fallbacks.Question
            : !heat && found.Feelings.Count == 0 && tokens.Count <= MostBriefWords && !tokens.Exists(t => (t.Marks & (TokenMarks.DropsClause | TokenMarks.Problem)) != 0) ? wording.Fallbacks.Brief
            : wording.Fallbacks.Open;

        // A single short question or request is answered, not repeated.
        private static bool IsPlainQuestion(List<MessageToken> tokens, List<Fact> facts, PhraseBook.Found found, bool heat) =>
            !heat && facts.Count == 1 && found.Feelings.Count == 0 && tokens.Count <= LongestPlainQuestionWords && facts[0].Clause.IsQuestion;

        private List<Fact> Facts(List<MessageToken> tokens, PhraseBook.Found found, AddressForm address, bool heat)
        {
            var accents = retelling.SetsAccents(tokens);
            var context = new RetellingContext(address, accents, retelling.AddressesUs(tokens), heat, retelling.TellsPast(tokens), SpeaksAsWe(tokens), retelling.NamesOthers(tokens), tokens.Exists(t => t.Form is "clientes" or "clientas" or "alumnos" or "alumnas" or "pacientes" or "invitados" or "empleados" or "empleadas" or "vecinos" or "padres" or "hijos" or "huespedes"));
            var expanded = Expand(WithHoles(WithoutCalledInsults(WithoutRepetition(Corrected(tokens)))), found);
            var clauses = retelling.Split(WithReasonsApart(expanded), context);
            var candidates = new List<Fact>();
            // In a message without full stops a rhetorical question takes its own clause with it, not everything.
            var lengths = clauses.GroupBy(c => c.Sentence).ToDictionary(g => g.Key, g => g.Sum(c => c.Tokens.Count));
            var vetoed = clauses.Where(c => IsVetoed(c) && (c.IsQuestion || (c.Marks() & TokenMarks.Threat) != 0) && lengths[c.Sentence] <= LongestVetoedSentence).Select(c => c.Sentence).ToHashSet();
            var refused = -1;
            var silent = -1;
            for (var i = 0; i < clauses.Count; i++)
            {
                var clause = clauses[i] with
                {
                    IsLastOfSentence = i + 1 == clauses.Count || clauses[i + 1].Sentence != clauses[i].Sentence,
                    IsOpenedQuestion = clauses[i].Tokens[0].IsOpenedQuestion,
                };
                if ((clause.Marks() & TokenMarks.DropsClause) != 0 || IsVetoed(clause) || vetoed.Contains(clause.Sentence) || clause.Tokens.All(t => (t.Marks & TokenMarks.Quoted) != 0))
                {
                    silent = i;
                    continue;
                }

                // "not saying he's a bad man, he was in a rush": of whom it speaks was left out.
                if (silent == i - 1 && i > 0 && clauses[silent].Sentence == clause.Sentence && clause.Tokens[0].Form is "he" or "she" or "hes" or "shes" or "ella")
                {
                    silent = i;
                    continue;
                }

                var told = retelling.Retell(clause, context);
                var behindRefused = refused >= 0 && refused == i - 1 && clauses[refused].Sentence == clause.Sentence;
                refused = told is null && (i == 0 || clauses[i - 1].Sentence != clause.Sentence) ? i : -1;
                // "…, free of charge", "… and has no cover": the rest of what could not be told.
                if (told is not null && !(behindRefused && (told.IsFragment || (told.LacksSubject && clause.Connector is not null))) && (clause.HasSubstance || told.IsWant) && IsClean(told.Text))
                {
                    candidates.Add(new Fact(clause, told, i, told.Text));
                }
            }

            return FactSelection.Choose(candidates);
        }

        // "quedé en ridículo porque la torta llegó tarde": what is left out may have its reason, which is a fact.
        private static List<MessageToken> WithReasonsApart(List<MessageToken> tokens)
        {
            var judged = false;
            for (var i = 1; i < tokens.Count; i++)
            {
                judged = tokens[i].Break == TokenBreak.None && (judged || (tokens[i - 1].Marks & TokenMarks.DropsClause) != 0);
                if (judged && tokens[i].Form is "porque" or "because" && (tokens[i].Marks & TokenMarks.DropsClause) == 0 && i + LeastReasonWords < tokens.Count && tokens[i + 1].Form != "of")
                {
                    tokens[i] = tokens[i] with { Break = TokenBreak.Comma };
                }
            }

            return tokens;
        }

        // Rhetoric asks, or stands at the beginning; "… got it on the 8th" in the middle of a clause is none.
        private static bool IsVetoed(MessageClause clause)
        {
            for (var i = 0; i < clause.Tokens.Count; i++)
            {
                if ((clause.Tokens[i].Marks & TokenMarks.DropsSentence) != 0 && (i < 2 || clause.IsQuestion || (clause.Tokens[i].Marks & TokenMarks.Threat) != 0))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool SpeaksAsWe(List<MessageToken> tokens) =>
            tokens.Exists(t => t.Form is "nos" or "nosotros" or "nosotras" or "nuestro" or "nuestra" or "nuestros" or "nuestras") && !tokens.Exists(t => t.Form is "me" or "mi" or "mis" or "yo");

        // "the 4th, sorry, the 5th", "14 días, perdón, 16": only the second holds.
        private static List<MessageToken> Corrected(List<MessageToken> tokens)
        {
            for (var i = tokens.Count - 2; i > 0; i--)
            {
                var marker = CorrectionWords(tokens, i);
                if (marker == 0 || tokens[i].Break != TokenBreak.Comma || i + marker >= tokens.Count || tokens[i + marker].Sentence != tokens[i].Sentence)
                {
                    continue;
                }

                var from = CorrectedFrom(tokens, i, i + marker);
                var counted = from < 0 && tokens[i + marker].HasDigit ? tokens.FindLastIndex(i - 1, Math.Min(i, LongestCountedRun), t => t.HasDigit && t.Sentence == tokens[i].Sentence) : -1;
                if (counted >= 0)
                {
                    // "14 días para arreglarlo, perdón, 16": what was counted stays.
                    tokens[counted] = tokens[i + marker] with { Break = tokens[counted].Break };
                    tokens.RemoveRange(i, marker + 1);
                    i = counted + 1;
                }
                else if (from >= 0)
                {
                    tokens[i + marker] = tokens[i + marker] with { Break = tokens[from].Break };
                    tokens.RemoveRange(from, i + marker - from);
                    i = from;
                }
            }

            return tokens;
        }

        private static int CorrectionWords(List<MessageToken> tokens, int i) => tokens[i].Form switch
        {
            "perdon" or "digo" or "corrijo" or "miento" or "sorry" or "correction" or "rather" => 1,
            "mejor" when tokens[i + 1].Form == "dicho" => 2,
            "quise" or "quiero" when tokens[i + 1].Form == "decir" => 2,
            "i" when tokens[i + 1].Form is "mean" or "meant" => 2,
            "no" when tokens[i + 1].Form is "wait" or "sorry" or "perdon" or "espera" or "miento" => 2,
            "make" when tokens[i + 1].Form == "that" => 2,
            "no" when tokens[i + 1].Form == "the" && i + 2 < tokens.Count && tokens[i + 2].HasDigit && tokens[i + 1].Break == TokenBreak.None => 1,
            _ => 0,
        };

        // Where what is corrected begins: at the same article or preposition, or at the number or day that another replaces; nothing where it is not sure.
        private static int CorrectedFrom(List<MessageToken> tokens, int marker, int instead)
        {
            var isTime = (TokenMarks.Time & tokens[instead].Marks) != 0 || tokens[instead].HasDigit || (instead + 1 < tokens.Count && (tokens[instead + 1].HasDigit || (tokens[instead + 1].Marks & TokenMarks.Time) != 0));
            for (var k = marker - 1; isTime && k >= 0 && k >= marker - LongestCorrection && tokens[k].Sentence == tokens[marker].Sentence; k--)
            {
                if (tokens[k].Form == tokens[instead].Form || (tokens[k].HasDigit && tokens[instead].HasDigit) || (k == marker - 1 && (tokens[k].Marks & TokenMarks.Time) != 0 && !tokens[k].HasDigit))
                {
                    return k;
                }
            }

            return -1;
        }

        // "no service no service NO SERVICE since Thursday": once is enough.
        private static List<MessageToken> WithoutRepetition(List<MessageToken> tokens)
        {
            var kept = new List<MessageToken>(tokens.Count);
            for (var i = 0; i < tokens.Count; i++)
            {
                var repeated = 0;
                for (var length = LongestRepetition; length >= 2 && repeated == 0; length--)
                {
                    var same = i + (2 * length) <= tokens.Count;
                    for (var k = 0; same && k < length; k++)
                    {
                        same = tokens[i + k].Form == tokens[i + length + k].Form && !tokens[i + k].HasDigit;
                    }

                    // "ask the shop, the shop says no": what closes one piece and opens the next is not said twice.
                    same = same && (tokens[i + length].Break == TokenBreak.None || tokens[i].Break != TokenBreak.None);

                    repeated = same ? length : 0;
                }

                if (repeated > 0)
                {
                    tokens[i + repeated] = tokens[i + repeated] with { Break = tokens[i].Break };
                    i += repeated - 1;
                    continue;
                }

                kept.Add(tokens[i]);
            }

            return kept;
        }

        // "llevo 4 días así, inútiles", "been at this 4 days you clowns": called after a whole clause, an insult goes and the clause stays.
        private static List<MessageToken> WithoutCalledInsults(List<MessageToken> tokens)
        {
            for (var i = 0; i < tokens.Count; i++)
            {
                if ((tokens[i].Marks & TokenMarks.Insult) == 0)
                {
                    continue;
                }

                var end = i;
                while (end < tokens.Count && ((tokens[end].Marks & TokenMarks.Insult) != 0 || (tokens[end].Marks & TokenMarks.Dropped) != 0) && (end == i || tokens[end].Break == TokenBreak.None))
                {
                    end++;
                }

                var start = i;
                while (start > 0 && tokens[start].Break == TokenBreak.None && Calling.Contains(tokens[start - 1].Form))
                {
                    start--;
                }

                var closes = end == tokens.Count || tokens[end].Break != TokenBreak.None;
                if (closes && start > 0 && (tokens[start].Break != TokenBreak.None || !Judging.Contains(tokens[start - 1].Form)))
                {
                    for (var k = start; k < end; k++)
                    {
                        tokens[k] = tokens[k] with { Marks = (tokens[k].Marks & ~(TokenMarks.DropsClause | TokenMarks.Insult)) | TokenMarks.Dropped };
                    }
                }

                i = end - 1;
            }

            return tokens;
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
        private List<MessageToken> Expand(List<MessageToken> tokens, PhraseBook.Found found)
        {
            var kept = new List<MessageToken>(tokens.Count);
            var pending = TokenBreak.None;
            for (var i = 0; i < tokens.Count; i++)
            {
                var token = tokens[i];
                var before = token.Break > pending ? token.Break : pending;
                if (found.RewriteAt(token.Start) is { } rewrite)
                {
                    var say = _rewrites[rewrite.Rule];
                    // "¿es normal que …?" becomes what they mind: no question any more.
                    AddWords(token with { Marks = TokenMarks.None, IsQuestion = token.IsQuestion && say.Length == 0 }, say, before);
                    pending = say.Length > 0 ? TokenBreak.None : before;
                    while (i + 1 < tokens.Count && tokens[i + 1].Start < rewrite.End)
                    {
                        i++;
                    }

                    continue;
                }

                var isPlace = token.Form is "encima" or "ademas" or "on" && i + 1 < tokens.Count && (tokens[i + 1].Form is "de" or "del" || (token.Form == "encima" && tokens[i + 1].Form == "a"));
                var called = (token.Marks & TokenMarks.Vocative) != 0 && before != TokenBreak.None && (i + 1 == tokens.Count || tokens[i + 1].Break != TokenBreak.None);
                called |= token.Form is "no" or "si" or "yes" && before != TokenBreak.None && i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.Comma;
                // "encima de la cama", "ahora en enero": the filler is none before a preposition of its own.
                called &= !isPlace;
                if ((called || ((token.Marks & TokenMarks.Dropped) != 0 && !isPlace)) && (token.Marks & (TokenMarks.DropsClause | TokenMarks.DropsSentence)) == 0)
                {
                    // "me deben además 286.000" is one clause.
                    var divides = ((token.Marks & TokenMarks.Pause) != 0 && !(token.Form is "ademas" or "encima" && i + 1 < tokens.Count && tokens[i + 1].HasDigit))
                        || (i + 1 < tokens.Count && token.Form is "please" or "kindly" or "favor" or "porfa" && retelling.BeginsRequest(tokens[i + 1]) && kept.Count > 0 && !BeforePlease.Contains(kept[^1].Form));
                    // "el chico encima me dijo …": between a noun and its verb nothing divides.
                    divides &= !(token.Form is "encima" or "ademas" && before == TokenBreak.None && kept.Count > 1 && kept[^2].Form is "el" or "la" or "los" or "las" or "su" or "mi" or "un" or "una" && i + 1 < tokens.Count && tokens[i + 1].Form is "me" or "nos" or "te" or "se" or "le" or "no");
                    // "quise usarlo y, resulta que, no se puede"
                    divides &= kept.Count == 0 || kept[^1].Form is not ("y" or "e" or "and");
                    pending = before == TokenBreak.None && divides ? TokenBreak.Comma : before;
                    if (token.ClosesQuestion && before == TokenBreak.None && kept.Count > 0)
                    {
                        kept[^1] = kept[^1] with { ClosesQuestion = true };
                    }

                    continue;
                }

                pending = TokenBreak.None;
                // "2 TB", "100 k": behind a number they are units.
                var isUnit = token.Form is "tb" or "k" or "d" or "n" or "x" && kept.Count > 0 && kept[^1].HasDigit && before == TokenBreak.None && (token.IsCapitalised || token.Form is "k" or "tb");
                if (!isUnit && (wording.Aliases.TryGetValue(token.Lower, out var meant) || (token.Form.Length > 1 && wording.Aliases.TryGetValue(token.Form, out meant))) && meant is not null)
                {
                    AddWords(token, meant.Split(' '), before);
                    continue;
                }

                kept.Add(token with { Break = before });
            }

            return kept;

            void AddWords(MessageToken token, string[] words, TokenBreak before)
            {
                for (var k = 0; k < words.Length; k++)
                {
                    kept.Add(token with { Text = words[k], Lower = words[k], Form = MessageReading.FormOf(words[k]), Break = k == 0 ? before : TokenBreak.None });
                }
            }
        }

        private bool IsClean(string text)
        {
            var reading = MessageReading.Of(text);
            var isWhole = text.EndsWith(" cada una", StringComparison.Ordinal) || text.EndsWith(" or not", StringComparison.Ordinal) || OwnEndings.Any(e => text.EndsWith(e, StringComparison.Ordinal));
            if (reading.Words.Count == 0 || (!isWhole && (language == MessageLanguage.English ? UnfinishedEnglish : UnfinishedSpanish).Contains(text[(text.LastIndexOf(' ') + 1)..])))
            {
                return false;
            }

            if (reading.Words.Any(w => _never.Contains(text.Substring(w.Start, w.Length).ToLowerInvariant())))
            {
                return false;
            }

            var found = _phrases.Find(reading);
            return !found.HasInsult && !found.HasSwearing;
        }

        // Up to three facts go into a sentence; a wish closes in one of its own.
        private string Sentences(List<Fact> facts)
        {
            var texts = facts.Select(f => f.Text).ToList();
            for (var i = 1; i < facts.Count; i++)
            {
                // After a sentence about somebody else, a bare "necesita" would seem to be theirs.
                if (facts[i - 1].Told.EndsInThirdPerson && facts[i].Told.TextWithSubject is { } named)
                {
                    texts[i] = named;
                }
            }

            for (var i = facts.Count - 1; i > 0; i--)
            {
                texts[i] = WithoutRepeatedWish(texts[i - 1], texts[i]);
            }

            if (facts.Count <= MostFactsInSentence)
            {
                return retelling.JoinFacts(texts);
            }

            var cut = SentenceCut(facts);
            texts[cut] = facts[cut].Text.Length > texts[cut].Length ? facts[cut].Text : texts[cut];
            var second = retelling.JoinFacts(texts[cut..]);
            return $"{retelling.JoinFacts(texts[..cut])}. {char.ToUpperInvariant(second[0])}{second[1..]}";
        }

        // "quiere que lo tapemos y quiere que le paguemos": the wish is said once.
        private string WithoutRepeatedWish(string before, string text)
        {
            foreach (var lead in retelling.WishLeads)
            {
                if (text.StartsWith(lead, StringComparison.Ordinal) && (before.StartsWith(lead, StringComparison.Ordinal) || before.StartsWith(lead[..lead.IndexOf(' ', StringComparison.Ordinal)] + " ", StringComparison.Ordinal)) && !before.Contains(',', StringComparison.Ordinal))
                {
                    return text[(lead.IndexOf(' ', StringComparison.Ordinal) + 1)..];
                }
            }

            return text;
        }

        // Where the second sentence begins: before the wishes, else where the customer began a sentence, else in the middle.
        private static int SentenceCut(List<Fact> facts)
        {
            var least = Math.Max(1, facts.Count - MostFactsInSentence);
            var most = Math.Min(MostFactsInSentence, facts.Count - 1);
            var best = (facts.Count + 1) / 2;
            var bestScore = -1;
            for (var cut = least; cut <= most; cut++)
            {
                var score = facts.Skip(cut).All(f => f.Told.IsWant) && !facts[cut - 1].Told.IsWant ? 4 : 0;
                score += facts[cut].Clause.Sentence != facts[cut - 1].Clause.Sentence ? 2 : 0;
                score += cut == (facts.Count + 1) / 2 ? 1 : 0;
                if (score > bestScore)
                {
                    (best, bestScore) = (cut, score);
                }
            }

            return best;
        }

        private string? Feeling(PhraseBook.Found found, bool heat, AddressForm address, int seed)
        {
            for (var i = 0; i < wording.Feelings.Count; i++)
            {
                if (found.Feelings.Contains(i) || (heat && wording.Feelings[i].Heat) || (found.IsGrave && wording.Feelings[i].Grave))
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

        // Without a variant the message picks its phrasing, always the same; with one the variant alone does, so that the next is another.
        private static int Seed(MessageReading reading, int? variant)
        {
            if (variant is { } given)
            {
                return given & int.MaxValue;
            }

            var hash = 2166136261u;
            foreach (var word in reading.Words)
            {
                foreach (var c in word.Form)
                {
                    hash = (hash ^ c) * 16777619u;
                }
            }

            return (int)(hash % 1009);
        }
    }
}
