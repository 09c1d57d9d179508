namespace DeEscalationBot.Core.Cases.Reports;

/// <summary>Whether the criteria for dismissals and gestures are due for review (B13).</summary>
/// <param name="ReviewedOn">When they were last reviewed, or nothing when never.</param>
/// <param name="DueOn">When the next review is due; nothing when none has ever been, which means now.</param>
/// <param name="IsDue">Whether it is due.</param>
public sealed record CriteriaReview(DateOnly? ReviewedOn, DateOnly? DueOn, bool IsDue)
{
    /// <summary>How it stands.</summary>
    /// <param name="settings">When the last review was, and how long it holds.</param>
    /// <param name="today">The day by the product's clock.</param>
    public static CriteriaReview Of(CaseSettings settings, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var due = settings.CriteriaReviewedOn?.AddDays((int)settings.CriteriaReviewEvery.TotalDays);
        return new CriteriaReview(settings.CriteriaReviewedOn, due, due is null || due <= today);
    }
}
