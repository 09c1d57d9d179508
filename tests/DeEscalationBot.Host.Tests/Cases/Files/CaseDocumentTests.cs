using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Files;
using DocumentFormat.OpenXml.Packaging;

namespace DeEscalationBot.Host.Tests.Cases.Files;

public class CaseDocumentTests
{
    private static readonly MessageLanguage[] Languages = [MessageLanguage.Spanish, MessageLanguage.English];

    [Fact]
    public void DismissalRecord_HoldsEveryStepAndTheEvidence()
    {
        var events = TheEndings.Dismissal();
        var state = DismissalCase.Start("case-1").Apply(events);
        foreach (var language in Languages)
        {
            var file = DismissalRecordDocument.Write(state, events, Acme(), TimeZoneInfo.Utc, language);
            Assert.Equal(language == MessageLanguage.Spanish ? "despedida-case-1.docx" : "dismissal-case-1.docx", file.Name);
            TheEndings.IsValid(file.Content, isWorkbook: false);
            var text = TextOf(file);
            Assert.All(
                (string[])[
                    "Insults & <threats>", "They find us slow", "Please speak with us without insults", "You useless idiot", "conv-1 #1", "I helped three times", "A refund, a call", "Insulted too",
                    "Ruiz: Keep the notice", "Nothing else is left", "We end our contract on 31 August.", "This is unfair", "The facts are clear", "The logo", "iker", "nora",
                ],
                part => Assert.Contains(part, text, StringComparison.Ordinal));
            Assert.Contains(language == MessageLanguage.Spanish ? "Insulta a personas del equipo" : "Insults people of the team", text, StringComparison.Ordinal);
            Assert.Contains(language == MessageLanguage.Spanish ? "9.000,00 EUR" : "9,000.00 EUR", text, StringComparison.Ordinal);
            using var document = WordprocessingDocument.Open(new MemoryStream(file.Content), isEditable: false);
            Assert.Equal(events.Count + 1, document.MainDocumentPart!.Document!.Body!.Elements<DocumentFormat.OpenXml.Wordprocessing.Table>().Last().Elements<DocumentFormat.OpenXml.Wordprocessing.TableRow>().Count());
        }
    }

    // A case that has hardly begun has nothing to show in most chapters, and is a document all the same.
    [Fact]
    public void DismissalRecord_CaseThatHasBegun_IsValid()
    {
        var events = TheEndings.Dismissal().Take(1).ToArray();
        var file = DismissalRecordDocument.Write(DismissalCase.Start("case/1").Apply(events), events, Acme(), TimeZoneInfo.Utc, MessageLanguage.English);
        TheEndings.IsValid(file.Content, isWorkbook: false);
        Assert.Equal("dismissal-case1.docx", file.Name);
    }

    [Fact]
    public void DismissalRecord_CustomerErased_HoldsNothingOfThem()
    {
        var events = TheEndings.Dismissal();
        var state = DismissalCase.Start("case-1").Apply(events);
        var erased = Acme().Apply(new CustomerErased(TheEndings.Now, "ana"));
        foreach (var (now, customer) in ((DismissalCase, CustomerRecord)[])[(state, erased), (state.Apply(new DismissalErased(TheEndings.Now, "ana")), Acme())])
        {
            var text = TextOf(DismissalRecordDocument.Write(now, events, customer, TimeZoneInfo.Utc, MessageLanguage.English));
            Assert.DoesNotContain("idiot", text, StringComparison.Ordinal);
            Assert.DoesNotContain("acme", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void FinalReport_HoldsFiguresAndHandover_AndNothingOfOurNotes()
    {
        var departure = TheEndings.Departure("dep-1", "acme", (DepartureMotive.NoBudget, "No money left", null)).Apply(
        [
            new HandoverListed(TheEndings.Now, "ana", new HandoverItem("data", HandoverKind.OwnData, "Their contacts")),
            new HandoverListed(TheEndings.Now, "ana", new HandoverItem("keys", HandoverKind.Credentials, "Keys of the shop")),
            new HandoverDone(TheEndings.Now, "ana", "data", "By a link"),
            new ReportFiguresSet(TheEndings.Now, "ana", [new ReportFigure("Visits", 1_200.5m, "a month")]),
        ]);
        foreach (var language in Languages)
        {
            var file = FinalReportDocument.Write(departure, Acme(), TheEndings.Today, TimeZoneInfo.Utc, language);
            TheEndings.IsValid(file.Content, isWorkbook: false);
            var text = TextOf(file);
            Assert.All((string[])["Visits", language == MessageLanguage.Spanish ? "1.200,5" : "1,200.5", "a month", "Their contacts", "By a link", "Keys of the shop", "The logo"], part => Assert.Contains(part, text, StringComparison.Ordinal));
            Assert.DoesNotContain("No money left", text, StringComparison.Ordinal);
            Assert.DoesNotContain("coffee", text, StringComparison.Ordinal);
        }
    }

    // 502 days are 16 months of 30 days; of two obligations of ours one is fulfilled.
    [Fact]
    public void FinalReport_Propose_TakesFiguresFromTheRecord()
    {
        var customer = Acme().Apply(
        [
            new ContactRecorded(TheEndings.Now, "ana", new ContactEntry("c", TheEndings.Today, TimeSpan.FromHours(2.5))),
            new ObligationAdded(TheEndings.Now, "ana", new Obligation("o2", ObligationSide.Ours, ObligationKind.Deliverable, "The site")),
            new ObligationClosed(TheEndings.Now, "ana", "o2", "Sent"),
        ]);
        Assert.Equal(
            [("Time together", 16m, "months"), ("Time of contact", 2.5m, "hours"), ("Commitments of ours fulfilled", 1m, ""), ("Commitments of ours still open", 1m, "")],
            FinalReportDocument.Propose(customer, TheEndings.Today, MessageLanguage.English).Select(f => (f.Name, f.Value, f.Unit)));
        Assert.Equal(["Tiempo juntos"], FinalReportDocument.Propose(TheEndings.Customer("new", TheEndings.Today), TheEndings.Today, MessageLanguage.Spanish).Select(f => f.Name));
    }

    [Fact]
    public void FinalReport_NothingEntered_SaysSo()
    {
        var file = FinalReportDocument.Write(TheEndings.Departure("dep-1", "acme"), TheEndings.Customer("acme", new DateOnly(2025, 1, 15)), TheEndings.Today, TimeZoneInfo.Utc, MessageLanguage.English);
        TheEndings.IsValid(file.Content, isWorkbook: false);
        Assert.Contains("No figures have been entered yet.", TextOf(file), StringComparison.Ordinal);
    }

    private static CustomerRecord Acme() => TheEndings.Customer(
        "acme", new DateOnly(2025, 1, 15), new ObligationAdded(TheEndings.Now, "ana", new Obligation("o1", ObligationSide.Ours, ObligationKind.Deliverable, "The logo")));

    private static string TextOf(CaseFile file)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file.Content), isEditable: false);
        return string.Join('\n', document.MainDocumentPart!.Document!.Body!.Descendants<DocumentFormat.OpenXml.Wordprocessing.Text>().Select(t => t.Text));
    }
}
