using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>Writes each message's score beside its label, without its text, for a spreadsheet.</summary>
internal static class ScoresFile
{
    // A spreadsheet would run a cell that begins so: an apostrophe before it keeps it text.
    private static readonly char[] FormulaStarts = ['=', '+', '-', '@', '\t', '\r'];

    /// <summary>Writes it as CSV.</summary>
    /// <param name="scored">The messages.</param>
    /// <param name="output">Gets a header and a row for each.</param>
    public static void Write(IReadOnlyList<ScoredMessage> scored, TextWriter output)
    {
        using var csv = new CsvWriter(
            output,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                NewLine = "\r\n", // RFC 4180
                InjectionOptions = InjectionOptions.Escape,
                InjectionCharacters = FormulaStarts,
                InjectionEscapeCharacter = '\'',
            },
            leaveOpen: true);
        WriteRow(csv, "line", "id", "conversation", "language", "frustrated", "level", "signals", "frustration", "scoredLevel", "scoredSignals");
        foreach (var (message, score) in scored)
        {
            WriteRow(
                csv,
                message.Line.ToString(CultureInfo.InvariantCulture),
                message.Id,
                message.Conversation,
                score.Language.Code(),
                message.IsFrustrated ? "true" : "false",
                message.Level is { } level ? Word(level) : null,
                message.Signals is { } signals ? string.Join(';', signals.Order().Select(Word)) : null,
                ReportText.Number(score.Frustration.Value, "0.0000"),
                Word(score.Level),
                string.Join(';', score.Signals.Where(s => score.Has(s.Type)).Select(s => Word(s.Type))));
        }
    }

    private static void WriteRow(CsvWriter csv, params ReadOnlySpan<string?> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.NextRecord();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
