using DeEscalationBot.Core.Coaching;

namespace DeEscalationBot.Plugin.Coaching;

/// <summary>How the coach speaks: section <c>Coaching</c>.</summary>
public sealed class CoachingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Coaching";

    /// <summary>How Spanish-speaking customers are addressed in proposals: <c>Usted</c> (default), <c>Tu</c> or <c>Vos</c>.</summary>
    public AddressForm Address { get; set; } = AddressForm.Usted;
}
