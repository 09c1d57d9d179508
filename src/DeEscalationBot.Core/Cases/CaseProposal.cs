namespace DeEscalationBot.Core.Cases;

/// <summary>What a proposal is for.</summary>
public enum CaseProposalKind
{
    /// <summary>The customer said that they leave (T9): open a departure.</summary>
    Departure,

    /// <summary>A pattern over time (T8): look at the customer.</summary>
    Review,
}

/// <summary>Somebody saw what a conversation proposes, and that there is nothing to do. It holds for the evidence that they saw, not for what comes after.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Kind">What was proposed.</param>
/// <param name="ConversationId">By which conversation.</param>
/// <param name="EvidenceAt">When the newest evidence was found that they saw.</param>
/// <param name="Why">Why there is nothing to do.</param>
public sealed record ProposalSetAside(DateTimeOffset At, string By, CaseProposalKind Kind, string ConversationId, DateTimeOffset EvidenceAt, string Why) : CaseEvent(At, By);

/// <summary>Who may set a proposal aside, and how.</summary>
public static class ProposalRules
{
    /// <summary>Why a proposal cannot be set aside, or nothing when it can.</summary>
    /// <param name="why">Why there is nothing to do.</param>
    /// <param name="by">Who says so: a supervisor.</param>
    public static CaseRefusal? Check(string? why, CaseActor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Answer.Ids(by.Name) ?? Answer.First((by.Role >= CaseRole.Supervisor, CaseRules.NotPermitted)) ?? Answer.Texts(why);
    }
}
