namespace DeEscalationBot.Core.Cases;

/// <summary>The numbers of the cases: values, windows, people. Every one is a setting.</summary>
/// <remarks>Read-only once bound. <see cref="CaseSettingsCheck"/> says what is wrong with one.</remarks>
public sealed class CaseSettings
{
    /// <summary>How many decision makers must agree to a dismissal (B4): 2; 2 to 9.</summary>
    public int DecisionMakers { get; init; } = 2;

    /// <summary>How many offers of a meeting must have gone unanswered before the case goes on without one (B1): 2; 2 to 10.</summary>
    public int MeetingOffers { get; init; } = 2;

    /// <summary>How long the customer has to answer the last offer of a meeting (B1): 7 days; 1 to 90 days.</summary>
    public TimeSpan MeetingAnswerWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How many pieces of evidence show that something is a pattern (B2): 3; 2 to 50.</summary>
    public int PatternEvidence { get; init; } = 3;

    /// <summary>How long whoever is asked for a comment has to answer (B3): 5 days; 1 to 60 days.</summary>
    public TimeSpan CommentWithin { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Notice before the relationship ends, when the contract asks for no longer one: 30 days; 1 day to 2 years.</summary>
    public TimeSpan Notice { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long the customer may appeal (B7): 14 days; 1 to 180 days.</summary>
    public TimeSpan AppealWithin { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long after it was closed a dismissal is looked at again: 90 days; 1 day to 2 years.</summary>
    public TimeSpan ReviewAfter { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Over how long revenue and cost to serve are reckoned (B5), and contract values stated: 365 days; 30 days to 5 years.</summary>
    public TimeSpan MoneyPeriod { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Costs and contract values by currency (ISO 4217). A customer whose currency is not listed cannot be reckoned.</summary>
    public Dictionary<string, CurrencySettings> Currencies { get; init; } = new(StringComparer.Ordinal)
    {
        ["EUR"] = new(),
        ["USD"] = new(),
    };

    /// <summary>How many claims on our generosity within <see cref="ClaimPeriod"/> are repeated ones (B13): 3; 2 to 100.</summary>
    public int RepeatedClaims { get; init; } = 3;

    /// <summary>The period for <see cref="RepeatedClaims"/>: 180 days; 1 day to 5 years.</summary>
    public TimeSpan ClaimPeriod { get; init; } = TimeSpan.FromDays(180);

    /// <summary>The churn rate that is not to be exceeded, percent of the customers at the start of a month (E8): 7; above 0, at most 100.</summary>
    public decimal ChurnLinePercent { get; init; } = 7m;

    /// <summary>When the criteria were last reviewed (B13); nothing when never, which makes the review due.</summary>
    public DateOnly? CriteriaReviewedOn { get; init; }

    /// <summary>How long the criteria hold until they are due for review (B13): 180 days; 1 day to 5 years.</summary>
    public TimeSpan CriteriaReviewEvery { get; init; } = TimeSpan.FromDays(180);
}

/// <summary>Costs and contract values in one currency. Values are those of a contract over <see cref="CaseSettings.MoneyPeriod"/>.</summary>
public sealed class CurrencySettings
{
    /// <summary>What an hour of contact costs: 35; above 0.</summary>
    public decimal HourlyCost { get; init; } = 35m;

    /// <summary>From this value on, the customer is told in person, by video or by phone, by management (B6): 5,000; 0 or more.</summary>
    public decimal CallFrom { get; init; } = 5_000m;

    /// <summary>From this value on, an executive decides with the others and tells the customer (B4, B6): 50,000; at least <see cref="CallFrom"/>.</summary>
    public decimal ExecutiveFrom { get; init; } = 50_000m;

    /// <summary>From this value on, legal advice is on the case before it is decided (B4): 50,000; 0 or more.</summary>
    public decimal LegalNoteFrom { get; init; } = 50_000m;
}
