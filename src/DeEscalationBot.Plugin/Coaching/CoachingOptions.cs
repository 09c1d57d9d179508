using DeEscalationBot.Core.Coaching;

namespace DeEscalationBot.Plugin.Coaching;

/// <summary>How the coach speaks: section <c>Coaching</c>.</summary>
public sealed class CoachingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Coaching";

    /// <summary>How Spanish-speaking customers are addressed in proposals: <c>Usted</c> (default), <c>Tu</c> or <c>Vos</c>.</summary>
    public AddressForm Address { get; set; } = AddressForm.Usted;

    /// <summary>
    /// How often something is proposed at most: once in so many messages of the customer, 1 to 20. 1 (default) for at every message that calls for it.
    /// What concerns danger, threats, abuse, a child, a stolen account or grief does not wait.
    /// </summary>
    public int SuggestAtMostEvery { get; set; } = 1;
}
