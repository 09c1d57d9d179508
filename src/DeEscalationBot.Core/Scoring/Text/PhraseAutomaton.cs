using System.Runtime.InteropServices;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>A place where a phrase stands in a message.</summary>
/// <param name="Phrase">The number that the phrase was added under.</param>
/// <param name="FirstWord">Index of its first word.</param>
/// <param name="LastWord">Index of its last word, included.</param>
public readonly record struct PhraseMatch(int Phrase, int FirstWord, int LastWord);

/// <summary>A phrase that cannot be understood, with what is wrong with it.</summary>
/// <param name="message">What is wrong, for the person who edits the playbook.</param>
public sealed class PhraseSyntaxException(string message) : FormatException(message);

/// <summary>Finds any number of word phrases in one pass over a message.</summary>
/// <remarks>
/// <para>The language of phrases, made for people who know support, not regular expressions:</para>
/// <list type="bullet">
/// <item><description><c>word</c>: that word in any case, with or without accents, stretched or not;</description></item>
/// <item><description><c>cancel*</c>: every word that begins so;</description></item>
/// <item><description><c>(a|b c)</c>: one of these; <c>[a|b]</c>: one of these or nothing;</description></item>
/// <item><description><c>~3</c>: up to three words of any kind; <c>_</c>: exactly one;</description></item>
/// <item><description><c>%name</c>: a word or phrase of the lexicon of that name; <c>#</c>: a number;</description></item>
/// <item><description><c>^</c> and <c>$</c>: begin and end of a sentence; <c>^^</c> and <c>$$</c>: of the message.</description></item>
/// </list>
/// <para>
/// A phrase never crosses the end of a sentence; commas and quotation marks inside it are ignored. Compiled to one
/// non-deterministic automaton and run with a set of states: time is at most words × states, whatever the text, and there is
/// no backtracking to exploit. Built once, then immutable and safe for concurrent use.
/// </para>
/// </remarks>
public sealed class PhraseAutomaton
{
    private const int AnyWord = 0;
    private const int AnyNumber = 1;

    private readonly Dictionary<string, int[]> _literals;
    private readonly Dictionary<string, int[]> _prefixes;
    private readonly Dictionary<string, string> _aliases;
    private readonly int _shortestPrefix;
    private readonly int _longestPrefix;
    private readonly State[] _states;
    private readonly Dictionary<int, List<Edge>> _startsByMatcher;
    private readonly Edge[] _anyStarts;

    private PhraseAutomaton(Builder builder)
    {
        _literals = builder.Literals.ToDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);
        _prefixes = builder.Prefixes.ToDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);
        _aliases = builder.Aliases;
        _shortestPrefix = _prefixes.Count == 0 ? int.MaxValue : _prefixes.Keys.Min(p => p.Length);
        _longestPrefix = _prefixes.Count == 0 ? 0 : _prefixes.Keys.Max(p => p.Length);
        (_states, var starts) = builder.Compile();
        _anyStarts = [.. starts.Where(e => e.Matcher == AnyWord)];
        _startsByMatcher = starts.Where(e => e.Matcher != AnyWord).GroupBy(e => e.Matcher).ToDictionary(g => g.Key, g => g.ToList());
    }

    [Flags]
    internal enum Conditions : byte
    {
        None = 0,
        SentenceStart = 1,
        SentenceEnd = 2,
        MessageStart = 4,
        MessageEnd = 8,
    }

    /// <summary>How many states the automaton has: the bound on the work per word.</summary>
    public int StateCount => _states.Length;

    /// <summary>Finds every phrase; where one phrase matches from one word in several lengths, the longest.</summary>
    /// <param name="reading">The message.</param>
    /// <returns>The matches, ordered by phrase, then by place.</returns>
    public IReadOnlyList<PhraseMatch> Find(MessageReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var words = reading.Words;
        if (words.Count == 0)
        {
            return [];
        }

        var run = new Run(this, reading);
        for (var i = 0; i < words.Count; i++)
        {
            run.Step(i);
        }

        return run.Result();
    }

    private void SymbolsOf(Word word, List<int> symbols)
    {
        symbols.Clear();
        symbols.Add(AnyWord);
        if (word.Kind == WordKind.Number)
        {
            symbols.Add(AnyNumber);
        }

        AddSymbols(word.Form, symbols);
        if (word.IsStretched)
        {
            AddSymbols(word.DoubledForm, symbols);
        }

        if (_aliases.TryGetValue(word.Form, out var meant))
        {
            AddSymbols(meant, symbols);
        }
    }

    private void AddSymbols(string form, List<int> symbols)
    {
        if (_literals.TryGetValue(form, out var matchers))
        {
            symbols.AddRange(matchers);
        }

        var lookup = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = _shortestPrefix; length <= Math.Min(_longestPrefix, form.Length); length++)
        {
            if (lookup.TryGetValue(form.AsSpan(0, length), out var byPrefix))
            {
                symbols.AddRange(byPrefix);
            }
        }
    }

    internal readonly record struct Edge(int Matcher, int Target, Conditions When);

    internal readonly record struct Accept(int Phrase, Conditions When);

    // The edges are ordered by matcher.
    internal sealed record State(Edge[] Edges, Accept[] Accepts);

    private sealed class Run(PhraseAutomaton automaton, MessageReading reading)
    {
        private readonly List<int> _symbols = [];
        private readonly Dictionary<(int Phrase, int First), int> _longest = [];
        private List<(int State, int First)> _threads = [];
        private List<(int State, int First)> _next = [];
        private readonly HashSet<(int State, int First)> _seen = [];
        private int _afterPictographs;

        public void Step(int index)
        {
            var words = reading.Words;
            var word = words[index];
            var starts = Before(index);
            automaton.SymbolsOf(word, _symbols);
            _next.Clear();
            _seen.Clear();
            if (index > 0 && words[index - 1].Sentence != word.Sentence)
            {
                _threads.Clear();
            }

            foreach (var (state, first) in _threads)
            {
                Follow(automaton._states[state].Edges, first, index, starts);
            }

            foreach (var symbol in CollectionsMarshal.AsSpan(_symbols))
            {
                if (automaton._startsByMatcher.TryGetValue(symbol, out var edges))
                {
                    foreach (var edge in edges)
                    {
                        if (Holds(edge.When, starts))
                        {
                            Enter(edge.Target, index, index);
                        }
                    }
                }
            }

            foreach (var edge in automaton._anyStarts)
            {
                if (Holds(edge.When, starts))
                {
                    Enter(edge.Target, index, index);
                }
            }

            (_threads, _next) = (_next, _threads);
        }

        public IReadOnlyList<PhraseMatch> Result() =>
            [.. _longest.Select(m => new PhraseMatch(m.Key.Phrase, m.Key.First, m.Value)).OrderBy(m => m.Phrase).ThenBy(m => m.FirstWord)];

        // A state behind a wide choice has hundreds of edges and a word a handful of symbols: each symbol is looked up, not each edge.
        private void Follow(Edge[] edges, int first, int index, Conditions starts)
        {
            foreach (var symbol in CollectionsMarshal.AsSpan(_symbols))
            {
                for (var i = FirstOf(edges, symbol); i < edges.Length && edges[i].Matcher == symbol; i++)
                {
                    if (Holds(edges[i].When, starts))
                    {
                        Enter(edges[i].Target, first, index);
                    }
                }
            }
        }

        private static int FirstOf(Edge[] edges, int matcher)
        {
            var low = 0;
            var high = edges.Length;
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (edges[middle].Matcher < matcher)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        private static bool Holds(Conditions required, Conditions given) => (required & given) == required;

        private void Enter(int state, int first, int index)
        {
            if (!_seen.Add((state, first)))
            {
                return;
            }

            _next.Add((state, first));
            var accepts = automaton._states[state].Accepts;
            if (accepts.Length == 0)
            {
                return;
            }

            var given = After(index);
            foreach (var accept in accepts)
            {
                if (Holds(accept.When, given))
                {
                    _longest[(accept.Phrase, first)] = index;
                }
            }
        }

        private Conditions Before(int index)
        {
            var words = reading.Words;
            var given = index == 0 ? Conditions.MessageStart | Conditions.SentenceStart : Conditions.None;
            return index > 0 && words[index - 1].Sentence != words[index].Sentence ? given | Conditions.SentenceStart : given;
        }

        // Pictographs after the last word do not keep a sentence from ending there.
        private Conditions After(int index)
        {
            var words = reading.Words;
            if (_afterPictographs <= index)
            {
                // Kept over the whole run, so that a wall of pictographs is walked once and not once from each of them.
                _afterPictographs = index + 1;
                while (_afterPictographs < words.Count && words[_afterPictographs].Kind == WordKind.Emoji)
                {
                    _afterPictographs++;
                }
            }

            if (_afterPictographs == words.Count)
            {
                return Conditions.SentenceEnd | Conditions.MessageEnd;
            }

            return words[_afterPictographs].Sentence != words[index].Sentence ? Conditions.SentenceEnd : Conditions.None;
        }
    }

    /// <summary>Collects phrases and lexicons, then builds the automaton. Not safe for concurrent use.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, List<string>> _lexicons = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _lexiconMatchers = new(StringComparer.Ordinal);
        private readonly List<Node> _nodes = [];
        private readonly List<int> _phraseStarts = [];
        private int _matcherCount = 2;

        internal Dictionary<string, List<int>> Literals { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, List<int>> Prefixes { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, string> Aliases { get; } = new(StringComparer.Ordinal);

        /// <summary>Adds a named list of words and phrases, to be used as <c>%name</c>. Later phrases may use it.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="entries">Words and phrases, in the language of phrases.</param>
        /// <exception cref="PhraseSyntaxException">The name is taken or the list is empty.</exception>
        public Builder AddLexicon(string name, IReadOnlyCollection<string> entries)
        {
            ArgumentNullException.ThrowIfNull(entries);
            if (entries.Count == 0 || !_lexicons.TryAdd(name, [.. entries]))
            {
                throw new PhraseSyntaxException($"The lexicon '%{name}' is empty or stands twice.");
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

        internal (State[] States, List<Edge> Starts) Compile()
        {
            // Every node that a word leads to becomes a state, with the empty moves folded into its edges.
            var numbers = new Dictionary<int, int>();
            var states = new List<State?>();
            var open = new Queue<int>();
            int StateOf(int node)
            {
                if (!numbers.TryGetValue(node, out var number))
                {
                    number = states.Count;
                    numbers[node] = number;
                    states.Add(null);
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
                states[numbers[node]] = new State([.. edges.OrderBy(e => e.Matcher)], [.. accepts]);
            }

            return ([.. states.Select(s => s!)], starts);
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
