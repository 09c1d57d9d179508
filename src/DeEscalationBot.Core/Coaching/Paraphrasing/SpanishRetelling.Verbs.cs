using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Who does what: verbs and their pronouns.</content>
internal sealed partial class SpanishRetelling
{
    private sealed partial class Telling
    {
        private void Remember(Doer doer, bool singular)
        {
            if (_first is null)
            {
                _first = doer;
                _firstIsThirdSingular = doer == Doer.Other && singular;
            }

            _last = doer;
            _lastWasThird = doer == Doer.Other;
            _customerGoverned = doer is Doer.Customer or Doer.Customers;
        }

        private void TellVerb(int verb, List<string> clitics)
        {
            var analysis = _analyses[verb];
            var at = verb - clitics.Count;
            var doer = DoerOf(verb, clitics);
            var mapped = MapClitics(clitics, doer, analysis.Reading?.Verb, verb);
            if (mapped is null || (doer == Doer.Company && (analysis.Reading?.Tense == SpanishTense.Future || (owner._notOurs.Contains(MessageReading.FormOf(analysis.Reading!.Verb.Infinitive)) && !(analysis.Reading.Verb.Infinitive is "querer" or "pretender" && SecondVerb(verb) is { } meant && owner._companyVerbs.Contains(meant))))))
            {
                Doubt();
                return;
            }

            // "estamos en octubre": so it is for both.
            if (doer == Doer.Customers && analysis.Reading is { Verb.Infinitive: "estar", Tense: SpanishTense.Present } && clitics.Count == 0 && verb + 2 < tokens.Count && tokens[verb + 1].Form is "a" or "en"
                && (tokens[verb + 2].HasDigit || Months.Contains(tokens[verb + 2].Form)))
            {
                Say("estamos", verb);
                Remember(Doer.Other, singular: false);
                return;
            }

            // "hablemos claro" invites us along: it is neither theirs nor ours.
            // A subjunctive that nothing governs is a piece of something else.
            var invites = analysis.Reading?.Tense == SpanishTense.SubjunctivePresent && _first is null && !_isWant
                && !tokens.Take(at).Any(t => t.Form is "que" or "ojala" or "cuando" or "si" or "para" or "donde" or "quien" or "mientras" or "hasta" or "como" or "quizas" or "vez");
            if (invites || (doer is Doer.Customer or Doer.Customers && Announces(verb)))
            {
                Doubt();
                return;
            }

            if (doer == Doer.Customer && _first is null)
            {
                _subjectAt = NegationStart();
            }

            _lacksSubject |= doer == Doer.Other && _first is null && _words.TrueForAll(w => w is "no" or "ya" or "ni") && analysis.Reading is { Person: SpanishPerson.El, Verb.Infinitive: not ("haber" or "hacer") };
            SayAll(mapped, at);
            // "… o me pagáis la multa": what else is wanted.
            var alternative = doer == Doer.Company && _wantOpen && at > 0 && tokens[at - 1].Form == "o" && analysis.Reading?.Tense == SpanishTense.Present;
            Say(alternative ? analysis.Reading!.Verb.Form(SpanishTense.SubjunctivePresent, SpanishPerson.Nosotros) : Conjugated(analysis, doer, tokens[verb]), clitics.Count == 0 ? verb : 0);
            var infinitive = analysis.Reading is null ? null : MessageReading.FormOf(analysis.Reading.Verb.Infinitive);
            var wants = doer is Doer.Customer or Doer.Customers && infinitive is not null && WantVerbs.Contains(infinitive);
            var likes = doer == Doer.Other && infinitive == "gustar" && clitics.Count > 0;
            _isWant |= _first is null && (wants || likes);
            _wantOpen = wants || likes || (_wantOpen && doer == Doer.Company);
            Remember(doer, analysis.Reading?.Person == SpanishPerson.El || (analysis is { Reading: null, Guess: null } && !tokens[verb].Form.EndsWith('n')));
        }

        // What somebody announces is a threat, a plan or a promise; what they expect to happen to them is a fact.
        private bool Announces(int verb)
        {
            var reading = _analyses[verb].Reading;
            if (reading?.Tense == SpanishTense.Future)
            {
                return !Expected.Contains(MessageReading.FormOf(reading.Verb.Infinitive));
            }

            return reading is { Verb.Infinitive: "ir", Tense: SpanishTense.Present } && verb + 2 < tokens.Count && tokens[verb + 1].Form == "a" && _analyses[verb + 2].Role == SpanishRole.Infinitive
                && !Expected.Contains(MessageReading.FormOf(_analyses[verb + 2].Reading!.Verb.Infinitive));
        }

        // Before the "no" that was already said: "usted no puede", not "no usted puede".
        private int NegationStart()
        {
            var at = _words.Count;
            while (at > 0 && _words[at - 1] is "solo" or "sólo" or "apenas" or "casi" or "ni" or "no" or "ya" or "nunca" or "todavía" or "también" or "tampoco" or "siempre" or "aún")
            {
                at--;
            }

            return at;
        }

        private string Conjugated(SpanishAnalysis analysis, Doer doer, MessageToken token)
        {
            if (analysis.Reading is not { } reading)
            {
                if (analysis.Guess is not { } guess)
                {
                    return token.Lower;
                }

                return IsUsted ? guess : guess.EndsWith("ió", StringComparison.Ordinal) ? guess[..^2] + "iste" : guess[..^1] + "aste";
            }

            return doer switch
            {
                Doer.Customer => reading.Verb.Form(reading.Tense, context.Address switch
                {
                    AddressForm.Usted => SpanishPerson.El,
                    AddressForm.Tu => SpanishPerson.Tu,
                    AddressForm.Vos => SpanishPerson.Vos,
                    _ => throw new InvalidOperationException("The form of address is unknown."),
                }),
                Doer.Customers => reading.Verb.Form(reading.Tense, SpanishPerson.Ellos),
                Doer.Company => reading.Verb.Form(reading.Tense, SpanishPerson.Nosotros),
                _ => token.Lower == token.Form && MessageReading.FormOf(reading.Spelling) == token.Form ? reading.Spelling : token.Lower,
            };
        }

        private Doer DoerOf(int verb, List<string> clitics)
        {
            if (_analyses[verb].Reading is not { } reading)
            {
                return _analyses[verb].Guess is null ? Doer.Other : Doer.Customer;
            }

            switch (reading.Person)
            {
                case SpanishPerson.Yo:
                    return Doer.Customer;
                case SpanishPerson.Nosotros:
                    return Doer.Customers;
                case SpanishPerson.Tu or SpanishPerson.Vos or SpanishPerson.Vosotros:
                    return Doer.Company;
                default:
                    break;
            }

            var start = verb - clitics.Count;
            var subject = owner._syntax.HasNounSubject(tokens, SpanishSyntax.GroupStart(tokens, verb));
            var usBefore = -1;
            for (var i = 0; i < tokens.Count; i++)
            {
                var isUs = reading.Person == SpanishPerson.Ellos ? Us.Contains(tokens[i].Form) : tokens[i].Form is "usted" or "ud";
                if (isUs && (i < start || i == verb + 1) && (i == 0 || !SpanishSyntax.IsPreposition(tokens[i - 1].Form)))
                {
                    usBefore = i;
                }
            }

            if (usBefore >= 0 && !Enumerable.Range(usBefore + 1, Math.Max(0, start - usBefore - 1)).Any(k => _analyses[k].Role == SpanishRole.Finite && _analyses[k].Reading?.Person == reading.Person && tokens[k].Form != "es") && !SubjectBetween(usBefore, start))
            {
                return Doer.Company;
            }

            if (_isAlternative && reading.Tense == SpanishTense.Present && start > 0 && tokens[start - 1].Form == "o" && !subject)
            {
                return Doer.Company;
            }

            if (subject || reading.Person != SpanishPerson.Ellos || IsElsewhere(start) || clitics.Contains("se") || tokens.Any(t => owner._thirdParties.Contains(t.Form)))
            {
                return Doer.Other;
            }

            if (_wantOpen && reading.Tense is SpanishTense.SubjunctivePresent or SpanishTense.SubjunctiveRa or SpanishTense.SubjunctiveSe
                && !(verb + 2 < tokens.Count && tokens[verb + 1].Form != "a" && People.Contains(tokens[verb + 2].Form)))
            {
                return Doer.Company;
            }

            var selfish = clitics.Count > 0 && clitics[0] is "me" or "nos";
            var infinitive = MessageReading.FormOf(reading.Verb.Infinitive);
            if (selfish && reading.Tense != SpanishTense.Future && !tokens.Take(start).Any(t => Us.Contains(t.Form)))
            {
                if (infinitive is "cobrar" or "facturar" || (context.AddressesUs && owner._companyVerbs.Contains(infinitive)))
                {
                    return Doer.Company;
                }

                // "me han cobrado", "me siguen cobrando", "me van a cobrar": the doer is the company by its second verb.
                if (infinitive is "haber" or "seguir" or "estar" or "volver" && SecondVerb(verb) is { } second
                    && (second is "cobrar" or "facturar" || (context.AddressesUs && owner._companyVerbs.Contains(second))))
                {
                    return Doer.Company;
                }
            }

            return Doer.Other;
        }

        // "en el hospital nos dijeron": they of that place.
        private bool IsElsewhere(int verb)
        {
            for (var i = 1; i + 1 < verb; i++)
            {
                if (tokens[i - 1].Form == "en" && SpanishSyntax.IsDeterminer(tokens[i].Form) && Places.Contains(tokens[i + 1].Form))
                {
                    return true;
                }
            }

            return false;
        }

        private bool SubjectBetween(int from, int to)
        {
            for (var i = from + 1; i < to; i++)
            {
                if (tokens[i].Form is "que" or "porque" or "si" or "cuando")
                {
                    return owner._syntax.HasNounSubject(tokens, to);
                }
            }

            return false;
        }

        private string? SecondVerb(int verb)
        {
            for (var i = verb + 1; i < tokens.Count && i <= verb + 2; i++)
            {
                var readings = owner._syntax.Verbs.Readings(tokens[i].Lower, tokens[i].Form, context.AccentsReliable);
                var bare = readings.FirstOrDefault(r => r.Tense is SpanishTense.Participle or SpanishTense.Gerund or SpanishTense.Infinitive);
                if (bare is not null)
                {
                    return MessageReading.FormOf(bare.Verb.Infinitive);
                }
            }

            return null;
        }

        /// <summary>The pronouns before a verb, from the agent's side; nothing when it cannot be told whom they mean.</summary>
        private List<string>? MapClitics(List<string> clitics, Doer doer, SpanishVerb? verb, int at)
        {
            var mapped = new List<string>(clitics.Count);
            for (var k = 0; k < clitics.Count; k++)
            {
                var beforeDirect = k + 1 < clitics.Count && clitics[k + 1] is "lo" or "la" or "los" or "las";
                var afterSe = k > 0 && clitics[k - 1] == "se";
                string? word;
                switch (clitics[k])
                {
                    case "me":
                        word = !IsUsted ? "te" : afterSe ? "le" : doer == Doer.Customer || beforeDirect ? "se" : "le";
                        break;
                    case "nos":
                        word = afterSe ? "les" : doer == Doer.Customers || beforeDirect ? "se" : "les";
                        break;
                    case "te" or "os" when doer == Doer.Company && at >= 0 && _analyses[at].Reading?.Person is SpanishPerson.Tu or SpanishPerson.Vos or SpanishPerson.Vosotros:
                        word = "nos"; // "os negáis a …"
                        break;
                    case "te" or "os":
                        word = doer is Doer.Customer or Doer.Customers ? "nos" : null;
                        break;
                    case "le" when doer is Doer.Customer or Doer.Customers && verb?.Infinitive == "agradecer" && at >= 0 && !NamesRecipient(at):
                        word = "nos";
                        break;
                    case "les" when doer is Doer.Customer or Doer.Customers && at >= 0 && context.NamesGroup && SecondVerb(at) is "devolver" or "pagar" or "dar" or "entregar":
                        word = null; // The clients, or us.
                        break;
                    case "les" when doer is Doer.Customer or Doer.Customers && at >= 0 && IsTelling(verb, at) && !NamesRecipient(at):
                        word = "nos";
                        break;
                    case "les" when doer == Doer.Other && at >= 0 && NamesUs(at):
                        word = "nos"; // "les paga a ustedes el transporte"
                        break;
                    case "los" when k == 0 && doer is Doer.Customer or Doer.Customers && verb?.Infinitive is "llamar" or "contactar" && context.AddressesUs:
                        word = "nos";
                        break;
                    default:
                        word = clitics[k];
                        break;
                }

                if (word is null)
                {
                    return null;
                }

                mapped.Add(word);
            }

            return mapped;
        }

        private bool NamesUs(int at) => Enumerable.Range(at + 1, Math.Max(0, Math.Min(3, tokens.Count - at - 2))).Any(i => tokens[i].Form == "a" && Us.Contains(tokens[i + 1].Form));

        private bool IsTelling(SpanishVerb? verb, int at)
        {
            var infinitive = verb is null ? null : MessageReading.FormOf(verb.Infinitive);
            infinitive = infinitive is "haber" or "estar" or "llevar" or "volver" or "ir" or "tener" ? SecondVerb(at) : infinitive;
            return infinitive is not null && owner._tellingVerbs.Contains(infinitive);
        }

        // "les dije a los técnicos" speaks of technicians.
        private bool NamesRecipient(int at)
        {
            for (var i = at + 1; i + 1 < tokens.Count && i <= at + 4; i++)
            {
                var named = tokens[i].Form is "a" && SpanishSyntax.IsDeterminer(tokens[i + 1].Form) && i + 2 < tokens.Count ? tokens[i + 2] : tokens[i].Form is "a" or "al" ? tokens[i + 1] : null;
                if (named is not null && (People.Contains(Singular(named.Form)) || owner._thirdParties.Contains(Singular(named.Form)) || owner._thirdParties.Contains(named.Form) || (named.IsCapitalised && named.Text.Length > 2)))
                {
                    return !Us.Contains(named.Form);
                }
            }

            return false;
        }

        private static List<string> SplitEnclitics(string enclitics)
        {
            var list = new List<string>();
            var rest = enclitics;
            while (rest.Length > 0)
            {
                var next = rest.StartsWith("nos", StringComparison.Ordinal) || rest.StartsWith("les", StringComparison.Ordinal) || rest.StartsWith("los", StringComparison.Ordinal) || rest.StartsWith("las", StringComparison.Ordinal) ? rest[..3] : rest[..2];
                list.Add(next);
                rest = rest[next.Length..];
            }

            return list;
        }

        private void TellEnclitics(int i)
        {
            var analysis = _analyses[i];
            var clitics = SplitEnclitics(analysis.Enclitics);
            var infinitive = MessageReading.FormOf(analysis.Reading!.Verb.Infinitive);
            var governed = _customerGoverned && (analysis.Role == SpanishRole.Gerund ? i > 0 && _analyses[i - 1].Role == SpanishRole.Finite : !(i > 0 && tokens[i - 1].Form == "para"));
            var own = governed || ((owner._pronominalVerbs.Contains(infinitive) || (infinitive == "encontrar" && i + 1 < tokens.Count && tokens[i + 1].Form == "con")) && _last is not Doer.Company);
            var plural = clitics.Contains("nos");
            var doer = own ? (plural ? Doer.Customers : Doer.Customer) : Doer.Other;
            if (own && clitics.Count == 1 && clitics[0] == "les" && owner._tellingVerbs.Contains(infinitive) && !NamesRecipient(i))
            {
                clitics[0] = "os"; // "pedirles" to the company, like "pediros".
            }

            var mapped = MapClitics(clitics, doer, analysis.Reading.Verb, -1);
            if (mapped is null)
            {
                Doubt();
                return;
            }

            var written = tokens[i].Lower;
            var bare = written[..^analysis.Enclitics.Length];
            if (analysis.Role == SpanishRole.Gerund)
            {
                // "reclamandome" of somebody who sets no accents.
                bare = bare.EndsWith("ando", StringComparison.Ordinal) ? bare[..^4] + "ándo" : bare.EndsWith("endo", StringComparison.Ordinal) ? bare[..^4] + "éndo" : bare;
            }

            Say(bare + string.Concat(mapped), i);
        }
    }
}
