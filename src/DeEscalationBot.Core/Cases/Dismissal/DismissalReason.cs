namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>To which family a reason belongs.</summary>
public enum ReasonFamily
{
    /// <summary>The customer abuses or threatens people, or the company's name with untruths (FAREWELL).</summary>
    AbuseAndThreats,

    /// <summary>Nothing is ever enough, again and again (FAREWELL).</summary>
    NeverContent,

    /// <summary>The way of doing business does not work (COMPASSION).</summary>
    WayOfBusiness,
}

/// <summary>What a piece of evidence shows.</summary>
public enum EvidenceNature
{
    /// <summary>Insults or degrades somebody of the team (T1).</summary>
    Abuse,

    /// <summary>Threatens somebody, or presses by threats or tears (T2).</summary>
    ThreatOrBlackmail,

    /// <summary>Spreads, or threatens to spread, something untrue about us (T3); what is untrue has to be said.</summary>
    UntruePublicClaim,

    /// <summary>Asks again for what was truly answered (T4).</summary>
    AnsweredRequestRepeated,

    /// <summary>Needs what we do not offer (T5).</summary>
    UnmetNeed,

    /// <summary>A payment is overdue.</summary>
    OverduePayment,

    /// <summary>Something dishonest was asked for, admitted or done.</summary>
    Dishonesty,

    /// <summary>Questions of ours went unanswered.</summary>
    Silence,

    /// <summary>Instructions that were given were not followed.</summary>
    InstructionIgnored,

    /// <summary>Measured time that the customer's own doing took.</summary>
    MeasuredTime,

    /// <summary>Figures: what they bring and what they cost.</summary>
    Figures,

    /// <summary>A term of the contract was broken.</summary>
    TermBroken,

    /// <summary>A review or criticism that is honest, or that nobody has shown to be untrue. Never counts.</summary>
    HonestReview,

    /// <summary>A fault that we did not solve, and what the customer said about it. Never counts.</summary>
    OurUnsolvedFailure,

    /// <summary>The customer used a right: a complaint, an authority, a disputed charge, their data. Never counts.</summary>
    RightExercised,

    /// <summary>Anger, and nothing more. Never counts: anger is natural (A6).</summary>
    MereAnger,

    /// <summary>Grief, illness, despair, need. Never counts.</summary>
    Hardship,

    /// <summary>How somebody of the team feels about the customer, without anything that the customer did. Never counts.</summary>
    OurFeelings,
}

/// <summary>A reason for a dismissal, from the documents' lists (B2).</summary>
/// <param name="Id">Names it; never changed once released.</param>
/// <param name="Family">Its family.</param>
/// <param name="Source">The document that it comes from.</param>
/// <param name="Shown">What kinds of evidence show it.</param>
/// <param name="NeedsPattern">Whether once is not enough: it takes <see cref="CaseSettings.PatternEvidence"/> pieces.</param>
/// <param name="NeedsWarning">Whether the customer must have been told before, and have gone on.</param>
/// <param name="IsDishonest">Whether it means that the customer was dishonest: then no other provider is recommended (B7).</param>
public sealed record DismissalReason(
    string Id,
    ReasonFamily Family,
    string Source,
    IReadOnlyList<EvidenceNature> Shown,
    bool NeedsPattern,
    bool NeedsWarning,
    bool IsDishonest = false)
{
    /// <summary>The customer threatens or blackmails somebody of the team.</summary>
    public static DismissalReason ThreatensOrBlackmails { get; } = new("threatens-or-blackmails", ReasonFamily.AbuseAndThreats, "FAREWELL", [EvidenceNature.ThreatOrBlackmail], NeedsPattern: false, NeedsWarning: false);

    /// <summary>The plain breach of terms for which B7 allows a template with a personal part.</summary>
    public static DismissalReason BreaksTerms { get; } = new("breaks-terms", ReasonFamily.WayOfBusiness, "FAREWELL", [EvidenceNature.TermBroken], NeedsPattern: false, NeedsWarning: true);

    /// <summary>The team dreads the customer. Carries no case by itself: a feeling is not the customer's doing.</summary>
    public static DismissalReason DreadedByTeam { get; } = new(
        "dreaded-by-team", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.Abuse, EvidenceNature.ThreatOrBlackmail, EvidenceNature.AnsweredRequestRepeated], NeedsPattern: true, NeedsWarning: true);

    /// <summary>All reasons: COMPASSION's nine candidates, what FAREWELL's two families add, and its breach of terms.</summary>
    public static IReadOnlyList<DismissalReason> All { get; } =
    [
        new("does-not-pay", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.OverduePayment], NeedsPattern: false, NeedsWarning: true),
        new("unethical", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.Dishonesty], NeedsPattern: false, NeedsWarning: false, IsDishonest: true),
        new("not-a-fit", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.UnmetNeed], NeedsPattern: false, NeedsWarning: false),
        new("does-not-communicate", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.Silence], NeedsPattern: true, NeedsWarning: true),
        new("ignores-instructions", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.InstructionIgnored], NeedsPattern: true, NeedsWarning: true),
        new("takes-too-much-time", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.MeasuredTime], NeedsPattern: true, NeedsWarning: true),
        DreadedByTeam,
        new("abuses-team", ReasonFamily.AbuseAndThreats, "COMPASSION", [EvidenceNature.Abuse], NeedsPattern: false, NeedsWarning: true),
        new("not-profitable", ReasonFamily.WayOfBusiness, "COMPASSION", [EvidenceNature.Figures], NeedsPattern: false, NeedsWarning: false),
        ThreatensOrBlackmails,
        new("untrue-public-claims", ReasonFamily.AbuseAndThreats, "FAREWELL", [EvidenceNature.UntruePublicClaim], NeedsPattern: false, NeedsWarning: true, IsDishonest: true),
        new("never-content", ReasonFamily.NeverContent, "FAREWELL", [EvidenceNature.AnsweredRequestRepeated], NeedsPattern: true, NeedsWarning: true),
        BreaksTerms,
    ];

    /// <summary>The reason with an id, or nothing.</summary>
    /// <param name="id">The id.</param>
    public static DismissalReason? Find(string id) => All.FirstOrDefault(r => r.Id == id);
}
