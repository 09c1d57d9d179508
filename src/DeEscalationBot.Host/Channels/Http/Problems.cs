using System.Globalization;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Every failure over HTTP is a ProblemDetails (RFC 9457) whose <c>detail</c> says what to do.</summary>
public static class Problems
{
    private const string Addresses = "The addresses and their fields are described at /openapi/v1.json and, to read in a browser, at /scalar.";

    /// <summary>A step of a case, or a change of a customer's record, that the rules refuse.</summary>
    /// <param name="refusal">Why: <c>rule</c>, <c>refusal</c>, <c>playbook</c> and <c>subject</c> of the answer.</param>
    /// <param name="sentence">The same in words.</param>
    public static ProblemHttpResult Refused(CaseRefusal refusal, string sentence)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var status = refusal.Rule.Code switch
        {
            CaseRefusalCode.BadInput => StatusCodes.Status400BadRequest,
            CaseRefusalCode.NotPermitted => StatusCodes.Status403Forbidden,
            CaseRefusalCode.Forbidden => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status409Conflict,
        };
        return Of(status, sentence, ("rule", refusal.Rule.Id), ("refusal", refusal.Rule.Code), ("playbook", refusal.Rule.Playbook), ("subject", refusal.Subject ?? ""));
    }

    /// <summary>What was sent cannot be used.</summary>
    /// <param name="detail">What is wrong and what is expected.</param>
    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    /// <summary>Fields that cannot be used: 413 when a text is too long, else 400; <c>errors</c> has a sentence for each field.</summary>
    /// <param name="fields">The fields.</param>
    public static ProblemHttpResult BadFields(FieldReader fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var status = fields.IsTooLong ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        var errors = fields.Problems.ToDictionary(p => p.Key, p => new[] { $"'{p.Key}' {p.Value}" });
        return Of(status, fields.Explanation, ("errors", errors));
    }

    /// <summary>A parameter of the address that cannot be used.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="problem">The end of a sentence that begins with the parameter's name.</param>
    public static ProblemHttpResult BadParameter(string name, string problem) =>
        Of(StatusCodes.Status400BadRequest, $"'{name}' {problem}", ("errors", new Dictionary<string, string[]> { [name] = [$"'{name}' {problem}"] }));

    /// <summary>The conversation's id is not legal.</summary>
    public static ProblemHttpResult BadConversationId() =>
        BadRequest(IdentifierRules.Explain("conversation id", ConversationId.MaxLength) + " It goes into the address percent-encoded, for instance a%2Fb for a/b.");

    /// <summary>There is no such conversation.</summary>
    public static ProblemHttpResult NoConversation() =>
        Of(StatusCodes.Status404NotFound, "There is no conversation with this id. It begins when its first message is posted to /api/v1/conversations/{conversationId}/messages.");

    /// <summary>There is no such alert.</summary>
    public static ProblemHttpResult NoAlert() =>
        Of(StatusCodes.Status404NotFound, "There is no alert with this id. The alerts that are open are listed at /api/v1/alerts.");

    /// <summary>What the address names is not there.</summary>
    /// <param name="detail">What is missing, and where to look.</param>
    public static ProblemHttpResult Missing(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>It cannot be done as things stand.</summary>
    /// <param name="detail">Why, and what can be done.</param>
    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    /// <summary>Nobody that is known.</summary>
    /// <param name="detail">How to make oneself known.</param>
    public static ProblemHttpResult Unauthorized(string detail) => Of(StatusCodes.Status401Unauthorized, detail);

    /// <summary>Too many requests.</summary>
    /// <param name="detail">When to come again.</param>
    public static ProblemHttpResult TooMany(string detail) => Of(StatusCodes.Status429TooManyRequests, detail);

    /// <summary>Somebody asked for what only another person may see.</summary>
    /// <param name="detail">What may be asked for.</param>
    public static ProblemHttpResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, detail);

    /// <summary>The body is longer than anything legal.</summary>
    /// <param name="maxBytes">The most that is accepted.</param>
    public static ProblemHttpResult BodyTooLarge(long maxBytes) => Of(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The body may have at most {maxBytes} bytes, and a text in it at most {MessageText.MaxLength} UTF-16 units. Send it in parts."));

    /// <summary>The body is not declared as JSON.</summary>
    public static ProblemHttpResult NotJson() =>
        Of(StatusCodes.Status415UnsupportedMediaType, "Send the body as JSON in UTF-8, with the header 'Content-Type: application/json'.");

    /// <summary>The body is declared neither as CSV nor as JSON.</summary>
    public static ProblemHttpResult NotTable() =>
        Of(StatusCodes.Status415UnsupportedMediaType, "Send the body in UTF-8 as CSV, with the header 'Content-Type: text/csv', or as a JSON array, with 'Content-Type: application/json'.");

    /// <summary>What a status without a body of its own means here.</summary>
    /// <param name="status">The status.</param>
    public static ProblemHttpResult OfStatus(int status) => Of(status, status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address. " + Addresses,
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method; the header 'Allow' names those that it takes. " + Addresses,
        StatusCodes.Status413PayloadTooLarge => string.Create(CultureInfo.InvariantCulture, $"The body is too long: a text may have at most {MessageText.MaxLength} UTF-16 units. Send it in parts."),
        StatusCodes.Status415UnsupportedMediaType => "Send the body as JSON in UTF-8, with the header 'Content-Type: application/json'.",
        < StatusCodes.Status500InternalServerError => "The request cannot be understood. " + Addresses,
        _ => "The product failed; its log has the details. Sending a message again with the same id is safe.",
    });

    /// <summary>A failure of the product or of what it depends on.</summary>
    /// <param name="status">The status.</param>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="detail">What to do about it.</param>
    public static ProblemHttpResult Failure(int status, string code, string detail) => Of(status, detail, ("code", code));

    private static ProblemHttpResult Of(int status, string detail, params (string Name, object Value)[] extensions) => TypedResults.Problem(new ProblemDetails
    {
        Status = status,
        Detail = detail,
        Extensions = extensions.ToDictionary(e => e.Name, e => (object?)e.Value),
    });
}
