using DeEscalationBot.Core.Cases;

namespace DeEscalationBot.Core.Tests.Cases;

/// <summary>Limits come from the documentation of the settings: each with its last legal and its first illegal value.</summary>
public sealed class CaseSettingsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static TheoryData<string, CaseSettings> Illegal => new()
    {
        { "Cases:DecisionMakers", new() { DecisionMakers = 1 } },
        { "Cases:DecisionMakers", new() { DecisionMakers = 10 } },
        { "Cases:MeetingOffers", new() { MeetingOffers = 1 } },
        { "Cases:MeetingAnswerWithin", new() { MeetingAnswerWithin = TimeSpan.FromDays(1) - Tick } },
        { "Cases:PatternEvidence", new() { PatternEvidence = 1 } },
        { "Cases:CommentWithin", new() { CommentWithin = TimeSpan.FromDays(60) + Tick } },
        { "Cases:Notice", new() { Notice = TimeSpan.Zero } },
        { "Cases:AppealWithin", new() { AppealWithin = TimeSpan.FromDays(180) + Tick } },
        { "Cases:ReviewAfter", new() { ReviewAfter = TimeSpan.FromDays(-1) } },
        { "Cases:MoneyPeriod", new() { MoneyPeriod = TimeSpan.FromDays(30) - Tick } },
        { "Cases:RepeatedClaims", new() { RepeatedClaims = 1 } },
        { "Cases:ClaimPeriod", new() { ClaimPeriod = TimeSpan.FromDays(1826) + Tick } },
        { "Cases:ChurnLinePercent", new() { ChurnLinePercent = 0 } },
        { "Cases:ChurnLinePercent", new() { ChurnLinePercent = 100.01m } },
        { "Cases:CriteriaReviewEvery", new() { CriteriaReviewEvery = TimeSpan.Zero } },
        { "Cases:Currencies:euro", new() { Currencies = new() { ["euro"] = new() } } },
        { "Cases:Currencies:EUR:HourlyCost", With(new() { HourlyCost = 0 }) },
        { "Cases:Currencies:EUR:CallFrom", With(new() { CallFrom = -0.01m }) },
        { "Cases:Currencies:EUR:ExecutiveFrom", With(new() { CallFrom = 10, ExecutiveFrom = 9.99m }) },
        { "Cases:Currencies:EUR:LegalNoteFrom", With(new() { LegalNoteFrom = -1 }) },
    };

    [Theory]
    [MemberData(nameof(Illegal))]
    public void Check_Illegal_NamesTheSetting(string named, CaseSettings settings) =>
        Assert.StartsWith(named, Assert.Single(CaseSettingsCheck.Check(settings)), StringComparison.Ordinal);

    [Fact]
    public void Check_DefaultsAndLastLegalValues_AreAccepted()
    {
        Assert.Empty(CaseSettingsCheck.Check(new()));
        Assert.Empty(CaseSettingsCheck.Check(new()
        {
            DecisionMakers = 9,
            MeetingOffers = 10,
            MeetingAnswerWithin = TimeSpan.FromDays(1),
            PatternEvidence = 50,
            CommentWithin = TimeSpan.FromDays(60),
            Notice = TimeSpan.FromDays(730),
            AppealWithin = TimeSpan.FromDays(180),
            ReviewAfter = TimeSpan.FromDays(1),
            MoneyPeriod = TimeSpan.FromDays(30),
            RepeatedClaims = 100,
            ClaimPeriod = TimeSpan.FromDays(1826),
            ChurnLinePercent = 100,
            Currencies = new() { ["MXN"] = new() { HourlyCost = 0.01m, CallFrom = 0, ExecutiveFrom = 0, LegalNoteFrom = 0 } },
        }));
    }

    private static CaseSettings With(CurrencySettings euros) => new() { Currencies = new() { ["EUR"] = euros } };
}
