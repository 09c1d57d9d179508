namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>How a word is written: contractions, capitals, names.</content>
internal sealed partial class EnglishRetelling
{
    private sealed partial class Telling
    {
        private string Written(int i)
        {
            var token = tokens[i];
            if (token.HasDigit)
            {
                return token.Text;
            }

            if (owner._capitals.TryGetValue(token.Lower, out var capital))
            {
                return capital;
            }

            if (token.IsCapitalised && token.Form is "march" or "may" && !(i + 1 < tokens.Count && tokens[i + 1].Form is "i" or "we" or "you"))
            {
                return token.Text;
            }

            // "march" and "may" are months beside a number or after "in", "since", "last".
            if (token.Form is "march" or "may" && ((i + 1 < tokens.Count && tokens[i + 1].HasDigit) || (i > 0 && (tokens[i - 1].HasDigit || tokens[i - 1].Form is "in" or "since" or "last" or "early" or "late" or "of" or "until" or "before" or "after"))))
            {
                return char.ToUpperInvariant(token.Form[0]) + token.Form[1..];
            }

            var contracted = token.Form switch
            {
                "dont" => "don't",
                "doesnt" => "doesn't",
                "didnt" => "didn't",
                "cant" => "can't",
                "couldnt" => "couldn't",
                "isnt" => "isn't",
                "wasnt" => "wasn't",
                "arent" => "aren't",
                "werent" => "weren't",
                "havent" => "haven't",
                "hasnt" => "hasn't",
                "hadnt" => "hadn't",
                "wont" => "won't",
                "wouldnt" => "wouldn't",
                "shouldnt" => "shouldn't",
                "its" when i + 1 < tokens.Count && tokens[i + 1].Form is "a" or "an" or "the" or "not" or "been" or "still" or "too" or "so" or "just" or "now" or "very" or "only" or "already" or "january" or "february" or "march" or "april" or "may" or "june" or "july" or "august" or "september" or "october" or "november" or "december" => "it's",
                "theyre" => "they're",
                "theyve" => "they've",
                "thats" => "that's",
                "theres" => "there's",
                _ => null,
            };
            if (contracted is not null)
            {
                return contracted;
            }

            var starts = i == 0 || tokens[i].Sentence != tokens[i - 1].Sentence;
            return starts && token.IsCapitalised && !IsName(i) ? char.ToLowerInvariant(token.Text[0]) + token.Text[1..] : token.Text;
        }

        // At the start of a sentence: a capital inside the word, or a lone word that a verb follows and no list knows.
        private bool IsName(int i)
        {
            var token = tokens[i];
            if (token.Text.Length > 1 && token.Text.Skip(1).Any(char.IsUpper))
            {
                return true;
            }

            if (token.Lower.Split('\'')[0] is "he" or "she" or "it" or "they" or "that" or "there" or "who" or "what" or "today" or "nothing" or "nobody" or "everything" or "here" or "somebody" or "everybody" or "anybody" or "another")
            {
                return false;
            }

            if (owner._bareNouns.Contains(token.Form) || token.IsNumberWord)
            {
                return false;
            }

            if (Form(i + 1) is "are" or "were" or "have" && token.Form.EndsWith('s'))
            {
                return false; // "Takings are down"
            }

            return !Determiners.Contains(token.Form) && !Subordinators.Contains(token.Form) && !owner.IsVerb(token.Form) && !PluralOrMass(token.Form) && !Adverbs.Contains(token.Form) && !SubjectPronouns.Contains(token.Form) && !Prepositions.Contains(token.Form)
                && Form(i + 1) is { } next && (Auxiliaries.Contains(next) || owner._pasts.Contains(next)) && token.Form is not ("delivery" or "service" or "internet" or "everyone" or "someone" or "something" or "nothing" or "customer" or "payment" or "refund" or "shipping" or "tracking" or "order" or "what" or "wifi" or "half" or "most" or "neither" or "everything" or "one");
        }
    }
}
