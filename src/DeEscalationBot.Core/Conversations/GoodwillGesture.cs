namespace DeEscalationBot.Core.Conversations;

/// <summary>Something that an agent gave a customer on their own account (B12), and what the tension was before and after it.</summary>
/// <remarks>Immutable. The money itself moves elsewhere: this is the record, and the allowance that it counts against.</remarks>
/// <param name="Id">Names it within its conversation.</param>
/// <param name="RequestId">Names the click that made it: the same one again gives nothing more.</param>
/// <param name="Amount">How much, more than zero, in <paramref name="Currency"/>.</param>
/// <param name="Currency">The currency, an ISO 4217 code.</param>
/// <param name="Reason">What it is for; one line.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Month">The month that it counts in, such as <c>2026-03</c>, on the desk's calendar.</param>
/// <param name="TensionBefore">The tension when it was given, 0 to 1.</param>
public sealed record GoodwillGesture(
    string Id, string RequestId, decimal Amount, string Currency, string Reason, string By, DateTimeOffset At, string Month, double TensionBefore)
{
    /// <summary>The first message after it, whoever wrote it, by its place in the conversation, or nothing before it.</summary>
    public int? FollowedByTurn { get; init; }

    /// <summary>The customer's first message after it, by its place in the conversation, or nothing before it.</summary>
    public int? AnsweredByTurn { get; init; }

    /// <summary>The tension after that message, 0 to 1, or nothing before it.</summary>
    public double? TensionAfter { get; init; }

    /// <summary>When it was taken back, UTC, or nothing.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }
}
