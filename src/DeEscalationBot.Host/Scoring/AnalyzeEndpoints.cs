using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Scoring;

/// <summary>Scores one text outside any conversation. Records nothing.</summary>
public static class AnalyzeEndpoints
{
    /// <summary>Maps the address.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapAnalyze(this IEndpointRouteBuilder app) => app.MapPost("/api/v1/analyze", AnalyzeAsync).WithTags("Texts")
        .WithName("analyze").WithSummary("Scores a customer's text: frustration, level and signals, and on request what made them")
        .TakesJson<AnalyzeBody>().ProblemsAre(400, 413, 415).RequireAuthorization(AccessRule.UseTexts);

    private static async Task<Results<Ok<AnalyzeAnswer>, ProblemHttpResult>> AnalyzeAsync(HttpRequest request, IUtteranceScorer scorer)
    {
        var (input, problem) = await JsonBody.ReadAsync(request, AnalyzeInput.Read);
        return input is null ? problem! : TypedResults.Ok(AnalyzeAnswer.From(input.Id, AnalyzeLine.Of(scorer, input.Text, input.Language, input.Explains)));
    }
}
