using System.ComponentModel;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Cases;

/// <summary>Customers: entered, imported, listed, changed.</summary>
public static class CustomerEndpoints
{
    private const string Windows = "windows-1252";
    private const string NoCustomer = "There is no such customer, or they are not yours. Customers are listed at /api/v1/customers.";

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapCustomers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/customers").WithTags("Customers");
        group.MapGet("/", ListAsync).WithName("listCustomers").WithSummary("Customers, by id").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapPost("/", AddAsync)
            .WithName("addCustomer").WithSummary("Enters a customer").WithDescription("The id is the one that messages give as 'customerId'. The same customer again changes nothing.")
            .TakesJson<CustomerBody>().Produces<CustomerView>().ProblemsAre(400, 403, 409, 413, 415, 503).RequireAuthorization(AccessRule.WriteCustomers);
        group.MapPost("/import", ImportAsync)
            .WithName("importCustomers").WithSummary("Takes in customers and what is known of them, from CSV or JSON")
            .WithDescription(
                $"CSV (text/csv) with a header, or a JSON array (application/json) of objects with the same fields; at most {CustomerImport.MaxBytes / (1 << 20)} MiB and {CustomerImport.MostLines} lines. {CustomerImport.Explanation} "
                + "Good lines are kept, every other one is named with what to do. It may be repeated: nothing is doubled.")
            .Accepts<CustomerLine[]>("application/json", "text/csv").Produces<ImportReport>().ProblemsAre(400, 403, 413, 415, 503).RequireAuthorization(AccessRule.WriteCustomers);
        group.MapGet("/{customerId}", ReadAsync).WithName("getCustomer").WithSummary("A customer's record").ProblemsAre(403, 404, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapGet("/{customerId}/record", RecordAsync)
            .WithName("getCustomerRecord").WithSummary("Everything that was entered, corrected and struck: what, who, when").ProblemsAre(403, 404, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapGet("/{customerId}/dossier", DossierAsync)
            .WithName("getCustomerDossier").WithSummary("What the record holds about a customer (B3)")
            .WithDescription("Conversations, complaints, what was tried, the pattern by month and the tension over time. It points at turns and holds no text.").ProblemsAre(403, 404, 503).RequireAuthorization(AccessRule.ReadCases);
        group.MapPost("/{customerId}/measure-contact", MeasureAsync)
            .WithName("measureContact").WithSummary("Records the time that conversations took (B5)").WithDescription("Counts nothing twice.")
            .TakesJson<ActorBody>(isOptional: true).Produces<CustomerView>().ProblemsAre(400, 403, 404, 413, 415, 503).RequireAuthorization(AccessRule.WriteCustomers);
        group.MapPost("/{customerId}/steps/{step}", StepAsync)
            .WithName("changeCustomer").WithSummary("Changes a customer's record")
            .WithDescription($"The body has the fields of the step. The same entry again changes nothing. Steps: {string.Join(", ", CaseSteps.Customer.Names)}.")
            .TakesOneOf(CaseSteps.Customer.Types).Produces<CustomerView>().ProblemsAre(400, 403, 404, 409, 413, 415, 422, 503).RequireAuthorization(AccessRule.WriteCustomers);
    }

    private static async Task<Results<Ok<CustomerList>, ProblemHttpResult>> ListAsync(
        [Description("The last id of the page before.")] string? after, [Description("How many, 1 to 500; 50 by default.")] string? limit, ICaseDesk desk, CancellationToken cancellationToken)
    {
        if (!ConversationEndpoints.TryReadLimit(limit, out var most))
        {
            return ConversationEndpoints.BadLimit();
        }

        var found = await desk.ListCustomersAsync(string.IsNullOrEmpty(after) ? null : after, most + 1, cancellationToken);
        return TypedResults.Ok(new CustomerList([.. found.Take(most).Select(CustomerView.From)], found.Count > most ? found[most - 1].Record.Id : null));
    }

    private static async Task<IResult> AddAsync(HttpRequest request, ICaseDesk desk, ICaseWording wording, CurrentCaller caller)
    {
        var (wish, problem) = await JsonBody.ReadAsync(request, Read);
        return wish is null ? problem! : Answer(await desk.ChangeCustomerAsync(wish.Id, [new AddCustomer(wish.Name, wish.Since)], wish.By, wish.Team, request.HttpContext.RequestAborted), wording, caller);
    }

    private static Adding Read(FieldReader fields)
    {
        var id = fields.RequiredString("id");
        if (!CaseText.IsId(id))
        {
            fields.Complain("id", "cannot be used. " + Core.Channels.IdentifierRules.Explain("id", CaseText.MaxIdLength));
        }

        var name = fields.RequiredText("name", mayBeBlank: true);
        if (!DateOnly.TryParseExact(fields.RequiredString("since"), CustomerImport.DayFormat, out var since))
        {
            fields.Complain("since", "must be a day such as 2026-03-31.");
        }

        return new Adding(id, name, since, fields.OptionalIdentifier("team", ConversationTeams.MaxLength), CaseActors.Read(fields));
    }

    private static async Task<Results<Ok<CustomerView>, ProblemHttpResult>> ReadAsync(AddressedCustomer customer, ICaseDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadCustomerAsync(customer.Id, cancellationToken) is { } file ? TypedResults.Ok(CustomerView.From(file)) : Problems.Missing(NoCustomer);

    private static async Task<Results<Ok<Dossier>, ProblemHttpResult>> DossierAsync(AddressedCustomer customer, ICaseDesk desk, CancellationToken cancellationToken) =>
        await desk.CompileDossierAsync(customer.Id, cancellationToken) is { } dossier ? TypedResults.Ok(dossier) : Problems.Missing(NoCustomer);

    private static async Task<Results<Ok<CaseRecord>, ProblemHttpResult>> RecordAsync(AddressedCustomer customer, ICaseDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadCustomerRecordAsync(customer.Id, cancellationToken) is { } events ? TypedResults.Ok(new CaseRecord([.. events.Select(CaseEventView.From)])) : Problems.Missing(NoCustomer);

    private static async Task<IResult> MeasureAsync(AddressedCustomer customer, HttpRequest request, ICaseDesk desk, ICaseWording wording, CurrentCaller caller)
    {
        var (by, problem) = await JsonBody.ReadOptionalAsync(request, CaseActors.Read);
        return by is null ? problem! : AnswerIfThere(await desk.MeasureContactAsync(customer.Id, by, request.HttpContext.RequestAborted), wording, caller);
    }

    private static async Task<IResult> StepAsync(AddressedCustomer customer, string step, HttpRequest request, ICaseDesk desk, ICaseWording wording, CurrentCaller caller)
    {
        var (command, by, problem) = await StepBody.ReadAsync(request, step, CaseSteps.Customer);
        return command is null ? problem! : AnswerIfThere(await desk.ChangeCustomerAsync(customer.Id, [command], by!, null, request.HttpContext.RequestAborted), wording, caller);
    }

    private static async Task<IResult> ImportAsync(
        HttpRequest request, [Description("windows-1252, once you have seen that a file that is no UTF-8 is that; CSV only.")] string? encoding, CustomerImport import)
    {
        var isCsv = request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true;
        if (!isCsv && !JsonBody.IsJson(request))
        {
            return Problems.NotTable();
        }

        if (encoding is not (null or "" or Windows or "utf-8"))
        {
            return Problems.BadParameter("encoding", $"must be 'utf-8' or '{Windows}'.");
        }

        if (await JsonBody.ReadBytesAsync(request, CustomerImport.MaxBytes) is not { } bytes)
        {
            return Problems.BodyTooLarge(CustomerImport.MaxBytes);
        }

        var (report, problem, mayBeWindows) = await import.RunAsync(
            bytes, isCsv, encoding == Windows, new CaseActor(ConversationEndpoints.LocalActor, CaseRole.Supervisor), request.HttpContext.RequestAborted);
        return report is not null ? TypedResults.Ok(report) : Problems.BadRequest(mayBeWindows ? $"{problem} {ImportWords.Say("ImportFile.SayEncoding")}" : problem!);
    }

    // A key that writes only is told that it was done, and to whom: a change of nothing must not open what it may not read.
    private static IResult Answer(CustomerChange change, ICaseWording wording, CurrentCaller caller) => change.Refusal is { } refusal
        ? Problems.Refused(refusal, wording.Say(refusal.Rule, CaseWordingLanguage.Now))
        : TypedResults.Ok(caller.May(AccessRule.ReadCases) ? CustomerView.From(change.Record!, change.Team!) : CustomerView.OfWhom(change.Record!, change.Team!));

    private static IResult AnswerIfThere(CustomerChange change, ICaseWording wording, CurrentCaller caller) => change.Record is null ? Problems.Missing(NoCustomer) : Answer(change, wording, caller);

    private sealed record Adding(string Id, string Name, DateOnly Since, string? Team, CaseActor By);
}
