using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;

namespace DeEscalationBot.Host.Cases;

/// <summary>A line of an import; which fields it needs depends on <paramref name="Record"/>.</summary>
/// <param name="Record"><c>customer</c>, <c>contract</c>, <c>revenue</c>, <c>contact</c>, <c>obligation</c> or <c>claim</c>; <c>customer</c> when left out.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Name">A customer's name.</param>
/// <param name="Since">The day on which they became one.</param>
/// <param name="Team">The team whose supervisors run their cases; counts when they are new.</param>
/// <param name="Id">The entry's id: the same one again changes nothing.</param>
/// <param name="On">The day of an entry.</param>
/// <param name="Start">A contract's first day.</param>
/// <param name="End">Its last day; without one it runs on.</param>
/// <param name="Amount">How much; with a point and without separators of thousands, in a file with semicolons or tabs also 1.234,50.</param>
/// <param name="Currency">Three capital letters, such as EUR.</param>
/// <param name="NoticeDays">A contract's notice, in days.</param>
/// <param name="Minutes">How long a contact took.</param>
/// <param name="Side"><c>ours</c> or <c>theirs</c>: who owes it.</param>
/// <param name="Kind"><c>agreement</c>, <c>deliverable</c> or <c>payment</c>.</param>
/// <param name="Text">An obligation in words, or why something was claimed.</param>
/// <param name="DueOn">By when something is owed.</param>
/// <param name="Granted"><c>true</c> or <c>false</c>: whether a claim was granted.</param>
public sealed record CustomerLine(
    string? Record, string CustomerId, string? Name, string? Since, string? Team, string? Id, string? On, string? Start, string? End, string? Amount, string? Currency, string? NoticeDays, string? Minutes,
    string? Side, string? Kind, string? Text, string? DueOn, string? Granted);

/// <summary>Takes in customers and what is known of them. What is good is kept, what is not is named, line by line.</summary>
/// <remarks>Repeatable: every entry has an id. One scope's.</remarks>
/// <param name="desk">Where they go.</param>
/// <param name="wording">Says why a line is refused.</param>
public sealed class CustomerImport(ICaseDesk desk, ICaseWording wording)
{
    /// <summary>The longest file: 4 MiB.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>The most lines: 20,000.</summary>
    public const int MostLines = 20_000;

    /// <summary>How days are written.</summary>
    public const string DayFormat = "yyyy-MM-dd";

    /// <summary>What a file looks like.</summary>
    public const string Explanation =
        "Each line has 'record' and 'customerId', and by record: customer (name, since, team?), contract (start, end?, amount, currency, noticeDays?), revenue (id, on, amount, currency), "
        + "contact (id, on, minutes), obligation (id, side, kind, text, dueOn?; a payment also amount, currency), claim (id, on, amount, currency, granted, text). Days are written 2026-03-31, amounts with a point; a file with semicolons, as Excel writes it where the comma is the decimal sign, may have 31/03/2026 and 1.234,50, one with tabs 1.234,50.";

    private const int LongestSample = 200;

    private static readonly string[] Columns =
    [
        "record", "customerId", "name", "since", "team", "id", "on", "start", "end", "amount", "currency", "noticeDays", "minutes", "side", "kind", "text", "dueOn", "granted",
    ];

    private static readonly string[] Delimiters = [",", ";", "\t"];

    /// <summary>Takes a file in, as it came.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isCsv">CSV, otherwise JSON.</param>
    /// <param name="isWindows">Whether somebody looked at it as Windows-1252, and it is that.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops; what was taken in until then stays.</param>
    /// <returns>The report; or what is wrong with the file as a whole, and whether it may be Windows-1252: then nothing was taken in.</returns>
    public async Task<(ImportReport? Report, string? Problem, bool MayBeWindows)> RunAsync(
        ReadOnlyMemory<byte> bytes, bool isCsv, bool isWindows, CaseActor by, CancellationToken cancellationToken = default)
    {
        var read = ImportedText.Of(bytes.Span, isWindows && isCsv);
        if (read.Text is { } text)
        {
            var (report, problem) = await RunAsync(text, isCsv, by, cancellationToken);
            return (report, problem, false);
        }

        return isCsv && read.Guess is { } guess
            ? (null, ImportWords.Say("ImportFile.PerhapsExcel", LineOf(guess), Start(guess.Split('\n')[LineOf(guess) - 1].Trim())), true)
            : (null, ImportWords.Say("ImportFile.NotUtf8"), false);
    }

    /// <summary>Takes a file in.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isCsv">CSV, otherwise JSON.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops; what was taken in until then stays.</param>
    /// <returns>The report, or what is wrong with the file as a whole: then nothing was taken in.</returns>
    public async Task<(ImportReport? Report, string? Problem)> RunAsync(string text, bool isCsv, CaseActor by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (lines, problem) = string.IsNullOrWhiteSpace(text) ? (null, ImportWords.Say("ImportFile.Empty")) : isCsv ? FromCsv(text) : FromJson(text);
        if (lines is null)
        {
            return (null, problem);
        }

        if (lines.Count > MostLines)
        {
            return (null, ImportWords.Say("ImportFile.TooManyLines", lines.Count, MostLines));
        }

        var broken = lines.Where(l => l.Problem is not null).Select(l => new BrokenLine(l.Number, l.CustomerId, null, l.Problem!)).ToList();
        var customers = 0;
        foreach (var own in lines.Where(l => l.Command is not null).GroupBy(l => l.CustomerId!, StringComparer.Ordinal))
        {
            customers++;

            // Whatever order the file has: nobody has a contract before they are there, and the one that began last is in force.
            var ordered = own.OrderBy(l => l.Command is AddCustomer ? 0 : l.Command is AgreeContract ? 1 : 2).ThenBy(l => l.Command is AgreeContract c ? c.Terms.Start : default).ToArray();
            IReadOnlyList<CaseRefusal?> refusals;
            try
            {
                refusals = (await desk.ChangeCustomerAsync(own.Key, [.. ordered.Select(l => l.Command!)], by, ordered[0].Team, cancellationToken)).Refusals;
            }
            catch (Access.AccessDeniedException)
            {
                broken.AddRange(ordered.Select(l => new BrokenLine(l.Number, own.Key, null, ImportWords.Say("ImportFile.TeamNotYours", l.Team ?? ""))));
                continue;
            }
            catch (CaseRecordDamagedException e)
            {
                broken.AddRange(ordered.Select(l => new BrokenLine(l.Number, own.Key, null, ImportWords.Say("ImportFile.Damaged", e.Sequence))));
                continue;
            }

            broken.AddRange(ordered.Zip(refusals).Where(p => p.Second is not null).Select(p => new BrokenLine(
                p.First.Number, own.Key, p.Second!.Rule.Id, wording.Say(p.Second.Rule, CaseWordingLanguage.Now))));
        }

        // A file that still brings what was put right since is no broken one, and what it brings is not in the record.
        var superseded = broken.Where(b => b.Rule == CustomerRule.Superseded.Id).OrderBy(b => b.Line).ToArray();
        return (new ImportReport(lines.Count, lines.Count - broken.Count, customers, [.. broken.Except(superseded).OrderBy(b => b.Line)], superseded), null);
    }

    private static (IReadOnlyList<Line>? Lines, string? Problem) FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonBody.Mend(text));
            return document.RootElement.ValueKind != JsonValueKind.Array
                ? (null, ImportWords.Say("ImportFile.NoArray"))
                : ([.. document.RootElement.EnumerateArray().Select((e, i) => e.ValueKind == JsonValueKind.Object
                    ? Read(i + 1, ",", e.EnumerateObject().Where(p => p.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array))
                        .GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(p => p.Key, p => p.Last().Value.ToString(), StringComparer.OrdinalIgnoreCase))
                    : new Line(i + 1, null, null, null, ImportWords.Say("ImportFile.NoObject")))], null);
        }
        catch (JsonException e)
        {
            return (null, ImportWords.Say("ImportFile.NotJson", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1));
        }
    }

    private static (IReadOnlyList<Line>? Lines, string? Problem) FromCsv(string text)
    {
        // Excel writes semicolons where the comma is the decimal sign: whichever makes more of the first line known.
        var (delimiter, header) = Delimiters.Select(d => (Delimiter: d, Header: HeaderOf(text, d))).MaxBy(p => p.Header.Count(h => Columns.Contains(h, StringComparer.OrdinalIgnoreCase)));
        if (!header.Contains("customerId", StringComparer.OrdinalIgnoreCase))
        {
            return (null, ImportWords.Say("ImportFile.NoCustomerColumn"));
        }

        if (header.Where(h => h.Length > 0).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return (null, ImportWords.Say("ImportFile.ColumnTwice", twice.Key));
        }

        var lines = new List<Line>();
        var hasLooseQuote = false;
        using var parser = Open(text, delimiter, () => hasLooseQuote = true);
        parser.Read();
        var end = parser.RawRow;
        while (parser.Read())
        {
            var (number, cells, isLoose) = (end + 1, parser.Record!, hasLooseQuote);
            (end, hasLooseQuote) = (parser.RawRow, false);
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            lines.Add(isLoose || cells.Length != header.Length
                ? new Line(number, null, null, null, isLoose
                    ? ImportWords.Say("ImportFile.LooseQuote")
                    : ImportWords.Say("ImportFile.OtherCells", cells.Length, header.Length))
                : Read(number, delimiter, header.Zip(cells).Where(p => p.First.Length > 0 && !string.IsNullOrWhiteSpace(p.Second)).ToDictionary(p => p.First, p => p.Second.Trim(), StringComparer.OrdinalIgnoreCase)));
        }

        return (lines, null);
    }

    // The first line with a sign of its own: the one by which somebody sees whether it is read rightly.
    private static int LineOf(string guess)
    {
        var lines = guess.Split('\n');
        return Array.FindIndex(lines, l => l.Any(c => !char.IsAscii(c))) + 1;
    }

    // Of a file that has no line breaks as we know them the line is the whole file.
    private static string Start(string line) => line.Length <= LongestSample ? line : line[..LongestSample] + "…";

    private static string[] HeaderOf(string text, string delimiter)
    {
        using var parser = Open(text, delimiter, () => { });
        return parser.Read() ? [.. parser.Record!.Select(c => c.Trim())] : [];
    }

    private static CsvParser Open(string text, string delimiter, Action foundLooseQuote) => new(
        new StringReader(text),
        new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, Mode = CsvMode.RFC4180, IgnoreBlankLines = false, BadDataFound = _ => foundLooseQuote() });

    private static Line Read(int number, string delimiter, Dictionary<string, string> cells)
    {
        var fields = new ImportCells(cells, delimiter);
        var customer = cells.GetValueOrDefault("customerId");
        if (!CaseText.IsId(customer))
        {
            fields.Complain(ImportWords.Say("ImportFile.BadCustomer"));
        }

        var command = Command(fields);
        return new Line(number, customer, fields.Problem is null ? command : null, cells.GetValueOrDefault("team"), fields.Problem);
    }

    private static CustomerCommand? Command(ImportCells f)
    {
        switch (f.Text("record", "customer").ToUpperInvariant())
        {
            case "CUSTOMER":
                return new AddCustomer(f.Text("name"), f.Day("since"));
            case "CONTRACT":
                return new AgreeContract(new ContractTerms(f.Day("start"), f.OptionalDay("end"), f.Money(), TimeSpan.FromDays(f.Number("noticeDays", 0))), FromFile: true);
            case "REVENUE":
                return new RecordRevenue(new RevenueEntry(f.Text("id"), f.Day("on"), f.Money()));
            case "CONTACT":
                return new RecordContact(new ContactEntry(f.Text("id"), f.Day("on"), TimeSpan.FromMinutes(f.Number("minutes"))));
            case "OBLIGATION":
                var kind = f.OneOf<ObligationKind>("kind");
                return new AddObligation(new Obligation(
                    f.Text("id"), f.OneOf<ObligationSide>("side"), kind, f.Text("text"), f.OptionalDay("dueOn"), kind == ObligationKind.Payment || f.Has("amount") ? f.Money() : null));
            case "CLAIM":
                return new RecordGoodwill(new GoodwillClaim(f.Text("id"), f.Day("on"), f.Money(), f.YesOrNo("granted"), f.Text("text")));
            default:
                f.Complain(ImportWords.Say("ImportFile.BadRecord"));
                return null;
        }
    }

    private sealed record Line(int Number, string? CustomerId, CustomerCommand? Command, string? Team, string? Problem);
}
