using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Who is on duty.</summary>
public static class DutyEndpoints
{
    private const int HighestRung = 99;
    private static readonly string[] Ends = ["from", "until"];

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapDuty(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/on-call").WithTags("On call");
        group.MapGet("/", (DutyRota rota, AlertLadder ladder, TimeProvider clock) => TypedResults.Ok(DutyView.Of(rota, ladder, clock.GetUtcNow())))
            .WithName("getOnCall").WithSummary("The ladder, and who is on duty now").WithDescription("'nobody' says that people are named on the rung and none of them is on duty.").RequireAuthorization(AccessRule.ReadConversations);
        group.MapPut("/{shiftId}", SetAsync)
            .WithName("setShift").WithSummary("Sets a person's shift").WithDescription("A shift with the same id is replaced. On a rung with shifts the settings' people do not count.")
            .TakesJson<DutyShiftBody>().ProblemsAre(400, 413, 415, 503).RequireAuthorization(AccessRule.PlanDuty);
        group.MapDelete("/{shiftId}", RemoveAsync).WithName("removeShift").WithSummary("Removes a shift").ProblemsAre(404, 503).RequireAuthorization(AccessRule.PlanDuty);
    }

    private static async Task<Results<Ok<DutyView>, ProblemHttpResult>> SetAsync(string shiftId, HttpRequest request, DutyRota rota, AlertLadder ladder, TimeProvider clock)
    {
        var (shift, problem) = await JsonBody.ReadAsync(request, fields => Read(shiftId, fields));
        if (shift is null)
        {
            return problem!;
        }

        await rota.SetAsync(shift);
        return TypedResults.Ok(DutyView.Of(rota, ladder, clock.GetUtcNow()));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string shiftId, DutyRota rota) =>
        await rota.RemoveAsync(shiftId) ? TypedResults.NoContent() : Problems.Missing("There is no shift with this id. The shifts are listed at /api/v1/on-call.");

    private static DutyShift Read(string id, FieldReader fields)
    {
        var person = fields.OptionalIdentifier("person");
        if (person is null)
        {
            fields.Complain("person", "is missing.");
        }

        if (id.Length > 100)
        {
            fields.Complain("shiftId", "may have at most 100 characters.");
        }

        foreach (var end in Ends.Where(end => fields.OptionalString(end) is null))
        {
            fields.Complain(end, "is missing. " + IsoInstant.Explanation);
        }

        var shift = new DutyShift(
            id, fields.Number("rung", 0, 0, HighestRung), person ?? "", fields.OptionalIdentifier("email", 320),
            fields.Instant("from", DateTimeOffset.UnixEpoch).ToUniversalTime(), fields.Instant("until", DateTimeOffset.UnixEpoch).ToUniversalTime());
        if (fields.IsGood && shift.Until <= shift.From)
        {
            fields.Complain("until", "must be later than 'from'.");
        }

        return shift;
    }
}

/// <summary>The ladder, and who is on duty.</summary>
/// <param name="Rungs">The rungs, first to last.</param>
/// <param name="Shifts">The shifts that were set, earliest first.</param>
public sealed record DutyView(IReadOnlyList<RungView> Rungs, IReadOnlyList<DutyShift> Shifts)
{
    /// <summary>The view now.</summary>
    /// <param name="rota">The rota.</param>
    /// <param name="ladder">The ladder.</param>
    /// <param name="now">The product's clock.</param>
    public static DutyView Of(DutyRota rota, AlertLadder ladder, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rota);
        ArgumentNullException.ThrowIfNull(ladder);
        return new DutyView(
            [.. Enumerable.Range(0, ladder.Rungs).Select(i => (Rung: i, OnDuty: rota.OnDuty(i, now))).Select(r => new RungView(r.Rung, ladder.NameOf(r.Rung), r.OnDuty ?? [], r.OnDuty is { Count: 0 }))],
            rota.Shifts);
    }
}

/// <summary>One rung.</summary>
/// <param name="Rung">Its number, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="OnDuty">Who is on duty now; empty also where the rung names nobody.</param>
/// <param name="Nobody">Whether people are named, and none of them is on duty.</param>
public sealed record RungView(int Rung, string Name, IReadOnlyList<string> OnDuty, bool Nobody);
