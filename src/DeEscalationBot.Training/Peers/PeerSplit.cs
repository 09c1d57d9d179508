using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Training.Peers;

/// <summary>A public text that nothing was trained on, with what its set says of it.</summary>
/// <param name="Set">The name of the set.</param>
/// <param name="Language">Spanish or English.</param>
/// <param name="Group">Texts that belong together; most stand alone.</param>
/// <param name="Text">The text, as the trainer would have read it; stays outside the repository.</param>
/// <param name="Degree">How much of what is asked is there: 0 for none, 1 for a set that only says yes, 1 to 3 where there are degrees.</param>
public sealed record HeldOutText(string Set, MessageLanguage Language, string Group, string Text, int Degree)
{
    /// <summary>Whether what is asked is there.</summary>
    public bool IsPositive => Degree > 0;

    /// <summary>Whether it swears without degrading anybody.</summary>
    public bool IsMereSwearing { get; init; }
}

/// <summary>The public sets cut in two: what nothing may be trained on, and the rest.</summary>
/// <remarks>
/// BRIGHTER and XED are held out whole, of GoEmotions and EDOS the test split, of OffendES, Banking77 and MultiDoGO a tenth by a hash. No text stands on both
/// sides: what the rest has in common with the held-out part, word for word and in whichever set, is taken out of the rest.
/// </remarks>
/// <param name="HeldOut">What nothing was trained on.</param>
/// <param name="Rest">What everything that learns may learn from.</param>
public sealed record PeerSplit(IReadOnlyList<HeldOutText> HeldOut, IReadOnlyList<WeakLine> Rest)
{
    private const int Parts = 10;

    private static readonly string[] Angry = ["anger", "annoyance", "disapproval", "disappointment", "disgust"];

    /// <summary>Makes the split.</summary>
    /// <param name="data">The folder of the public sets.</param>
    /// <param name="work">A folder outside the repository, for what is in between.</param>
    /// <exception cref="InvalidDataException">What is read here and what the trainer reads have come apart.</exception>
    public static PeerSplit Make(string data, string work)
    {
        var lines = PublicSets.ReadAll(data);
        var texts = PublicSets.All.SelectMany(s => s.Read(data)).Where(l => l.Set != "EDOS").Concat(ReadWholeEdos(data, work)).ToLookup(l => l.Set, StringComparer.Ordinal);
        HeldOutText[] heldOut =
        [
            .. Together("BRIGHTER", texts, BrighterRows(data)),
            .. Together("XED", texts, XedRows(data)),
            .. Together("GoEmotions", texts, GoEmotionsRows(data)),
            .. Together("OffendES", texts, OffendEsRows(data)),
            .. Together("EDOS", texts, EdosRows(data)),
            .. Together("Banking77", texts, BankingRows(data)),
            .. Together("MultiDoGO", texts, MultiDogoRows(data)),
        ];
        var whole = new[] { "BRIGHTER", "XED" };
        var known = heldOut.Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
        return new PeerSplit(heldOut, [.. lines.Where(l => !whole.Contains(l.Set) && !known.Contains(l.Text))]);
    }

    /// <summary>Whether a text belongs to the tenth that is held out.</summary>
    /// <param name="set">The name of the set.</param>
    /// <param name="key">What the set knows the text or its conversation by.</param>
    public static bool IsInTenth(string set, string key) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{set}/{key}"))) % Parts == 0;

    private static IEnumerable<HeldOutText> Together(string set, ILookup<string, WeakLine> texts, IEnumerable<Row> rows)
    {
        var (labels, lines) = (rows.ToArray(), texts[set].ToArray());
        if (labels.Length != lines.Length)
        {
            throw new InvalidDataException($"{set}: the trainer reads {lines.Length} texts where the split reads {labels.Length}; bring PeerSplit and PublicSets together again.");
        }

        return labels.Zip(lines).Where(p => p.First.IsHeldOut && !string.IsNullOrWhiteSpace(p.Second.Text)).Select(p =>
            new HeldOutText(set, p.Second.Language, p.First.Group, p.Second.Text, p.First.Degree) { IsMereSwearing = p.First.IsMereSwearing });
    }

    private static IEnumerable<Row> BrighterRows(string data) =>
        from file in (string[])["train-eng.csv", "train-esp.csv"]
        from record in DelimitedText.Records(Path.Combine(data, "brighter", file))
        select new Row(record("id"), IsHeldOut: true, int.Parse(record("anger"), CultureInfo.InvariantCulture));

    private static IEnumerable<Row> XedRows(string data) =>
        from file in (string[])["en-annotated.tsv", "es-projections.tsv", "neu_en.txt"]
        from line in File.ReadLines(Path.Combine(data, "xed", file)).Select((text, i) => (Cells: text.Split('\t'), Number: i))
        where line.Cells.Length == 2
        let emotions = file == "neu_en.txt" ? [] : line.Cells[1].Split(',', StringSplitOptions.TrimEntries)
        select new Row($"{file}/{line.Number}", IsHeldOut: true, emotions.Contains("1") || emotions.Contains("3") ? 1 : 0);

    private static IEnumerable<Row> GoEmotionsRows(string data)
    {
        var labels = File.ReadAllLines(Path.Combine(data, "goemotions", "labels.txt"));
        return
            from file in (string[])["train.tsv", "dev.tsv", "test.tsv"]
            from line in File.ReadLines(Path.Combine(data, "goemotions", file))
            let cells = line.Split('\t')
            let isAngry = cells[1].Split(',').Any(i => Angry.Contains(labels[int.Parse(i, CultureInfo.InvariantCulture)]))
            select new Row(cells[2], file == "test.tsv", isAngry ? 1 : 0);
    }

    private static IEnumerable<Row> OffendEsRows(string data) =>
        from file in (string[])["training_set.tsv", "dev_set.tsv"]
        from line in File.ReadLines(Path.Combine(data, "offendes", file)).Skip(1)
        let cells = line.Split('\t')
        where cells.Length == 6
        select new Row(cells[0], IsInTenth("OffendES", cells[0]), cells[5] is "OFP" or "OFG" ? 1 : 0) { IsMereSwearing = cells[5] == "NOE" };

    private static IEnumerable<Func<string, string>> EdosRecords(string data) => DelimitedText.Records(Path.Combine(data, "edos", "edos_labelled_aggregated.csv"));

    private static IEnumerable<Row> EdosRows(string data) =>
        EdosRecords(data).Select(r => new Row(r("rewire_id"), r("split") == "test", r("label_vector").StartsWith("1.", StringComparison.Ordinal) ? 1 : 0));

    private static IEnumerable<Row> BankingRows(string data) =>
        from file in (string[])["train.csv", "test.csv"]
        from record in DelimitedText.Records(Path.Combine(data, "banking77", file)).Select((record, i) => (Text: record("text"), Number: i))
        select new Row($"{file}/{record.Number}", IsInTenth("Banking77", record.Text), 0);

    private static IEnumerable<Row> MultiDogoRows(string data) =>
        from file in (string[])["insurance.tsv", "media.tsv", "software.tsv"]
        from line in File.ReadLines(Path.Combine(data, "multidogo", file)).Skip(1)
        let cells = line.Split('\t')
        where cells.Length >= 4
        select new Row(cells[0], IsInTenth("MultiDoGO", cells[0]), 0);

    // The trainer passes over what is sexist without attacking anybody; here it belongs to those that are no threat. Without its label it is read as well.
    private static WeakLine[] ReadWholeEdos(string data, string work)
    {
        var copy = Path.Combine(work, "edos-without-labels");
        Directory.CreateDirectory(Path.Combine(copy, "edos"));
        File.WriteAllLines(
            Path.Combine(copy, "edos", "edos_labelled_aggregated.csv"),
            ["text,label_vector", .. EdosRecords(data).Select(r => $"\"{r("text").Replace("\"", "\"\"", StringComparison.Ordinal)}\",none")]);
        return [.. PublicSets.All.Single(s => s.Name == "EDOS").Read(copy)];
    }

    private sealed record Row(string Group, bool IsHeldOut, int Degree)
    {
        public bool IsMereSwearing { get; init; }
    }
}
