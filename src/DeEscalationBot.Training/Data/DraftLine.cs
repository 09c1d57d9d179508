using System.Text;
using System.Text.RegularExpressions;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Training.Data;

/// <summary>A draft of our own corpus with what is wrong in it; the form of the files is described in <c>models/corpus/README.md</c>.</summary>
/// <param name="Writer">Who wrote it: the name of its file.</param>
/// <param name="Language">Spanish or English, by its folder.</param>
/// <param name="Kind">What the draft is for.</param>
/// <param name="Customer">What the customer wrote before, or nothing.</param>
/// <param name="Text">The draft, without marks.</param>
/// <param name="Whole">The rules that it breaks as a whole.</param>
/// <param name="Passages">The passages that break a rule.</param>
public sealed record DraftLine(string Writer, MessageLanguage Language, DraftKind Kind, string? Customer, string Text, IReadOnlySet<string> Whole, IReadOnlyList<FaultyPassage> Passages)
{
    /// <summary>All rules that it breaks.</summary>
    public IReadOnlySet<string> Rules { get; } = Whole.Concat(Passages.SelectMany(p => p.Rules)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The draft as the review is asked about it.</summary>
    public DraftRequest Request => new(Text, Language, Kind: Kind, CustomerTexts: Customer is null ? null : [Customer]);
}

/// <summary>A passage of a draft that breaks rules.</summary>
/// <param name="Start">Offset of its first character in the draft.</param>
/// <param name="End">Offset behind its last.</param>
/// <param name="Rules">The rules.</param>
public sealed record FaultyPassage(int Start, int End, IReadOnlySet<string> Rules);

/// <summary>Reads <c>models/corpus/drafts/{es,en}/*.tsv</c>.</summary>
public static partial class DraftCorpusReader
{
    private const int Columns = 4;
    private const string Nothing = "-";

    /// <summary>Reads all drafts, in the order of files and lines.</summary>
    /// <param name="folder">The folder that holds <c>es</c> and <c>en</c>.</param>
    /// <exception cref="InvalidDataException">A line is not legal; the message says where.</exception>
    public static IReadOnlyList<DraftLine> Read(string folder) =>
    [
        .. from language in (MessageLanguage[])[MessageLanguage.Spanish, MessageLanguage.English]
           from file in Directory.GetFiles(Path.Combine(folder, language.Code()), "*.tsv").Order(StringComparer.Ordinal)
           from line in File.ReadLines(file).Select((text, i) => (text, number: i + 1))
           where line.text.Length > 0
           select Parse(line.text, language, Path.GetFileNameWithoutExtension(file), $"{file}, line {line.number}"),
    ];

    private static DraftLine Parse(string line, MessageLanguage language, string writer, string place)
    {
        var cells = line.Split('\t');
        if (cells.Length != Columns || !Enum.TryParse<DraftKind>(cells[0], ignoreCase: true, out var kind))
        {
            throw new InvalidDataException($"{place}: kind (reply or farewell), rules of the whole, customer and draft are expected, with tabs between them.");
        }

        var text = new StringBuilder();
        var passages = new List<FaultyPassage>();
        var at = 0;
        foreach (Match mark in Mark().Matches(cells[3]))
        {
            text.Append(cells[3], at, mark.Index - at);
            var start = text.Length;
            text.Append(mark.Groups["passage"].Value);
            passages.Add(new FaultyPassage(start, text.Length, RulesOf(mark.Groups["rules"].Value, JudgedRules.OfPassages, place)));
            at = mark.Index + mark.Length;
        }

        text.Append(cells[3], at, cells[3].Length - at);
        var draft = text.ToString();
        return new DraftLine(
            writer,
            language,
            kind,
            cells[2] == Nothing ? null : cells[2],
            draft,
            cells[1] == Nothing ? new HashSet<string>() : RulesOf(cells[1], [.. JudgedRules.OfWholeDrafts, .. JudgedRules.OfRulesAlone], place),
            passages);
    }

    private static HashSet<string> RulesOf(string names, IReadOnlyCollection<string> known, string place)
    {
        var rules = names.Split('+').ToHashSet(StringComparer.Ordinal);
        return rules.FirstOrDefault(r => !known.Contains(r)) is { } unknown
            ? throw new InvalidDataException($"{place}: '{unknown}' is no rule that stands here.")
            : rules;
    }

    [GeneratedRegex(@"\{\{(?<rules>[a-z+-]+): (?<passage>[^{}]*)\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}
