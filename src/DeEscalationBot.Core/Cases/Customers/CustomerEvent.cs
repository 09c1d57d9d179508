namespace DeEscalationBot.Core.Cases.Customers;

/// <summary>Something that happened to a customer's record.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
public abstract record CustomerEvent(DateTimeOffset At, string By) : CaseEvent(At, By);

/// <summary>The customer was added.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Name">The name.</param>
/// <param name="Since">The day they became a customer.</param>
public sealed record CustomerAdded(DateTimeOffset At, string By, string Name, DateOnly Since) : CustomerEvent(At, By);

/// <summary>A contract was agreed, in place of the one before.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Terms">Its terms.</param>
public sealed record ContractAgreed(DateTimeOffset At, string By, ContractTerms Terms) : CustomerEvent(At, By);

/// <summary>Something is owed.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Obligation">What, and by whom.</param>
public sealed record ObligationAdded(DateTimeOffset At, string By, Obligation Obligation) : CustomerEvent(At, By);

/// <summary>What was owed was fulfilled.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="ObligationId">What.</param>
/// <param name="Note">How.</param>
public sealed record ObligationClosed(DateTimeOffset At, string By, string ObligationId, string Note) : CustomerEvent(At, By);

/// <summary>The customer paid.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Entry">What.</param>
public sealed record RevenueRecorded(DateTimeOffset At, string By, RevenueEntry Entry) : CustomerEvent(At, By);

/// <summary>Time was spent with the customer.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Entry">How long.</param>
public sealed record ContactRecorded(DateTimeOffset At, string By, ContactEntry Entry) : CustomerEvent(At, By);

/// <summary>The customer asked for a gesture (B13).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Claim">What.</param>
public sealed record GoodwillClaimed(DateTimeOffset At, string By, GoodwillClaim Claim) : CustomerEvent(At, By);

/// <summary>An agreement or obligation was corrected.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Obligation">As it stands now; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
public sealed record ObligationCorrected(DateTimeOffset At, string By, Obligation Obligation, string Why) : CustomerEvent(At, By);

/// <summary>What the customer paid was corrected.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Entry">As it stands now; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
public sealed record RevenueCorrected(DateTimeOffset At, string By, RevenueEntry Entry, string Why) : CustomerEvent(At, By);

/// <summary>The time that was spent with the customer was corrected.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Entry">As it stands now; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
public sealed record ContactCorrected(DateTimeOffset At, string By, ContactEntry Entry, string Why) : CustomerEvent(At, By);

/// <summary>What was asked of our generosity was corrected.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Claim">As it stands now; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
public sealed record GoodwillCorrected(DateTimeOffset At, string By, GoodwillClaim Claim, string Why) : CustomerEvent(At, By);

/// <summary>An entry was struck.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Kind">What kind of entry.</param>
/// <param name="EntryId">Which.</param>
/// <param name="Why">What was wrong.</param>
public sealed record EntryStruck(DateTimeOffset At, string By, RecordEntryKind Kind, string EntryId, string Why) : CustomerEvent(At, By);

/// <summary>The customer was given to another team.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="Team">Which.</param>
/// <param name="Why">Why.</param>
public sealed record CustomerMoved(DateTimeOffset At, string By, string Team, string Why) : CustomerEvent(At, By);

/// <summary>The customer is with us no more.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="On">The day.</param>
/// <param name="Ending">How.</param>
public sealed record CustomerLeft(DateTimeOffset At, string By, DateOnly On, CustomerEnding Ending) : CustomerEvent(At, By);

/// <summary>The customer came back, or their dismissal was undone.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="On">The day.</param>
public sealed record CustomerReturned(DateTimeOffset At, string By, DateOnly On) : CustomerEvent(At, By);

/// <summary>The customer asked to be erased.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
public sealed record CustomerErased(DateTimeOffset At, string By) : CustomerEvent(At, By);
