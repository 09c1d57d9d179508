using System.Globalization;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace DeEscalationBot.Host.Cases;

/// <summary>Reads who acts, where a call may say so: in local mode.</summary>
internal static class CaseActors
{
    /// <summary>The fields <c>by</c> and <c>role</c>; a supervisor when left out.</summary>
    /// <param name="fields">The body.</param>
    public static CaseActor Read(FieldReader fields) => new(
        fields.OptionalIdentifier("by") ?? ConversationEndpoints.LocalActor,
        fields.OneOf("role", CaseRole.Supervisor, ("agent", CaseRole.Agent), ("supervisor", CaseRole.Supervisor), ("manager", CaseRole.Manager), ("executive", CaseRole.Executive)));
}

/// <summary>The language in which the caller is answered.</summary>
internal static class CaseWordingLanguage
{
    /// <summary>That of the request or page.</summary>
    public static MessageLanguage Now => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es" ? MessageLanguage.Spanish : MessageLanguage.English;
}

/// <summary>Reads a step out of a request.</summary>
internal static class StepBody
{
    /// <summary>Reads it.</summary>
    /// <typeparam name="TCommand">What the step is.</typeparam>
    /// <param name="request">The request; without a body counts as an object without fields.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="steps">The steps that there are.</param>
    /// <returns>The step and who does it, or the answer to give.</returns>
    public static async Task<(TCommand? Command, CaseActor? By, ProblemHttpResult? Problem)> ReadAsync<TCommand>(HttpRequest request, string step, CaseSteps<TCommand> steps)
        where TCommand : class
    {
        var text = "{}";
        if (request.ContentType is not null || request.ContentLength is > 0)
        {
            if (!JsonBody.IsJson(request))
            {
                return (null, null, Problems.NotJson());
            }

            if (await JsonBody.ReadTextAsync(request) is not { } read)
            {
                return (null, null, Problems.BodyTooLarge(JsonBody.MaxBytes));
            }

            text = read.Length == 0 ? text : read;
        }

        if (FieldReader.Open(text, out var broken) is not { } fields)
        {
            return (null, null, Problems.BadRequest(broken! + " Send one JSON object."));
        }

        var by = CaseActors.Read(fields);
        return !fields.IsGood ? (null, null, Problems.BadFields(fields))
            : steps.Read(step, text, out var problem) is { } command ? (command, by, null)
            : (null, null, Problems.BadRequest(problem!));
    }

    /// <summary>Tells OpenAPI that the address takes one of several objects, by the step in the address.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="types">The objects by step.</param>
    public static RouteHandlerBuilder TakesOneOf(this RouteHandlerBuilder endpoint, IEnumerable<KeyValuePair<string, Type>> types) => endpoint.AddOpenApiOperationTransformer(async (operation, context, stop) =>
    {
        var schemas = new List<IOpenApiSchema>();
        foreach (var (name, type) in types)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, stop);
            schema.Title = name;
            schemas.Add(schema);
        }

        operation.RequestBody = new OpenApiRequestBody
        {
            Description = "The fields of the step that the address names. Some steps have none.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchema { OneOf = schemas } } },
        };
    });
}
