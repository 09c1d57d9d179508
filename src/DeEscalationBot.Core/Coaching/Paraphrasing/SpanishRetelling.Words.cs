namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Possessives, pronouns that stand alone, names and spelling.</content>
internal sealed partial class SpanishRetelling
{
    private sealed partial class Telling
    {
        private int TellWord(int i)
        {
            var token = tokens[i];
            if (token.Form is "o" && i + 1 < tokens.Count && Enumerable.Range(i + 1, Math.Min(4, tokens.Count - i - 1)).Any(k => _analyses[k].Reading?.Person is SpanishPerson.Yo or SpanishPerson.Nosotros && _analyses[k].Role == SpanishRole.Finite))
            {
                Doubt(); // "… o pongo una reseña": a condition, not a fact.
                return i + 1;
            }

            var previous = i > 0 && token.Break == TokenBreak.None ? tokens[i - 1].Form : null;
            var next = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None ? tokens[i + 1] : null;
            var nextIsVerb = next is not null && (_analyses[i + 1].Role == SpanishRole.Finite || next.Form is "no" or "me" or "nos" or "te" or "se" or "le" or "les" or "ya" or "nunca");
            switch (token.Form)
            {
                case "yo":
                    _namesCustomer = true;
                    Say(You, i);
                    return i + 1;
                case "mi" when token.Lower == "mí" || next is null || (previous is not null && SpanishSyntax.IsPreposition(previous) && (nextIsVerb || next.Form is "lo" or "eso" or "esto" or "que" or "y" or "tambien" or "tampoco" or "solo" or "nadie")):
                    Say(context.Address == AddressForm.Tu ? "ti" : You, i);
                    _namesCustomer |= previous == "a" && nextIsVerb;
                    return i + 1;
                case "mi":
                    Say(IsUsted ? "su" : "tu", i);
                    return i + 1;
                case "mis":
                    Say(IsUsted ? "sus" : "tus", i);
                    return i + 1;
                case "mio" or "mia" or "mios" or "mias":
                    Say((IsUsted ? "suy" : "tuy") + token.Form[2..], i);
                    return i + 1;
                case "suyo" or "suya" or "suyos" or "suyas" when context.AddressesUs && context.NamesOthers:
                    Doubt(); // The company's, or theirs.
                    return i + 1;
                case "suyo" or "suya" or "suyos" or "suyas" when context.AddressesUs:
                    Say("nuestr" + token.Form[3..], i);
                    return i + 1;
                case "que" when previous == "por" && i > 1 && (_analyses[i - 2].Role is SpanishRole.Finite or SpanishRole.Infinitive || tokens[i - 2].Form is "nada") && nextIsVerb && IsKnowing(_analyses[i - 2].Reading):
                    Say("qué", i);
                    return i + 1;
                case "conmigo":
                    Say(context.Address switch { AddressForm.Usted => "con usted", AddressForm.Tu => "contigo", _ => "con vos" }, i);
                    return i + 1;
                case "nosotros" or "nosotras":
                    _namesCustomer = true;
                    Say("ustedes", i);
                    return i + 1;
                case "nuestro" or "nuestra" or "nuestros" or "nuestras":
                    var standsAlone = next is null || previous is "el" or "la" or "los" or "las" or "lo";
                    Say(standsAlone ? "suy" + token.Form[6..] : token.Form[^1] == 's' ? "sus" : "su", i);
                    return i + 1;
                case "vuestro" or "vuestra" or "vuestros" or "vuestras":
                    Say("n" + token.Form[1..], i);
                    return i + 1;
                case "tu" when token.Lower == "tú" || next is null || nextIsVerb:
                    return i + 1;
                case "tu" or "tus" when owner._privateNouns.Contains(Singular(next!.Form)):
                    Doubt();
                    return i + 1;
                case "tu" or "tus":
                    Say(Our(next!.Form, plural: token.Form == "tus"), i);
                    return i + 1;
                case "su" or "sus" when next?.Form is "propio" or "propia" or "propios" or "propias" && i + 2 < tokens.Count && IsCompanyNoun(tokens[i + 2].Form):
                    Say("nuestr" + next.Form[6..], i);
                    return i + 1;
                case "su" or "sus" when next is not null && ((IsCompanyNoun(next.Form) && !(context.NamesOthers && OwnedByAnybody.Contains(Singular(next.Form)) && !(i + 3 < tokens.Count && tokens[i + 2].Form == "de" && tokens[i + 3].Form is "atencion" or "ayuda" or "emergencias" or "soporte"))) || (!context.NamesOthers && !OfThings.Contains(Singular(next.Form)) && next.Form.All(char.IsLetter))):
                    Say(Our(next.Form, plural: token.Form == "sus"), i);
                    return i + 1;
                case "contigo":
                    Say("con nosotros", i);
                    return i + 1;
                case "usted" or "ud" or "vos" or "ti" or "ustedes" or "uds" or "ustds" or "vds" or "vosotros" or "vosotras":
                    if (previous == "a" && next?.Form is "les" or "os" or "te" or "le")
                    {
                        Doubt();
                    }
                    else if (previous is "ni" or "y" or "o" or "como" or "que" && !nextIsVerb)
                    {
                        Say("nosotros", i);
                    }
                    else if (previous is not null && SpanishSyntax.IsPreposition(previous))
                    {
                        TellOurs(i, previous);
                    }

                    return i + 1;
                default:
                    Say(Spelled(token, i), i);
                    return i + 1;
            }
        }

        private static bool IsKnowing(SpanishVerbReading? reading) => reading?.Verb.Infinitive is "entender" or "saber" or "explicar" or "comprender" or "decir" or "preguntar";

        // "la farmacia de ustedes" → "nuestra farmacia".
        private void TellOurs(int i, string previous)
        {
            var count = _words.Count;
            if (previous == "de" && count >= 3 && _words[^1] == "de" && _words[^3] is "el" or "la" or "los" or "las" && tokens[i].Form != "ti")
            {
                _words[^3] = _words[^3] switch { "el" => "nuestro", "la" => "nuestra", "los" => "nuestros", _ => "nuestras" };
                _words.RemoveAt(count - 1);
                return;
            }

            // "la línea de emergencias de ustedes"
            if (previous == "de" && count >= 5 && _words[^1] == "de" && _words[^3] == "de" && _words[^5] is "el" or "la" or "los" or "las")
            {
                _words[^5] = _words[^5] switch { "el" => "nuestro", "la" => "nuestra", "los" => "nuestros", _ => "nuestras" };
                _words.RemoveAt(count - 1);
                return;
            }

            Say("nosotros", i);
        }

        private bool IsCompanyNoun(string form) => owner._companyNouns.Contains(Singular(form)) || owner._companyNounsFeminine.Contains(Singular(form))
            || owner._companyNouns.Contains(form) || owner._companyNounsFeminine.Contains(form);

        private static string Singular(string form) => form.Length > 3 && form[^1] == 's' ? (form.EndsWith("es", StringComparison.Ordinal) && form[^3] is 'r' or 'n' or 'd' or 'l' ? form[..^2] : form[..^1]) : form;

        private string Our(string noun, bool plural)
        {
            var singular = Singular(noun);
            if (singular is "mapa" or "dia" or "idioma" or "clima" or "planeta" or "sofa")
            {
                return "nuestro" + (plural ? "s" : string.Empty);
            }

            var feminine = owner._companyNounsFeminine.Contains(singular) || owner._companyNounsFeminine.Contains(noun)
                || (!owner._companyNouns.Contains(singular) && ((singular[^1] == 'a' && !singular.EndsWith("ista", StringComparison.Ordinal) && !singular.EndsWith("ema", StringComparison.Ordinal) && !singular.EndsWith("grama", StringComparison.Ordinal)) || singular.EndsWith("ion", StringComparison.Ordinal) || singular.EndsWith("dad", StringComparison.Ordinal)));
            return "nuestr" + (feminine ? "a" : "o") + (plural ? "s" : string.Empty);
        }

        private string Spelled(MessageToken token, int i)
        {
            if (token.HasDigit)
            {
                return token.Text;
            }

            var isStart = i == 0 || tokens[i].Sentence != tokens[i - 1].Sentence || tokens[i].Start < tokens[i - 1].Start;
            var text = token.IsCapitalised && isStart && !IsName(token, i) ? char.ToLowerInvariant(token.Text[0]) + token.Text[1..] : token.Text;
            if (token.Lower != token.Form || token.IsCapitalised && text == token.Text)
            {
                return text;
            }

            if (token.Form == "seria" && context.AccentsReliable)
            {
                return text;
            }

            if (token.Form == "aun" && i + 1 < tokens.Count && tokens[i + 1].Form == "asi")
            {
                return text; // "aun así" has no accent.
            }

            // "gotea hacia mi techo", unlike "hacía tres años".
            if (token.Form == "hacia" && i + 1 < tokens.Count && (SpanishSyntax.IsDeterminer(tokens[i + 1].Form) || tokens[i + 1].IsCapitalised))
            {
                return text;
            }

            if (owner._spelling.TryGetValue(token.Form, out var spelled))
            {
                return spelled;
            }

            return SpanishAccents.Restore(text, token.Form, isVerb: _analyses[i].Reading is not null || _analyses[i].Role != SpanishRole.Other);
        }

        // At the start of a sentence a word without an article that a verb follows is a name: "Correos dice …".
        private bool IsName(MessageToken token, int i)
        {
            if (token.Text.Length > 1 && token.Text.Skip(1).Any(char.IsUpper))
            {
                return true;
            }

            if (token.Form.Length < 3 || token.Form.EndsWith("cion", StringComparison.Ordinal) || token.Form.EndsWith("mente", StringComparison.Ordinal) || owner._syntax.IsCommonWord(token.Form) || owner._spelling.ContainsKey(token.Form) || SpanishSyntax.IsDeterminer(token.Form) || SpanishSyntax.IsPreposition(token.Form) || _analyses[i].Reading is not null || Subordinators.Contains(token.Form))
            {
                return false;
            }

            return i + 1 < tokens.Count && ((_analyses[i + 1].Role == SpanishRole.Finite && _analyses[i + 1].Reading?.Person != SpanishPerson.Yo) || tokens[i + 1].Form is "me" or "no" or "nos" or "ya" or "se" or "todavia")
                && token.Form is not ("nadie" or "ya" or "todavia" or "aun" or "nunca" or "siempre" or "hoy" or "ayer" or "anoche" or "ahora" or "tambien" or "tampoco" or "encima" or "ademas" or "luego" or "aqui" or "aca" or "alguien" or "ninguno" or "todo" or "nada" or "solo" or "mañana" or "manana" or "despues" or "antes" or "quien" or "internet" or "entonces" or "asi" or "jamas" or "esto" or "eso" or "este" or "esta" or "ese" or "esa");
        }
    }
}
