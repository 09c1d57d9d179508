namespace DeEscalationBot.Core.Conversations;

/// <summary>What an agent may give without asking (B12, section <c>Goodwill</c>).</summary>
public sealed class GoodwillSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Goodwill";

    /// <summary>The highest limit, in units of the currency: 1,000,000,000.</summary>
    public const decimal Most = 1_000_000_000;

    /// <summary>The longest <see cref="TakeBackWithin"/>: 1 day.</summary>
    public static readonly TimeSpan LongestTakeBack = TimeSpan.FromDays(1);

    /// <summary>The currency, an ISO 4217 code in capitals; <c>EUR</c> by default.</summary>
    public string Currency { get; set; } = "EUR";

    /// <summary>The most in one conversation, 0 to <see cref="Most"/>; 20 by default. Zero: there is no allowance.</summary>
    public decimal PerConversation { get; set; } = 20;

    /// <summary>The most of one agent in a month, 0 to <see cref="Most"/>; 200 by default.</summary>
    public decimal PerAgent { get; set; } = 200;

    /// <summary>The most of the whole desk in a month, 0 to <see cref="Most"/>; 2,000 by default.</summary>
    public decimal PerMonth { get; set; } = 2000;

    /// <summary>How long who gave it may take it back, as long as the customer has not written since: 10 minutes by default, zero to <see cref="LongestTakeBack"/>.</summary>
    public TimeSpan TakeBackWithin { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What is wrong with the settings; nothing when they can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (GoodwillAllowance.DecimalsOf(Currency) is null)
        {
            problems.Add($"Goodwill:Currency '{Currency}' is no currency. Set an ISO 4217 code in capitals, such as EUR, USD or MXN.");
        }

        foreach (var (name, limit) in new[] { (nameof(PerConversation), PerConversation), (nameof(PerAgent), PerAgent), (nameof(PerMonth), PerMonth) })
        {
            if (limit is < 0 or > Most)
            {
                problems.Add($"Goodwill:{name} must lie between 0 and 1000000000; 0 means that nothing is given.");
            }
        }

        if (TakeBackWithin < TimeSpan.Zero || TakeBackWithin > LongestTakeBack)
        {
            problems.Add("Goodwill:TakeBackWithin must lie between zero and 1.00:00:00.");
        }

        return problems;
    }
}
