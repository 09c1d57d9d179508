using System.Globalization;

namespace DeEscalationBot.Core.Cases;

/// <summary>Says what is wrong with the settings of the cases, before anything runs on them.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class CaseSettingsCheck
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>One sentence for each setting that cannot be used; none when all can.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="section">The section's name, for the sentences.</param>
    public static IReadOnlyList<string> Check(CaseSettings settings, string section = "Cases")
    {
        ArgumentNullException.ThrowIfNull(settings);
        var found = new List<string>();
        void Must(bool holds, string setting, IFormattable value, string allowed)
        {
            if (!holds)
            {
                found.Add($"{section}:{setting} is {value.ToString(null, CultureInfo.InvariantCulture)}. It must be {allowed}.");
            }
        }

        void Count(string setting, int value, int least, int most) => Must(value >= least && value <= most, setting, value, string.Create(CultureInfo.InvariantCulture, $"between {least} and {most}"));
        void Span(string setting, TimeSpan value, int leastDays, int mostDays) =>
            Must(value >= leastDays * Day && value <= mostDays * Day, setting, value, string.Create(CultureInfo.InvariantCulture, $"between {leastDays}.00:00:00 and {mostDays}.00:00:00"));

        Count(nameof(settings.DecisionMakers), settings.DecisionMakers, 2, 9);
        Count(nameof(settings.MeetingOffers), settings.MeetingOffers, 2, 10);
        Span(nameof(settings.MeetingAnswerWithin), settings.MeetingAnswerWithin, 1, 90);
        Count(nameof(settings.PatternEvidence), settings.PatternEvidence, 2, 50);
        Span(nameof(settings.CommentWithin), settings.CommentWithin, 1, 60);
        Span(nameof(settings.Notice), settings.Notice, 1, 730);
        Span(nameof(settings.AppealWithin), settings.AppealWithin, 1, 180);
        Span(nameof(settings.ReviewAfter), settings.ReviewAfter, 1, 730);
        Span(nameof(settings.MoneyPeriod), settings.MoneyPeriod, 30, 1826);
        Count(nameof(settings.RepeatedClaims), settings.RepeatedClaims, 2, 100);
        Span(nameof(settings.ClaimPeriod), settings.ClaimPeriod, 1, 1826);
        Must(settings.ChurnLinePercent is > 0 and <= 100, nameof(settings.ChurnLinePercent), settings.ChurnLinePercent, "above 0 and at most 100");
        Span(nameof(settings.CriteriaReviewEvery), settings.CriteriaReviewEvery, 1, 1826);
        foreach (var (currency, values) in settings.Currencies)
        {
            if (!Money.IsCurrency(currency))
            {
                found.Add($"{section}:Currencies:{currency} names no currency. Write three capital letters, for instance EUR.");
                continue;
            }

            var path = $"Currencies:{currency}";
            Must(values.HourlyCost is > 0 and <= Money.Largest, $"{path}:HourlyCost", values.HourlyCost, "above 0");
            Must(values.CallFrom >= 0, $"{path}:CallFrom", values.CallFrom, "0 or more");
            Must(values.ExecutiveFrom >= values.CallFrom, $"{path}:ExecutiveFrom", values.ExecutiveFrom, "at least CallFrom");
            Must(values.LegalNoteFrom >= 0, $"{path}:LegalNoteFrom", values.LegalNoteFrom, "0 or more");
        }

        return found;
    }
}
