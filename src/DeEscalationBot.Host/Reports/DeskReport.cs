using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Reports;

namespace DeEscalationBot.Host.Reports;

/// <summary>Everything that the page, the API and the exports show of a time.</summary>
/// <param name="From">From when, UTC.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="Recovery">Whether heated conversations calmed down.</param>
/// <param name="Alerts">Whether alerts were answered, and worth it; nothing in a person's own report.</param>
/// <param name="Goodwill">What was given in the month in which the time ends; nothing in a person's own report, and without an allowance.</param>
/// <param name="Unread">How many conversations could not be read: their record is damaged.</param>
/// <param name="IsCut">Whether there were more conversations than a report reads; the latest were read.</param>
public sealed record DeskReport(DateTimeOffset From, DateTimeOffset Until, RecoveryReport Recovery, AlertReport? Alerts, GoodwillReport? Goodwill, int Unread, bool IsCut);
