using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Reports;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>The matrix of motives (E4) as a workbook: whose doing each is, what could be renegotiated, and the warning about lower prices.</summary>
/// <remarks>
/// Made to go on working with: what may be chosen can be chosen in the sheet, and the warning and the summary follow. Safe for concurrent use.
/// </remarks>
public static class MotiveMatrixFile
{
    private const int FirstRow = 2;
    private const int SpareRows = 20;

    /// <summary>The matrices of departures.</summary>
    /// <param name="departures">The departures, as they stand: one, or all of them. Those without a matrix show the motives that were stated.</param>
    /// <param name="nameOf">The customer's name by their id, or nothing.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    public static CaseFile Workbook(IEnumerable<DepartureCase> departures, Func<string, string?> nameOf, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(departures);
        ArgumentNullException.ThrowIfNull(nameOf);
        var words = CaseFileWords.In(language);
        var cases = departures.ToArray();
        var lists = Lists(words);
        var matrix = Matrix(cases, nameOf, words, lists);
        return new CaseFile(
            words.FileName("CaseFile.Name.Matrix", cases is [var only] ? only.Id : null, "xlsx"),
            ReportFiles.WorkbookType,
            WorkbookFile.Write([matrix, Summary(cases, words, matrix), lists]));
    }

    private static WorkbookSheet Matrix(DepartureCase[] cases, Func<string, string?> nameOf, CaseFileWords words, WorkbookSheet lists)
    {
        var rows = new List<IReadOnlyList<SheetCell>>
        {
            words.Heads("CaseFile.Case", "CaseFile.Customer", "CaseFile.Matrix.Motive", "CaseFile.Matrix.Words", "CaseFile.Matrix.Responsibility", "CaseFile.Matrix.Renegotiable", "CaseFile.Matrix.Warning", "CaseFile.Matrix.WarningRead", "CaseFile.Matrix.Note"),
        };
        foreach (var departure in cases)
        {
            if (departure.Outcome == DepartureOutcome.Erased)
            {
                rows.Add([SheetCell.Of(departure.Id), .. Enumerable.Repeat(SheetCell.Empty, 5), Warning(rows.Count + 1, isShown: false), SheetCell.Empty, SheetCell.Of(words["CaseFile.Record.Erased"], CellLook.Wrapped)]);
                continue;
            }

            var customer = nameOf(departure.CustomerId) ?? departure.CustomerId;
            foreach (var motive in departure.Motives)
            {
                var row = departure.Matrix?.FirstOrDefault(r => r.Motive == motive.Motive);
                rows.Add(
                [
                    SheetCell.Of(departure.Id),
                    SheetCell.Of(customer),
                    SheetCell.Of(words.Names.Name(motive.Motive)),
                    SheetCell.Of(motive.Words, CellLook.Wrapped),
                    SheetCell.Of(row is null ? null : words.Names.Name(row.Responsibility)),
                    SheetCell.Of(row is null ? null : words.Names.Name(row.Renegotiation)),
                    Warning(rows.Count + 1, (row ?? new MotiveRow(motive.Motive, default, default, "")).HasPriceWarning),
                    SheetCell.Of(row is null ? null : words.YesNo(row.IsPriceWarningRead)),
                    SheetCell.Of(row?.Note, CellLook.Wrapped),
                ]);
            }
        }

        // Some rows to go on with: the warning is there as soon as a motive is chosen.
        var last = rows.Count + SpareRows;
        while (rows.Count < last)
        {
            rows.Add([.. Enumerable.Repeat(SheetCell.Empty, 6), Warning(rows.Count + 1, isShown: false), SheetCell.Empty, SheetCell.Empty]);
        }

        return new WorkbookSheet(words["CaseFile.Matrix.Sheet"], rows)
        {
            IsFiltered = true,
            Widths = [14, 18, 26, 34, 22, 28, 40, 14, 34],
            Choices =
            [
                new SheetChoice($"C{FirstRow}:C{last}", Choice('A', Enum.GetValues<DepartureMotive>().Length)),
                new SheetChoice($"E{FirstRow}:E{last}", Choice('C', Enum.GetValues<MotiveResponsibility>().Length)),
                new SheetChoice($"F{FirstRow}:F{last}", Choice('D', Enum.GetValues<Renegotiation>().Length)),
            ],
            Alarms = [new SheetAlarm($"G{FirstRow}:G{last}", $"$G{FirstRow}<>\"\"")],
        };

        string Choice(char column, int count) => $"{WorkbookSheet.Quoted(lists.Name)}!${column}${FirstRow}:${column}${count + 1}";

        SheetCell Warning(int row, bool isShown)
        {
            var list = WorkbookSheet.Quoted(lists.Name);
            var motives = Enum.GetValues<DepartureMotive>().Length + 1;
            return SheetCell.Reckoned(
                $"IF(OR(SUMIF({list}!$A${FirstRow}:$A${motives},C{row},{list}!$B${FirstRow}:$B${motives})=1,F{row}={WorkbookSheet.Literal(words.Names.Name(Renegotiation.LowerPrice))}),{list}!$E${FirstRow},\"\")",
                isShown ? words["CaseFile.Matrix.PriceWarning"] : "",
                CellLook.Wrapped);
        }
    }

    private static WorkbookSheet Summary(DepartureCase[] cases, CaseFileWords words, WorkbookSheet matrix)
    {
        var filled = cases.SelectMany(c => c.Motives.Select(m => (m.Motive, Row: c.Matrix?.FirstOrDefault(r => r.Motive == m.Motive)))).ToArray();
        var name = WorkbookSheet.Quoted(matrix.Name);
        var last = matrix.Rows.Count;
        var rows = new List<IReadOnlyList<SheetCell>> { words.Heads("CaseFile.Summary.What", "CaseFile.Summary.Count", "CaseFile.Summary.Share") };
        var rated = filled.Count(f => f.Row is not null);
        var responsibilities = Enum.GetValues<MotiveResponsibility>();
        AddGroup(responsibilities.Select(r => (words.Names.Name(r), filled.Count(f => f.Row?.Responsibility == r))), 'E', rated);
        AddGroup(Enum.GetValues<Renegotiation>().Select(r => (words["CaseFile.Summary.Renegotiable", words.Names.Name(r)], filled.Count(f => f.Row?.Renegotiation == r))), 'F', rated, [.. Enum.GetValues<Renegotiation>().Select(r => words.Names.Name(r))]);
        AddGroup(Enum.GetValues<DepartureMotive>().Select(m => (words.Names.Name(m), filled.Count(f => f.Motive == m))), 'C', filled.Length);
        rows.Add(
        [
            SheetCell.Of(words["CaseFile.Summary.Warnings"]),
            SheetCell.Reckoned($"COUNTIF({name}!$G${FirstRow}:$G${last},\"?*\")", filled.Count(f => (f.Row ?? new MotiveRow(f.Motive, default, default, "")).HasPriceWarning)),
        ]);
        return new WorkbookSheet(words["CaseFile.Summary.Sheet"], rows) { Widths = [50, 14, 14] };

        void AddGroup(IEnumerable<(string Name, int Count)> group, char column, int total, string[]? criteria = null)
        {
            var counted = group.ToArray();
            var (first, end) = (rows.Count + 1, rows.Count + counted.Length);
            for (var i = 0; i < counted.Length; i++)
            {
                var row = rows.Count + 1;
                rows.Add(
                [
                    SheetCell.Of(counted[i].Name),
                    SheetCell.Reckoned($"COUNTIF({name}!${column}${FirstRow}:${column}${last},{WorkbookSheet.Literal(criteria?[i] ?? counted[i].Name)})", counted[i].Count),
                    SheetCell.Reckoned($"IF(SUM($B${first}:$B${end})=0,\"\",ROUND(B{row}/SUM($B${first}:$B${end})*100,1))", total == 0 ? null : Math.Round(counted[i].Count * 100m / total, 1, MidpointRounding.AwayFromZero)),
                ]);
            }

            rows.Add([]);
        }
    }

    private static WorkbookSheet Lists(CaseFileWords words)
    {
        var motives = Enum.GetValues<DepartureMotive>();
        var responsibilities = Enum.GetValues<MotiveResponsibility>();
        var renegotiations = Enum.GetValues<Renegotiation>();
        var rows = new List<IReadOnlyList<SheetCell>> { words.Heads("CaseFile.Matrix.Motive", "CaseFile.Lists.IsPrice", "CaseFile.Matrix.Responsibility", "CaseFile.Matrix.Renegotiable", "CaseFile.Matrix.Warning") };
        for (var i = 0; i < motives.Length; i++)
        {
            rows.Add(
            [
                SheetCell.Of(words.Names.Name(motives[i])),
                SheetCell.Of(new MotiveRow(motives[i], default, default, "").HasPriceWarning ? 1 : 0),
                SheetCell.Of(i < responsibilities.Length ? words.Names.Name(responsibilities[i]) : null),
                SheetCell.Of(i < renegotiations.Length ? words.Names.Name(renegotiations[i]) : null),
                SheetCell.Of(i == 0 ? words["CaseFile.Matrix.PriceWarning"] : null),
            ]);
        }

        return new WorkbookSheet(words["CaseFile.Lists.Sheet"], rows);
    }
}
