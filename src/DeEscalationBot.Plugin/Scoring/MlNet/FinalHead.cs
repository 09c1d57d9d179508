namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Trees for talk to a desk and trees for talk elsewhere.</summary>
/// <param name="Desk">What counts for words that are all a customer's.</param>
/// <param name="Elsewhere">What counts for words that are not; nothing where nobody says what it is there, and the desk's count for both.</param>
public sealed record TreeBlend(BoostedTrees Desk, BoostedTrees? Elsewhere)
{
    private const byte WithElsewhere = 2;
    private const byte DeskOnly = 1;

    /// <summary>Where the trees of a language stand in the archive.</summary>
    /// <param name="language"><c>es</c> or <c>en</c>.</param>
    public static string EntryName(string language) => $"Trees.{language}";

    /// <summary>Log-odds: of each kind of trees by how foreign the message is.</summary>
    /// <param name="inputs">The values of <see cref="FinalInputs"/>.</param>
    public float Logit(ReadOnlySpan<float> inputs)
    {
        if (Elsewhere is null)
        {
            return Desk.Logit(inputs);
        }

        var share = FinalInputs.ForeignShare(inputs);
        return ((1 - share) * Desk.Logit(inputs)) + (share * Elsewhere.Logit(inputs));
    }

    /// <summary>Writes the trees of a language.</summary>
    /// <param name="blends">For each of the first final heads, its trees.</param>
    public static byte[] ToBytes(IReadOnlyList<TreeBlend> blends)
    {
        ArgumentNullException.ThrowIfNull(blends);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write((byte)blends.Count);
            foreach (var blend in blends)
            {
                writer.Write(blend.Elsewhere is null ? DeskOnly : WithElsewhere);
                blend.Desk.Write(writer);
                blend.Elsewhere?.Write(writer);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the trees of a language.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    /// <exception cref="InvalidDataException">They are something else.</exception>
    public static IReadOnlyList<TreeBlend> Parse(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var stream = new MemoryStream(bytes, writable: false);
        using var reader = new BinaryReader(stream);
        try
        {
            var blends = new TreeBlend[reader.ReadByte()];
            for (var i = 0; i < blends.Length; i++)
            {
                var kinds = reader.ReadByte();
                if (kinds is not (DeskOnly or WithElsewhere))
                {
                    throw new InvalidDataException($"The trees cannot be used: head {i} has {kinds} kinds of trees.");
                }

                var desk = BoostedTrees.Read(reader, FinalInputs.MessageSize);
                blends[i] = new TreeBlend(desk, kinds == WithElsewhere ? BoostedTrees.Read(reader, FinalInputs.MessageSize) : null);
            }

            return stream.Position == stream.Length
                ? blends
                : throw new InvalidDataException($"The trees cannot be used: {stream.Length - stream.Position} bytes stand behind them.");
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The trees cannot be used: they end early.", e);
        }
    }
}

/// <summary>A final head: a weighted sum, and trees beside it where it has any.</summary>
/// <param name="Linear">The weighted sum of all values; the head alone where there are no trees, and what an explanation tells in any case.</param>
/// <param name="Trees">Trees over the values that describe the message; they find by themselves what the sum is given as bends and products.</param>
public sealed record FinalHead(LinearHead Linear, TreeBlend? Trees)
{
    /// <summary>What the sum counts beside the trees.</summary>
    /// <remarks>Each of the two is right where the other errs. Whole, the sum speaks louder than it knows: see decision 0004.</remarks>
    private const float LinearBesideTrees = 0.5f;

    /// <summary>Log-odds, not yet calibrated.</summary>
    /// <param name="inputs">The values of <see cref="FinalInputs"/>.</param>
    public float Logit(ReadOnlySpan<float> inputs) =>
        Trees is null ? Linear.Logit(inputs) : Trees.Logit(inputs) + (LinearBesideTrees * Linear.Logit(inputs));
}
