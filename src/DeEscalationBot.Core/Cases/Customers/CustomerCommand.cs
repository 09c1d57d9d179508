namespace DeEscalationBot.Core.Cases.Customers;

/// <summary>Something that somebody wants to do to a customer's record. <see cref="CustomerRules"/> says what comes of it.</summary>
public abstract record CustomerCommand;

/// <summary>Adds the customer.</summary>
/// <param name="Name">The name.</param>
/// <param name="Since">The day they became a customer.</param>
public sealed record AddCustomer(string Name, DateOnly Since) : CustomerCommand;

/// <summary>Enters a contract, in place of the one before.</summary>
/// <param name="Terms">Its terms.</param>
/// <param name="FromFile">Whether a file brings it, which may bring again what was put right with another contract of the same first day.</param>
public sealed record AgreeContract(ContractTerms Terms, bool FromFile = false) : CustomerCommand;

/// <summary>Enters an agreement or obligation of either side.</summary>
/// <param name="Obligation">It, open.</param>
public sealed record AddObligation(Obligation Obligation) : CustomerCommand;

/// <summary>Records that an obligation is fulfilled.</summary>
/// <param name="ObligationId">Which.</param>
/// <param name="Note">How.</param>
public sealed record CloseObligation(string ObligationId, string Note) : CustomerCommand;

/// <summary>Records what the customer paid.</summary>
/// <param name="Entry">What.</param>
public sealed record RecordRevenue(RevenueEntry Entry) : CustomerCommand;

/// <summary>Records time that was spent with the customer.</summary>
/// <param name="Entry">How long.</param>
public sealed record RecordContact(ContactEntry Entry) : CustomerCommand;

/// <summary>Records what was asked of our generosity (B13).</summary>
/// <param name="Claim">What.</param>
public sealed record RecordGoodwill(GoodwillClaim Claim) : CustomerCommand;

/// <summary>Corrects an agreement or obligation. Whether it is fulfilled stays as it is.</summary>
/// <param name="Obligation">As it should have been entered; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
/// <param name="Version">How often it had been corrected when this was written (<see cref="CustomerRecord.VersionOf"/>): refused when it was again meanwhile. Nothing when that does not matter.</param>
public sealed record CorrectObligation(Obligation Obligation, string Why, long? Version = null) : CustomerCommand;

/// <summary>Corrects what the customer paid.</summary>
/// <param name="Entry">As it should have been entered; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
/// <param name="Version">How often it had been corrected when this was written (<see cref="CustomerRecord.VersionOf"/>): refused when it was again meanwhile. Nothing when that does not matter.</param>
public sealed record CorrectRevenue(RevenueEntry Entry, string Why, long? Version = null) : CustomerCommand;

/// <summary>Corrects the time that was spent with the customer.</summary>
/// <param name="Entry">As it should have been entered; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
/// <param name="Version">How often it had been corrected when this was written (<see cref="CustomerRecord.VersionOf"/>): refused when it was again meanwhile. Nothing when that does not matter.</param>
public sealed record CorrectContact(ContactEntry Entry, string Why, long? Version = null) : CustomerCommand;

/// <summary>Corrects what was asked of our generosity.</summary>
/// <param name="Claim">As it should have been entered; its id names what it corrects.</param>
/// <param name="Why">What was wrong.</param>
/// <param name="Version">How often it had been corrected when this was written (<see cref="CustomerRecord.VersionOf"/>): refused when it was again meanwhile. Nothing when that does not matter.</param>
public sealed record CorrectGoodwill(GoodwillClaim Claim, string Why, long? Version = null) : CustomerCommand;

/// <summary>Strikes an entry that should not be there at all. It stays in the record, struck, and counts for nothing.</summary>
/// <param name="Kind">What kind of entry.</param>
/// <param name="EntryId">Which.</param>
/// <param name="Why">What was wrong.</param>
/// <param name="Version">How often it had been corrected when this was written (<see cref="CustomerRecord.VersionOf"/>): refused when it was again meanwhile. Nothing when that does not matter.</param>
public sealed record StrikeEntry(RecordEntryKind Kind, string EntryId, string Why, long? Version = null) : CustomerCommand;

/// <summary>Gives the customer, and their cases, to another team.</summary>
/// <param name="Team">The team whose supervisors run their cases from now on.</param>
/// <param name="Why">Why.</param>
public sealed record MoveCustomer(string Team, string Why) : CustomerCommand;

/// <summary>Records that the customer is with us no more.</summary>
/// <param name="On">The day.</param>
/// <param name="Ending">How.</param>
public sealed record MarkLeft(DateOnly On, CustomerEnding Ending) : CustomerCommand;

/// <summary>Records that the customer is back.</summary>
/// <param name="On">The day; not before they left.</param>
public sealed record MarkReturned(DateOnly On) : CustomerCommand;
