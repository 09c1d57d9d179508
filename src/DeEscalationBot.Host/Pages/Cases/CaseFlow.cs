using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Texts;

namespace DeEscalationBot.Host.Pages.Cases;

/// <summary>Which steps a page offers at each stage. The rules decide; a page only leaves out what can make no sense now.</summary>
public static class CaseFlow
{
    /// <summary>The steps of a dismissal, the most natural one first.</summary>
    /// <param name="file">The case.</param>
    /// <param name="words">The names of choices.</param>
    /// <param name="dossier">What the record holds about the customer, for evidence.</param>
    /// <param name="wall">What the reader's clock shows.</param>
    public static IEnumerable<StepOffer> Of(DismissalFile file, CaseWords words, Dossier? dossier, DateTime wall)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(words);
        var (state, customer) = (file.Case, file.Customer);
        var now = wall.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        var onCase = state.Reasons.Select(r => Pair(r.ReasonId, words.Reason(r.ReasonId))).ToArray();
        var round = Map(("round", state.Round.ToString(CultureInfo.InvariantCulture)));
        var currency = customer.Currency ?? "EUR";
        switch (state.Stage)
        {
            case DismissalStage.Concerns:
                yield return new(typeof(AssessCustomer));
                yield return new(typeof(OfferMeeting));
                yield return new(typeof(HearConcerns));
                yield return Warn(All(words));
                break;
            case DismissalStage.Reasons:
                yield return new(typeof(ChooseReason), Choices: Lists(("reasonId", [.. All(words).Where(r => state.FindReason(r.Key) is null)])));
                yield return Warn(onCase);
                yield return new(
                    typeof(AddEvidence),
                    Fixed: Map(("evidence.id", NewId("e"))),
                    Choices: Lists(("reasonId", onCase), ("evidence.conversationId", [.. (dossier?.Conversations ?? []).Select(c => Pair(c.ConversationId, c.ConversationId))])),
                    Defaults: Map(("evidence.occurredAt", now), ("reasonId", onCase is [var only] ? only.Key : "")));
                yield return new(typeof(DropReason), Choices: Lists(("reasonId", onCase)));
                break;
            case DismissalStage.Dossier:
                yield return new(typeof(CompileDossier));
                yield return new(
                    typeof(AskForComment),
                    Defaults: Map(("person", state.Dossier?.Agents.FirstOrDefault(a => !state.Comments.Exists(c => c.Person == a)) ?? "")));
                if (state.Dossier is { Complaints.Count: > 0 } compiled)
                {
                    yield return new(
                        typeof(TellComplaint),
                        Choices: Lists(("complaintId", [.. compiled.Complaints.Where(c => !state.Complaints.Exists(t => t.ComplaintId == c.Id)).Select(c => Pair(c.Id, $"{c.Id} · {words.Day(DateOnly.FromDateTime(c.At.UtcDateTime))}"))])));
                }

                break;
            case DismissalStage.Options:
                yield return new(typeof(AnswerOptions));
                break;
            case DismissalStage.Money:
                yield return new(typeof(ReckonMoney), Defaults: Map(("refund.amount", "0"), ("refund.currency", currency)));
                yield return new(typeof(NoteLegalAdvice));
                break;
            case DismissalStage.Decision:
                yield return new(typeof(AgreeToDismissal), Fixed: round);
                yield return new(typeof(NoteLegalAdvice));
                break;
            case DismissalStage.Telling:
                yield return Plan();
                yield return new(typeof(NoteLegalAdvice));
                break;
            case DismissalStage.Message:
                yield return new(typeof(WriteMessage));
                if (state.Message is { } message)
                {
                    yield return new(typeof(ApproveMessage), Fixed: Map(("hash", message.Hash), ("planVersion", Number(state.PlanVersion))));
                    yield return new(typeof(TellCustomer), Fixed: Map(("text", message.Text)));
                }

                yield return Plan();
                break;
            case DismissalStage.Ending:
                yield return new(typeof(AcceptObligation), Choices: Lists(("obligationId", Open(customer, words))));
                yield return new(typeof(LodgeAppeal));
                yield return new(typeof(DecideAppeal));
                yield return new(typeof(CloseDismissal));
                break;
            case DismissalStage.Closed when state.Outcome == DismissalOutcome.Dismissed:
                yield return new(typeof(ReviewDismissal));
                break;
            default:
                break;
        }

        if (state.Stage is >= DismissalStage.Concerns and <= DismissalStage.Telling && state.Stage != DismissalStage.Decision)
        {
            yield return new(typeof(MoveOn));
        }

        if (state.Stage is > DismissalStage.Concerns and <= DismissalStage.Message)
        {
            var earlier = Enum.GetValues<DismissalStage>().Where(s => s is >= DismissalStage.Concerns and < DismissalStage.Decision && s < state.Stage)
                .Select(s => Pair(Camel(s), words.Name(s)));
            yield return new(typeof(SendBack), Fixed: round, Choices: Lists(("to", [.. earlier])));
        }

        if (state is { IsOpen: true, ToldAt: null })
        {
            yield return new(typeof(KeepCustomer));
        }

        if (state.ToldAt is not null && state.Outcome is null or DismissalOutcome.Dismissed)
        {
            yield return new(typeof(UndoDismissal));
        }

        StepOffer Plan() => new(typeof(PlanTelling), Fixed: Map(("version", Number(state.PlanVersion))), Defaults: state.Plan is not { } plan ? null : Map(
            ("plan.teller", plan.Teller), ("plan.tellerRole", Camel(plan.TellerRole)), ("plan.channel", Camel(plan.Channel)), ("plan.whyInWriting", plan.WhyInWriting ?? ""),
            ("plan.endsOn", Day(plan.EndsOn)), ("plan.secondReader", plan.SecondReader)));

        StepOffer Warn(KeyValuePair<string, string>[] reasons) => new(
            typeof(RecordWarning), Choices: Lists(("warning.reasonId", reasons)), Defaults: Map(("warning.givenAt", now), ("warning.reasonId", reasons is [var only] ? only.Key : "")));
    }

    /// <summary>The steps of a departure, the most natural one first.</summary>
    /// <param name="file">The case.</param>
    /// <param name="words">The names of choices.</param>
    /// <param name="figures">What the record itself gives for the final report.</param>
    public static IEnumerable<StepOffer> Of(DepartureFile file, CaseWords words, IReadOnlyList<ReportFigure> figures)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(words);
        var (state, customer) = (file.Case, file.Customer);
        var waiting = state.Handover.Where(i => i.DoneAt is null).Select(i => Pair(i.Id, $"{i.Text} · {words.Name(i.Kind)}")).ToArray();
        var hand = new StepOffer(typeof(CompleteHandover), Choices: Lists(("itemId", waiting)));
        switch (state.Stage)
        {
            case DepartureStage.Evaluation:
                yield return new(typeof(EvaluateRelation));
                break;
            case DepartureStage.ExitConversation:
                yield return new(typeof(HoldExitTalk));
                break;
            case DepartureStage.Terms:
                yield return new(typeof(AgreeEnd));
                break;
            case DepartureStage.Matrix:
                yield return new(typeof(FillMatrix), Rows: [.. state.Motives.Select(m => Map(("motive", Camel(m.Motive))))]);
                break;
            case DepartureStage.Handover:
                yield return new(typeof(ListHandover), Fixed: Map(("item.id", NewId("h"))));
                yield return new(
                    typeof(SetReportFigures),
                    Rows: [.. (state.Figures.IsEmpty ? figures : state.Figures).Select(f => Map(("name", f.Name), ("value", Amount(f.Value)), ("unit", f.Unit)))],
                    AreRowsProposed: true);
                yield return new(typeof(OfferSurvey));
                if (waiting.Length > 0)
                {
                    yield return hand;
                    yield return new(typeof(DropHandover), Choices: Lists(("itemId", waiting)));
                }

                yield return new(typeof(AskTestimonial));
                break;
            case DepartureStage.Closing:
                if (waiting.Length > 0)
                {
                    yield return hand;
                }

                if (customer.OpenObligations.Any())
                {
                    yield return new(typeof(AcceptCommitment), Choices: Lists(("obligationId", Open(customer, words))));
                }

                yield return new(typeof(VerifyKeys));
                yield return new(typeof(ChangeKeys));
                yield return new(typeof(RevokeAccess), Defaults: Map(("where", state.Handover.Find(i => i.Kind == HandoverKind.Administrator && !state.Revoked.Contains(i.Id))?.Id ?? "")));
                yield return new(typeof(CloseDeparture));
                break;
            case DepartureStage.Closed when state.Outcome == DepartureOutcome.Left:
                yield return new(typeof(PlanImprovement), Fixed: Map(("action.id", NewId("i"))));
                yield return new(typeof(JudgeFit));
                if (state.Improvements.Exists(i => i.DoneAt is null))
                {
                    yield return new(typeof(CompleteImprovement), Choices: Lists(("actionId", [.. state.Improvements.Where(i => i.DoneAt is null).Select(i => Pair(i.Id, i.Text))])));
                }

                break;
            default:
                break;
        }

        if (state.Stage is >= DepartureStage.Evaluation and < DepartureStage.Closing)
        {
            yield return new(typeof(MoveDepartureOn));
        }

        if (state is { Stage: >= DepartureStage.Handover, TestimonialAskedAt: not null, Testimonial: null })
        {
            yield return new(typeof(RecordTestimonial));
        }

        if (state is { Stage: >= DepartureStage.Handover, SurveyLink: not null, Outcome: not DepartureOutcome.Erased })
        {
            yield return new(typeof(RecordSurvey));
        }

        if (state.IsOpen)
        {
            yield return new(typeof(StayAfterAll));
        }
    }

    /// <summary>What may be entered into a customer's record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="words">The names of choices.</param>
    /// <param name="teams">The teams to which the customer can be given.</param>
    public static IEnumerable<StepOffer> Of(CustomerRecord record, CaseWords words, IReadOnlyList<string> teams)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(words);
        var currency = record.Currency ?? "EUR";
        yield return new(typeof(AgreeContract), Defaults: Map(("terms.value.currency", currency), ("terms.notice", "30")));
        yield return new(typeof(AddObligation), Fixed: Map(("obligation.id", NewId("o"))), Defaults: Map(("obligation.amount.currency", currency)));
        if (record.OpenObligations.Any())
        {
            yield return new(typeof(CloseObligation), Choices: Lists(("obligationId", Open(record, words))));
        }

        yield return new(typeof(RecordRevenue), Fixed: Map(("entry.id", NewId("r"))), Defaults: Map(("entry.amount.currency", currency)));
        yield return new(typeof(RecordContact), Fixed: Map(("entry.id", NewId("c"))));
        yield return new(typeof(RecordGoodwill), Fixed: Map(("claim.id", NewId("g"))), Defaults: Map(("claim.amount.currency", currency)));
        yield return record.LeftOn is null ? new(typeof(MarkLeft)) : new(typeof(MarkReturned));
        if (teams.Count > 0)
        {
            yield return new(typeof(MoveCustomer), Choices: Lists(("team", [.. teams.Select(t => Pair(t, t))])));
        }
    }

    /// <summary>How an entry of a customer's record is corrected: filled in as it stands.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="version">How often it had been corrected when it was looked at.</param>
    public static StepOffer Correct(RecordEntry entry, long version) => entry switch
    {
        Obligation o => new(typeof(CorrectObligation), Fixed: Map(o.Kind == ObligationKind.Payment
            ? [("obligation.id", o.Id), ("obligation.side", Camel(o.Side)), ("obligation.kind", Camel(o.Kind)), ("version", Number(version))]
            : [("obligation.id", o.Id), ("obligation.side", Camel(o.Side)), ("version", Number(version))]), Defaults: Map(
            ("obligation.kind", Camel(o.Kind)), ("obligation.text", o.Text), ("obligation.dueOn", o.DueOn is { } due ? Day(due) : ""),
            ("obligation.amount.amount", o.Amount is { } owed ? Amount(owed.Amount) : ""), ("obligation.amount.currency", o.Amount?.Currency ?? ""))),
        RevenueEntry r => new(typeof(CorrectRevenue), Fixed: Map(("entry.id", r.Id), ("version", Number(version))), Defaults: Map(
            ("entry.on", Day(r.On)), ("entry.amount.amount", Amount(r.Amount.Amount)), ("entry.amount.currency", r.Amount.Currency))),
        ContactEntry c => new(typeof(CorrectContact), Fixed: Map(("entry.id", c.Id), ("version", Number(version))), Defaults: Map(("entry.on", Day(c.On)), ("entry.duration", Amount((decimal)c.Duration.TotalMinutes)))),
        GoodwillClaim g => new(typeof(CorrectGoodwill), Fixed: Map(("claim.id", g.Id), ("version", Number(version))), Defaults: Map(
            ("claim.on", Day(g.On)), ("claim.amount.amount", Amount(g.Amount.Amount)), ("claim.amount.currency", g.Amount.Currency), ("claim.wasGranted", g.WasGranted ? "true" : ""), ("claim.why", g.Why))),
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.GetType().Name, "The entry is not known to this version."),
    };

    /// <summary>How an entry of a customer's record is struck.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">How often it had been corrected when it was looked at.</param>
    public static StepOffer Strike(RecordEntryKind kind, string id, long version) => new(typeof(StrikeEntry), Fixed: Map(("kind", Camel(kind)), ("entryId", id), ("version", Number(version))));

    private static KeyValuePair<string, string>[] All(CaseWords words) => [.. DismissalReason.All.Select(r => Pair(r.Id, words.Reason(r.Id)))];

    private static KeyValuePair<string, string>[] Open(CustomerRecord customer, CaseWords words) =>
        [.. customer.OpenObligations.Select(o => Pair(o.Id, $"{o.Text} · {words.Name(o.Side)}"))];

    private static KeyValuePair<string, string> Pair(string value, string words) => new(value, words);

    private static Dictionary<string, string> Map(params ReadOnlySpan<(string Path, string Value)> values)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, value) in values)
        {
            map[path] = value;
        }

        return map;
    }

    private static Dictionary<string, IReadOnlyList<KeyValuePair<string, string>>> Lists(params (string Path, KeyValuePair<string, string>[] Choices)[] lists) =>
        lists.ToDictionary(l => l.Path, l => (IReadOnlyList<KeyValuePair<string, string>>)l.Choices, StringComparer.Ordinal);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // As the reader writes numbers.
    private static string Amount(decimal amount) => amount.ToString("0.####", CultureInfo.CurrentCulture);

    private static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string NewId(string prefix) => prefix + Guid.NewGuid().ToString("N")[..8];
}
