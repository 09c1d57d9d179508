using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Coaching.Letters;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>The final report of a handover (E5): what was achieved, in figures, and what the customer gets.</summary>
/// <remarks>Written for the customer: it holds nothing of motives, evaluations or our own notes. Of an erased case it holds only that it was erased. Safe for concurrent use.</remarks>
public static class FinalReportDocument
{
    private const int DaysAMonth = 30;

    /// <summary>Figures that the customer's record itself gives, to begin with: the person who runs the case adds what was achieved.</summary>
    /// <param name="customer">The customer's record.</param>
    /// <param name="today">The day by the product's clock.</param>
    /// <param name="language">The report's language; English when undetermined.</param>
    public static IReadOnlyList<ReportFigure> Propose(CustomerRecord customer, DateOnly today, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var words = CaseFileWords.In(language);
        var figures = new List<ReportFigure>();
        var days = customer.Stays.Sum(s => Math.Max(0, (s.Until ?? today).DayNumber - s.From.DayNumber));
        var hours = Math.Round((decimal)customer.Contacts.Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration).TotalHours, 1);
        var ours = customer.Obligations.Where(o => o.Side == ObligationSide.Ours).ToArray();
        figures.Add(new ReportFigure(words["CaseFile.Final.Together"], days / DaysAMonth, words["CaseFile.Final.Months"]));
        if (hours > 0)
        {
            figures.Add(new ReportFigure(words["CaseFile.Final.Contact"], hours, words["CaseFile.Final.Hours"]));
        }

        if (ours.Length > 0)
        {
            figures.Add(new ReportFigure(words["CaseFile.Final.Kept"], ours.Count(o => o.ClosedAt is not null), ""));
            figures.Add(new ReportFigure(words["CaseFile.Final.Open"], ours.Count(o => o.ClosedAt is null), ""));
        }

        return figures;
    }

    /// <summary>Writes the report as a Word document.</summary>
    /// <param name="departure">The departure.</param>
    /// <param name="customer">The customer's record.</param>
    /// <param name="today">The day by the product's clock.</param>
    /// <param name="zone">The place whose calendar counts.</param>
    /// <param name="language">The report's language; English when undetermined.</param>
    public static CaseFile Write(DepartureCase departure, CustomerRecord customer, DateOnly today, TimeZoneInfo zone, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(departure);
        ArgumentNullException.ThrowIfNull(customer);
        var words = CaseFileWords.In(language);
        if (departure.Outcome == DepartureOutcome.Erased || customer.IsErased)
        {
            return FileOf(departure, words, [new WordText(words["CaseFile.Final.Title"], 1), new WordText(words["CaseFile.Record.Erased"])]);
        }

        var blocks = new List<WordBlock>
        {
            new WordText(words["CaseFile.Final.Title"], 1),
            new WordText(customer.Name ?? departure.CustomerId),
            new WordText(words["CaseFile.Final.WrittenOn", words.Names.Day(today)]),
        };
        if (customer.Since is { } since)
        {
            blocks.Add(new WordText(departure.EndsOn is { } end
                ? words["CaseFile.Final.Period", words.Names.Day(since), words.Names.Day(end)]
                : words["CaseFile.Final.Since", words.Names.Day(since)]));
        }

        blocks.Add(new WordText(words["CaseFile.Final.Figures"], 2));
        blocks.Add(departure.Figures.IsEmpty
            ? new WordText(words["CaseFile.Final.NoFigures"])
            : new WordTable(
                [words["CaseFile.Final.What"], words["CaseFile.Final.Value"], words["CaseFile.Final.Unit"]],
                [.. departure.Figures.Select(f => (IReadOnlyList<string>)[f.Name, words.Number(f.Value), f.Unit])])
            { Shares = [5, 2, 2] });
        blocks.Add(new WordText(words["CaseFile.Final.Handover"], 2));
        blocks.Add(departure.Handover.IsEmpty
            ? new WordText(words["CaseFile.Final.NoHandover"])
            : new WordTable(
                [words["CaseFile.Final.What"], words["CaseFile.Final.Kind"], words["CaseFile.Final.HandedOver"], words["CaseFile.Final.How"]],
                [.. departure.Handover.Select(i => (IReadOnlyList<string>)
                    [i.Text, words.Names.Name(i.Kind), i.DoneAt is { } done ? words.Names.Day(done, zone) : words["CaseFile.Final.NotYet"], i.How ?? ""])])
            { Shares = [4, 3, 2, 4] });
        var open = customer.OpenObligations.Where(o => !departure.HasAccepted(o)).ToArray();
        if (open.Length > 0)
        {
            blocks.Add(new WordText(words["CaseFile.Final.Commitments"], 2));
            blocks.Add(new WordTable(
                [words["CaseFile.Final.What"], words["CaseFile.Side"], words["CaseFile.DueOn"]],
                [.. open.Select(o => (IReadOnlyList<string>)[o.Text, words[o.Side == ObligationSide.Ours ? "CaseFile.Final.Ours" : "CaseFile.Final.Theirs"], o.DueOn is { } due ? words.Names.Day(due) : ""])])
            { Shares = [6, 2, 2] });
        }

        if (departure.Handover.Exists(i => i.Kind is HandoverKind.Credentials or HandoverKind.Administrator))
        {
            blocks.Add(new WordText(words["CaseFile.Final.Keys"], 2));
            blocks.Add(new WordText(words["CaseFile.Final.KeysText"]));
        }

        blocks.Add(new WordText(words["CaseFile.Final.Thanks"]));
        return FileOf(departure, words, blocks);
    }

    private static CaseFile FileOf(DepartureCase departure, CaseFileWords words, IReadOnlyList<WordBlock> blocks) => new(
        words.FileName("CaseFile.Name.FinalReport", departure.Id, "docx"), WordDocument.ContentType, WordDocument.Write(words["CaseFile.Final.Title"], words.Language, blocks));
}
