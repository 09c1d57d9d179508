namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Says one clause back, word by word.</content>
internal sealed partial class SpanishRetelling
{
    // One clause being said back.
    private sealed partial class Telling(SpanishRetelling owner, IReadOnlyList<MessageToken> tokens, bool isQuestion, RetellingContext context)
    {
        private readonly List<string> _words = [];
        private readonly SpanishAnalysis[] _analyses = owner._syntax.Analyse(tokens, context);
        private bool _pendingComma;
        private Doer? _first;
        private Doer _last = Doer.Other;
        private bool _lastWasThird;
        private bool _firstIsThirdSingular;
        private bool _customerGoverned;
        private bool _wantOpen;
        private bool _requestOpen;
        private bool _isWant;
        private bool _namesCustomer;
        private int _subjectAt = -1;
        private bool _unsure;
        private bool _isFragment;
        private bool _lacksSubject;
        private bool _isTold;
        private bool _isAlternative;

        private string Want(bool plural = false) => plural ? "quieren" : context.Address switch
        {
            AddressForm.Usted => "quiere",
            AddressForm.Tu => "quieres",
            AddressForm.Vos => "querés",
            _ => throw new InvalidOperationException("The form of address is unknown."),
        };

        private string You => context.Address switch
        {
            AddressForm.Usted => "usted",
            AddressForm.Tu => "tú",
            AddressForm.Vos => "vos",
            _ => throw new InvalidOperationException("The form of address is unknown."),
        };

        private bool IsUsted => context.Address == AddressForm.Usted;

        // What follows cannot be told with certainty: the whole clause is left out.
        private void Doubt()
        {
            _unsure = true;
        }

        public Retold? Tell()
        {
            var from = 0;
            if (isQuestion)
            {
                from = TellQuestionStart();
            }
            else if (TryCommand(out var next))
            {
                from = next;
            }
            else if (tokens[0].Lower == "que")
            {
                return null; // A wish that could not be read, or the rest of something left out.
            }
            else
            {
                TellFragmentStart();
                from = _isTold ? tokens.Count : 0;
            }

            for (var i = from; i < tokens.Count && !_unsure;)
            {
                i = Step(i);
            }

            if (_unsure || _words.Count == 0)
            {
                return null;
            }

            var text = string.Join(' ', _words).Replace(" ,", ",", StringComparison.Ordinal);
            string? withSubject = null;
            if (_subjectAt >= 0 && IsUsted && !_namesCustomer)
            {
                var named = new List<string>(_words);
                named.Insert(_subjectAt, "usted");
                withSubject = string.Join(' ', named).Replace(" ,", ",", StringComparison.Ordinal);
            }

            return new Retold(text, _first is Doer.Customer or Doer.Customers or Doer.Company || _isWant, _firstIsThirdSingular && !_namesCustomer, _isWant, withSubject, _isFragment, _lacksSubject);
        }

        private void Say(string word, int at)
        {
            if (word.Length == 0)
            {
                return;
            }

            if (at > 0 && _words.Count > 0 && (tokens[at].Break == TokenBreak.Comma || _pendingComma))
            {
                _words[^1] += ",";
            }

            _pendingComma = false;
            _words.Add(word);
        }

        private void StartWith(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                _words.Add(word);
            }
        }

        private int Step(int i)
        {
            var token = tokens[i];
            var analysis = _analyses[i];
            if ((token.Marks & TokenMarks.Quoted) != 0 && !IsRelated(i))
            {
                // "le contestan «llámenos al 900»": what somebody was told to do stays between marks.
                if (analysis.Role == SpanishRole.Command && analysis.Enclitics == "nos" && i > 0 && (tokens[i - 1].Marks & TokenMarks.Quoted) == 0)
                {
                    return TellQuotation(i);
                }

                // Somebody's words stay as they were said; with a person in them it is not sure whose.
                _unsure = analysis.Role is SpanishRole.Command or SpanishRole.Unsure || analysis.Reading?.Person is not (null or SpanishPerson.El or SpanishPerson.Ellos) && analysis.Role == SpanishRole.Finite
                    || token.Form is "me" or "mi" or "te" or "tu" or "nos" or "yo" or "os" or "su" or "le" || token.ClosesQuestion;
                Say(Spelled(token, i), i);
                return i + 1;
            }

            // "… mandemos a alguien o recójanla", "¿pueden mirar la cuenta y decirme …?": the wish goes on.
            if (_wantOpen && i > 0 && tokens[i - 1].Form is "y" or "e" or "o" && analysis.Reading is { } further && (analysis.Role == SpanishRole.Command || (_requestOpen && analysis.Role == SpanishRole.Infinitive))
                && MapClitics(SplitEnclitics(analysis.Enclitics), Doer.Company, further.Verb, -1) is { } pronouns)
            {
                SayAll(pronouns, i);
                Say(further.Verb.Form(SpanishTense.SubjunctivePresent, SpanishPerson.Nosotros), pronouns.Count == 0 ? i : 0);
                return i + 1;
            }

            switch (analysis.Role)
            {
                case SpanishRole.Unsure or SpanishRole.Command:
                    Doubt();
                    return i + 1;
                case SpanishRole.Finite:
                    TellVerb(i, []);
                    return i + 1;
                case SpanishRole.Infinitive or SpanishRole.Gerund when analysis.Enclitics.Length > 0:
                    TellEnclitics(i);
                    return i + 1;
                default:
                    break;
            }

            if (SpanishSyntax.Clitics.Contains(token.Form) && token.Lower != "té" && TryCliticRun(i, out var next))
            {
                return next;
            }

            return TellWord(i);
        }

        private int TellQuotation(int from)
        {
            var to = from;
            while (to < tokens.Count && (tokens[to].Marks & TokenMarks.Quoted) != 0)
            {
                _unsure |= tokens[to].ClosesQuestion || tokens[to].Form is "yo" or "mi" or "mis" or "mio" or "mia" or "me" or "su" or "tu";
                Say((to == from ? "\"" : string.Empty) + tokens[to].Text + (to + 1 == tokens.Count || (tokens[to + 1].Marks & TokenMarks.Quoted) == 0 ? "\"" : string.Empty), to);
                to++;
            }

            return to;
        }

        // dice que "entiende mi frustración": related speech, in which persons turn as anywhere else.
        private bool IsRelated(int i)
        {
            while (i > 0 && (tokens[i - 1].Marks & TokenMarks.Quoted) != 0)
            {
                i--;
            }

            return i > 0 && tokens[i - 1].Form is "que" or "porque";
        }

        private bool TryCliticRun(int i, out int next)
        {
            var verb = i;
            var clitics = new List<string>();
            while (verb < tokens.Count && SpanishSyntax.Clitics.Contains(tokens[verb].Form) && (verb == i || tokens[verb].Break == TokenBreak.None) && _analyses[verb].Role == SpanishRole.Other)
            {
                clitics.Add(tokens[verb].Form);
                verb++;
            }

            next = verb;
            if (verb < tokens.Count && tokens[verb].Break == TokenBreak.None && _analyses[verb].Role == SpanishRole.Finite)
            {
                TellVerb(verb, clitics);
                next = verb + 1;
                return true;
            }

            if (clitics.TrueForAll(c => c is "lo" or "la" or "los" or "las"))
            {
                next = i;
                return false; // An article.
            }

            // A verb that the table does not hold: with a third person's ending it stays, and only the pronouns turn.
            if (verb < tokens.Count && tokens[verb].Break == TokenBreak.None && _analyses[verb].Role == SpanishRole.Other && LooksThird(tokens[verb].Lower)
                && MapClitics(clitics, Doer.Other, null, i) is { } mapped)
            {
                SayAll(mapped, i);
                Say(tokens[verb].Text, verb);
                Remember(Doer.Other, singular: !tokens[verb].Form.EndsWith('n'));
                next = verb + 1;
                return true;
            }

            Doubt();
            return true;
        }

        private static bool LooksThird(string word) =>
            word.Length > 3 && (word.EndsWith('ó') || word.EndsWith("aron", StringComparison.Ordinal) || word.EndsWith("ieron", StringComparison.Ordinal)
                || word.EndsWith("an", StringComparison.Ordinal) || word.EndsWith("en", StringComparison.Ordinal) || word.EndsWith('a'));

        private void SayAll(List<string> words, int at)
        {
            for (var k = 0; k < words.Count; k++)
            {
                Say(words[k], k == 0 ? at : 0);
            }
        }
    }
}
