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
/// <item><description><c>word</c>: that word in any case, with or without accents, stretched or not, also where signs stand for its letters ("w0rd");</description></item>
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
public sealed partial class PhraseAutomaton
{
    private const int AnyWord = 0;
    private const int AnyNumber = 1;

    // A state whose edges are this few is asked edge by edge, one with more symbol by symbol.
    private const int FewEdges = 8;

    private readonly WordTable _table;
    private readonly int _matcherCount;

    // The words that asterisks may hide, by first letter and length.
    private readonly Dictionary<(char First, int Length), string[]> _maskable;

    // Edges and accepted phrases of all states lie in two arrays; those of state s begin at the place that the index gives for s and end
    // before the one for s + 1. The edges of a state are ordered by matcher. The starts are kept likewise, by matcher.
    private readonly int[] _edgeIndex;
    private readonly Edge[] _edges;
    private readonly int[] _acceptIndex;
    private readonly Accept[] _accepts;
    private readonly int[] _startIndex;
    private readonly Edge[] _starts;

    private PhraseAutomaton(Builder builder)
    {
        var (states, starts) = builder.Compile();
        _matcherCount = builder.MatcherCount;
        _table = builder.CompileWords();
        _maskable = builder.Maskable.GroupBy(w => (w[0], w.Length)).ToDictionary(g => g.Key, g => g.ToArray());
        (_edgeIndex, _edges) = Pack(states.Select(s => s.Edges));
        (_acceptIndex, _accepts) = Pack(states.Select(s => s.Accepts));
        var startsByMatcher = starts.ToLookup(e => e.Matcher);
        (_startIndex, _starts) = Pack(Enumerable.Range(0, _matcherCount).Select(m => startsByMatcher[m].ToArray()));
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
    public int StateCount => _edgeIndex.Length - 1;

    /// <summary>Finds every phrase; where one phrase matches from one word in several lengths, the longest.</summary>
    /// <param name="reading">The message.</param>
    /// <returns>The matches, ordered by phrase, then by place.</returns>
    public IReadOnlyList<PhraseMatch> Find(MessageReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var matches = new PooledList<PhraseMatch>(64);
        try
        {
            Find(reading, ref matches);
            return matches.Items.ToArray();
        }
        finally
        {
            matches.Dispose();
        }
    }

    /// <summary>Finds every phrase, as the other overload does, into an empty list of the caller's.</summary>
    internal void Find(MessageReading reading, ref PooledList<PhraseMatch> matches)
    {
        var run = new Run(this, reading.WordSpan);
        try
        {
            run.FindAll(ref matches);
        }
        finally
        {
            run.Dispose();
        }

        KeepLongest(ref matches);
    }

    private static void KeepLongest(ref PooledList<PhraseMatch> matches)
    {
        var found = matches.Items;
        found.Sort(static (a, b) =>
            a.Phrase != b.Phrase ? a.Phrase.CompareTo(b.Phrase)
            : a.FirstWord != b.FirstWord ? a.FirstWord.CompareTo(b.FirstWord)
            : a.LastWord.CompareTo(b.LastWord));
        var kept = 0;
        for (var i = 0; i < found.Length; i++)
        {
            var isLongest = i + 1 == found.Length || found[i + 1].Phrase != found[i].Phrase || found[i + 1].FirstWord != found[i].FirstWord;
            if (isLongest)
            {
                found[kept++] = found[i];
            }
        }

        matches.Truncate(kept);
    }

    private static (int[] Index, T[] Items) Pack<T>(IEnumerable<T[]> groups)
    {
        var index = new List<int> { 0 };
        var items = new List<T>();
        foreach (var group in groups)
        {
            items.AddRange(group);
            index.Add(items.Count);
        }

        return ([.. index], [.. items]);
    }

    private ReadOnlySpan<Edge> EdgesOf(int state) => _edges.AsSpan(_edgeIndex[state].._edgeIndex[state + 1]);

    private ReadOnlySpan<Accept> AcceptsOf(int state) => _accepts.AsSpan(_acceptIndex[state].._acceptIndex[state + 1]);

    private ReadOnlySpan<Edge> StartsWith(int matcher) => _starts.AsSpan(_startIndex[matcher].._startIndex[matcher + 1]);

    internal readonly record struct Edge(int Matcher, int Target, Conditions When);

    internal readonly record struct Accept(int Phrase, Conditions When);

    // The edges are ordered by matcher.
    internal sealed record State(Edge[] Edges, Accept[] Accepts);

    // A phrase that is under way: where it stands, and the word that it began with.
    private readonly record struct Thread(int State, int First);

    /// <summary>One pass over the words of a message with a set of threads.</summary>
    private ref struct Run(PhraseAutomaton automaton, ReadOnlySpan<Word> words)
    {
        private readonly PhraseAutomaton _automaton = automaton;
        private readonly ReadOnlySpan<Word> _words = words;

        // The threads that began with the same word stand together.
        private PooledList<Thread> _threads = new(128);
        private PooledList<Thread> _next = new(128);

        // What the word at hand meets, as a list and as a set.
        private PooledList<int> _symbols = new(32);
        private BitSet _met = new(automaton._matcherCount);

        // The states that the threads of one first word have entered behind the word at hand.
        private BitSet _entered = new(automaton.StateCount);
        private int _afterPictographs;

        public void FindAll(ref PooledList<PhraseMatch> matches)
        {
            for (var i = 0; i < _words.Length; i++)
            {
                Step(i, ref matches);
            }
        }

        public void Dispose()
        {
            _threads.Dispose();
            _next.Dispose();
            _symbols.Dispose();
            _met.Dispose();
            _entered.Dispose();
        }

        private void Step(int index, ref PooledList<PhraseMatch> matches)
        {
            var given = Before(index);
            if ((given & Conditions.SentenceStart) != 0)
            {
                _threads.Clear();
            }

            Meet(_words[index]);
            _next.Clear();
            var threads = _threads.Items;
            for (var at = 0; at < threads.Length;)
            {
                var first = threads[at].First;
                var from = _next.Count;
                for (; at < threads.Length && threads[at].First == first; at++)
                {
                    Follow(threads[at].State, first, index, given, ref matches);
                }

                ForgetEntered(from);
            }

            var begun = _next.Count;
            foreach (var symbol in _symbols.Items)
            {
                Enter(_automaton.StartsWith(symbol), index, index, given, ref matches);
            }

            ForgetEntered(begun);
            foreach (var symbol in _symbols.Items)
            {
                _met.Remove(symbol);
            }

            var old = _threads;
            _threads = _next;
            _next = old;
        }

        private void Meet(Word word)
        {
            _symbols.Clear();
            _symbols.Add(AnyWord);
            if (word.Kind == WordKind.Number)
            {
                _symbols.Add(AnyNumber);
            }

            _automaton._table.Collect(word.Form, ref _symbols);
            if (word.IsStretched)
            {
                _automaton._table.Collect(word.DoubledForm, ref _symbols);
            }

            if (Disguise.IsWornBy(word))
            {
                MeetUnmasked(word.Form, 'i');
                if (word.Form.Contains('1'))
                {
                    MeetUnmasked(word.Form, 'l');
                }
            }

            foreach (var symbol in _symbols.Items)
            {
                _met.Add(symbol);
            }
        }

        private void MeetUnmasked(ReadOnlySpan<char> form, char one)
        {
            Span<char> unmasked = stackalloc char[Disguise.LongestForm];
            unmasked = unmasked[..form.Length];
            Disguise.Unmask(form, one, unmasked);
            if (!Disguise.LeavesLettersOpen(unmasked))
            {
                _automaton._table.Collect(unmasked, ref _symbols);
                return;
            }

            foreach (var word in _automaton._maskable.GetValueOrDefault((unmasked[0], unmasked.Length), []))
            {
                if (Disguise.Fits(word, unmasked))
                {
                    _automaton._table.Collect(word, ref _symbols);
                }
            }
        }

        // A state behind a wide choice has hundreds of edges and a word a handful of symbols: each symbol is looked up, not each edge.
        private void Follow(int state, int first, int index, Conditions given, ref PooledList<PhraseMatch> matches)
        {
            var edges = _automaton.EdgesOf(state);
            if (edges.Length <= FewEdges)
            {
                foreach (ref readonly var edge in edges)
                {
                    if (_met.Contains(edge.Matcher))
                    {
                        Enter(edge, first, index, given, ref matches);
                    }
                }

                return;
            }

            foreach (var symbol in _symbols.Items)
            {
                var from = FirstOf(edges, symbol);
                var to = from;
                while (to < edges.Length && edges[to].Matcher == symbol)
                {
                    to++;
                }

                Enter(edges[from..to], first, index, given, ref matches);
            }
        }

        private static int FirstOf(ReadOnlySpan<Edge> edges, int matcher)
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

        private void Enter(ReadOnlySpan<Edge> edges, int first, int index, Conditions given, ref PooledList<PhraseMatch> matches)
        {
            foreach (ref readonly var edge in edges)
            {
                Enter(edge, first, index, given, ref matches);
            }
        }

        private void Enter(in Edge edge, int first, int index, Conditions given, ref PooledList<PhraseMatch> matches)
        {
            if (!Holds(edge.When, given) || !_entered.Add(edge.Target))
            {
                return;
            }

            _next.Add(new Thread(edge.Target, first));
            foreach (var accept in _automaton.AcceptsOf(edge.Target))
            {
                if (accept.When == Conditions.None || Holds(accept.When, After(index)))
                {
                    matches.Add(new PhraseMatch(accept.Phrase, first, index));
                }
            }
        }

        private void ForgetEntered(int from)
        {
            foreach (var thread in _next.Items[from..])
            {
                _entered.Remove(thread.State);
            }
        }

        private readonly Conditions Before(int index) =>
            index == 0 ? Conditions.MessageStart | Conditions.SentenceStart
            : _words[index - 1].Sentence != _words[index].Sentence ? Conditions.SentenceStart
            : Conditions.None;

        // Pictographs after the last word do not keep a sentence from ending there.
        private Conditions After(int index)
        {
            if (_afterPictographs <= index)
            {
                // Kept over the whole run, so that a wall of pictographs is walked once and not once from each of them.
                _afterPictographs = index + 1;
                while (_afterPictographs < _words.Length && _words[_afterPictographs].Kind == WordKind.Emoji)
                {
                    _afterPictographs++;
                }
            }

            if (_afterPictographs == _words.Length)
            {
                return Conditions.SentenceEnd | Conditions.MessageEnd;
            }

            return _words[_afterPictographs].Sentence != _words[index].Sentence ? Conditions.SentenceEnd : Conditions.None;
        }
    }
}
