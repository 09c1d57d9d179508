namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Says one clause back, word by word.</content>
internal sealed partial class EnglishRetelling
{
    // One clause being said back.
    private sealed partial class Telling(EnglishRetelling owner, IReadOnlyList<MessageToken> tokens, bool isQuestion, ClauseSubject inherited, RetellingContext context)
    {
        private readonly bool _isFragment = !owner.HasVerb(tokens);
        private readonly List<string> _words = [];
        private bool _customerIsSubject;
        private bool _companyIsSubject;
        private bool _speaksOfCustomer;
        private bool _isWant;
        private bool _unsure;
        private bool _closesWithIs;

        /// <summary>Whether its first verb is known to ask something of the company.</summary>
        public bool IsCommand { get; init; }

        // What follows cannot be told with certainty: the whole clause is left out.
        private void Doubt()
        {
            _unsure = true;
        }

        public Retold? Tell()
        {
            var from = isQuestion ? TellQuestion() : TellStart();
            for (var i = from; i < tokens.Count && !_unsure;)
            {
                i = Step(i);
            }

            // ", I'm told, …": who says so tells nothing without what is said.
            if (_unsure || _words.Count == 0 || (tokens.Count <= 3 && Reporting.Contains(tokens[^1].Form) && !tokens[^1].HasDigit) || (tokens.Count <= 3 && tokens[^1].Form is "me" or "us" && Reporting.Contains(tokens[^2].Form)))
            {
                return null;
            }

            if (_closesWithIs)
            {
                _words.Insert(_words.Count - 1, "is"); // "the case number is 90017-B"
            }

            return new Retold(string.Join(' ', _words), _speaksOfCustomer || _isWant, EndsInThirdPerson: false, _isWant, IsFragment: _isFragment);
        }

        // "your car park", "your home page" are the company's.
        private bool IsCompound(int i) => i < tokens.Count && tokens[i].Break == TokenBreak.None
            && tokens[i].Form is "park" or "page" or "plan" or "rental" or "insurance" or "team" or "delivery" or "screen" or "broadband" or "hub" or "office" or "department" or "card" or "line" or "hire" or "service" or "policy" or "cover" or "care" or "club" or "menu" or "app" or "site" or "shop" or "store" or "branch";

        private string? Form(int i) => i >= 0 && i < tokens.Count ? tokens[i].Form : null;

        private void Say(string word, int at)
        {
            if (at > 0 && _words.Count > 0 && tokens[at].Break == TokenBreak.Comma)
            {
                _words[^1] += ",";
            }

            _words.Add(word);
        }

        private void Start(string words)
        {
            _words.AddRange(words.Split(' '));
            _speaksOfCustomer = true;
        }

        private int Step(int i)
        {
            var token = tokens[i];
            var form = token.Form;
            var apostrophe = token.Lower.Contains('\'', StringComparison.Ordinal);
            var next = Form(i + 1);
            if ((token.Marks & TokenMarks.Quoted) != 0 && !IsRelated(i))
            {
                // Somebody's words stay as they were said, between marks when they speak to somebody; with the customer in them it is not sure whose.
                if (IsRunStart(i) && QuotesYou(i, out var behind))
                {
                    for (var k = i; k < behind; k++)
                    {
                        Say((k == i ? "\"" : string.Empty) + tokens[k].Text + (k + 1 == behind ? "\"" : string.Empty), k);
                    }

                    return behind;
                }

                _unsure |= form is "i" or "im" or "ive" or "me" or "my" or "we" or "our" or "us" or "you" or "your" or "youre" or "mine";
                Say(Written(i), i);
                return i + 1;
            }

            // "drop the fee or I'm telling …": a condition, not a fact.
            if (form == "or" && i > 0 && next is "i" or "im" or "ill" or "we" or "well" or "were" or "it" or "hes" or "he" or "she" or "my" or "else" or "ive" && i + 2 < tokens.Count && (next is not ("my" or "it") || tokens.Skip(i + 2).Any(t => Auxiliaries.Contains(t.Form))))
            {
                Doubt();
                return i + 1;
            }

            // "you're 13 is it ok": a question without its mark.
            if (!isQuestion && i > 0 && token.Break == TokenBreak.None && form is "is" or "are" or "does" or "did" or "can" or "could" or "would" or "will" && next is "it" or "this" or "there" or "i" or "we" or "you" or "they"
                && tokens[i - 1].Form is not ("what" or "how" or "why" or "where" or "when" or "than" or "as" or "nor" or "neither" or "so" or "all" or "this" or "that" or "it" or "there") && !(form is "is" or "are" && i == tokens.Count - 2))
            {
                Doubt();
                return i + 1;
            }

            switch (form)
            {
                case "im" when next == "going" && Form(i + 2) == "to" && !Expected(i + 3):
                    Doubt();
                    return i + 1;
                case "ill" or "well" when apostrophe && !Expected(i + 1):
                    Doubt();
                    return i + 1;
                case "i" or "we" when next is "will" or "shall" && !Expected(i + 2):
                    Doubt();
                    return i + 1;
                case "i" when token.Text == "i" && Form(i - 1) is "an" or "letter" or "capital":
                    Say(token.Text, i);
                    return i + 1;
                case "i" or "we" when !apostrophe:
                    Customer("you", i);
                    return i + 1;
                case "im":
                    Customer("you're", i);
                    return i + 1;
                case "ive" or "weve":
                    Customer("you've", i);
                    return i + 1;
                case "id" when apostrophe || IsElided(i):
                    Customer("you'd", i);
                    return i + 1;
                case "id" when !IsIdentifier(i):
                    Doubt();
                    return i + 1;
                case "ill" when apostrophe || (Form(i - 1) is null or "and" or "that" or "then" or "so"):
                    Customer("you'll", i);
                    return i + 1;
                case "were" when apostrophe:
                    Customer("you're", i);
                    return i + 1;
                case "wed" when apostrophe:
                    Customer("you'd", i);
                    return i + 1;
                case "well" when apostrophe:
                    Customer("you'll", i);
                    return i + 1;
                case "me" or "us":
                    Say("you", i);
                    return i + 1;
                case "my" or "our":
                    Say("your", i);
                    Forget(next);
                    return i + 1;
                case "mine" or "ours":
                    Say("yours", i);
                    return i + 1;
                case "myself":
                    Say("yourself", i);
                    return i + 1;
                case "ourselves":
                    Say("yourselves", i);
                    return i + 1;
                case "am":
                    Say("are", i);
                    return i + 1;
                case "was" when _customerIsSubject && IsOwnVerb(i):
                    Say("were", i);
                    return i + 1;
                case "wasnt" when _customerIsSubject && IsOwnVerb(i):
                    Say("weren't", i);
                    return i + 1;
                case "you" or "u":
                    return TellYou(i);
                case "your" or "ur" when next is not null && owner._privateNouns.Contains(next) && !IsCompound(i + 2):
                    Doubt();
                    return i + 1;
                case "your" or "ur":
                    Say("our", i);
                    Forget(next);
                    return i + 1;
                case "youre" or "youve" or "youd" or "youll":
                    TellYouContracted(i, form);
                    return i + 1;
                case "yours":
                    Say("ours", i);
                    return i + 1;
                case "yourself" or "yourselves":
                    Say("ourselves", i);
                    return i + 1;
                case "it" or "they" or "he" or "she" or "this" or "that" or "there" or "nobody" or "noone" or "someone" or "who" or "which" or "the" or "a" or "an":
                    Forget(next);
                    break;
                default:
                    break;
            }

            Say(Written(i), i);
            return i + 1;
        }

        // said that "it is on its way": related speech, in which persons turn as anywhere else.
        private bool IsRelated(int i)
        {
            while (i > 0 && (tokens[i - 1].Marks & TokenMarks.Quoted) != 0)
            {
                i--;
            }

            return i > 0 && tokens[i - 1].Form is "that" or "to";
        }

        private bool IsRunStart(int i) => i == 0 || (tokens[i - 1].Marks & TokenMarks.Quoted) == 0;

        // "hey you live alone": words to "you" without an "I" in them.
        private bool QuotesYou(int i, out int end)
        {
            var you = false;
            var self = false;
            for (end = i; end < tokens.Count && (tokens[end].Marks & TokenMarks.Quoted) != 0; end++)
            {
                you |= tokens[end].Form is "you" or "your" or "youre";
                self |= tokens[end].Form is "i" or "im" or "ive" or "ill" or "me" or "my" or "mine" or "we" or "our" or "us";
            }

            return you && !self;
        }

        // What somebody announces is a threat, a plan or a promise; what they expect to happen to them is a fact.
        private bool Expected(int verb) => Form(verb) is "have" or "need" or "lose" or "miss" or "be" or "pay" or "not" or "never" or "get" or "run" or "end" or "still" or "also" or "now" or "probably" or "arrive" or "travel" or null;

        private void Customer(string word, int i)
        {
            if (_words.Count == 0)
            {
                _speaksOfCustomer = true;
            }

            Say(word, i);
            _customerIsSubject = true;
            var next = Form(i + 1);
            var after = Form(i + 2);
            _isWant |= _words.Count == 1 && (next is "want" or "need" or "demand" or "request" || (next is "would" && after is "like") || (word == "you'd" && next is "like" or "appreciate" or "prefer"));
        }

        // Another subject: from here "was" is no longer the customer's.
        private void Forget(string? next)
        {
            if (next is not null)
            {
                _customerIsSubject = _customerIsSubject && !Prior();
            }

            bool Prior() => _words.Count > 1 && _words[^2].TrimEnd(',') is "and" or "that" or "because" or "when" or "if" or "so" or "while" || _words.Count <= 1 || _words[^2].EndsWith(',');
        }

        // "I just was", "I called and was told": the verb is the customer's.
        private bool IsOwnVerb(int i)
        {
            var k = i - 1;
            while (k >= 0 && Adverbs.Contains(tokens[k].Form))
            {
                k--;
            }

            return k < 0 || tokens[k].Form is "i" or "we" or "and" or "but" or "or" || tokens[k + 1].Break == TokenBreak.Comma;
        }

        private bool IsElided(int i) => !IsIdentifier(i) && Form(i + 1) is { } next && (owner._bases.Contains(next) || next is "been" or "be" or "already" or "like");

        private bool IsIdentifier(int i) => Form(i - 1) is "my" or "the" or "an" or "a" or "order" or "user" or "account" or "your" or "no" or "case" or "ticket" or "customer" or "photo" or "tax" or "caller"
            || (i + 1 < tokens.Count && tokens[i + 1].HasDigit);
    }
}
