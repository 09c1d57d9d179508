namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>A sum of decision trees, laid out flat for scoring.</summary>
/// <remarks>
/// ML.NET's own trees are made for batches and rows with a schema; here a message walks each tree by two array look-ups a level. A test
/// holds the two to the same outputs. Immutable and safe for concurrent use.
/// </remarks>
public sealed class BoostedTrees
{
    private readonly int _inputs;
    private readonly float _bias;

    // Where each tree begins: a node, or, for a tree that never asks, the complement of a leaf. Children likewise.
    private readonly int[] _roots;
    private readonly Node[] _nodes;
    private readonly float[] _leaves;

    private BoostedTrees(int inputs, float bias, int[] roots, Node[] nodes, float[] leaves) =>
        (_inputs, _bias, _roots, _nodes, _leaves) = (inputs, bias, roots, nodes, leaves);

    /// <summary>Number of trees.</summary>
    public int Count => _roots.Length;

    private readonly record struct Node(int Input, float Bound, int Low, int High);

    /// <summary>Lays out trees.</summary>
    /// <param name="inputs">Number of values that they may ask for.</param>
    /// <param name="bias">What is added to their sum.</param>
    /// <param name="trees">The trees.</param>
    /// <exception cref="InvalidDataException">A tree asks for a value that is not there, does not end, or holds a number that is none.</exception>
    public static BoostedTrees Of(int inputs, float bias, IReadOnlyList<DecisionTree> trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        Require(float.IsFinite(bias), "the bias is no number");
        var roots = new int[trees.Count];
        var nodes = new List<Node>();
        var leaves = new List<float>();
        for (var t = 0; t < trees.Count; t++)
        {
            var (splits, values) = (trees[t].Splits, trees[t].Leaves);
            Require(values.Count == splits.Count + 1, $"tree {t} has {splits.Count} splits and {values.Count} leaves");
            Require(values.All(float.IsFinite), $"tree {t} has a leaf that is no number");
            var (firstNode, firstLeaf) = (nodes.Count, leaves.Count);

            // Forwards only: so every walk ends.
            int Place(int child, int parent)
            {
                Require(child > parent && child < splits.Count || child < 0 && ~child < values.Count, $"tree {t} leads from split {parent} to {child}");
                return child < 0 ? ~(firstLeaf + ~child) : firstNode + child;
            }

            roots[t] = splits.Count == 0 ? ~firstLeaf : firstNode;
            for (var i = 0; i < splits.Count; i++)
            {
                var split = splits[i];
                Require(split.Input >= 0 && split.Input < inputs, $"tree {t} asks for input {split.Input} of {inputs}");
                Require(!float.IsNaN(split.Bound), $"tree {t} has a bound that is no number");
                nodes.Add(new Node(split.Input, split.Bound, Place(split.Low, i), Place(split.High, i)));
            }

            leaves.AddRange(values);
        }

        return new BoostedTrees(inputs, bias, roots, [.. nodes], [.. leaves]);
    }

    /// <summary>The sum of the trees.</summary>
    /// <param name="inputs">At least as many values as the trees were laid out for.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public float Logit(ReadOnlySpan<float> inputs)
    {
        if (inputs.Length < _inputs)
        {
            throw new ArgumentException($"The trees ask for {_inputs} inputs, there are {inputs.Length}.", nameof(inputs));
        }

        var sum = _bias;
        foreach (var root in _roots)
        {
            var at = root;
            while (at >= 0)
            {
                ref readonly var node = ref _nodes[at];
                at = inputs[node.Input] <= node.Bound ? node.Low : node.High;
            }

            sum += _leaves[~at];
        }

        return sum;
    }

    /// <summary>Writes the trees.</summary>
    /// <param name="writer">Where to.</param>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(_bias);
        writer.Write(_roots.Length);
        var (node, leaf) = (0, 0);
        for (var t = 0; t < _roots.Length; t++)
        {
            var end = t + 1 < _roots.Length ? NextNode(t + 1) : _nodes.Length;
            var splits = end - node;
            writer.Write((ushort)splits);
            for (var i = node; i < end; i++)
            {
                var split = _nodes[i];
                writer.Write((ushort)split.Input);
                writer.Write(split.Bound);
                writer.Write((short)(split.Low < 0 ? ~(~split.Low - leaf) : split.Low - node));
                writer.Write((short)(split.High < 0 ? ~(~split.High - leaf) : split.High - node));
            }

            for (var i = 0; i <= splits; i++)
            {
                writer.Write(_leaves[leaf + i]);
            }

            (node, leaf) = (end, leaf + splits + 1);
        }
    }

    /// <summary>Reads trees.</summary>
    /// <param name="reader">Where <see cref="Write"/> wrote.</param>
    /// <param name="inputs">Number of values that they may ask for.</param>
    /// <exception cref="InvalidDataException">They are no such trees.</exception>
    /// <exception cref="EndOfStreamException">They end early.</exception>
    internal static BoostedTrees Read(BinaryReader reader, int inputs)
    {
        const int Most = 10_000;
        var bias = reader.ReadSingle();
        var count = reader.ReadInt32();
        Require(count is >= 0 and <= Most, $"{count} trees are no number of trees");
        var trees = new DecisionTree[count];
        for (var t = 0; t < count; t++)
        {
            var splits = new Split[reader.ReadUInt16()];
            for (var i = 0; i < splits.Length; i++)
            {
                splits[i] = new Split(reader.ReadUInt16(), reader.ReadSingle(), reader.ReadInt16(), reader.ReadInt16());
            }

            var leaves = new float[splits.Length + 1];
            for (var i = 0; i < leaves.Length; i++)
            {
                leaves[i] = reader.ReadSingle();
            }

            trees[t] = new DecisionTree(splits, leaves);
        }

        return Of(inputs, bias, trees);
    }

    // The first node of a tree, or of the next that has any.
    private int NextNode(int tree)
    {
        for (; tree < _roots.Length; tree++)
        {
            if (_roots[tree] >= 0)
            {
                return _roots[tree];
            }
        }

        return _nodes.Length;
    }

    private static void Require(bool isSo, string fault)
    {
        if (!isSo)
        {
            throw new InvalidDataException($"The trees cannot be used: {fault}.");
        }
    }
}

/// <summary>One question of a tree.</summary>
/// <param name="Input">Index of the value that is asked for.</param>
/// <param name="Bound">Up to which it goes to the low side, this included.</param>
/// <param name="Low">The next split, a later one; or the complement of a leaf's index.</param>
/// <param name="High">As <paramref name="Low"/>, for values beyond the bound.</param>
public readonly record struct Split(int Input, float Bound, int Low, int High);

/// <summary>A decision tree.</summary>
/// <param name="Splits">Its questions, the root first.</param>
/// <param name="Leaves">What it answers, in log-odds; one more than there are splits.</param>
public sealed record DecisionTree(IReadOnlyList<Split> Splits, IReadOnlyList<float> Leaves);
