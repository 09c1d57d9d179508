using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Host.Cases.Storage;
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
/// <param name="Amount">How much; with a point, without separators of thousands.</param>
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
        + "contact (id, on, minutes), obligation (id, side, kind, text, dueOn?; a payment also amount, currency), claim (id, on, amount, currency, granted, text). Days are written 2026-03-31, amounts with a point.";

    private static readonly string[] Columns =
    [
        "record", "customerId", "name", "since", "team", "id", "on", "start", "end", "amount", "currency", "noticeDays", "minutes", "side", "kind", "text", "dueOn", "granted",
    ];

    private static readonly string[] Delimiters = [",", ";", "\t"];

    /// <summary>Takes a file in.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isCsv">CSV, otherwise JSON.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops; what was taken in until then stays.</param>
    /// <returns>The report, or what is wrong with the file as a whole: then nothing was taken in.</returns>
    public async Task<(ImportReport? Report, string? Problem)> RunAsync(string text, bool isCsv, CaseActor by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (lines, problem) = isCsv ? FromCsv(text) : FromJson(text);
        if (lines is null)
        {
            return (null, problem);
        }

        if (lines.Count > MostLines)
        {
            return (null, $"The file has {lines.Count} lines; at most {MostLines} are taken in at once. Send it in parts.");
        }

        var broken = lines.Where(l => l.Problem is not null).Select(l => new BrokenLine(l.Number, l.CustomerId, null, l.Problem!)).ToList();
        var customers = 0;
        foreach (var own in lines.Where(l => l.Command is not null).GroupBy(l => l.CustomerId!, StringComparer.Ordinal))
        {
            customers++;

            // Whatever order the file has: nobody has a contract before they are there.
            var ordered = own.OrderBy(l => l.Command is AddCustomer ? 0 : l.Command is AgreeContract ? 1 : 2).ToArray();
            IReadOnlyList<CaseRefusal?> refusals;
            try
            {
                refusals = (await desk.ChangeCustomerAsync(own.Key, [.. ordered.Select(l => l.Command!)], by, ordered[0].Team, cancellationToken)).Refusals;
            }
            catch (Access.AccessDeniedException)
            {
                broken.AddRange(ordered.Select(l => new BrokenLine(l.Number, own.Key, null, $"The team '{l.Team}' is not yours. Leave 'team' out, or name one of your own.")));
                continue;
            }
            catch (CaseRecordDamagedException e)
            {
                broken.AddRange(ordered.Select(l => new BrokenLine(l.Number, own.Key, null, e.Message)));
                continue;
            }

            broken.AddRange(ordered.Zip(refusals).Where(p => p.Second is not null).Select(p => new BrokenLine(
                p.First.Number, own.Key, p.Second!.Rule.Id, wording.Say(p.Second.Rule, CaseWordingLanguage.Now))));
        }

        return (new ImportReport(lines.Count, lines.Count - broken.Count, customers, [.. broken.OrderBy(b => b.Line)]), null);
    }

    private static (IReadOnlyList<Line>? Lines, string? Problem) FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonBody.Mend(text));
            return document.RootElement.ValueKind != JsonValueKind.Array
                ? (null, "A JSON array of objects is expected.")
                : ([.. document.RootElement.EnumerateArray().Select((e, i) => e.ValueKind == JsonValueKind.Object
                    ? Read(i + 1, e.EnumerateObject().Where(p => p.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array))
                        .GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(p => p.Key, p => p.Last().Value.ToString(), StringComparer.OrdinalIgnoreCase))
                    : new Line(i + 1, null, null, null, "This is no object. Write {\"record\":\"customer\", …}."))], null);
        }
        catch (JsonException e)
        {
            return (null, $"This is not JSON: it breaks at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static (IReadOnlyList<Line>? Lines, string? Problem) FromCsv(string text)
    {
        // Excel writes semicolons where the comma is the decimal sign: whichever makes more of the first line known.
        var (delimiter, header) = Delimiters.Select(d => (Delimiter: d, Header: HeaderOf(text, d))).MaxBy(p => p.Header.Count(h => Columns.Contains(h, StringComparer.OrdinalIgnoreCase)));
        if (!header.Contains("customerId", StringComparer.OrdinalIgnoreCase))
        {
            return (null, "The first line has no column 'customerId'. " + Explanation);
        }

        if (header.Where(h => h.Length > 0).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return (null, $"The first line has the column '{twice.Key}' twice. Keep one of them.");
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
                    ? "A quotation mark is out of place. Double the quotation marks within a cell (\"\"), and put the cell in quotation marks."
                    : $"It has {cells.Length} cells where the first line has {header.Length}. A cell with a separator or a line break in it must stand in quotation marks.")
                : Read(number, header.Zip(cells).Where(p => !string.IsNullOrWhiteSpace(p.Second)).ToDictionary(p => p.First, p => p.Second.Trim(), StringComparer.OrdinalIgnoreCase)));
        }

        return (lines, null);
    }

    private static string[] HeaderOf(string text, string delimiter)
    {
        using var parser = Open(text, delimiter, () => { });
        return parser.Read() ? [.. parser.Record!.Select(c => c.Trim())] : [];
    }

    private static CsvParser Open(string text, string delimiter, Action foundLooseQuote) => new(
        new StringReader(text),
        new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, Mode = CsvMode.RFC4180, IgnoreBlankLines = false, BadDataFound = _ => foundLooseQuote() });

    private static Line Read(int number, Dictionary<string, string> cells)
    {
        var fields = new Cells(cells);
        var customer = cells.GetValueOrDefault("customerId");
        if (!CaseText.IsId(customer))
        {
            fields.Complain("'customerId' is missing or cannot be used: at most 200 characters, no control characters.");
        }

        var command = Command(fields);
        return new Line(number, customer, fields.Problem is null ? command : null, cells.GetValueOrDefault("team"), fields.Problem);
    }

    private static CustomerCommand? Command(Cells f)
    {
        switch (f.Text("record", "customer").ToUpperInvariant())
        {
            case "CUSTOMER":
                return new AddCustomer(f.Text("name"), f.Day("since"));
            case "CONTRACT":
                return new AgreeContract(new ContractTerms(f.Day("start"), f.OptionalDay("end"), f.Money(), TimeSpan.FromDays(f.Number("noticeDays", 0))));
            case "REVENUE":
                return new RecordRevenue(new RevenueEntry(f.Text("id"), f.Day("on"), f.Money()));
            case "CONTACT":
                return new RecordContact(new ContactEntry(f.Text("id"), f.Day("on"), TimeSpan.FromMinutes(f.Number("minutes"))));
            case "OBLIGATION":
                var kind = f.OneOf<ObligationKind>("kind");
                return new AddObligation(new Obligation(
                    f.Text("id"), f.OneOf<ObligationSide>("side"), kind, f.Text("text"), f.OptionalDay("dueOn"), kind == ObligationKind.Payment || f.Has("amount") ? f.Money() : null));
            case "CLAIM":
                return new RecordGoodwill(new GoodwillClaim(f.Text("id"), f.Day("on"), f.Money(), f.OneOf<YesOrNo>("granted") == YesOrNo.True, f.Text("text")));
            default:
                f.Complain("'record' must be customer, contract, revenue, contact, obligation or claim.");
                return null;
        }
    }

    private enum YesOrNo
    {
        False,
        True,
    }

    private sealed record Line(int Number, string? CustomerId, CustomerCommand? Command, string? Team, string? Problem);

    // Takes cells, and collects a sentence for each that cannot be used.
    private sealed class Cells(Dictionary<string, string> cells)
    {
        private const int MostDays = 3653;

        public string? Problem { get; private set; }

        public void Complain(string problem) => Problem = Problem is null ? problem : $"{Problem} {problem}";

        public bool Has(string name) => cells.ContainsKey(name);

        public string Text(string name, string? otherwise = null)
        {
            if (cells.GetValueOrDefault(name) is { Length: > 0 } text)
            {
                return text;
            }

            if (otherwise is null)
            {
                Complain($"'{name}' is missing.");
            }

            return otherwise ?? "";
        }

        public DateOnly Day(string name)
        {
            if (!DateOnly.TryParseExact(cells.GetValueOrDefault(name), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                Complain($"'{name}' must be a day such as 2026-03-31.");
            }

            return day;
        }

        public DateOnly? OptionalDay(string name) => Has(name) ? Day(name) : null;

        public double Number(string name, double? otherwise = null)
        {
            if (!Has(name) && otherwise is { } number)
            {
                return number;
            }

            if (double.TryParse(cells.GetValueOrDefault(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) && read is >= 0 and <= MostDays)
            {
                return read;
            }

            Complain($"'{name}' must be a number from 0 to {MostDays}, with a point.");
            return 0;
        }

        public Money Money()
        {
            var isAmount = decimal.TryParse(cells.GetValueOrDefault("amount"), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount);
            if (!isAmount)
            {
                Complain("'amount' must be a number with a point and without separators of thousands, such as 1234.50.");
            }

            var currency = cells.GetValueOrDefault("currency");
            if (!Core.Cases.Money.IsCurrency(currency))
            {
                Complain("'currency' must be three capital letters, such as EUR.");
                currency = "EUR";
            }

            return new Money(amount, currency!);
        }

        public T OneOf<T>(string name)
            where T : struct, Enum
        {
            var word = cells.GetValueOrDefault(name);
            if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                return Enum.Parse<T>(known);
            }

            Complain($"'{name}' must be {string.Join(" or ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
            return default;
        }
    }
}
