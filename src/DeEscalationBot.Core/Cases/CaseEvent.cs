namespace DeEscalationBot.Core.Cases;

/// <summary>Something that happened to a customer's record or case: who did it, and when. The record is the list of these.</summary>
/// <param name="At">When it was recorded, UTC, by the clock of the product.</param>
/// <param name="By">Who did it, as the desk knows them.</param>
public abstract record CaseEvent(DateTimeOffset At, string By);

/// <summary>What a person may do with cases. Each role may do what those before it may.</summary>
public enum CaseRole
{
    /// <summary>Deals with customers: comments when asked, notes agreements, time and claims.</summary>
    Agent,

    /// <summary>Runs cases.</summary>
    Supervisor,

    /// <summary>Management: one of them takes part in every decision (B4).</summary>
    Manager,

    /// <summary>Decides about, and speaks to, the largest customers (B4, B6).</summary>
    Executive,
}

/// <summary>Who acts.</summary>
/// <param name="Name">As the desk knows them.</param>
/// <param name="Role">What they may do.</param>
public sealed record CaseActor(string Name, CaseRole Role);
