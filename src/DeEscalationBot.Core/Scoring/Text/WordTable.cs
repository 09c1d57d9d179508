namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>Which matchers a word meets: those of the words and beginnings of words that phrases are made of.</summary>
/// <remarks>
/// A tree of letters in flat arrays. A word is walked once, letter by letter, and most words that no phrase speaks of leave it after
/// two or three. Immutable and safe for concurrent use.
/// </remarks>
internal sealed class WordTable
{
    // The letter that leads to each node; the children of a node stand together.
    private readonly char[] _letters;
    private readonly Node[] _nodes;
    private readonly int[] _matchers;

    public WordTable(IReadOnlyDictionary<string, List<int>> words, IReadOnlyDictionary<string, List<int>> beginnings)
    {
        var keys = words.Keys.Union(beginnings.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var letters = new List<char> { '\0' };
        var nodes = new List<Node> { default };
        var matchers = new List<int>();
        var open = new Queue<(int Node, int From, int To, int Depth)>();
        open.Enqueue((0, 0, keys.Length, 0));
        while (open.TryDequeue(out var at))
        {
            var from = at.From;
            var node = new Node { FirstMatcher = matchers.Count, FirstChild = nodes.Count };
            if (from < at.To && keys[from].Length == at.Depth)
            {
                matchers.AddRange(beginnings.GetValueOrDefault(keys[from], []));
                node.Beginnings = matchers.Count - node.FirstMatcher;
                matchers.AddRange(words.GetValueOrDefault(keys[from], []));
                node.Words = matchers.Count - node.FirstMatcher - node.Beginnings;
                from++;
            }

            while (from < at.To)
            {
                var letter = keys[from][at.Depth];
                var to = from;
                while (to < at.To && keys[to][at.Depth] == letter)
                {
                    to++;
                }

                open.Enqueue((nodes.Count, from, to, at.Depth + 1));
                letters.Add(letter);
                nodes.Add(default);
                node.Children++;
                from = to;
            }

            nodes[at.Node] = node;
        }

        (_letters, _nodes, _matchers) = ([.. letters], [.. nodes], [.. matchers]);
    }

    /// <summary>Adds the matchers that a word meets; one may be added twice.</summary>
    /// <param name="form">The word's form.</param>
    /// <param name="matchers">Where they are added.</param>
    public void Collect(scoped ReadOnlySpan<char> form, ref PooledList<int> matchers)
    {
        ref readonly var node = ref _nodes[0];
        foreach (var letter in form)
        {
            var child = _letters.AsSpan(node.FirstChild, node.Children).IndexOf(letter);
            if (child < 0)
            {
                return;
            }

            node = ref _nodes[node.FirstChild + child];
            if (node.Beginnings > 0)
            {
                matchers.AddRange(_matchers.AsSpan(node.FirstMatcher, node.Beginnings));
            }
        }

        matchers.AddRange(_matchers.AsSpan(node.FirstMatcher + node.Beginnings, node.Words));
    }

    // The matchers of a node: those of words that begin so, then those of the word that ends here.
    private struct Node
    {
        public int FirstChild;
        public int Children;
        public int FirstMatcher;
        public int Beginnings;
        public int Words;
    }
}
