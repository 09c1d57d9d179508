namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>How a clause begins: questions, requests, pieces without a verb.</content>
internal sealed partial class EnglishRetelling
{
    private sealed partial class Telling
    {
        private int TellStart()
        {
            var first = tokens[0].Form;
            var second = Form(1);

            // "your answer:", "not so much as a call": nothing by itself.
            if ((tokens.Count <= 2 && first is "my" or "your" or "our" or "the" or "a") || (_isFragment && first == "not" && !tokens.Any(t => t.HasDigit)))
            {
                Doubt();
                return 0;
            }

            // "passed with 90%"
            if (first == "passed" && second is "with" or "my" or "all" or "the" && inherited is ClauseSubject.None or ClauseSubject.Customer)
            {
                Start("you");
                _customerIsSubject = true;
                return 0;
            }

            // "a month trying to cancel"
            if (second is not null && TimeNouns.Contains(second) && (tokens[0].HasDigit || SmallNumbers.Contains(first)) && Form(2) is "trying" or "chasing" or "calling" or "asking" or "fighting" or "ringing")
            {
                Start("you've spent");
                return 0;
            }

            // "come and collect it", "come get it"
            if (IsCommand || (first == "come" && second is "and" or "get" or "collect" or "pick" or "take" or "round" or "fix" or "before" or "by" or "today" or "tomorrow" && Form(2) is not null && inherited is ClauseSubject.None or ClauseSubject.Other or ClauseSubject.Company))
            {
                _isWant = true;
                Start("you'd like us to");
                return 0;
            }

            // "train your people"
            if (second == "your" && Form(2) is "staff" or "people" or "team" or "drivers" or "agents" or "employees" or "system" or "website" or "records" or "app" && owner._bases.Contains(first) && !owner._pasts.Contains(first))
            {
                _isWant = true;
                Start("you'd like us to");
                return 0;
            }

            // "left and right lenses were switched"
            if (first == "left" && second is "and" or "side" or "hand" or "one" or "lens" or "shoe" or "ear")
            {
                _words.Add("the");
                _speaksOfCustomer = false;
                return 0;
            }

            // "delivered on the 21st by two lads", "installed by your own fitter": a thing was.
            if (owner.IsPast(first) && owner._participles.Contains(first) | first.EndsWith("ed", StringComparison.Ordinal) && !CustomerDoings.Contains(first) && !DoneToCustomer.Contains(first) && IsDoneBySomebody())
            {
                Start("it was");
                _speaksOfCustomer = false;
                return 0;
            }

            // "sent them back, 3 weeks, came back the same"
            if (first == "came" && second == "back" && Form(2) is "the" or "with" or "without" or "broken" or "worse" or "exactly" or "dead" or "damaged" or "empty" or "unrepaired")
            {
                Start("it");
                _speaksOfCustomer = false;
                return 0;
            }

            if (_isFragment && first == "another" && tokens.Count > 2)
            {
                Start("there's been");
                return 0;
            }

            // "engineer never came": the article that people leave out in a hurry.
            if (owner._bareNouns.Contains(first) && second is not null && tokens[1].Break == TokenBreak.None && (Auxiliaries.Contains(second) || (owner.IsVerb(second) && (owner.IsPast(second) || second.EndsWith('s'))) || Adverbs.Contains(second) && Form(2) is { } third && owner.IsVerb(third))
                && !(owner._requestVerbs.Contains(first) && second is "it"))
            {
                _words.Add("the");
                return 0;
            }

            // "all I ask is someone watches the tape"
            if (first is "i" or "we" && second == "want" && Form(2) is "someone" or "somebody" or "anyone" && Form(3) is { Length: > 0 } done && done != "to" && (owner._pasts.Contains(done) || (done[^1] == 's' && owner.IsVerb(done))))
            {
                _isWant = true;
                Start("you'd like it if");
                return 2;
            }

            // "all I'm asking is that you review the film"
            if (first is "i" or "we" && second == "want" && Form(2) == "that" && Form(3) is "you" or "u" && Form(4) is { } wished && (owner._bases.Contains(wished) || owner._requestVerbs.Contains(wished)))
            {
                _isWant = true;
                Start("you'd like us to");
                return 4;
            }

            // "so somebody tell me what I'm paying for"
            if (first is "somebody" or "someone" && second is not null && owner._requestVerbs.Contains(second) && tokens.Count > 2)
            {
                _isWant = true;
                Start("you'd like someone to");
                return 1;
            }

            // "money back", "full refund": what is wanted.
            if ((first == "money" && second == "back") || (first is "full" or "partial" or "complete" && second == "refund") || (first == "refund" && second is null))
            {
                _isWant = true;
                Start(first == "money" ? "you'd like your" : "you'd like a");
                return 0;
            }

            // "can a human being read this"
            if (first is "can" or "could" or "will" or "would" && second is "a" or "an" or "some" or "any" or "someone" or "somebody" or "anyone" or "one")
            {
                var verb = second is "someone" or "somebody" or "anyone" ? 2 : 3;
                while (verb < tokens.Count && verb < 6 && !owner._bases.Contains(tokens[verb].Form))
                {
                    verb++;
                }

                if (verb < tokens.Count && verb < 6)
                {
                    _isWant = true;
                    Start("you'd like");
                    for (var k = 1; k < verb; k++)
                    {
                        Say(Written(k), k);
                    }

                    _words.Add("to");
                    return verb;
                }
            }

            if (first is "can" or "could" or "will" or "should" or "which" or "who" or "whoever" || (first == "tell" && tokens.Count <= 2))
            {
                Doubt(); // The rest of something left out, or a question without its mark.
                return 0;
            }

            // "rejected in 40 seconds"
            if (first is "rejected" or "declined" or "approved" or "escalated" or "resolved" or "postponed" or "delayed" or "redirected" && (second is null || Prepositions.Contains(second) || second is "again" or "twice"))
            {
                Start("it was");
                _speaksOfCustomer = false;
                return 0;
            }

            // "both were dead", "is still not working": what acts is named, or left out and a thing.
            if (first is "both" or "all" or "none" or "neither" && second is "were" or "are" or "was" or "have" or "had" or "came" or "arrived" or "of")
            {
                _speaksOfCustomer = false;
                return 0;
            }

            if (first is "is" or "are" or "do" or "does" or "did")
            {
                if (first == "is" && second is "still" or "not" or "now" or "just" or "already" && tokens.Count > 3)
                {
                    Start("it");
                    _speaksOfCustomer = false;
                    return 0;
                }

                Doubt();
                return 0;
            }

            // "would love to know why …"
            if (first == "would" && second is "love" or "like" or "appreciate" or "rather" or "prefer")
            {
                _isWant = true;
                Start("you");
                return 0;
            }

            // "monday no water": on that day there was none.
            if (_isFragment && second is "no" or "nothing" && tokens.Count > 2 && owner._capitals.TryGetValue(first, out var day))
            {
                Start("you had");
                for (var k = 1; k < tokens.Count; k++)
                {
                    Say(Written(k), k);
                }

                _words.Add("on");
                _words.Add(day);
                return tokens.Count;
            }

            // A verb whose past looks like its base ("put", "cut") and one that goes on with "I …" tell what was done.
            var tells = (owner._pasts.Contains(first) && owner._bases.Contains(first) && (inherited == ClauseSubject.Customer || (inherited == ClauseSubject.None && context.TellsPast)))
                || (inherited == ClauseSubject.Customer && owner._requestVerbs.Contains(first) && second is null or "again" or "back");
            // "cut it this week" asks; "cut it last week" tells.
            tells &= !(inherited == ClauseSubject.None && owner._requestVerbs.Contains(first) && tokens.Any(t => t.Form is "this" or "today" or "tomorrow" or "now" or "before" or "by" or "writing") && !tokens.Any(t => t.Form is "yesterday" or "last" or "ago" or "morning"));
            if (tells && first is not ("read" or "let") && tokens.Count > 1 && !IsNounHere(0))
            {
                Start(first == "cost" ? "it" : "you");
                _customerIsSubject = first != "cost";
                return 0;
            }

            // "139 quid."
            if (tokens.Count == 2 && tokens[0].HasDigit && Currencies.Contains(second!) || tokens.Count == 1 && tokens[0].HasDigit && tokens[0].Text.AsSpan().IndexOfAny("$€£") >= 0)
            {
                _words.Add("it's");
                return 0;
            }

            if (second == "by" && owner.IsPast(first) && !CustomerDoings.Contains(first))
            {
                Doubt(); // "confirmed by Luca": the rest of something left out.
                return 0;
            }

            // "bought a machine, came on the 11th with a dent"
            if (tokens.Count > 1 && (ThingDoings.Contains(first) || (first == "came" && (second is "on" or "with" or "without" or "broken" or "damaged" or "late" || (second is not null && (tokens[1].Marks & TokenMarks.Time) != 0))) || (first == "arrived" && second is "on" or "with" or "without" or "broken" or "damaged" or "late" or "today" or "yesterday"))
                && inherited is ClauseSubject.None or ClauseSubject.Customer)
            {
                Start("it");
                _speaksOfCustomer = false;
                return 0;
            }

            if (DoneToCustomer.Contains(first) && inherited is ClauseSubject.None or ClauseSubject.Customer && second is not null and not ("me" or "us" or "you" or "them" or "my" or "it"))
            {
                Start("you were");
                _customerIsSubject = true;
                return 0;
            }

            if (first is "sold" && second is "to" or "as")
            {
                Start("it was");
                return 0;
            }

            if (owner._participles.Contains(first) && !owner._pasts.Contains(first) && !owner._bases.Contains(first) && inherited is ClauseSubject.None or ClauseSubject.Customer && tokens.Count > 2)
            {
                Start("you've"); // "spoken to five agents"
                _customerIsSubject = true;
                return 0;
            }

            if (first == "cost" && second is "me" or "us")
            {
                Start("it");
                return 0;
            }

            if (first == "not" && second is not null && Gerunds(second))
            {
                Start("you're");
                _customerIsSubject = true;
                return 0;
            }

            if (first is "never" or "still" && second is not null && owner.IsPast(second) && !owner._bases.Contains(second) && inherited is ClauseSubject.None or ClauseSubject.Customer && !Impersonal.Contains(second))
            {
                Start("you");
                _customerIsSubject = true;
                return 0;
            }

            if (first == "still" && second is "no" or "nothing" && tokens.Count > 2)
            {
                Start("you still have");
                return 1;
            }

            // Commands: "refund me", "don't charge me again", "stop calling".
            if (owner._requestVerbs.Contains(first) && !IsNounHere(0))
            {
                _isWant = true;
                Start("you'd like us to");
                return 0;
            }

            // Another command ("drop it", "go cry"): to whom and whether it is meant cannot be told.
            if (owner._bases.Contains(first) && !owner._pasts.Contains(first) && second is "the" or "a" or "my" or "me" or "it" or "this" or "that" or "us" or "him" or "her" or "them" or "your" or "our" or "to" or "an" or "what" or "whatever" or "all" or "every" or "everything" or "someone" or "somebody"
                && inherited is ClauseSubject.None or ClauseSubject.Other && !ElidedStates.Contains(first))
            {
                Doubt();
                return 0;
            }

            if (Adverbs.Contains(first) && second is not null && owner._requestVerbs.Contains(second) && !IsNounHere(1) && inherited == ClauseSubject.None)
            {
                _isWant = true;
                Start("you'd like us to");
                return 1;
            }

            if (first is "dont" or "never" && second is not null && (owner._requestVerbs.Contains(second) || (first == "dont" && owner._bases.Contains(second) && !OwnDoings.Contains(second))))
            {
                _isWant = true;
                Start("you'd like us not to");
                return 1;
            }

            // "you need to fix this" is what they want.
            if (first == "you" && second is "need" or "have" or "must" or "should" or "better" or "gotta" && Form(2) is not null)
            {
                var verb = second is "need" or "have" && Form(2) == "to" ? 3 : second is "must" or "should" or "better" or "gotta" ? 2 : -1;
                if (verb > 0 && Form(verb) is { } asked && owner._requestVerbs.Contains(asked))
                {
                    _isWant = true;
                    Start("you'd like us to");
                    return verb;
                }
            }

            // Subjects that are left out in chat: "been waiting", "still waiting", "called twice", "was told".
            if (second is "your" or "yourself" or "you" or "ur" && first is not ("today" or "tomorrow" or "yesterday" or "tonight" or "twice" or "once" or "instead" or "meanwhile") && !owner._capitals.ContainsKey(first) && !owner.IsVerb(first) && !Prepositions.Contains(first) && !Subordinators.Contains(first) && !Adverbs.Contains(first))
            {
                Doubt(); // A command that no list knows ("shove your …").
                return 0;
            }

            if ((_isFragment || (owner.IsReference(tokens) && tokens[^1].IsCode) || SmallNumbers.Contains(first) || tokens[0].HasDigit || first is "more" or "over" or "nearly" or "almost" or "second" or "third" or "fourth" or "fifth" or "2nd" or "3rd" or "4th" or "5th") && Completion() is { } completion)
            {
                _words.AddRange(completion.Split(' '));
                if (completion == "the")
                {
                    _closesWithIs = true;
                }

                return 0;
            }

            var skip = Adverbs.Contains(first) && second is not null ? 1 : 0;
            var lead = Form(skip)!;
            if (lead == "been" || (lead.Length > 5 && lead.EndsWith("ing", StringComparison.Ordinal) && lead is not ("nothing" or "anything" or "everything" or "something" or "evening" or "morning" or "billing" or "booking" or "shipping" or "tracking" or "listing" or "meeting" or "parking" or "roaming")))
            {
                Start(lead == "been" ? "you've" : "you're");
                _customerIsSubject = true;
                return 0;
            }

            var elided = inherited is ClauseSubject.None or ClauseSubject.Customer ? "you" : inherited == ClauseSubject.Company ? "we" : null;
            if (lead is "was" or "am" or "were" && elided == "you" && !tokens[skip].Lower.Contains('\'', StringComparison.Ordinal))
            {
                Start(lead == "am" ? "you are" : "you were");
                if (skip == 1)
                {
                    _words.Insert(_words.Count, tokens[0].Lower);
                }

                _customerIsSubject = true;
                return skip + 1;
            }

            if ((lead is "have" or "had" or "havent" or "tried" or "got" or "paid" or "bought" or "sent" or "spent" or "lost" or "need" or "want" or "cant" or "cannot" or "couldnt" or "dont" or "didnt")
                || ElidedStates.Contains(lead) || (owner._pasts.Contains(lead) && !owner._bases.Contains(lead)))
            {
                if (elided is null && CustomerDoings.Contains(lead))
                {
                    elided = "you";
                }

                if (elided is null || (tokens.Count < 3 && !tokens[^1].HasDigit) || (inherited == ClauseSubject.None && Impersonal.Contains(lead) && !IsPersonal(lead, Form(skip + 1), Form(skip + 2))))
                {
                    Doubt();
                    return 0;
                }

                Start(elided);
                _customerIsSubject = elided == "you";
                _companyIsSubject = elided == "we";
                _isWant |= _customerIsSubject && lead is "want" or "need";
                return 0;
            }

            if (lead is "hasnt" or "doesnt" or "isnt" or "wont" or "keeps" or "wasnt")
            {
                Start("it");
                _speaksOfCustomer = false;
                return 0;
            }

            // "3 weeks without internet": how long it has been so far.
            if (tokens.Count > 2 && (tokens[0].HasDigit || SmallNumbers.Contains(first)) && second is not null && TimeNouns.Contains(second) && Form(2) is "without" or "waiting")
            {
                Start(Form(2) == "without" ? "you've had" : "you've spent");
                return 0;
            }

            if (first == "no" && tokens.Count > 1 && _isFragment)
            {
                Start(tokens.Any(t => t.Form is "for" or "since" or "in") ? "you've had" : "you have");
                return 0;
            }

            if (first is "no" or "without" && !owner.HasVerb(tokens) && tokens.Count < 3)
            {
                Doubt();
            }

            var marks = tokens.Aggregate(TokenMarks.None, (all, t) => all | t.Marks);
            if (_isFragment && first is "a" or "an" or "the" && (marks & TokenMarks.Time) == 0)
            {
                Doubt(); // "a Galaxy A54": the rest of something left out.
                return 0;
            }

            if (_isFragment && (tokens.Count < 3 || (tokens.Count < 4 && (marks & (TokenMarks.Frequency | TokenMarks.Problem)) == 0 && !tokens.Any(t => t.HasDigit)) || ((marks & (TokenMarks.Time | TokenMarks.Frequency | TokenMarks.Problem)) == 0 && !tokens.Any(t => t.HasDigit))))
            {
                Doubt();
            }

            return 0;
        }

        // "… by two lads", "… by your fitter"; "by Friday", "by mistake" and "by card" name nobody.
        private bool IsDoneBySomebody()
        {
            for (var i = 1; i + 2 < tokens.Count; i++)
            {
                if (tokens[i].Form == "by" && (Determiners.Contains(tokens[i + 1].Form) || SmallNumbers.Contains(tokens[i + 1].Form)) && (tokens[i + 2].Marks & TokenMarks.Time) == 0 && (tokens[i + 1].Marks & TokenMarks.Time) == 0)
                {
                    return !tokens.Take(i).Any(t => t.Form is "me" or "us" or "it" or "them" or "my" or "our");
                }
            }

            return false;
        }

        // "took the day off", "went to the shop", "turned it off": only a person does that; "took a month" is no one.
        private bool IsPersonal(string verb, string? next, string? after) => verb switch
        {
            "took" => next is "it" or "them" or "my" or "our" or "photos" or "pictures" or "time" or "out" || (tokens.Any(t => t.Form == "off") && tokens.Any(t => TimeNouns.Contains(t.Form))) || (next is "the" or "a" && after is "day" or "morning" or "afternoon" or "bus" or "train" or "taxi" or "cab" or "photo" or "picture" or "time"),
            "went" => next is "to" or "there" or "back" or "in" or "into",
            "turned" => next is "it" or "them" or "everything" or "up",
            "came" => next is "home" or "back",
            "kept" when next is "the" or "my" or "it" or "them" or "everything" => true,
            "kept" or "started" or "stopped" => next is "calling" or "trying" or "asking" or "waiting" or "paying" or "receiving" or "getting",
            "fixed" or "sorted" => false,
            _ => false,
        };

        // What a piece without a verb lacks: "order 7781-A", "third time", "four months now".
        private string? Completion()
        {
            var first = tokens[0].Form;
            var second = Form(1);
            if (owner.IsReference(tokens))
            {
                return second is "number" or "no" or "id" or "ref" or "reference" or "code" ? "the" : "it's";
            }

            if (first is "second" or "third" or "fourth" or "fifth" or "sixth" or "tenth" or "2nd" or "3rd" or "4th" or "5th" or "umpteenth" && second is "time" or "month" or "week" or "day" or "call" or "attempt" or "visit" or "email" or "ticket" or "outage" or "year")
            {
                return "it's the";
            }

            if ((SmallNumbers.Contains(first) || tokens[0].HasDigit) && second is not null && TimeNouns.Contains(second) && (tokens.Count == 2 || Form(2) is "now" or "already" or "so" || (Form(2) == "later" && tokens.Count == 3)))
            {
                return "it's been";
            }

            if ((SmallNumbers.Contains(first) || tokens[0].HasDigit) && second is not null && TimeNouns.Contains(second) && tokens.Count > 2)
            {
                if (tokens.Any(t => t.Form == "since") || (Form(2) == "of" && Form(3) is "this" or "it"))
                {
                    return "it's been";
                }

                if (Form(2) is "in" or "on" && Form(3) is "this" or "the" or "hold" or "your")
                {
                    return "you've spent";
                }

                if (Form(2) is "without" or "with" && (Form(3) is "no" || Form(2) == "without"))
                {
                    return "you've had";
                }
            }

            if (!_isFragment && (SmallNumbers.Contains(first) || tokens[0].HasDigit))
            {
                return second is not null && second.EndsWith('s') && !TimeNouns.Contains(second) || second == "people" ? Form(2) is { } doing && Gerunds(doing) ? "there are" : null : null;
            }

            if (first is "more" or "over" or "nearly" or "almost" && tokens.Any(t => TimeNouns.Contains(t.Form)) && tokens.Any(t => t.Form.EndsWith("ing", StringComparison.Ordinal)))
            {
                return "you've spent";
            }

            if ((SmallNumbers.Contains(first) || tokens[0].HasDigit) && first is not ("a" or "an" or "one" or "1") && second is not null && second.EndsWith('s') && !TimeNouns.Contains(second) && second is not ("times" or "pounds" or "euros" or "dollars" or "bucks"))
            {
                return "there have been";
            }

            return null;
        }

        // "Order 558", "Charge of 30": nouns that could be commands are followed by what no command is.
        private bool IsNounHere(int i) => (tokens[i].Form is "update" or "report" && Form(i + 1) is "for" or "on" or "to") || Form(i + 1) is null or "of" or "number" or "is" or "was" or "has" or "from" or "still" or "keeps" or "came" or "arrived" or "not" or "never" or "hasnt" or "isnt" or "wasnt" or "failed"
            || (i + 1 < tokens.Count && tokens[i + 1].HasDigit);

        /// <summary>"if you don't fix it by Friday" → "you'd like us to fix it by Friday"; nothing when it cannot be told who is to act.</summary>
        public Retold? TellUltimatum()
        {
            var first = tokens[0].Form;
            var who = Form(1);
            if (who is "you" && Form(2) is { } verb)
            {
                var negated = verb is "dont" or "cant" or "wont" or "havent" || (verb is "do" or "can" or "will" && Form(3) == "not");
                var at = !negated ? 2 : verb is "do" or "can" or "will" ? 4 : 3;
                if (verb == "havent" || Form(at) is not { } asked || !owner._bases.Contains(asked) || owner._notOurs.Contains(asked))
                {
                    return null;
                }

                Start(negated != (first == "unless") ? "you'd like us to" : "you'd like us not to");
                return TellRest(at);
            }

            if (who is "i" or "we" && Form(2) is "dont" && Form(3) is "get" or "have" or "hear" or "receive" or "see")
            {
                Start("you'd like to");
                return TellRest(3);
            }

            // "if the app loses my notes again": a third person's present is named without its ending.
            var end = 1;
            while (Form(end) is { Length: > 0 } word && end < 6 && !(word[^1] == 's' && end > 1 && owner._bases.Contains(word[..^1])) && !Auxiliaries.Contains(word))
            {
                end++;
            }

            if (first != "if" || end >= 6 || Form(end) is not { Length: > 0 } present || who is "i" or "we" or "it")
            {
                return null;
            }

            var auxiliary = Auxiliaries.Contains(present);
            if (auxiliary && (present is not ("doesnt" or "dont" or "isnt" or "arent") || Form(end + 1) is null))
            {
                return null;
            }

            Start(auxiliary ? "you'd like" : "you don't want");
            for (var i = 1; i < end;)
            {
                i = Step(i);
            }

            _words.Add("to");
            if (present is "isnt" or "arent")
            {
                _words.Add("be");
            }
            else if (!auxiliary)
            {
                _words.Add(present[..^1]);
            }

            return TellRest(end + 1);

            Retold? TellRest(int from)
            {
                for (var i = from; i < tokens.Count && !_unsure;)
                {
                    i = Step(i);
                }

                return _unsure ? null : new Retold(string.Join(' ', _words), SpeaksOfCustomer: true, EndsInThirdPerson: false, IsWant: true);
            }
        }

        private int TellQuestion()
        {
            var first = tokens[0].Form;
            if (first is "can" or "could" or "would" or "will" && Form(1) is "you" or "someone" or "somebody" or "anyone" or "u")
            {
                var verb = 2;
                while (Form(verb) is "please" or "just" or "at" or "least" or "kindly" or "maybe" or "possibly")
                {
                    verb++;
                }

                if (Form(1) is "you" or "u" && Form(verb) is { } blunt && owner._notOurs.Contains(blunt))
                {
                    Doubt();
                    return 0;
                }

                if (Form(verb) is { } asked && owner._bases.Contains(asked))
                {
                    _isWant = true;
                    Start(Form(1) is "you" or "u" ? "you'd like us to" : "you'd like someone to");
                    return verb;
                }

                Doubt();
                return 0;
            }

            _isWant = true;
            if (QuestionWords.Contains(first))
            {
                if (context.IsHeated && first is "who" or "what" or "how")
                {
                    Doubt(); // Mostly rhetoric.
                    return 0;
                }

                Start("you'd like to know");
                var end = 1;
                _words.Add(tokens[0].Lower);
                while (first is "how" or "what" or "which" && Form(end) is { } more && !Auxiliaries.Contains(more) && end < 4)
                {
                    _words.Add(tokens[end].Text);
                    end++;
                }

                return Uninvert(end);
            }

            if (first is "can" or "could" or "may" && Form(1) is "i" or "we" && Form(2) is "get" or "have" or "speak" or "talk" or "see")
            {
                Start("you'd like to");
                return 2;
            }

            // "do you test these?", "have you got …?"; "have you ever …" and "don't you …" are no questions.
            if (first is "do" or "have" or "are" && Form(1) is "you" && Form(2) is { } doing && !context.IsHeated && !owner._notOurs.Contains(doing) && !Adverbs.Contains(doing)
                && (first != "do" || owner._bases.Contains(doing)) && (first != "are" || doing is "open" or "closed" or "going"))
            {
                Start(first switch { "do" => "you'd like to know if we", "have" => "you'd like to know if we have", _ => "you'd like to know if we are" });
                return 2;
            }

            // ", should I bake a cake?": behind what was told it is scorn.
            if (first == "should" && tokens[0].Break != TokenBreak.Sentence)
            {
                Doubt();
                return 0;
            }

            if (Auxiliaries.Contains(first) && !context.IsHeated && Form(1) is not ("you" or "u"))
            {
                Start("you'd like to know if");
                return Uninvert(0);
            }

            Doubt();
            return 0;
        }

        // "when will my order arrive" → "when your order will arrive".
        private int Uninvert(int at)
        {
            var auxiliary = Form(at);
            if (auxiliary is null || !Auxiliaries.Contains(auxiliary) || auxiliary is "did" or "does")
            {
                Doubt();
                return at;
            }

            var subject = at + 1;
            var end = subject;
            if (Form(subject) is "i" or "we" or "it" or "they" or "this" or "there" or "he" or "she" or "someone" or "that")
            {
                end = subject + 1;
            }
            else if (Form(subject) is { } determiner && Determiners.Contains(determiner))
            {
                end = subject + 1;
                // "what is a dormant meter charge": the noun goes to the end.
                var named = tokens[0].Form is "what" or "where" && auxiliary is "is" or "are" or "was" or "were";
                while (end < tokens.Count && end < subject + 5 && !(!named && end > subject + 1 && owner.IsVerb(tokens[end].Form)) && !Prepositions.Contains(tokens[end].Form) && !SubjectPronouns.Contains(tokens[end].Form) && !tokens[end].Form.EndsWith("ing", StringComparison.Ordinal) && tokens[end].Form is not ("still" or "not" or "so" or "open" or "available" or "included" or "ready" or "going"))
                {
                    end++;
                }
            }
            else
            {
                Doubt();
                return at;
            }

            if (auxiliary is "do" && Form(subject) is not ("i" or "we" or "they"))
            {
                Doubt();
                return at;
            }

            for (var i = subject; i < end;)
            {
                i = Step(i);
            }

            if (auxiliary != "do")
            {
                _words.Add(_customerIsSubject && auxiliary is "was" or "am" ? (auxiliary == "was" ? "were" : "are") : auxiliary == "am" ? "are" : Written(at));
            }

            return end;
        }
    }
}
