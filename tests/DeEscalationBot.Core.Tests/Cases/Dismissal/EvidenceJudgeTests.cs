using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Cases.Dismissal;

/// <summary>Evidence counts only what is the customer's doing (B2; T3 and T4 of the playbook).</summary>
public sealed class EvidenceJudgeTests
{
    [Theory]
    [InlineData(EvidenceNature.HonestReview, "dismissal.evidence.honest-review")]
    [InlineData(EvidenceNature.OurUnsolvedFailure, "dismissal.evidence.our-failure")]
    [InlineData(EvidenceNature.RightExercised, "dismissal.evidence.right-exercised")]
    [InlineData(EvidenceNature.MereAnger, "dismissal.evidence.mere-anger")]
    [InlineData(EvidenceNature.Hardship, "dismissal.evidence.hardship")]
    [InlineData(EvidenceNature.OurFeelings, "dismissal.evidence.our-feelings")]
    public void Refuse_NotTheCustomersDoing_NeverCounts(EvidenceNature nature, string rule) =>
        Assert.All(DismissalReason.All, r => Assert.Equal(rule, Judge(r.Id, nature)));

    [Theory]
    [InlineData("never-content", EvidenceNature.AnsweredRequestRepeated, "dismissal.evidence.our-failure")]
    [InlineData("takes-too-much-time", EvidenceNature.MeasuredTime, "dismissal.evidence.our-failure")]
    [InlineData("does-not-pay", EvidenceNature.OverduePayment, "dismissal.evidence.our-failure")]
    [InlineData("abuses-team", EvidenceNature.Abuse, null)]
    [InlineData("threatens-or-blackmails", EvidenceNature.ThreatOrBlackmail, null)]
    public void Refuse_FromAFailureOfOurs_OnlyConductTowardsPeopleCounts(string reason, EvidenceNature nature, string? rule) =>
        Assert.Equal(rule, EvidenceJudge.Refuse(DismissalReason.Find(reason)!, Piece(nature) with { ArisesFromOurFailure = true })?.Id);

    [Theory]
    [InlineData(null, "dismissal.evidence.honest-review")]
    [InlineData(" ", "dismissal.evidence.honest-review")]
    [InlineData("Invoice 9 shows that it was refunded", null)]
    public void Refuse_PublicClaim_CountsOnlyWhenItIsSaidWhatIsUntrue(string? untrue, string? rule) =>
        Assert.Equal(rule, EvidenceJudge.Refuse(DismissalReason.Find("untrue-public-claims")!, Piece(EvidenceNature.UntruePublicClaim) with { WhatIsUntrue = untrue })?.Id);

    // What the product read in the turn wins over what somebody calls it.
    [Theory]
    [InlineData("abuses-team", EvidenceNature.Abuse, new[] { SignalType.Abuse }, null)]
    [InlineData("abuses-team", EvidenceNature.Abuse, new[] { SignalType.Shouting }, "dismissal.evidence.not-shown")]
    [InlineData("abuses-team", EvidenceNature.Abuse, new[] { SignalType.ReputationThreat }, "dismissal.evidence.honest-review")]
    [InlineData("abuses-team", EvidenceNature.Abuse, new[] { SignalType.LegalThreat }, "dismissal.evidence.right-exercised")]
    [InlineData("abuses-team", EvidenceNature.Abuse, new[] { SignalType.Abuse, SignalType.Vulnerability }, "dismissal.evidence.hardship")]
    [InlineData("threatens-or-blackmails", EvidenceNature.ThreatOrBlackmail, new[] { SignalType.Blackmail }, null)]
    [InlineData("threatens-or-blackmails", EvidenceNature.ThreatOrBlackmail, new[] { SignalType.Vulnerability }, "dismissal.evidence.hardship")]
    [InlineData("unethical", EvidenceNature.Dishonesty, new[] { SignalType.PrivacyRequest }, "dismissal.evidence.right-exercised")]
    [InlineData("not-a-fit", EvidenceNature.UnmetNeed, new[] { SignalType.Misfit }, null)]
    public void Refuse_TurnThatShowsSomethingElse_DoesNotCount(string reason, EvidenceNature nature, SignalType[] signals, string? rule) =>
        Assert.Equal(rule, EvidenceJudge.Refuse(DismissalReason.Find(reason)!, Piece(nature) with { ConversationId = "c", TurnIndex = 0, Signals = signals })?.Id);

    [Fact]
    public void Refuse_EvidenceOfAnotherReason_DoesNotCount() => Assert.Equal("dismissal.evidence.other-reason", Judge("does-not-pay", EvidenceNature.Abuse));

    // Every reason can be shown by something, or it could never be used.
    [Fact]
    public void Refuse_ShownByItsOwnEvidence_CountsForEveryReason() =>
        Assert.All(DismissalReason.All, r => Assert.All(r.Shown, n => Assert.Null(EvidenceJudge.Refuse(r, Piece(n) with { WhatIsUntrue = "all of it" }))));

    private static string? Judge(string reason, EvidenceNature nature) => EvidenceJudge.Refuse(DismissalReason.Find(reason)!, Piece(nature))?.Id;

    private static Evidence Piece(EvidenceNature nature) => new("e", nature, TheRecord.Now, "what happened");
}
