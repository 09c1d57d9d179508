namespace DeEscalationBot.Core.Escalation;

/// <summary>Whether alerts were answered, and whether they were worth it. Counts triggers and reasons, never people.</summary>
/// <param name="Raised">Alerts that called somebody.</param>
/// <param name="Withdrawn">Alerts that waited and called nobody, because the conversation recovered.</param>
/// <param name="Answered">Of those raised, how many somebody answered for.</param>
/// <param name="Missed">Of those raised, how many were told on at least once before anybody answered, or are still unanswered past their time.</param>
/// <param name="MedianToAnswer">Half of the answered ones were answered within this; nothing when none was.</param>
/// <param name="NineInTenToAnswer">Nine in ten were answered within this; nothing when none was.</param>
/// <param name="FalseAlarmRate">Of those settled by a person, the share that was dismissed as a false alarm or not urgent, 0 to 1; nothing when none was settled.</param>
/// <param name="Dismissals">How often each reason was given.</param>
/// <param name="ByTrigger">The same by trigger, in the order of the triggers.</param>
public sealed record AlertReport(
    int Raised,
    int Withdrawn,
    int Answered,
    int Missed,
    TimeSpan? MedianToAnswer,
    TimeSpan? NineInTenToAnswer,
    double? FalseAlarmRate,
    IReadOnlyDictionary<AlertDismissal, int> Dismissals,
    IReadOnlyList<TriggerReport> ByTrigger)
{
    /// <summary>Counts alerts. Hints to the agent (advise) call nobody and are left out.</summary>
    /// <param name="alerts">The alerts as they stand.</param>
    /// <param name="now">The product's clock.</param>
    public static AlertReport Of(IReadOnlyCollection<Alert> alerts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        var all = alerts.Where(a => a.Urgency >= AlertUrgency.Supervisor && a.State != AlertState.Waiting).ToArray();
        var raised = all.Where(a => !a.WasWithdrawn).ToArray();
        var times = raised.Where(a => a.AcknowledgedAt is not null).Select(TimeToAnswer).Order().ToArray();
        return new AlertReport(
            raised.Length,
            all.Length - raised.Length,
            times.Length,
            raised.Count(a => IsMissed(a, now)),
            Quantile(times, 0.5),
            Quantile(times, 0.9),
            RateOf(raised),
            raised.Where(a => a.Dismissal is not null).GroupBy(a => a.Dismissal!.Value).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count()),
            [
                .. all.GroupBy(a => a.Trigger).OrderBy(g => g.Key).Select(g =>
                {
                    var own = g.Where(a => !a.WasWithdrawn).ToArray();
                    return new TriggerReport(g.Key, own.Length, g.Count() - own.Length, own.Count(a => IsMissed(a, now)), RateOf(own), Quantile([.. own.Where(a => a.AcknowledgedAt is not null).Select(TimeToAnswer).Order()], 0.5));
                }),
            ]);
    }

    private static TimeSpan TimeToAnswer(Alert alert) => alert.AcknowledgedAt!.Value - (alert.ReleasedAt ?? alert.RaisedAt);

    private static bool IsMissed(Alert alert, DateTimeOffset now) => alert.Rung > 0 || alert.Repeats > 0 || (alert.IsUnanswered && alert.DueAt <= now);

    private static double? RateOf(Alert[] raised)
    {
        var settled = raised.Where(a => a.ClosedAt is not null && a.Dismissal is not (AlertDismissal.Duplicate or AlertDismissal.Test)).ToArray();
        return settled.Length == 0 ? null : (double)settled.Count(a => a.Dismissal is AlertDismissal.FalseAlarm or AlertDismissal.NotUrgent) / settled.Length;
    }

    // The smallest value that at least the share does not exceed (nearest rank).
    internal static TimeSpan? Quantile(TimeSpan[] sorted, double share) => sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}

/// <summary>What became of a trigger's alerts.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Raised">Alerts that called somebody.</param>
/// <param name="Withdrawn">Alerts that waited and called nobody.</param>
/// <param name="Missed">How many were told on, or are unanswered past their time.</param>
/// <param name="FalseAlarmRate">As in <see cref="AlertReport.FalseAlarmRate"/>.</param>
/// <param name="MedianToAnswer">As in <see cref="AlertReport.MedianToAnswer"/>.</param>
public sealed record TriggerReport(EscalationTrigger Trigger, int Raised, int Withdrawn, int Missed, double? FalseAlarmRate, TimeSpan? MedianToAnswer);
