using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Training.Data;

/// <summary>One line of our own corpus; the columns are described in <c>models/corpus/README.md</c>.</summary>
/// <param name="Id">Unique over the corpus.</param>
/// <param name="Scenario">The story that it belongs to.</param>
/// <param name="Industry">One of the twelve.</param>
/// <param name="Language">Spanish or English, by its folder.</param>
/// <param name="Level">0 to 4.</param>
/// <param name="Text">The message, line breaks restored.</param>
public sealed record CorpusLine(string Id, string Scenario, string Industry, MessageLanguage Language, int Level, string Text)
{
    /// <summary>The signals that are there.</summary>
    public IReadOnlySet<SignalType> Signals { get; init; } = new HashSet<SignalType>();

    /// <summary>The signals that a careless reader would see and that are not there.</summary>
    public IReadOnlySet<SignalType> Decoys { get; init; } = new HashSet<SignalType>();

    /// <summary>Whether the level itself is known; otherwise only that it is frustrated (2) or not (0).</summary>
    public bool KnowsLevel { get; init; } = true;

    /// <summary>Whether somebody looked for signals.</summary>
    public bool KnowsSignals { get; init; } = true;

    /// <summary>How much it counts beside a line of ours (1).</summary>
    public float Weight { get; init; } = 1;

    /// <summary>Whether its level is frustrated or more.</summary>
    public bool IsFrustrated => Level >= 2;

    /// <summary>Whether the rules of the playbook were written without this line in sight, so that what they find in it tells how far to trust them.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether it is another line with something beside it (<see cref="LinesWithBesides"/>): it teaches, and is not reported on.</summary>
    public bool IsVariant { get; init; }
}

/// <summary>Reads <c>models/corpus/{es,en}/*.tsv</c>.</summary>
public static class CorpusReader
{
    private const string Header = "id\tscenario\tindustry\tregion\taddress\tlevel\tsignals\tdecoys\ttext";

    private const string FreshFiles = "fresh-*.tsv";

    private const int HighestLevel = 4;

    private static readonly MessageLanguage[] Languages = [MessageLanguage.Spanish, MessageLanguage.English];

    /// <summary>The lines that train: never those of the held-out split.</summary>
    /// <param name="corpus">The folder that holds <c>es</c> and <c>en</c>.</param>
    /// <exception cref="InvalidDataException">A line is not legal.</exception>
    public static IReadOnlyList<CorpusLine> ReadTraining(string corpus) => [.. Read(corpus, "train-*.tsv"), .. Read(corpus, FreshFiles), .. ReadConversations(corpus, "conversations-train*.jsonl")];

    /// <summary>The lines of the held-out split, for reporting alone.</summary>
    /// <param name="corpus">The folder that holds <c>es</c> and <c>en</c>.</param>
    /// <exception cref="InvalidDataException">A line is not legal.</exception>
    public static IReadOnlyList<CorpusLine> ReadHeldOut(string corpus) => Read(corpus, "heldout-*.tsv");

    private static List<CorpusLine> Read(string corpus, string pattern)
    {
        var lines = new List<CorpusLine>();
        foreach (var language in Languages)
        {
            foreach (var file in Directory.GetFiles(Path.Combine(corpus, language.Code()), pattern).Order(StringComparer.Ordinal))
            {
                ReadFile(file, language, pattern == FreshFiles, lines);
            }
        }

        return lines;
    }

    // The customer turns of whole conversations: what they look like in the middle of a story.
    private static IEnumerable<CorpusLine> ReadConversations(string corpus, string pattern)
    {
        foreach (var language in Languages)
        {
            foreach (var file in Directory.GetFiles(Path.Combine(corpus, language.Code()), pattern).Order(StringComparer.Ordinal))
            {
                foreach (var line in File.ReadLines(file).Where(l => l.Length > 0))
                {
                    using var conversation = JsonDocument.Parse(line);
                    var id = conversation.RootElement.GetProperty("id").GetString()!;
                    var industry = conversation.RootElement.GetProperty("industry").GetString()!;
                    var turn = -1;
                    foreach (var said in conversation.RootElement.GetProperty("turns").EnumerateArray())
                    {
                        turn++;
                        if (said.GetProperty("speaker").GetString() == "customer")
                        {
                            yield return new CorpusLine($"{id}-{turn}", id, industry, language, said.GetProperty("level").GetInt32(), said.GetProperty("text").GetString()!)
                            {
                                Signals = SignalsOf(said.GetProperty("signals").EnumerateArray().Select(s => s.GetString()!)),
                            };
                        }
                    }
                }
            }
        }
    }

    private static void ReadFile(string file, MessageLanguage language, bool isFresh, List<CorpusLine> lines)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (number == 1)
            {
                if (line != Header)
                {
                    throw new InvalidDataException($"{file} does not begin with the corpus' header line.");
                }

                continue;
            }

            var cells = line.Split('\t');
            if (cells.Length != 9 || !int.TryParse(cells[5], System.Globalization.CultureInfo.InvariantCulture, out var level) || level is < 0 or > HighestLevel)
            {
                throw new InvalidDataException($"{file}, line {number}: nine columns with a level from 0 to 4 are expected.");
            }

            lines.Add(new CorpusLine(cells[0], cells[1], cells[2], language, level, cells[8].Replace("\\n", "\n", StringComparison.Ordinal))
            {
                Signals = SignalsOf(cells[6].Split(';')),
                Decoys = SignalsOf(cells[7].Split(';')),
                IsFresh = isFresh,
            });
        }
    }

    private static HashSet<SignalType> SignalsOf(IEnumerable<string> names) =>
        [.. names.Where(n => n != "-").Select(n => Enum.TryParse<SignalType>(n, ignoreCase: true, out var type) ? type : throw new InvalidDataException($"The corpus knows no signal '{n}'."))];
}
