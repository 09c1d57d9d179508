namespace DeEscalationBot.Core.Scoring.Text;

/// <content>How phrases are read and compiled.</content>
public sealed partial class PhraseAutomaton
{
    /// <summary>Collects phrases and lexicons, then builds the automaton. Not safe for concurrent use.</summary>
    public sealed class Builder
    {
        private const int SharedWords = 3;

        // Three letters, one of them hidden, may be anything.
        private const int ShortestMaskable = 4;

        private readonly Dictionary<string, List<string>> _lexicons = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _lexiconMatchers = new(StringComparer.Ordinal);
        private readonly List<Node> _nodes = [];
        private readonly List<int> _phraseStarts = [];
        private int _matcherCount = 2;

        internal Dictionary<string, List<int>> Literals { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, List<int>> Prefixes { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, string> Aliases { get; } = new(StringComparer.Ordinal);

        internal SortedSet<string> Maskable { get; } = new(StringComparer.Ordinal);

        /// <summary>Adds a named list of words and phrases, to be used as <c>%name</c>. Later phrases may use it.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="entries">Words and phrases, in the language of phrases.</param>
        /// <param name="masked">Whether people hide its words behind asterisks: then "m**rda" is met by every phrase that "mierda" is met by.</param>
        /// <exception cref="PhraseSyntaxException">The name is taken or the list is empty.</exception>
        public Builder AddLexicon(string name, IReadOnlyCollection<string> entries, bool masked = false)
        {
            ArgumentNullException.ThrowIfNull(entries);
            if (entries.Count == 0 || !_lexicons.TryAdd(name, [.. entries]))
            {
                throw new PhraseSyntaxException($"The lexicon '%{name}' is empty or stands twice.");
            }

            if (masked)
            {
                Maskable.UnionWith(entries.Where(e => e.All(char.IsLetter)).Select(MessageReading.FormOf).Where(w => w.Length >= ShortestMaskable));
            }

            return this;
        }

        /// <summary>Lets a written abbreviation count as the word that it stands for ("xq" as "porque"), besides as itself.</summary>
        /// <param name="written">As people type it.</param>
        /// <param name="meant">The word.</param>
        public Builder AddAlias(string written, string meant)
        {
            Aliases[MessageReading.FormOf(written)] = MessageReading.FormOf(meant);
            return this;
        }

        /// <summary>Adds a phrase under a number; several phrases may share one.</summary>
        /// <param name="number">What a match reports.</param>
        /// <param name="phrase">The phrase.</param>
        /// <exception cref="PhraseSyntaxException">The phrase cannot be understood; the message says where.</exception>
        public Builder AddPhrase(int number, string phrase)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(phrase);
            var parser = new Parser(this, phrase);
            var end = NewNode();
            _nodes[end].Phrase = number;
            var start = parser.Parse(end);
            _phraseStarts.Add(start);
            return this;
        }

        /// <summary>Builds the automaton.</summary>
        public PhraseAutomaton Build() => new(this);

        internal int MatcherCount => _matcherCount;

        // An abbreviation meets, besides its own, what the word that it stands for meets.
        internal WordTable CompileWords()
        {
            var words = Literals.ToDictionary(p => p.Key, p => p.Value.ToList(), StringComparer.Ordinal);
            foreach (var (written, meant) in Aliases)
            {
                var meets = Prefixes.Where(p => meant.StartsWith(p.Key, StringComparison.Ordinal)).SelectMany(p => p.Value)
                    .Concat(Literals.GetValueOrDefault(meant, []));
                words[written] = [.. words.GetValueOrDefault(written, []), .. meets];
            }

            return new WordTable(words, Prefixes);
        }

        internal (List<State> States, List<Edge> Starts) Compile()
        {
            // Every node that a word leads to becomes a state, with the empty moves folded into its edges.
            var numbers = new Dictionary<int, int>();
            var states = new List<State>();
            var open = new Queue<int>();
            int StateOf(int node)
            {
                if (!numbers.TryGetValue(node, out var number))
                {
                    number = states.Count;
                    numbers[node] = number;
                    states.Add(new State([], []));
                    open.Enqueue(node);
                }

                return number;
            }

            (List<Edge> Edges, List<Accept> Accepts) Closure(int node)
            {
                var edges = new HashSet<Edge>();
                var accepts = new HashSet<Accept>();
                var seen = new HashSet<(int, Conditions)>();
                var stack = new Stack<(int Node, Conditions When)>();
                stack.Push((node, Conditions.None));
                while (stack.TryPop(out var at))
                {
                    if (!seen.Add(at))
                    {
                        continue;
                    }

                    var current = _nodes[at.Node];
                    if (current.Phrase is { } phrase)
                    {
                        accepts.Add(new Accept(phrase, at.When));
                    }

                    foreach (var (matcher, target) in current.Moves)
                    {
                        edges.Add(new Edge(matcher, StateOf(target), at.When));
                    }

                    foreach (var (when, target) in current.Empty)
                    {
                        stack.Push((target, at.When | when));
                    }
                }

                return ([.. edges], [.. accepts]);
            }

            var starts = new List<Edge>();
            foreach (var start in _phraseStarts)
            {
                var (edges, accepts) = Closure(start);
                if (accepts.Count > 0)
                {
                    throw new PhraseSyntaxException("A phrase that matches no word at all would match everywhere.");
                }

                starts.AddRange(edges);
            }

            while (open.TryDequeue(out var node))
            {
                var (edges, accepts) = Closure(node);
                states[numbers[node]] = new State(Union([.. edges]), [.. accepts]);
            }

            return (states, ShareBeginnings(Union([.. starts]), states, new Dictionary<string, int>(StringComparer.Ordinal)));
        }

        // Hundreds of phrases begin with "no" or "I": all states that one word leads to from one place become one state, so that such a
        // word begins one thread and not hundreds. Likewise behind their first words, to a depth at which little is left to share; further
        // in, the states would multiply for nothing.
        private static List<Edge> ShareBeginnings(Edge[] edges, List<State> states, Dictionary<string, int> known, int depth = SharedWords)
        {
            var shared = new List<Edge>();
            var targets = new List<int>();
            for (var i = 0; i < edges.Length; i++)
            {
                targets.Add(edges[i].Target);
                if (i + 1 == edges.Length || edges[i + 1].Matcher != edges[i].Matcher || edges[i + 1].When != edges[i].When)
                {
                    shared.Add(edges[i] with { Target = targets.Count == 1 ? targets[0] : StateOf(targets) });
                    targets.Clear();
                }
            }

            return shared;

            int StateOf(List<int> targets)
            {
                var key = $"{depth}: {string.Join(' ', targets)}";
                if (!known.TryGetValue(key, out var number))
                {
                    var onward = Union([.. targets.Select(t => states[t].Edges)]);
                    Edge[] onwardShared = depth > 1 ? [.. ShareBeginnings(onward, states, known, depth - 1)] : onward;
                    var accepts = targets.SelectMany(t => states[t].Accepts).Distinct();
                    number = states.Count;
                    known[key] = number;
                    states.Add(new State(onwardShared, [.. accepts]));
                }

                return number;
            }
        }

        // Each edge once, ordered by matcher, condition and target. Plain numbers sort in a fraction of the time that edges take, and the
        // start of the program waits for this.
        private static Edge[] Union(params ReadOnlySpan<Edge[]> groups)
        {
            var keys = new List<ulong>();
            foreach (var group in groups)
            {
                foreach (var edge in group)
                {
                    keys.Add(((ulong)(uint)edge.Matcher << 36) | ((ulong)edge.When << 32) | (uint)edge.Target);
                }
            }

            keys.Sort();
            var edges = new List<Edge>(keys.Count);
            for (var i = 0; i < keys.Count; i++)
            {
                if (i == 0 || keys[i] != keys[i - 1])
                {
                    edges.Add(new Edge((int)(keys[i] >> 36), (int)(uint)keys[i], (Conditions)((keys[i] >> 32) & 15)));
                }
            }

            return [.. edges];
        }

        private int NewNode()
        {
            _nodes.Add(new Node());
            return _nodes.Count - 1;
        }

        private int MatcherFor(Dictionary<string, List<int>> table, string form)
        {
            // One matcher per literal and prefix: the first entry of its list; classes are appended behind it.
            if (!table.TryGetValue(form, out var matchers))
            {
                table[form] = matchers = [];
            }

            if (table == Literals ? !_literalMatchers.TryGetValue(form, out var own) : !_prefixMatchers.TryGetValue(form, out own))
            {
                own = _matcherCount++;
                (table == Literals ? _literalMatchers : _prefixMatchers)[form] = own;
                matchers.Add(own);
            }

            return own;
        }

        private readonly Dictionary<string, int> _literalMatchers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _prefixMatchers = new(StringComparer.Ordinal);

        private sealed class Node
        {
            public int? Phrase { get; set; }

            public List<(int Matcher, int Target)> Moves { get; } = [];

            public List<(Conditions When, int Target)> Empty { get; } = [];
        }

        // Builds backwards: every part is given the node that follows it and answers the node it begins at.
        private sealed class Parser(Builder owner, string phrase)
        {
            private static readonly System.Buffers.SearchValues<char> PhraseMarks = System.Buffers.SearchValues.Create(" ()[]|~%#^$_");

            private int _at;

            public int Parse(int follow)
            {
                var alternatives = ParseAlternatives('\0');
                return Join(alternatives, follow, optional: false);
            }

            private List<Func<int, int>> ParseAlternatives(char close)
            {
                var alternatives = new List<Func<int, int>>();
                var items = new List<Func<int, int>>();
                while (true)
                {
                    SkipSpace();
                    var c = _at < phrase.Length ? phrase[_at] : '\0';
                    if (c == close || c == '|')
                    {
                        if (c == '|' && close == '\0')
                        {
                            throw Error("'|' stands outside of brackets");
                        }

                        if (items.Count == 0)
                        {
                            throw Error("an alternative is empty");
                        }

                        alternatives.Add(Sequence([.. items]));
                        items.Clear();
                        _at++;
                        if (c == close)
                        {
                            return alternatives;
                        }
                    }
                    else if (c == '\0')
                    {
                        throw Error($"'{close}' is missing");
                    }
                    else
                    {
                        items.Add(ParseItem(c));
                    }
                }
            }

            private Func<int, int> ParseItem(char c)
            {
                switch (c)
                {
                    case '(' or '[':
                        _at++;
                        var alternatives = ParseAlternatives(c == '(' ? ')' : ']');
                        return follow => Join(alternatives, follow, optional: c == '[');
                    case '^':
                        return Assertion('^', Conditions.SentenceStart, Conditions.MessageStart);
                    case '$':
                        return Assertion('$', Conditions.SentenceEnd, Conditions.MessageEnd);
                    case '~':
                        _at++;
                        return Gap(ReadGap());
                    case '%':
                        _at++;
                        return Lexicon(ReadWhile(ch => char.IsLetterOrDigit(ch) || ch is '-' or '_'));
                    case '#':
                        _at++;
                        return follow => Move(AnyNumber, follow);
                    case ')' or ']':
                        throw Error($"'{c}' has no partner");
                    default:
                        return Literal(ReadWhile(ch => !char.IsWhiteSpace(ch) && ch is not ('(' or ')' or '[' or ']' or '|' or '~' or '%' or '^' or '$')));
                }
            }

            private Func<int, int> Literal(string written)
            {
                if (written == "_")
                {
                    return follow => Move(AnyWord, follow);
                }

                var prefix = written.Length > 2 && written[^1] == '*' && written[^2] != '*';
                var forms = MessageReading.Of(prefix ? written[..^1] : written).Words.Select(w => w.Form).ToArray();
                if (forms.Length == 0)
                {
                    throw Error($"'{written}' holds no word");
                }

                return follow =>
                {
                    for (var i = forms.Length - 1; i >= 0; i--)
                    {
                        var table = prefix && i == forms.Length - 1 ? owner.Prefixes : owner.Literals;
                        follow = Move(owner.MatcherFor(table, forms[i]), follow);
                    }

                    return follow;
                };
            }

            private Func<int, int> Lexicon(string name)
            {
                if (!owner._lexicons.TryGetValue(name, out var entries))
                {
                    throw Error($"there is no lexicon '%{name}'");
                }

                var phrases = entries.Where(e => !IsPlainWord(e)).ToArray();
                var hasWords = phrases.Length < entries.Count;
                return follow =>
                {
                    var alternatives = new List<Func<int, int>>();
                    if (hasWords)
                    {
                        alternatives.Add(next => Move(MatcherOfLexicon(name, entries), next));
                    }

                    foreach (var entry in phrases)
                    {
                        var inner = new Parser(owner, entry);
                        alternatives.Add(inner.Parse);
                    }

                    return Join(alternatives, follow, optional: false);
                };
            }

            private int MatcherOfLexicon(string name, List<string> entries)
            {
                if (owner._lexiconMatchers.TryGetValue(name, out var matcher))
                {
                    return matcher;
                }

                matcher = owner._matcherCount++;
                owner._lexiconMatchers[name] = matcher;
                foreach (var entry in entries.Where(IsPlainWord))
                {
                    var prefix = entry[^1] == '*' && entry.Length > 2 && entry[^2] != '*';
                    var table = prefix ? owner.Prefixes : owner.Literals;
                    var form = MessageReading.Of(prefix ? entry[..^1] : entry).Words[0].Form;
                    if (!table.TryGetValue(form, out var matchers))
                    {
                        table[form] = matchers = [];
                    }

                    matchers.Add(matcher);
                }

                return matcher;
            }

            private static bool IsPlainWord(string entry) =>
                entry.AsSpan().IndexOfAny(PhraseMarks) < 0 && MessageReading.Of(entry.TrimEnd('*')).Words.Count == 1;

            private Func<int, int> Assertion(char mark, Conditions once, Conditions twice)
            {
                _at++;
                var when = once;
                if (_at < phrase.Length && phrase[_at] == mark)
                {
                    _at++;
                    when = twice;
                }

                return follow =>
                {
                    var node = owner.NewNode();
                    owner._nodes[node].Empty.Add((when, follow));
                    return node;
                };
            }

            private Func<int, int> Gap(int most) => follow =>
            {
                var node = follow;
                for (var i = 0; i < most; i++)
                {
                    var before = owner.NewNode();
                    owner._nodes[before].Empty.Add((Conditions.None, follow));
                    owner._nodes[before].Moves.Add((AnyWord, node));
                    node = before;
                }

                return node;
            };

            private int ReadGap()
            {
                var digits = ReadWhile(char.IsAsciiDigit);
                return int.TryParse(digits, out var most) && most is >= 1 and <= 9 ? most : throw Error("'~' takes one digit from 1 to 9");
            }

            private int Move(int matcher, int follow)
            {
                var node = owner.NewNode();
                owner._nodes[node].Moves.Add((matcher, follow));
                return node;
            }

            private int Join(List<Func<int, int>> alternatives, int follow, bool optional)
            {
                var node = owner.NewNode();
                foreach (var alternative in alternatives)
                {
                    owner._nodes[node].Empty.Add((Conditions.None, alternative(follow)));
                }

                if (optional)
                {
                    owner._nodes[node].Empty.Add((Conditions.None, follow));
                }

                return node;
            }

            private static Func<int, int> Sequence(Func<int, int>[] items) => follow =>
            {
                for (var i = items.Length - 1; i >= 0; i--)
                {
                    follow = items[i](follow);
                }

                return follow;
            };

            private void SkipSpace()
            {
                while (_at < phrase.Length && char.IsWhiteSpace(phrase[_at]))
                {
                    _at++;
                }
            }

            private string ReadWhile(Func<char, bool> accept)
            {
                var from = _at;
                while (_at < phrase.Length && accept(phrase[_at]))
                {
                    _at++;
                }

                return phrase[from.._at];
            }

            private PhraseSyntaxException Error(string what) => new($"In the phrase '{phrase}', near character {_at + 1}: {what}.");
        }
    }
}
