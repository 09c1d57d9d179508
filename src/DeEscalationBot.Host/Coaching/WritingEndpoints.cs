using System.Text.Json;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Plugin.Coaching;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Coaching;

/// <summary>Texts for the agent of a conversation, at once or step by step. Records nothing.</summary>
public static class WritingEndpoints
{
    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapWriting(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/conversations/{conversationId}/texts").WithTags("Texts");
        group.MapPost("/", WriteAsync)
            .WithName("writeText").WithSummary("Writes for the agent: paraphrase, rewritten draft, next reply, handover summary, apology letter")
            .WithDescription("By the language model when one is set up and its text passes every check, else by the product's own rules; 'origin' and 'reason' say which.")
            .TakesJson<TextBody>().ProblemsAre(400, 404, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
        group.MapPost("/stream", StreamAsync)
            .WithName("streamText").WithSummary("The same step by step (Server-Sent Events)")
            .WithDescription("Events of type 'text', each replacing the one before: first the offline words, then what has been written and checked so far, last the result.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").TakesJson<TextBody>().ProblemsAre(400, 404, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
    }

    private static async Task<Results<Ok<WrittenLine>, ProblemHttpResult>> WriteAsync(
        AddressedConversation conversation, HttpRequest request, IConversationDesk desk, ICoachWriter writer, IOptions<CoachingOptions> coaching)
    {
        var (wanted, problem) = await ReadAsync(conversation, request, desk, coaching.Value.Address);
        return wanted is null ? problem! : TypedResults.Ok(WrittenLine.From(await writer.WriteAsync(wanted, request.HttpContext.RequestAborted)));
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> StreamAsync(
        AddressedConversation conversation, HttpContext context, IConversationDesk desk, ICoachWriter writer, IOptions<CoachingOptions> coaching)
    {
        var (wanted, problem) = await ReadAsync(conversation, context.Request, desk, coaching.Value.Address);
        if (wanted is null)
        {
            return problem!;
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await foreach (var step in writer.StreamAsync(wanted, context.RequestAborted))
            {
                // One line: JSON escapes line ends.
                await context.Response.WriteAsync($"event: text\ndata: {JsonSerializer.Serialize(WritingStepLine.From(step), ContractJson.Options)}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }

        return TypedResults.Empty;
    }

    private static async Task<(WritingRequest? Wanted, ProblemHttpResult? Problem)> ReadAsync(
        AddressedConversation conversation, HttpRequest request, IConversationDesk desk, AddressForm address)
    {
        if (conversation.Id is not { } id)
        {
            return (null, Problems.BadConversationId());
        }

        var (asked, problem) = await JsonBody.ReadAsync(request, fields => Read(fields, address));
        if (asked is null)
        {
            return (null, problem);
        }

        return await desk.ReadAsync(id, request.HttpContext.RequestAborted) is { } found
            ? (WritingRequest.For(found, asked.Kind, asked.Address) with { Draft = asked.Draft, Facts = asked.Facts }, null)
            : (null, Problems.NoConversation());
    }

    private static Asked Read(FieldReader fields, AddressForm address)
    {
        _ = fields.RequiredString("kind");
        var kind = fields.OneOf(
            "kind",
            WritingKind.Paraphrase,
            ("paraphrase", WritingKind.Paraphrase),
            ("rewriteDraft", WritingKind.RewriteDraft),
            ("nextReply", WritingKind.NextReply),
            ("handoverSummary", WritingKind.HandoverSummary),
            ("apologyLetter", WritingKind.ApologyLetter));
        var draft = kind == WritingKind.RewriteDraft ? fields.RequiredText("draft", mayBeBlank: false) : fields.OptionalText("draft");
        return new Asked(
            kind,
            fields.OneOf("address", address, ("usted", AddressForm.Usted), ("tú", AddressForm.Tu), ("tu", AddressForm.Tu), ("vos", AddressForm.Vos)),
            draft,
            new ConfirmedFacts(fields.OptionalText("problem"), fields.OptionalText("actions"), fields.OptionalText("resultsBy"), fields.OptionalText("contact")));
    }

    private sealed record Asked(WritingKind Kind, AddressForm Address, string? Draft, ConfirmedFacts Facts);
}
