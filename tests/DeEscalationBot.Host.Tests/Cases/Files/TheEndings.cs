using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace DeEscalationBot.Host.Tests.Cases.Files;

/// <summary>Customers and cases as the tests of the files know them, told by their events.</summary>
internal static class TheEndings
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 6, 1);
    public static readonly CaseSettings Settings = new();

    public static Money Euros(decimal amount) => new(amount, "EUR");

    public static CustomerRecord Customer(string id, DateOnly since, params CustomerEvent[] more) =>
        CustomerRecord.Start(id).Apply([new CustomerAdded(Now, "ana", id, since), .. more]);

    /// <summary>A departure with motives, each with its row of the matrix unless there is none.</summary>
    public static DepartureCase Departure(string id, string customerId, params (DepartureMotive Motive, string Words, MotiveRow? Row)[] motives)
    {
        var state = DepartureCase.Start(id).Apply(
        [
            new DepartureOpened(Now, "ana", customerId, "We leave", null),
            new ExitTalkHeld(Now, "ana", motives.Length == 0 ? ExitTalk.Declined : ExitTalk.InPerson, [.. motives.Select(m => new StatedMotive(m.Motive, m.Words))], "A coffee"),
            new EndAgreed(Now, "ana", new DateOnly(2026, 3, 20)),
        ]);
        return motives.Any(m => m.Row is null) ? state : state.Apply(new MatrixFilled(Now, "ana", [.. motives.Select(m => m.Row!)]));
    }

    public static DepartureCase Closed(DepartureCase departure) => departure.Apply(new DepartureClosed(Now, "ana"));

    /// <summary>The events of a dismissal that was told: with words that a spreadsheet or XML would stumble over.</summary>
    public static IReadOnlyList<DismissalEvent> Dismissal(string customerId = "acme")
    {
        var may = new DateTimeOffset(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);
        var day = new DateOnly(2026, 5, 3);
        return
        [
            new DismissalOpened(Now, "ana", customerId, "Insults & <threats>"),
            new CustomerAssessed(Now, "ana", CustomerAssessment.Bad, "Went on"),
            new MeetingOffered(Now, "ana", FarewellChannel.Phone),
            new ConcernsHeard(Now, "ana", true, "They find us slow"),
            new ReasonChosen(Now, "ana", "abuses-team"),
            new WarningRecorded(Now, "ana", new CustomerWarning("abuses-team", may.AddDays(-13), FarewellChannel.Email, "Please speak with us without insults")),
            new EvidenceAdded(Now, "ana", "abuses-team", new Evidence("e1", EvidenceNature.Abuse, may, "You useless\u0001 idiot", "conv-1", 0, [SignalType.Abuse])),
            new DossierCompiled(Now, "ana", new Dossier(
                [new DossierConversation("conv-1", may, may.AddDays(1), 2, 1, 0.9, 0.6, 1)],
                [new DossierComplaint("conv-1#0", "conv-1", 0, may, [SignalType.Abuse, SignalType.Waiting], [1], false)],
                [new PatternMonth(new DateOnly(2026, 5, 1), 2, 1, new Dictionary<SignalType, int> { [SignalType.Abuse] = 1 })],
                [],
                ["luis"])),
            new CommentAsked(Now, "ana", "luis"),
            new CommentGiven(Now, "luis", "I helped three times"),
            new ComplaintTold(Now, "ana", "conv-1#0", "A refund, a call", false),
            new OptionsAnswered(Now, "ana", "Another contact was tried", [new WorkingOption("Another contact", OptionResult.TriedInVain, "Insulted too")]),
            new MoneyReckoned(Now, "ana", new DismissalMoney(day.AddDays(-364), day, Euros(9_000), TimeSpan.FromHours(10), Euros(350), Euros(1_000), Euros(8_650), Euros(-9_650), Euros(12_000))),
            new LegalAdviceNoted(Now, "ana", "Ruiz", "Keep the notice"),
            new DismissalAgreed(Now, "marta", CaseRole.Manager, false, "Nothing else is left"),
            new DismissalAgreed(Now, "ana", CaseRole.Supervisor, true, "I agree"),
            new DismissalDecided(Now, "ana"),
            new TellingPlanned(Now, "ana", new TellingPlan("marta", CaseRole.Manager, FarewellChannel.Phone, null, new DateOnly(2026, 8, 31), "nora")),
            new MessageWritten(Now, "ana", "We end our contract on 31 August.", MessageLanguage.English, "h", []),
            new MessageApproved(Now, "iker", "h"),
            new CustomerTold(Now, "marta", FarewellChannel.Phone, "h", Now.AddDays(14)),
            new AppealLodged(Now, "ana", "This is unfair"),
            new AppealDecided(Now, "nora", true, "The facts are clear"),
        ];
    }

    /// <summary>Fails when a file is not what its format's schema says.</summary>
    public static void IsValid(byte[] content, bool isWorkbook)
    {
        using var stream = new MemoryStream(content);
        using OpenXmlPackage document = isWorkbook ? SpreadsheetDocument.Open(stream, isEditable: false) : WordprocessingDocument.Open(stream, isEditable: false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
    }
}
