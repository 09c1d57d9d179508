using System.ComponentModel;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Escalation;

/// <summary>What supervisors do with alerts.</summary>
public static class AlertEndpoints
{
    private static readonly (string Word, AlertDismissal Value)[] Dismissals =
        [.. Enum.GetValues<AlertDismissal>().Select(d => (Word(d.ToString()), d))];

    private static readonly Dictionary<string, AlertState> States = Enum.GetValues<AlertState>().ToDictionary(s => Word(s.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/alerts").WithTags("Alerts");
        group.MapGet("/", ListAsync)
            .WithName("listAlerts").WithSummary("Alerts: the open ones, most urgent first, or by state")
            .WithDescription("With a settled state (dismissed, resolved, or 'all') the newest come first: the history.").ProblemsAre(400, 503).RequireAuthorization(AccessRule.ReadConversations);
        group.MapGet("/{alertId}", GetAsync).WithName("getAlert").WithSummary("One alert").ProblemsAre(404, 503).RequireAuthorization(AccessRule.ReadConversations);
        group.MapPost("/{alertId}/acknowledge", (string alertId, HttpRequest request, IConversationDesk desk) => MoveAsync(AlertMoveKind.Acknowledge, alertId, request, desk))
            .Answers("acknowledgeAlert", "Somebody answers for an alert", "The first one stays; doing it again changes nothing. From then on the ladder rests.")
            .TakesJson<AlertMoveBody>(isOptional: true);
        group.MapPost("/{alertId}/take-over", (string alertId, HttpRequest request, IConversationDesk desk) => MoveAsync(AlertMoveKind.TakeOver, alertId, request, desk))
            .Answers("takeOverAlert", "A supervisor takes the conversation over", "Acknowledges the alert where nobody did.")
            .TakesJson<AlertMoveBody>(isOptional: true);
        group.MapPost("/{alertId}/whisper", (string alertId, HttpRequest request, IConversationDesk desk) => MoveAsync(AlertMoveKind.Whisper, alertId, request, desk))
            .Answers("whisperAlert", "Says something to the agent", "Shown in the agent's sidebar, never to the customer. Acknowledges the alert where nobody did.")
            .TakesJson<AlertMoveBody>();
        group.MapPost("/{alertId}/note", (string alertId, HttpRequest request, IConversationDesk desk) => MoveAsync(AlertMoveKind.Note, alertId, request, desk))
            .Answers("noteAlert", "Writes a note for the other supervisors", "Also on a settled alert.")
            .TakesJson<AlertMoveBody>();
        group.MapPost("/{alertId}/dismiss", (string alertId, HttpRequest request, IConversationDesk desk) => MoveAsync(AlertMoveKind.Dismiss, alertId, request, desk))
            .Answers("dismissAlert", "Dismisses an alert, with a reason", "The reasons count towards the rate of false alarms.")
            .TakesJson<DismissalBody>();
        group.MapPost("/{alertId}/resolve", (string alertId, HttpRequest request, IConversationDesk desk) => MoveAsync(AlertMoveKind.Resolve, alertId, request, desk))
            .Answers("resolveAlert", "The matter behind an alert is settled", "Doing it again changes nothing.")
            .TakesJson<AlertMoveBody>(isOptional: true);
    }

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, string name, string summary, string description) =>
        endpoint.WithName(name).WithSummary(summary).WithDescription(description).Produces<AlertView>().ProblemsAre(400, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.HandleAlerts);

    private static async Task<Results<Ok<AlertList>, ProblemHttpResult>> ListAsync(
        [Description("States, with commas: waiting, raised, delivered, acknowledged, takenOver, coached, dismissed, resolved; or 'open' (default) or 'all'.")] string? state,
        [Description("Only alerts of this urgency: advise, supervisor or immediate.")] string? urgency,
        [Description("How many, 1 to 500; 50 by default.")] string? limit,
        IConversationDesk desk,
        CancellationToken cancellationToken)
    {
        if (!ConversationEndpoints.TryReadLimit(limit, out var most))
        {
            return ConversationEndpoints.BadLimit();
        }

        AlertUrgency? only = null;
        if (!string.IsNullOrEmpty(urgency))
        {
            if (!Enum.TryParse<AlertUrgency>(urgency, ignoreCase: true, out var read) || !char.IsLetter(urgency[0]))
            {
                return Problems.BadParameter("urgency", "must be 'advise', 'supervisor' or 'immediate'.");
            }

            only = read;
        }

        if (!TryReadStates(state, out var states))
        {
            return Problems.BadParameter("state", $"must hold states with commas between them: {string.Join(", ", States.Keys)}; or 'open' or 'all'.");
        }

        var found = await desk.ListAlertsAsync(new AlertQuery(states, only, most), cancellationToken);
        return TypedResults.Ok(new AlertList([.. found.Select(a => AlertView.From(a.Alert, a.Conversation))]));
    }

    private static bool TryReadStates(string? text, out IReadOnlyList<AlertState>? states)
    {
        states = null;
        if (string.IsNullOrEmpty(text) || text.Equals("open", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            states = [.. States.Values];
            return true;
        }

        var read = new List<AlertState>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!States.TryGetValue(word, out var state))
            {
                return false;
            }

            read.Add(state);
        }

        states = read;
        return read.Count > 0;
    }

    private static async Task<Results<Ok<AlertView>, ProblemHttpResult>> GetAsync(string alertId, IConversationDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAlertAsync(alertId, cancellationToken) is { } found ? TypedResults.Ok(AlertView.From(found.Alert, found.Conversation)) : Problems.NoAlert();

    private static async Task<IResult> MoveAsync(AlertMoveKind kind, string alertId, HttpRequest request, IConversationDesk desk)
    {
        var (move, problem) = await JsonBody.ReadOptionalAsync(request, fields => Read(kind, fields));
        if (move is null)
        {
            return problem!;
        }

        var change = await desk.MoveAsync(alertId, move, request.HttpContext.RequestAborted);
        return change switch
        {
            { Result: AlertChangeResult.AlreadyClosed } when kind is not (AlertMoveKind.Resolve or AlertMoveKind.Dismiss) =>
                Problems.Conflict("This alert is settled already, so nobody needs to answer for it. A new one is raised when the conversation calls for it again."),
            { Alert: { } found } => TypedResults.Ok(AlertView.From(found.Alert, found.Conversation)),
            _ => Problems.NoAlert(),
        };
    }

    private static AlertMove Read(AlertMoveKind kind, FieldReader fields)
    {
        var by = fields.OptionalIdentifier("by") ?? fields.OptionalIdentifier("who") ?? ConversationEndpoints.LocalActor;
        var text = Blank(fields.OptionalText("text")) ?? Blank(fields.OptionalText("note"));
        if (kind is AlertMoveKind.Whisper or AlertMoveKind.Note && text is null)
        {
            fields.Complain("text", "is missing: there have to be words.");
        }

        if (kind != AlertMoveKind.Dismiss)
        {
            return new AlertMove(kind, by, text);
        }

        // A reason in the person's own words is a reason, too.
        var reason = Blank(fields.OptionalText("reason"));
        if (reason is null && text is null)
        {
            fields.Complain("reason", $"is missing. It may be {string.Join(", ", Dismissals.Select(d => $"'{d.Word}'"))}, or other words.");
        }

        var known = Dismissals.Where(d => d.Word.Equals(reason, StringComparison.OrdinalIgnoreCase)).Select(d => (AlertDismissal?)d.Value).FirstOrDefault();
        return new AlertMove(kind, by, text ?? (known is null ? reason : null), known ?? AlertDismissal.Other);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
