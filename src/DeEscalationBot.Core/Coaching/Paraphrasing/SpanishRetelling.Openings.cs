using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>How a clause begins: questions, requests, pieces without a verb.</content>
internal sealed partial class SpanishRetelling
{
    private sealed partial class Telling
    {
        // "¿Cuándo llega mi pedido?" is said back as what the customer wants to know; "¿me pueden devolver …?" as what they want.
        private int TellQuestionStart()
        {
            var i = 0;
            while (i < tokens.Count && SpanishSyntax.IsPreposition(tokens[i].Form) && i < 2)
            {
                i++;
            }

            if (tokens.Any(t => (t.Marks & TokenMarks.Quoted) != 0) && tokens.Count < 6)
            {
                Doubt(); // "¿Cuánto es 'en ello'?"
                return 0;
            }

            // "regrésenme mi dinero, ¿no?"
            if (_analyses[0] is { Role: SpanishRole.Command, Enclitics: var bound } && (bound.StartsWith("me", StringComparison.Ordinal) || bound.StartsWith("nos", StringComparison.Ordinal)) && TryCommand(out var ordered))
            {
                return ordered;
            }

            // "¿Que se relaje?" echoes what somebody said.
            var firstVerb = i + 1;
            while (firstVerb < tokens.Count && SpanishSyntax.Clitics.Contains(tokens[firstVerb].Form))
            {
                firstVerb++;
            }

            var echoes = i == 0 && firstVerb < tokens.Count && tokens[0].Form == "que" && _analyses[firstVerb].Reading?.Tense is SpanishTense.SubjunctivePresent;
            if ((echoes || (tokens[0].Lower == "que" && context.AccentsReliable)) && firstVerb > 1 && tokens[firstVerb - 1].Form is "se" or "te")
            {
                Doubt();
                return 0;
            }

            if (i < tokens.Count && QuestionWords.Contains(tokens[i].Form) && !echoes)
            {
                // "¿cómo le dan un chip a cualquiera?" asks nothing; "¿cómo puedo …?", "¿cómo se cambia …?" do.
                var how = tokens[i].Form == "como" && !(i + 1 < tokens.Count && (tokens[i + 1].Form is "se" or "va" or "esta" || IsOwn(i + 1) || (SpanishSyntax.Clitics.Contains(tokens[i + 1].Form) && IsOwn(i + 2))));
                // "¿qué le digo yo a la niña?", "¿a quién le reclamo?" ask nothing of us.
                var helpless = tokens[i].Form is "que" or "quien" or "como" && Enumerable.Range(i + 1, tokens.Count - i - 1).Any(k => IsOwn(k) && _analyses[k].Role == SpanishRole.Finite
                    && ((k + 1 < tokens.Count && tokens[k + 1].Form == "yo") || tokens[k - 1].Form is "le" or "les" || (tokens[i].Form == "que" && _analyses[k].Reading?.Tense == SpanishTense.Preterite && !(i > 0 && tokens[i - 1].Form == "por"))));
                // "¿quién borra un disco por una tecla?"
                helpless |= tokens[i].Form == "quien" && i == 0 && firstVerb < tokens.Count && _analyses[firstVerb] is { Role: SpanishRole.Finite, Reading: { Tense: SpanishTense.Present, Person: SpanishPerson.El } who }
                    && !Answering.Contains(MessageReading.FormOf(who.Verb.Infinitive));
                if (how || helpless || (context.IsHeated && tokens[i].Form is "que" or "quien" or "cual" or "quienes" && i == 0) || (tokens[i].Form == "que" && tokens.Count > i + 1 && tokens[i + 1].Form is "no" or "me" or "les" or "te" && !(i > 0 && tokens[i - 1].Form == "por" && !context.IsHeated)))
                {
                    Doubt();
                    return 0;
                }

                _isWant = true;
                _first = Doer.Customer;
                StartWith(Want(context.SpeaksAsWe), "saber");
                for (var k = 0; k < i; k++)
                {
                    _words.Add(tokens[k].Lower);
                }

                _words.Add(QuestionSpelling[tokens[i].Form]);
                return i + 1;
            }

            // "¿Alguien puede revisar el contador?"
            if (tokens.Count > 2 && tokens[0].Form == "alguien")
            {
                var modalAt = 1;
                while (modalAt + 1 < tokens.Count && SpanishSyntax.Clitics.Contains(tokens[modalAt].Form))
                {
                    modalAt++;
                }

                if (modalAt + 1 < tokens.Count && _analyses[modalAt] is { Role: SpanishRole.Finite, Reading.Verb.Infinitive: "poder" } && _analyses[modalAt + 1] is { Role: SpanishRole.Infinitive, Reading: { } wished } bare
                    && MapClitics([.. tokens.Skip(1).Take(modalAt - 1).Select(t => t.Form), .. SplitEnclitics(bare.Enclitics)], Doer.Other, wished.Verb, -1) is { } pronouns)
                {
                    _isWant = true;
                    _first = Doer.Customer;
                    StartWith(Want(context.SpeaksAsWe), "que", "alguien");
                    _words.AddRange(pronouns);
                    _words.Add(wished.Verb.Form(SpanishTense.SubjunctivePresent, SpanishPerson.El));
                    return modalAt + 2;
                }
            }

            var verb = 0;
            while (verb < tokens.Count && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "no" or "ustedes" or "usted" or "uds"))
            {
                verb++;
            }

            if (verb + 1 < tokens.Count && _analyses[verb] is { Role: SpanishRole.Finite, Reading: { Verb.Infinitive: "poder" or "deber" } modal }
                && modal.Tense is SpanishTense.Present or SpanishTense.Conditional && modal.Person is not (SpanishPerson.Yo or SpanishPerson.Nosotros)
                && !tokens.Take(verb).Any(t => t.Form == "se"))
            {
                var infinitive = verb + 1;
                while (infinitive < tokens.Count && (Us.Contains(tokens[infinitive].Form) || tokens[infinitive].Form is "usted" or "vos" or "tu" or "ya"))
                {
                    infinitive++;
                }

                var named = infinitive + 2 < tokens.Count && SpanishSyntax.IsDeterminer(tokens[infinitive + 1].Form) && People.Contains(tokens[infinitive + 2].Form);
                if (!named && infinitive < tokens.Count && _analyses[infinitive] is { Role: SpanishRole.Infinitive, Reading: { } asked } found)
                {
                    var clitics = tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form).ToList();
                    clitics.AddRange(SplitEnclitics(found.Enclitics));
                    TellRequest(asked.Verb, clitics, negated: false);
                    _requestOpen = true;
                    return infinitive + 1;
                }
            }

            // "¿me van a corregir los archivos?"
            if (verb > 0 && verb + 2 < tokens.Count && tokens[verb - 1].Form is "me" or "nos" && _analyses[verb] is { Role: SpanishRole.Finite, Reading: { Verb.Infinitive: "ir", Tense: SpanishTense.Present, Person: SpanishPerson.Ellos or SpanishPerson.Vosotros } }
                && tokens[verb + 1].Form == "a" && _analyses[verb + 2] is { Role: SpanishRole.Infinitive, Reading: { } going } && owner._syntax.IsRequestVerb(going.Verb))
            {
                TellRequest(going.Verb, [.. tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form)], negated: false);
                return verb + 3;
            }

            // "¿me dan el número?", "¿nos devolvéis la fianza?"
            if (verb < tokens.Count && verb > 0 && tokens[verb - 1].Form is "me" or "nos" && _analyses[verb] is { Role: SpanishRole.Finite, Reading: { Tense: SpanishTense.Present } asks }
                && asks.Person is not (SpanishPerson.Yo or SpanishPerson.Nosotros) && owner._syntax.IsRequestVerb(asks.Verb) && !tokens.Take(verb).Any(t => t.Form is "no"))
            {
                TellRequest(asks.Verb, [.. tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form)], negated: false);
                return verb + 1;
            }

            var plain = verb < tokens.Count && _analyses[verb] is { Role: SpanishRole.Finite, Reading: { } question }
                && (question.Person is SpanishPerson.Yo or SpanishPerson.Nosotros ? AskedOfSelf : owner._askingVerbs).Contains(MessageReading.FormOf(question.Verb.Infinitive));
            // "¿van a volver a tenerla?"
            plain |= verb + 2 < tokens.Count && _analyses[verb].Reading is { Verb.Infinitive: "ir", Tense: SpanishTense.Present, Person: SpanishPerson.Ellos } && tokens[verb + 1].Form == "a" && _analyses[verb + 2].Role == SpanishRole.Infinitive;
            if (!(plain || (verb < tokens.Count && tokens[verb].Form is "hay" or "es" && tokens.Count > 2)) || context.IsHeated)
            {
                Doubt();
                return 0;
            }

            _isWant = true;
            _first = Doer.Customer;
            StartWith(Want(context.SpeaksAsWe), "saber", "si");
            return 0;
        }

        /// <summary>"si no me lo resuelven el lunes" → "quiere que se lo resolvamos el lunes"; nothing when it cannot be told who is to act.</summary>
        public Retold? TellUltimatum()
        {
            var verb = Array.FindIndex(_analyses, a => a.Role == SpanishRole.Finite);
            if (tokens[0].Form != "si" || verb < 0 || _analyses[verb].Reading is not { Tense: SpanishTense.Present or SpanishTense.Future } reading)
            {
                return null;
            }

            var clitics = SpanishSyntax.CliticsBefore(tokens, verb);
            var at = verb - clitics.Count;
            var negated = tokens[at - 1].Form == "no";
            var named = tokens.Take(negated ? at - 1 : at).Skip(1).ToList();
            if (named.Exists(t => t.Form == "no") || (!negated && reading.Verb.Infinitive is not ("volver" or "seguir")))
            {
                return null;
            }

            _isWant = true;
            _first = Doer.Customer;
            var doer = DoerOf(verb, clitics);
            var subject = owner._syntax.HasNounSubject(tokens, negated ? at - 1 : at);
            var told = reading.Person == SpanishPerson.El && !subject && owner._syntax.IsRequestVerb(reading.Verb) ? Doer.Company : reading.Person == SpanishPerson.Ellos && !subject ? Doer.Company : doer;
            if (!negated)
            {
                _words.Add("no");
            }

            StartWith(Want(told == Doer.Customers || clitics.Contains("nos")));
            if (told is Doer.Customer or Doer.Customers)
            {
                if (clitics.Count > 0 || !negated)
                {
                    return null;
                }

                _words.Add(reading.Verb.Infinitive);
            }
            else
            {
                _words.Add("que");
                for (var i = 1; i <= named.Count; i++)
                {
                    Say(Spelled(tokens[i], i), i);
                }

                if (MapClitics(clitics, told, reading.Verb, -1) is not { } mapped)
                {
                    return null;
                }

                _words.AddRange(mapped);
                _words.Add(reading.Verb.Form(SpanishTense.SubjunctivePresent, told == Doer.Company ? SpanishPerson.Nosotros : reading.Person));
            }

            _last = told;
            _wantOpen = true;
            for (var i = verb + 1; i < tokens.Count && !_unsure;)
            {
                i = Step(i);
            }

            if (told is Doer.Customer or Doer.Customers)
            {
                _words.AddRange(named.Select(t => Spelled(t, 1)));
            }

            return _unsure ? null : new Retold(string.Join(' ', _words).Replace(" ,", ",", StringComparison.Ordinal), SpeaksOfCustomer: true, EndsInThirdPerson: false, IsWant: true);
        }

        /// <summary>"me ponéis otro coche o me pagáis el alquiler" → "quieres que te pongamos otro coche o te paguemos el alquiler"; nothing when others are to act.</summary>
        public Retold? TellAlternatives()
        {
            var verb = 0;
            while (verb + 1 < tokens.Count && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "ustedes" or "uds"))
            {
                verb++;
            }

            // "o aparece la consola o me dais otra"
            if (verb == 0 && _analyses[0] is { Role: SpanishRole.Finite, Reading: { Tense: SpanishTense.Present, Person: SpanishPerson.El } thing } && Arriving.Contains(MessageReading.FormOf(thing.Verb.Infinitive)))
            {
                _isAlternative = true;
                _isWant = true;
                _first = Doer.Customer;
                StartWith(Want(), "que", thing.Verb.Form(SpanishTense.SubjunctivePresent, SpanishPerson.El));
                _wantOpen = true;
                return TellAlternativesFrom(1);
            }

            if (_analyses[verb] is not { Role: SpanishRole.Finite, Reading: { Tense: SpanishTense.Present, Person: SpanishPerson.Ellos or SpanishPerson.Vosotros } reading }
                || owner._notOurs.Contains(MessageReading.FormOf(reading.Verb.Infinitive)))
            {
                return null;
            }

            _isAlternative = true;
            TellRequest(reading.Verb, [.. tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form)], negated: false);
            return TellAlternativesFrom(verb + 1);
        }

        private Retold? TellAlternativesFrom(int from)
        {
            for (var i = from; i < tokens.Count && !_unsure;)
            {
                i = Step(i);
            }

            return _unsure ? null : new Retold(string.Join(' ', _words).Replace(" ,", ",", StringComparison.Ordinal), SpeaksOfCustomer: true, EndsInThirdPerson: false, IsWant: true);
        }

        private bool IsOwn(int i) => i < tokens.Count && _analyses[i].Reading?.Person is SpanishPerson.Yo or SpanishPerson.Nosotros;

        // Commands at the company: "devuélvanme el dinero", "no me cobren más", "cancelen mi cuenta".
        private bool TryCommand(out int next)
        {
            next = 0;
            var that = tokens[0].Form == "que" ? 1 : 0;
            var verb = that;
            while (verb < tokens.Count - 1 && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "no" or "ya") && tokens[verb + 1].Break == TokenBreak.None)
            {
                verb++;
            }

            if (verb >= tokens.Count)
            {
                return false;
            }

            var analysis = _analyses[verb];
            var negated = tokens.Take(verb).Any(t => t.Form == "no");
            var clitics = tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form).ToList();
            if (analysis.Role == SpanishRole.Command && clitics.Count == 0)
            {
                clitics = SplitEnclitics(analysis.Enclitics);
                TellRequest(analysis.Reading!.Verb, clitics, negated);
                next = verb + 1;
                return true;
            }

            if (analysis is not { Role: SpanishRole.Finite, Reading: { } reading })
            {
                return false;
            }

            var wish = reading.Tense == SpanishTense.SubjunctivePresent
                && (reading.Person == SpanishPerson.Ellos || (reading.Person is SpanishPerson.El or SpanishPerson.Tu && (that == 1 || negated || clitics.Count == 0) && (owner._syntax.IsRequestVerb(reading.Verb) || (negated && clitics.Exists(c => c is "me" or "nos")))));
            var familiar = reading is { Tense: SpanishTense.Present, Person: SpanishPerson.El } && verb == 0 && owner._syntax.IsRequestVerb(reading.Verb)
                && tokens.Count > 1 && tokens[1].Form is "mi" or "mis" or "nuestro" or "nuestra";
            // "que baje el supervisor" names who is to come; "que te caiga un rayo" is a curse.
            if (that == 1 && reading.Person == SpanishPerson.El && wish && clitics.Exists(c => c is "te" or "se" or "le" or "os"))
            {
                return false;
            }

            if (that == 1 && reading.Person == SpanishPerson.El && reading.Tense == SpanishTense.SubjunctivePresent && ((wish && verb + 1 < tokens.Count && SpanishSyntax.IsDeterminer(tokens[verb + 1].Form)) || Arriving.Contains(MessageReading.FormOf(reading.Verb.Infinitive))))
            {
                _isWant = true;
                _first = Doer.Customer;
                StartWith(Want(), "que");
                _wantOpen = true;
                next = 1;
                return true;
            }

            if (!wish && !familiar)
            {
                return false;
            }

            if (that == 0 && !negated && clitics.Count > 0)
            {
                return false; // "me devuelvan" alone is a piece of something longer.
            }

            TellRequest(reading.Verb, clitics, negated);
            next = verb + 1;
            return true;
        }

        private void TellRequest(SpanishVerb verb, List<string> clitics, bool negated)
        {
            if (clitics is ["se"])
            {
                Doubt(); // "cuídense", "siéntese": nothing is asked of the company.
                return;
            }

            _isWant = true;
            _first = Doer.Customer;
            StartWith(Want(clitics.Contains("nos")), "que");
            if (negated)
            {
                _words.Add("no");
            }

            var mapped = MapClitics(clitics, Doer.Company, verb, -1);
            if (mapped is null)
            {
                Doubt();
                return;
            }

            _words.AddRange(mapped);
            _words.Add(verb.Form(SpanishTense.SubjunctivePresent, SpanishPerson.Nosotros));
            _last = Doer.Company;
            _wantOpen = true;
        }

        private bool HasFinite() => _analyses.Any(a => a.Role is SpanishRole.Finite or SpanishRole.Unsure or SpanishRole.Command);

        // "mi padre, 79 años, con la insulina en la maleta, y la azafata diciéndole que …"
        private bool HoldsFactBefore(int verb)
        {
            var divided = false;
            var told = false;
            for (var k = 0; k < verb; k++)
            {
                divided |= k > 0 && tokens[k].Break == TokenBreak.Comma;
                told |= tokens[k].HasDigit || (tokens[k].Marks & (TokenMarks.Time | TokenMarks.Danger)) != 0;
            }

            return divided && told;
        }

        // "3 semanas sin internet" → "lleva 3 semanas sin internet"; "sin luz desde ayer" → "está sin luz desde ayer".
        private void TellFragmentStart()
        {
            // "tercera vez que me pasa" lacks its verb only.
            if (tokens.Count > 3 && tokens[0].Form is "segunda" or "tercera" or "cuarta" or "quinta" or "sexta" or "segundo" or "tercer" or "cuarto" or "quinto" or "sexto" && tokens[2].Form == "que")
            {
                StartWith("es", tokens[0].Form[^1] == 'a' ? "la" : "el");
                return;
            }

            // "lunes, sin agua": so it was on that day.
            if (tokens.Count > 2 && tokens[1].Form == "sin" && Weekdays.Contains(tokens[0].Form) && _analyses[2].Role != SpanishRole.Infinitive)
            {
                _isFragment = true;
                _first = Doer.Customer;
                StartWith(context.Address switch { AddressForm.Usted => "estuvo", AddressForm.Tu or AddressForm.Vos => "estuviste", _ => string.Empty });
                for (var k = 1; k < tokens.Count; k++)
                {
                    Say(Spelled(tokens[k], k), k == 1 ? 0 : k);
                }

                StartWith("el", Spelled(tokens[0] with { Text = tokens[0].Lower }, 0));
                _isTold = true;
                return;
            }

            // "miércoles sale marrón"
            if (tokens.Count > 2 && Weekdays.Contains(tokens[0].Form) && tokens[1].Break == TokenBreak.None && HasFinite())
            {
                StartWith("el");
                return;
            }

            // "devolución de todo": what is wanted.
            if (tokens[0].Form is "devolucion" or "reembolso" or "reintegro" && !HasFinite())
            {
                _isWant = true;
                _first = Doer.Customer;
                StartWith(Want(context.SpeaksAsWe), tokens[0].Form == "devolucion" ? "la" : "el");
                return;
            }

            // "Orden 7781-A": which one it is about.
            if (tokens.Count <= 5 && tokens[^1].HasDigit && (ReferenceNouns.Contains(tokens[0].Form) || owner.NamesCode(tokens)))
            {
                _isFragment = true;
                var noun = tokens[0].Form;
                var feminine = FeminineReferences.Contains(noun) || (!ReferenceNouns.Contains(noun) && (noun[^1] == 'a' || noun.EndsWith("ion", StringComparison.Ordinal) || noun.EndsWith("dad", StringComparison.Ordinal)));
                StartWith("se", "trata", feminine ? "de la" : "del");
                for (var k = 0; k < tokens.Count; k++)
                {
                    Say(Spelled(tokens[k], k), 0);
                }

                _isTold = true;
                return;
            }

            // "ticket #4471 sin respuesta"
            if (tokens.Count is > 2 and <= 8 && tokens[1].HasDigit && tokens[0].Form is "ticket" or "reclamo" or "caso" or "folio" or "pedido" && tokens[2].Form is "sin" or "abierto" or "cerrado" or "pendiente")
            {
                _isFragment = true;
                StartWith(context.Address switch { AddressForm.Usted => "tiene", AddressForm.Tu => "tienes", _ => "tenés" }, "el");
                return;
            }

            // "139 euros."
            if (tokens.Count == 2 && tokens[0].HasDigit && Currencies.Contains(tokens[1].Form) || tokens.Count == 1 && tokens[0].HasDigit && tokens[0].Text.AsSpan().IndexOfAny("$€£") >= 0)
            {
                _isFragment = true;
                StartWith("son");
                return;
            }

            // "26 cuotas de 190 dólares"
            if (tokens.Count is > 3 and < 8 && tokens[0].HasDigit && tokens[1].Form.EndsWith('s') && !TimeNouns.Contains(tokens[1].Form) && tokens[2].Form is "de" or "a" && tokens[3].HasDigit && !HasFinite())
            {
                _isFragment = true;
                StartWith("son");
                return;
            }

            // "tres meses esperando la pieza del coche, que es un Ibiza": the verb belongs to the relative clause.
            if (tokens.Count > 3 && (tokens[0].HasDigit || SmallNumbers.Contains(tokens[0].Form)) && TimeNouns.Contains(tokens[1].Form) && _analyses[2].Role == SpanishRole.Gerund && HasFinite())
            {
                StartWith(context.Address switch { AddressForm.Usted => "lleva", AddressForm.Tu => "llevas", AddressForm.Vos => "llevás", _ => string.Empty });
                _first = Doer.Customer;
                _customerGoverned = true;
                return;
            }

            var verbs = Enumerable.Range(0, tokens.Count).Where(k => _analyses[k].Role is SpanishRole.Finite or SpanishRole.Unsure or SpanishRole.Command).ToArray();
            if (verbs.Length > 0)
            {
                // "el mismo instructivo que te dije": a noun with its relative clause tells nothing by itself.
                _unsure = !HoldsFactBefore(verbs[0]) && verbs.All(k => SpanishSyntax.IsDependent(tokens, _analyses, k)) && !Opening.Contains(tokens[0].Form) && tokens[0].Form is not ("que" or "hace" or "a" or "ojala" or "desde" or "cada" or "siempre" or "ni")
                    && !tokens.Any(t => t.Form is "hace" or "hay");
                return;
            }

            _isFragment = true;
            var marks = tokens.Aggregate(TokenMarks.None, (all, t) => all | t.Marks);
            // "tres reclamos hechos", "dos visitas": so many so far.
            if (tokens.Count is >= 2 and <= 9 && !TimeNouns.Contains(tokens[1].Form) && (SmallNumbers.Contains(tokens[0].Form) || tokens[0].HasDigit) && tokens[0].Form is not ("un" or "una" or "1") && tokens[1].Form.EndsWith('s') && !Currencies.Contains(tokens[1].Form) && tokens[1].Break == TokenBreak.None
                && (tokens.Count == 2 || tokens[2].Break != TokenBreak.None || _analyses[2].Reading?.Tense == SpanishTense.Participle))
            {
                StartWith("van");
                return;
            }

            if ((marks & (TokenMarks.Time | TokenMarks.Frequency)) == 0 && !tokens.Any(t => t.HasDigit) && !(tokens[0].Form == "sin" && tokens.Count > 3))
            {
                Doubt();
                return;
            }

            if (tokens.Any(t => SpanishSyntax.Clitics.Contains(t.Form) && t.Form is "me" or "te" or "nos" or "os"))
            {
                Doubt();
                return;
            }

            var counts = tokens.Count > 2 && (tokens[0].HasDigit || SmallNumbers.Contains(tokens[0].Form)) && TimeNouns.Contains(tokens[1].Form);
            if (counts && (tokens[2].Form == "sin" || _analyses[2].Role == SpanishRole.Gerund))
            {
                _words.Add(context.Address switch { AddressForm.Usted => "lleva", AddressForm.Tu => "llevas", AddressForm.Vos => "llevás", _ => string.Empty });
                _first = Doer.Customer;
                _customerGoverned = true;
            }
            else if (tokens[0].Form == "sin" || (tokens[0].Form == "otra" && tokens.Count > 3 && tokens[2].Form == "sin"))
            {
                if (_analyses.Skip(1).Take(2).Any(a => a.Role == SpanishRole.Infinitive))
                {
                    Doubt();
                    return;
                }

                _words.Add(context.Address switch { AddressForm.Usted => "está", AddressForm.Tu => "estás", AddressForm.Vos => "estás", _ => string.Empty });
                _first = Doer.Customer;
            }
            else if (_analyses[0].Role == SpanishRole.Gerund)
            {
                _words.Add(context.Address switch { AddressForm.Usted => "está", AddressForm.Tu => "estás", AddressForm.Vos => "estás", _ => string.Empty });
                _first = Doer.Customer;
                _customerGoverned = true;
            }
            else if (_analyses[0].Role == SpanishRole.Infinitive || tokens.Count < 3)
            {
                Doubt();
            }
        }
    }
}
