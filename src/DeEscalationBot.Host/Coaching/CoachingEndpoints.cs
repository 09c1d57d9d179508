using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Coaching;

/// <summary>Paraphrase and draft review outside any conversation. Records nothing.</summary>
public static class CoachingEndpoints
{
    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapCoaching(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1").WithTags("Texts");
        group.MapPost("/paraphrase", ParaphraseAsync)
            .WithName("paraphrase").WithSummary("Says a customer's text back from the agent's side")
            .TakesJson<ParaphraseBody>().ProblemsAre(400, 413, 415).RequireAuthorization(AccessRule.UseTexts);
        group.MapPost("/drafts/review", ReviewAsync)
            .WithName("reviewDraft").WithSummary("Reviews an agent's draft")
            .TakesJson<DraftBody>().ProblemsAre(400, 413, 415).RequireAuthorization(AccessRule.UseTexts);
    }

    private static async Task<Results<Ok<ParaphraseAnswer>, ProblemHttpResult>> ParaphraseAsync(HttpRequest request, ParaphraseEngine engine)
    {
        var (input, problem) = await JsonBody.ReadAsync(request, ParaphraseInput.Read);
        return input is null
            ? problem!
            : TypedResults.Ok(ParaphraseAnswer.From(input.Id, ParaphraseLine.From(engine.Paraphrase(input.Request))));
    }

    private static async Task<Results<Ok<ReviewAnswer>, ProblemHttpResult>> ReviewAsync(HttpRequest request, DraftReviewer reviewer)
    {
        var (input, problem) = await JsonBody.ReadAsync(request, ReviewInput.Read);
        return input is null ? problem! : TypedResults.Ok(ReviewAnswer.From(input.Id, ReviewLine.From(reviewer.Review(input.Request))));
    }
}
