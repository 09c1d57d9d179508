using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>A piece of evidence (B2): what the customer did, when, in their own words or by the record.</summary>
/// <param name="Id">Names it within the case.</param>
/// <param name="Nature">What it shows.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Text">The words, verbatim, or the facts.</param>
/// <param name="ConversationId">The conversation that it stands in, or nothing.</param>
/// <param name="TurnIndex">The turn, when it stands in a conversation.</param>
/// <param name="Signals">What the product found in that turn; empty when it stands in none.</param>
/// <param name="ArisesFromOurFailure">Whether it is about a fault that we had not solved then.</param>
/// <param name="WhatIsUntrue">For <see cref="EvidenceNature.UntruePublicClaim"/>: what is untrue, and how we know. Otherwise nothing.</param>
public sealed record Evidence(
    string Id,
    EvidenceNature Nature,
    DateTimeOffset OccurredAt,
    string Text,
    string? ConversationId = null,
    int? TurnIndex = null,
    IReadOnlyList<SignalType>? Signals = null,
    bool ArisesFromOurFailure = false,
    string? WhatIsUntrue = null);

/// <summary>Whether a piece of evidence counts: only what is the customer's doing does (B2).</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class EvidenceJudge
{
    // Who insults or threatens a person does so also when the fault was ours; everything else that grew from our fault is our doing.
    private static readonly EvidenceNature[] StandBesideOurFailure = [EvidenceNature.Abuse, EvidenceNature.ThreatOrBlackmail, EvidenceNature.Dishonesty, EvidenceNature.UntruePublicClaim];

    /// <summary>Why a piece of evidence does not count for a reason.</summary>
    /// <param name="reason">The reason that it is to show.</param>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The rule, or nothing when it counts.</returns>
    public static CaseRule? Refuse(DismissalReason reason, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(evidence);
        var never = evidence.Nature switch
        {
            EvidenceNature.HonestReview => DismissalRule.HonestReview,
            EvidenceNature.OurUnsolvedFailure => DismissalRule.OurFailure,
            EvidenceNature.RightExercised => DismissalRule.RightExercised,
            EvidenceNature.MereAnger => DismissalRule.MereAnger,
            EvidenceNature.Hardship => DismissalRule.Hardship,
            EvidenceNature.OurFeelings => DismissalRule.OurFeelings,
            _ => null,
        };
        if (never is not null)
        {
            return never;
        }

        if (evidence.ArisesFromOurFailure && !StandBesideOurFailure.Contains(evidence.Nature))
        {
            return DismissalRule.OurFailure;
        }

        if (evidence.Nature == EvidenceNature.UntruePublicClaim && !CaseText.IsLegal(evidence.WhatIsUntrue))
        {
            return DismissalRule.HonestReview;
        }

        return ContradictedBySignals(evidence) ?? (reason.Shown.Contains(evidence.Nature) ? null : DismissalRule.EvidenceForOtherReason);
    }

    // A turn that the product has read shows what it shows: it cannot be called abuse when nothing abusive was found in it.
    private static CaseRule? ContradictedBySignals(Evidence evidence)
    {
        if (evidence.ConversationId is null)
        {
            return null;
        }

        var signals = evidence.Signals ?? [];
        bool Has(params ReadOnlySpan<SignalType> types)
        {
            foreach (var type in types)
            {
                if (signals.Contains(type))
                {
                    return true;
                }
            }

            return false;
        }

        // Despair is never held against anybody, whatever else is in the message.
        if (Has(SignalType.Vulnerability, SignalType.Hardship, SignalType.Minor) && !Has(SignalType.Threat))
        {
            return DismissalRule.Hardship;
        }

        var isShown = evidence.Nature switch
        {
            EvidenceNature.Abuse => Has(SignalType.Abuse),
            EvidenceNature.ThreatOrBlackmail => Has(SignalType.Threat, SignalType.Blackmail),
            EvidenceNature.AnsweredRequestRepeated => Has(SignalType.RepeatContact, SignalType.Objection),
            EvidenceNature.UnmetNeed => Has(SignalType.Misfit),
            EvidenceNature.Dishonesty => Has(SignalType.Misuse),
            _ => true,
        };
        return isShown ? null
            : Has(SignalType.LegalThreat, SignalType.PrivacyRequest, SignalType.ManagerRequest, SignalType.HumanRequest) ? DismissalRule.RightExercised
            : Has(SignalType.ReputationThreat) ? DismissalRule.HonestReview
            : DismissalRule.NotShownByTurn;
    }
}
