using System.ComponentModel;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Cases;

/// <summary>Customers: entered, imported, listed, changed.</summary>
public static class CustomerEndpoints
{
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

    private static async Task<IResult> AddAsync(HttpRequest request, ICaseDesk desk, ICaseWording wording)
    {
        var (wish, problem) = await JsonBody.ReadAsync(request, Read);
        return wish is null ? problem! : await ChangeAsync(wish.Id, new AddCustomer(wish.Name, wish.Since), wish.By, wish.Team, desk, wording, request.HttpContext.RequestAborted);
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

    private static async Task<Results<Ok<CustomerView>, ProblemHttpResult>> ReadAsync(string customerId, ICaseDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadCustomerAsync(customerId, cancellationToken) is { } file ? TypedResults.Ok(CustomerView.From(file)) : Problems.Missing(NoCustomer);

    private static async Task<Results<Ok<Dossier>, ProblemHttpResult>> DossierAsync(string customerId, ICaseDesk desk, CancellationToken cancellationToken) =>
        await desk.CompileDossierAsync(customerId, cancellationToken) is { } dossier ? TypedResults.Ok(dossier) : Problems.Missing(NoCustomer);

    private static async Task<IResult> MeasureAsync(string customerId, HttpRequest request, ICaseDesk desk, ICaseWording wording)
    {
        var (by, problem) = await JsonBody.ReadOptionalAsync(request, CaseActors.Read);
        if (by is null)
        {
            return problem!;
        }

        var change = await desk.MeasureContactAsync(customerId, by, request.HttpContext.RequestAborted);
        return await AnswerAsync(customerId, change, desk, wording, request.HttpContext.RequestAborted);
    }

    private static async Task<IResult> StepAsync(string customerId, string step, HttpRequest request, ICaseDesk desk, ICaseWording wording)
    {
        if (await desk.ReadCustomerAsync(customerId, request.HttpContext.RequestAborted) is null)
        {
            return Problems.Missing(NoCustomer);
        }

        var (command, by, problem) = await StepBody.ReadAsync(request, step, CaseSteps.Customer);
        return command is null ? problem! : await ChangeAsync(customerId, command, by!, null, desk, wording, request.HttpContext.RequestAborted);
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, CustomerImport import)
    {
        var isCsv = request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true;
        if (!isCsv && !JsonBody.IsJson(request))
        {
            return Problems.NotTable();
        }

        if (await JsonBody.ReadTextAsync(request, CustomerImport.MaxBytes) is not { } text)
        {
            return Problems.BodyTooLarge(CustomerImport.MaxBytes);
        }

        var (report, problem) = await import.RunAsync(text, isCsv, new CaseActor(ConversationEndpoints.LocalActor, CaseRole.Supervisor), request.HttpContext.RequestAborted);
        return report is null ? Problems.BadRequest(problem!) : TypedResults.Ok(report);
    }

    private static async Task<IResult> ChangeAsync(string customerId, CustomerCommand command, CaseActor by, string? team, ICaseDesk desk, ICaseWording wording, CancellationToken cancellationToken) =>
        await AnswerAsync(customerId, await desk.ChangeCustomerAsync(customerId, [command], by, team, cancellationToken), desk, wording, cancellationToken);

    private static async Task<IResult> AnswerAsync(string customerId, CustomerChange change, ICaseDesk desk, ICaseWording wording, CancellationToken cancellationToken) =>
        change.Refusal is { } refusal ? Problems.Refused(refusal, wording.Say(refusal.Rule, CaseWordingLanguage.Now))
        : await desk.ReadCustomerAsync(customerId, cancellationToken) is { } file ? TypedResults.Ok(CustomerView.From(file))
        : Problems.Missing(NoCustomer);

    private sealed record Adding(string Id, string Name, DateOnly Since, string? Team, CaseActor By);
}
