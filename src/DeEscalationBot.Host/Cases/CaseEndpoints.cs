using System.ComponentModel;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Cases;

/// <summary>Dismissals and departures: opened, listed, run step by step, commented on.</summary>
public static class CaseEndpoints
{
    /// <summary>What <c>from</c> of a report is.</summary>
    internal const string FirstMonth = "The first month, such as 2026-01; five months before the last when left out.";

    /// <summary>What <c>until</c> of a report is.</summary>
    internal const string LastMonth = "The last month, such as 2026-06; this month when left out.";

    private const int MonthsBefore = 5;
    private const int MostMonths = 120;
    private const int FirstYear = 1900;
    private const int LastYear = 2200;
    private const string NoCase = "There is no such case, or it is not yours. Cases are listed at /api/v1/cases.";

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapCases(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/cases").WithTags("Cases");
        group.MapGet("/", ListAsync).WithName("listCases").WithSummary("Cases, newest first").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapGet("/proposals", async ([Description("true for those that somebody has set aside.")] bool? setAside, ICaseDesk desk, CancellationToken cancellationToken) =>
                TypedResults.Ok(new ProposalList(await desk.ListProposalsAsync(setAside == true, cancellationToken))))
            .WithName("listCaseProposals").WithSummary("What conversations of the last 90 days propose: departures (T9) and reviews of a customer (T8)")
            .WithDescription("Nothing is opened by itself, and a dismissal is never proposed.").ProblemsAre(403, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapPost("/proposals/set-aside", SetAsideAsync)
            .WithName("setCaseProposalAside").WithSummary("Sets a proposal aside: seen, and nothing to do")
            .WithDescription("It does not come back for the evidence that was seen, and does for new one. A person's to say, not a program's.")
            .TakesJson<SetAsideBody>().Produces(StatusCodes.Status204NoContent).ProblemsAre(400, 403, 413, 415, 503).RequireAuthorization(AccessRule.WorkCases);
        group.MapPost("/dismissals", OpenDismissalAsync)
            .WithName("openDismissal").WithSummary("Opens a dismissal case (B1)").TakesJson<OpenDismissal>().Produces<CaseView>().ProblemsAre(400, 403, 409, 413, 415, 422, 503).RequireAuthorization(AccessRule.WorkCases);
        group.MapPost("/departures", OpenDepartureAsync)
            .WithName("openDeparture").WithSummary("Opens a departure (E1)").TakesJson<OpenDeparture>().Produces<CaseView>().ProblemsAre(400, 403, 409, 413, 415, 422, 503).RequireAuthorization(AccessRule.WorkCases);
        group.MapGet("/{caseId}", ReadAsync).WithName("getCase").WithSummary("A case with all that is on it, and what it waits for").ProblemsAre(403, 404, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapGet("/{caseId}/record", RecordAsync).WithName("getCaseRecord").WithSummary("Every step of a case: what, who, when").ProblemsAre(403, 404, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapPost("/{caseId}/steps/{step}", StepAsync)
            .WithName("doCaseStep").WithSummary("Does one step of a case")
            .WithDescription(
                "The body has the fields of the step. What the rules refuse is answered with 'rule' (the reason's id), 'playbook' and a sentence: 400 when something given is wrong, 403 when somebody else has to do it, "
                + "409 when it is too early, too late, or somebody was first, 422 when the playbook says no. "
                + $"Steps of a dismissal: {string.Join(", ", CaseSteps.Dismissal.Names)}. Steps of a departure: {string.Join(", ", CaseSteps.Departure.Names)}.")
            .TakesOneOf(CaseSteps.Dismissal.Types.Concat(CaseSteps.Departure.Types)).Produces<CaseView>().ProblemsAre(400, 403, 404, 409, 413, 415, 422, 503).RequireAuthorization(AccessRule.WorkCases);
        app.MapGet("/api/v1/reports/cases", ReportAsync).WithTags("Reports")
            .WithName("reportCases").WithSummary("Churn by month (E8), dismissals (B10), repeated claims and the review of the criteria (B13)")
            .WithDescription("The rate of a month: customers that left in it / customers at its start × 100; null when there were none.").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapGet("/{caseId}/comment", ReadCommentAsync)
            .WithName("getCaseComment").WithSummary("The comment that the caller was asked for (B3), and nothing else of the case").ProblemsAre(403, 404, 503).RequireAuthorization(AccessRule.CommentCases);
        group.MapPost("/{caseId}/comment", CommentAsync)
            .WithName("giveCaseComment").WithSummary("Gives the comment that the caller was asked for (B3)").TakesJson<GiveComment>().Produces<AskedComment>().ProblemsAre(400, 403, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.CommentCases);
    }

    private static async Task<Results<Ok<CaseList>, ProblemHttpResult>> ListAsync(
        [Description("dismissal or departure; both when left out.")] string? kind,
        [Description("open (default), closed or all.")] string? state,
        [Description("Only those of this customer.")] string? customerId,
        [Description("The last id of the page before.")] string? after,
        [Description("How many, 1 to 500; 50 by default.")] string? limit,
        ICaseDesk desk,
        CancellationToken cancellationToken)
    {
        if (!ConversationEndpoints.TryReadLimit(limit, out var most))
        {
            return ConversationEndpoints.BadLimit();
        }

        if (kind is not (null or "" or "dismissal" or "departure"))
        {
            return Problems.BadParameter("kind", "must be 'dismissal' or 'departure'.");
        }

        if (state is not (null or "" or "open" or "closed" or "all"))
        {
            return Problems.BadParameter("state", "must be 'open', 'closed' or 'all'.");
        }

        // An empty page would say that the list ends there.
        if (!string.IsNullOrEmpty(after) && await desk.FindCaseAsync(after, cancellationToken) is null)
        {
            return Problems.BadParameter("after", "names no case that is there. It was erased, or given to others: begin again without 'after'.");
        }

        var found = await desk.ListCasesAsync(
            new CaseFilter(
                kind switch { "dismissal" => CaseKind.Dismissal, "departure" => CaseKind.Departure, _ => null },
                state switch { "all" => null, "closed" => false, _ => true },
                string.IsNullOrEmpty(customerId) ? null : customerId,
                most + 1,
                string.IsNullOrEmpty(after) ? null : after),
            cancellationToken);
        return TypedResults.Ok(new CaseList([.. found.Take(most).Select(CaseLine.From)], found.Count > most ? found[most - 1].Id : null));
    }

    /// <summary>Reads which months a report is of.</summary>
    /// <param name="from">The first month, or nothing.</param>
    /// <param name="until">The last month, or nothing.</param>
    /// <param name="clock">The product's clock.</param>
    /// <returns>The months, or the answer to give.</returns>
    internal static (DateOnly First, DateOnly Last, ProblemHttpResult? Problem) ReadMonths(string? from, string? until, TimeProvider clock)
    {
        var last = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (!string.IsNullOrEmpty(until) && (!DateOnly.TryParseExact(until, "yyyy-MM", out last) || last.Year is < FirstYear or > LastYear))
        {
            return (default, default, Problems.BadParameter("until", $"must be a year and a month, such as 2026-06, from {FirstYear} to {LastYear}."));
        }

        var first = last.AddMonths(-MonthsBefore);
        return (!string.IsNullOrEmpty(from) && !DateOnly.TryParseExact(from, "yyyy-MM", out first)) || first > last || first < last.AddMonths(-MostMonths)
            ? (default, default, Problems.BadParameter("from", $"must be a year and a month such as 2026-01, not after 'until' and at most {MostMonths} months before it."))
            : (first, last, null);
    }

    private static async Task<Results<Ok<CaseReports>, ProblemHttpResult>> ReportAsync(
        [Description(FirstMonth)] string? from, [Description(LastMonth)] string? until, ICaseDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (first, last, problem) = ReadMonths(from, until, clock);
        return problem is not null ? problem : TypedResults.Ok(await desk.ReadReportsAsync(first, last, cancellationToken));
    }

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> ReadAsync(string caseId, ICaseDesk desk, ICaseWording wording, CancellationToken cancellationToken) =>
        await desk.ReadDismissalAsync(caseId, cancellationToken) is { } dismissal ? TypedResults.Ok(ViewOf(dismissal, wording))
        : await desk.ReadDepartureAsync(caseId, cancellationToken) is { } departure ? TypedResults.Ok(ViewOf(departure, wording))
        : Problems.Missing(NoCase);

    private static async Task<Results<Ok<CaseRecord>, ProblemHttpResult>> RecordAsync(string caseId, ICaseDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadRecordAsync(caseId, cancellationToken) is { } events ? TypedResults.Ok(new CaseRecord([.. events.Select(CaseEventView.From)])) : Problems.Missing(NoCase);

    private static async Task<IResult> OpenDismissalAsync(HttpRequest request, ICaseDesk desk, ICaseWording wording)
    {
        var (wish, problem) = await JsonBody.ReadAsync(request, fields => new Opening(fields.RequiredString("customerId"), fields.RequiredText("why", mayBeBlank: true), null, CaseActors.Read(fields)));
        return wish is null
            ? problem!
            : Answer(await desk.OpenAsync(new OpenDismissal(wish.CustomerId, wish.Why), wish.By, request.HttpContext.RequestAborted), file => ViewOf(file, wording), wording);
    }

    private static async Task<IResult> OpenDepartureAsync(HttpRequest request, ICaseDesk desk, ICaseWording wording)
    {
        var (wish, problem) = await JsonBody.ReadAsync(
            request, fields => new Opening(fields.RequiredString("customerId"), fields.RequiredText("why", mayBeBlank: true), fields.OptionalIdentifier("conversationId"), CaseActors.Read(fields)));
        return wish is null
            ? problem!
            : Answer(await desk.OpenAsync(new OpenDeparture(wish.CustomerId, wish.Why, wish.ConversationId), wish.By, request.HttpContext.RequestAborted), file => ViewOf(file, wording), wording);
    }

    private static async Task<IResult> SetAsideAsync(HttpRequest request, ICaseDesk desk, ICaseWording wording)
    {
        var (wish, problem) = await JsonBody.ReadAsync(
            request,
            fields => new SettingAside(
                ReadKind(fields),
                fields.RequiredString("conversationId"),
                fields.RequiredText("why", mayBeBlank: true),
                CaseActors.Read(fields)));
        return wish is null ? problem!
            : await desk.SetAsideAsync(wish.Kind, wish.ConversationId, wish.Why, wish.By, request.HttpContext.RequestAborted) is { } refusal
                ? Problems.Refused(refusal, wording.Say(refusal.Rule, CaseWordingLanguage.Now))
                : TypedResults.NoContent();
    }

    private static CaseProposalKind ReadKind(FieldReader fields)
    {
        _ = fields.RequiredString("kind");
        return fields.OneOf("kind", CaseProposalKind.Departure, ("departure", CaseProposalKind.Departure), ("review", CaseProposalKind.Review));
    }

    private static async Task<IResult> StepAsync(string caseId, string step, HttpRequest request, ICaseDesk desk, ICaseWording wording, CurrentCaller caller)
    {
        var stop = request.HttpContext.RequestAborted;

        // Whoever may only write is told by the step itself that there is no such case.
        if (CaseDesk.KindOf(caseId) is not { } kind || (caller.May(AccessRule.ReadCases) && await desk.FindCaseAsync(caseId, stop) is null))
        {
            return Problems.Missing(NoCase);
        }

        if (kind == CaseKind.Dismissal)
        {
            var (command, by, problem) = await StepBody.ReadAsync(request, step, CaseSteps.Dismissal);
            return command is null ? problem! : Answer(await desk.ChangeAsync(caseId, command, by!, stop), file => ViewOf(file, wording), wording);
        }
        else
        {
            var (command, by, problem) = await StepBody.ReadAsync(request, step, CaseSteps.Departure);
            return command is null ? problem! : Answer(await desk.ChangeAsync(caseId, command, by!, stop), file => ViewOf(file, wording), wording);
        }
    }

    private static async Task<Results<Ok<AskedComment>, ProblemHttpResult>> ReadCommentAsync(
        string caseId, [Description("Local mode only: as whom.")] string? by, ICaseDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadCommentAsync(caseId, by ?? ConversationEndpoints.LocalActor, cancellationToken) is { } asked ? TypedResults.Ok(asked) : Problems.Missing("You were not asked for a comment on this case.");

    private static async Task<IResult> CommentAsync(string caseId, HttpRequest request, ICaseDesk desk, ICaseWording wording)
    {
        var (comment, problem) = await JsonBody.ReadAsync(request, fields => new Comment(fields.RequiredText("text", mayBeBlank: true), CaseActors.Read(fields)));
        return comment is null ? problem! : Answer(await desk.CommentAsync(caseId, comment.Text, comment.By, request.HttpContext.RequestAborted), asked => asked, wording);
    }

    private static IResult Answer<TFile, TView>(CaseOutcome<TFile> outcome, Func<TFile, TView> view, ICaseWording wording)
        where TFile : class => outcome switch
        {
            { Refusal: { } refusal } => Problems.Refused(refusal, wording.Say(refusal.Rule, CaseWordingLanguage.Now)),
            { File: { } file } => TypedResults.Ok(view(file)),
            _ => Problems.Missing(NoCase),
        };

    private static CaseView ViewOf(DismissalFile file, ICaseWording wording) => new(CaseKind.Dismissal, file.Team, file.Customer.Name, MissingOf(file.Missing, wording), file.Case, file.Brief, null);

    private static CaseView ViewOf(DepartureFile file, ICaseWording wording) => new(CaseKind.Departure, file.Team, file.Customer.Name, MissingOf(file.Missing, wording), null, null, file.Case);

    private static MissingView[] MissingOf(IEnumerable<CaseRefusal> missing, ICaseWording wording) =>
        [.. missing.Select(m => new MissingView(m.Rule.Id, m.Subject, m.Rule.Playbook, wording.Say(m.Rule, CaseWordingLanguage.Now)))];

    private sealed record SettingAside(CaseProposalKind Kind, string ConversationId, string Why, CaseActor By);

    private sealed record Opening(string CustomerId, string Why, string? ConversationId, CaseActor By);

    private sealed record Comment(string Text, CaseActor By);
}
