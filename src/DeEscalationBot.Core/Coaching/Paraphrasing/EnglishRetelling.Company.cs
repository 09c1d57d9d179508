namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Whom "you" means: the company, or anybody.</content>
internal sealed partial class EnglishRetelling
{
    private sealed partial class Telling
    {
        private int TellYou(int i)
        {
            var k = i + 1;
            while (Form(k) is { } people && PeopleOfCompany.Contains(people))
            {
                k++;
            }

            var previous = Form(i - 1);
            var verb = k;
            while (Form(verb) is { } adverb && Adverbs.Contains(adverb) && adverb != "keep")
            {
                verb++;
            }

            var isSubject = Form(verb) is { } v && tokens[verb].Break == TokenBreak.None && (owner.IsVerb(v) || v == "keep") && !(previous is not null && Prepositions.Contains(previous) && previous is not "like")
                && !(previous is not null && previous is not ("say" or "says" or "saying" or "said" or "promise" or "promised" or "confirmed") && (owner._companyVerbs.Contains(previous) || previous is "let" or "want" or "tell" or "told" or "asked" or "ask" or "wrote" or "paid" or "sent" or "emailed" or "called"));
            var verbForm = Form(verb);
            // "I was told you hadn't sent it"
            isSubject |= previous is "told" && verbForm is "had" or "hadnt" or "have" or "havent" or "would" or "wouldnt" or "did" or "didnt" or "couldnt" or "could" && tokens[verb].Break == TokenBreak.None;
            // "you are the seventh person to …": told of the count, not of us.
            if (isSubject && verbForm == "are" && Form(verb + 1) == "the" && Form(verb + 2) is "second" or "third" or "fourth" or "fifth" or "sixth" or "seventh" or "eighth" or "ninth" or "tenth" && verb == i + 1)
            {
                Say("this is", i);
                return verb + 1;
            }

            if (isSubject && verbForm is "are" or "were" && !IsDoing(verb + 1))
            {
                Doubt();
                return k;
            }

            if (isSubject && verbForm is not null && (owner._notOurs.Contains(verbForm) || (Auxiliaries.Contains(verbForm) && Form(verb + 1) is { } main && owner._notOurs.Contains(main))))
            {
                Doubt();
                return k;
            }

            // "that you swore on Friday": where only a subject can stand and no known verb follows.
            if (!isSubject && (previous is null or "that" or "when" or "if" or "because" or "and" or "so" or "what" or "which" or "where" or "how" or "why" or "since" or "until" or "while" or "but" or "though" or "or" || tokens[i].Break != TokenBreak.None))
            {
                Doubt();
                return k;
            }

            if (!isSubject)
            {
                Say("us", i);
                return k;
            }

            // "I demand that you try …"
            if (previous == "that" && Form(i - 2) is "demand" or "insist" or "request" or "require" or "ask")
            {
                Say("we", i);
                _companyIsSubject = true;
                _customerIsSubject = false;
                return k;
            }

            var reported = _companyIsSubject && previous is "say" or "says" or "saying" or "said" or "claim" or "claimed" or "claiming" or "promised" or "that";
            if (!reported && !IsOurDoing(verb))
            {
                Doubt();
                return k;
            }

            Say("we", i);
            _companyIsSubject = true;
            _customerIsSubject = false;
            return k;
        }

        // "You can't get through to anyone" is anybody; "you charged me", "you said" is the company.
        private bool IsOurDoing(int verb)
        {
            var form = Form(verb)!;
            if (form is "will" or "shall" && !tokens.Take(verb).Any(t => t.Form is "said" or "told" or "promised" or "say" or "if"))
            {
                return false; // A promise in the agent's mouth.
            }

            // "tell me what paper you need"
            if (form is "need" or "require" or "owe" && tokens.Take(verb).Any(t => t.Form is "what" or "which" or "whatever" or "anything"))
            {
                return true;
            }

            // What "you" did or have not done can only be the company's.
            if ((owner.IsPast(form) && !owner._bases.Contains(form)) || form is "didnt" or "havent" or "hadnt" or "did")
            {
                return true;
            }

            for (var i = verb; i < tokens.Count && i < verb + 5; i++)
            {
                var f = tokens[i].Form;
                if (i > verb && f is "i" or "that")
                {
                    return owner._companyVerbs.Contains(Form(i - 1)!);
                }

                if (f is "me" or "us" or "my" or "our")
                {
                    return true;
                }

                if (owner._companyVerbs.Contains(f))
                {
                    return true;
                }
            }

            return false;
        }

        // "you're still billing me" tells what we do, "you're the sort of …" judges.
        private bool IsDoing(int at)
        {
            while (Form(at) is { } adverb && (Adverbs.Contains(adverb) || adverb is "not" or "so" or "very"))
            {
                at++;
            }

            return Form(at) is { } form && (form.EndsWith("ing", StringComparison.Ordinal) || form is "late" or "closed" or "open" or "supposed" or "going") && !owner._notOurs.Contains(form);
        }

        private void TellYouContracted(int i, string form)
        {
            if (form == "youll" && !tokens.Take(i).Any(t => t.Form is "said" or "told" or "promised" or "if"))
            {
                Doubt();
                return;
            }

            if (!IsOurDoing(Math.Min(i + 1, tokens.Count - 1)) || (form == "youre" && !IsDoing(i + 1)))
            {
                Doubt();
                return;
            }

            Say(form switch { "youre" => "we're", "youve" => "we've", "youd" => "we'd", _ => "we'll" }, i);
            _customerIsSubject = false;
        }
    }
}
