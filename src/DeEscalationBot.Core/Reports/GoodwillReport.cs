namespace DeEscalationBot.Core.Reports;

/// <summary>What was given in a month, without who gave it.</summary>
/// <param name="Amount">How much.</param>
/// <param name="IsTakenBack">Whether it was taken back.</param>
/// <param name="TensionBefore">The tension when it was given, 0 to 1.</param>
/// <param name="TensionAfter">The tension after the customer's next message, or nothing before it.</param>
public sealed record GoodwillFact(decimal Amount, bool IsTakenBack, double TensionBefore, double? TensionAfter);

/// <summary>What became of the goodwill allowance (B12) in a month, in sum: never by person.</summary>
/// <param name="Month">The month, such as <c>2026-03</c>.</param>
/// <param name="Currency">The currency, an ISO 4217 code.</param>
/// <param name="Spent">How much was given and not taken back.</param>
/// <param name="Limit">The desk's limit of a month.</param>
/// <param name="Gestures">How many gestures, without those that were taken back.</param>
/// <param name="TakenBack">How many were taken back.</param>
/// <param name="Answered">After how many of the gestures the customer wrote again.</param>
/// <param name="Calmed">After how many of those the tension had fallen.</param>
/// <param name="MeanBefore">The mean tension before those, 0 to 1; nothing when there were none.</param>
/// <param name="MeanAfter">The mean tension after them, 0 to 1; nothing when there were none.</param>
public sealed record GoodwillReport(
    string Month, string Currency, decimal Spent, decimal Limit, int Gestures, int TakenBack, int Answered, int Calmed, double? MeanBefore, double? MeanAfter)
{
    /// <summary>Makes a report.</summary>
    /// <param name="month">The month.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="limit">The desk's limit.</param>
    /// <param name="facts">What was given in that month and currency.</param>
    public static GoodwillReport Of(string month, string currency, decimal limit, IReadOnlyCollection<GoodwillFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var given = facts.Where(f => !f.IsTakenBack).ToArray();
        var answered = given.Where(f => f.TensionAfter is not null).ToArray();
        return new GoodwillReport(
            month, currency, given.Sum(f => f.Amount), limit, given.Length, facts.Count - given.Length, answered.Length,
            answered.Count(f => f.TensionBefore - f.TensionAfter!.Value >= HeatEpisode.LeastFall),
            answered.Length == 0 ? null : Math.Round(answered.Average(f => f.TensionBefore), 4),
            answered.Length == 0 ? null : Math.Round(answered.Average(f => f.TensionAfter!.Value), 4));
    }
}
