namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>How a farewell sounds (B7).</summary>
public enum FarewellTone
{
    /// <summary>The relationship does not work for either side: cordial.</summary>
    Cordial,

    /// <summary>The customer was rude, threatening or dishonest: short and firm.</summary>
    Severe,
}

/// <summary>What the message that ends the relationship has to say, from the case's own facts (B7).</summary>
/// <param name="Tone">How it sounds.</param>
/// <param name="ReasonIds">The specific reasons.</param>
/// <param name="EndsOn">The last day.</param>
/// <param name="AppealWithin">How long the customer may appeal; saying so is no room for reconsidering.</param>
/// <param name="RecommendsOther">Whether another provider is recommended: unless the customer was dishonest.</param>
/// <param name="MayStartFromTemplate">Whether a template with a personal part will do: only for a plain breach of terms.</param>
/// <param name="Refund">The closing gesture; zero for none.</param>
public sealed record FarewellBrief(FarewellTone Tone, IReadOnlyList<string> ReasonIds, DateOnly EndsOn, TimeSpan AppealWithin, bool RecommendsOther, bool MayStartFromTemplate, Money Refund)
{
    /// <summary>The brief of a case.</summary>
    /// <param name="state">The case.</param>
    /// <param name="settings">The numbers.</param>
    /// <returns>The brief, or nothing before it is settled who tells the customer.</returns>
    public static FarewellBrief? Of(DismissalCase state, CaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(settings);
        if (state.Plan is null || state.Money is null)
        {
            return null;
        }

        var reasons = state.Reasons.Select(r => DismissalReason.Find(r.ReasonId)).OfType<DismissalReason>().ToArray();
        var isDishonest = reasons.Any(r => r.IsDishonest);
        return new FarewellBrief(
            isDishonest || reasons.Any(r => r.Family == ReasonFamily.AbuseAndThreats) ? FarewellTone.Severe : FarewellTone.Cordial,
            [.. reasons.Select(r => r.Id)],
            state.Plan.EndsOn,
            settings.AppealWithin,
            !isDishonest,
            reasons is [var only] && only.Id == DismissalReason.BreaksTerms.Id,
            state.Money.Refund);
    }
}
