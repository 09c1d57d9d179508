using System.Collections.Immutable;

namespace DeEscalationBot.Core.Cases.Customers;

/// <summary>Everything known of one customer beside their conversations: what follows from the record's events, and nothing else.</summary>
/// <remarks>Immutable. Applying the same events to <see cref="Start"/> always gives the same state. Cases start from it.</remarks>
public sealed record CustomerRecord
{
    private CustomerRecord(string id) => Id = id;

    /// <summary>The customer's id, as conversations name them.</summary>
    public string Id { get; }

    /// <summary>How many events were applied.</summary>
    public long Sequence { get; private init; }

    /// <summary>The customer's name; nothing before they were added and after they were erased.</summary>
    public string? Name { get; private init; }

    /// <summary>The day they became a customer, or nothing before they were added.</summary>
    public DateOnly? Since { get; private init; }

    /// <summary>The currency of everything in the record; nothing while no amount stands in it.</summary>
    public string? Currency =>
        (Contract?.Value ?? Obligations.Find(o => o.Amount is not null)?.Amount ?? Revenue.FirstOrDefault()?.Amount ?? Claims.FirstOrDefault()?.Amount)?.Currency;

    /// <summary>The contract in force, or nothing.</summary>
    public ContractTerms? Contract { get; private init; }

    /// <summary>The contracts that were in force before, in order of entry.</summary>
    public ImmutableList<ContractTerms> PastContracts { get; private init; } = [];

    /// <summary>Agreements and obligations of both sides, in order of entry.</summary>
    public ImmutableList<Obligation> Obligations { get; private init; } = [];

    /// <summary>What the customer paid, in order of entry.</summary>
    public ImmutableList<RevenueEntry> Revenue { get; private init; } = [];

    /// <summary>The time that we spent with the customer, in order of entry.</summary>
    public ImmutableList<ContactEntry> Contacts { get; private init; } = [];

    /// <summary>What was asked of our generosity (B13), in order of entry.</summary>
    public ImmutableList<GoodwillClaim> Claims { get; private init; } = [];

    /// <summary>What entries said until they were corrected or struck, in order of correction. It counts for nothing, and an import that brings it again changes nothing.</summary>
    public ImmutableList<RecordEntry> Superseded { get; private init; } = [];

    /// <summary>The team that they were given to, or nothing while they are with the one for which they were entered.</summary>
    public string? MovedTo { get; private init; }

    /// <summary>When they were with us, oldest first; the last one is open while they are.</summary>
    public ImmutableList<CustomerStay> Stays { get; private init; } = [];

    /// <summary>Whether the customer asked to be erased and was. Only the days of coming and going are kept, for the counts.</summary>
    public bool IsErased { get; private init; }

    /// <summary>Whether there is such a customer.</summary>
    public bool IsKnown => Since is not null;

    /// <summary>The day on which they left, or nothing while they are with us.</summary>
    public DateOnly? LeftOn => Stays.IsEmpty ? null : Stays[^1].Until;

    /// <summary>What is not closed, in order of entry.</summary>
    public IEnumerable<Obligation> OpenObligations => Obligations.Where(o => o.ClosedAt is null);

    /// <summary>A record in which nothing stands yet.</summary>
    /// <param name="id">The customer's id.</param>
    public static CustomerRecord Start(string id) => new(id);

    /// <summary>The obligation with an id, or nothing.</summary>
    /// <param name="id">The id.</param>
    public Obligation? FindObligation(string id) => Obligations.Find(o => o.Id == id);

    /// <summary>The entry of a kind with an id, or nothing.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The id.</param>
    public RecordEntry? Find(RecordEntryKind kind, string id) => kind switch
    {
        RecordEntryKind.Obligation => FindObligation(id),
        RecordEntryKind.Revenue => Revenue.Find(e => e.Id == id),
        RecordEntryKind.Contact => Contacts.Find(e => e.Id == id),
        RecordEntryKind.Claim => Claims.Find(e => e.Id == id),
        _ => null,
    };

    /// <summary>How often an entry was corrected or struck: what somebody has seen when they correct it.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="id">Its id.</param>
    public long VersionOf(RecordEntryKind kind, string id) => Superseded.Count(e => Is(e, kind, id));

    /// <summary>What they paid in a period.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="until">The last day.</param>
    /// <returns>The sum, or nothing when the record has no currency yet.</returns>
    public Money? RevenueBetween(DateOnly from, DateOnly until) =>
        Currency is null ? null : Revenue.Where(r => r.On >= from && r.On <= until).Aggregate(Money.Zero(Currency), (sum, r) => sum.Plus(r.Amount));

    /// <summary>The time that we spent with them in a period.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="until">The last day.</param>
    public TimeSpan ContactBetween(DateOnly from, DateOnly until) => Contacts.Where(c => c.On >= from && c.On <= until).Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration);

    /// <summary>The state after several events.</summary>
    /// <param name="events">The events, in order.</param>
    public CustomerRecord Apply(IEnumerable<CustomerEvent> events) => events.Aggregate(this, (state, e) => state.Apply(e));

    /// <summary>The state after an event.</summary>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">The event does not follow from this state: the record is damaged.</exception>
    public CustomerRecord Apply(CustomerEvent e)
    {
        var next = e switch
        {
            CustomerAdded added => this with { Name = added.Name, Since = added.Since, Stays = [new CustomerStay(added.Since, null, null)] },
            ContractAgreed agreed => this with { Contract = agreed.Terms, PastContracts = Contract is null ? PastContracts : PastContracts.Add(Contract) },
            ObligationAdded added => this with { Obligations = Obligations.Add(added.Obligation) },
            ObligationClosed closed => WithClosed(closed),
            RevenueRecorded recorded => this with { Revenue = Revenue.Add(recorded.Entry) },
            ContactRecorded recorded => this with { Contacts = Contacts.Add(recorded.Entry) },
            GoodwillClaimed claimed => this with { Claims = Claims.Add(claimed.Claim) },
            ObligationCorrected corrected => WithCorrected(RecordEntryKind.Obligation, corrected.Obligation),
            RevenueCorrected corrected => WithCorrected(RecordEntryKind.Revenue, corrected.Entry),
            ContactCorrected corrected => WithCorrected(RecordEntryKind.Contact, corrected.Entry),
            GoodwillCorrected corrected => WithCorrected(RecordEntryKind.Claim, corrected.Claim),
            EntryStruck struck => Without(struck.Kind, struck.EntryId) with { Superseded = Superseded.Add(Standing(struck.Kind, struck.EntryId).AsEntered()) },
            CustomerMoved moved => this with { MovedTo = moved.Team },
            CustomerLeft left => this with { Stays = Stays.SetItem(Stays.Count - 1, Stays[^1] with { Until = left.On, Ending = left.Ending }) },
            CustomerReturned returned => this with { Stays = Stays.Add(new CustomerStay(returned.On, null, null)) },
            CustomerErased => Start(Id) with { Sequence = Sequence, Since = Since, Stays = Stays, IsErased = true },
            _ => throw new InvalidOperationException($"The event {e.GetType().Name} is not known to this version."),
        };
        return next with { Sequence = Sequence + 1 };
    }

    /// <summary>The record as if an entry had never been made.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="id">Its id.</param>
    internal CustomerRecord Without(RecordEntryKind kind, string id)
    {
        var rest = this with { Superseded = Superseded.RemoveAll(e => Is(e, kind, id)) };
        return kind switch
        {
            RecordEntryKind.Obligation => rest with { Obligations = Obligations.RemoveAll(e => e.Id == id) },
            RecordEntryKind.Revenue => rest with { Revenue = Revenue.RemoveAll(e => e.Id == id) },
            RecordEntryKind.Contact => rest with { Contacts = Contacts.RemoveAll(e => e.Id == id) },
            RecordEntryKind.Claim => rest with { Claims = Claims.RemoveAll(e => e.Id == id) },
            _ => rest,
        };
    }

    private static bool Is(RecordEntry entry, RecordEntryKind kind, string id) => entry.Id == id && kind == entry switch
    {
        Obligation => RecordEntryKind.Obligation,
        RevenueEntry => RecordEntryKind.Revenue,
        ContactEntry => RecordEntryKind.Contact,
        _ => RecordEntryKind.Claim,
    };

    private CustomerRecord WithCorrected(RecordEntryKind kind, RecordEntry entry)
    {
        var was = Standing(kind, entry.Id);
        var next = (was, entry) switch
        {
            (Obligation old, Obligation now) => this with { Obligations = Obligations.Replace(old, now with { ClosedAt = old.ClosedAt, ClosedBy = old.ClosedBy, ClosedNote = old.ClosedNote }) },
            (RevenueEntry old, RevenueEntry now) => this with { Revenue = Revenue.Replace(old, now) },
            (ContactEntry old, ContactEntry now) => this with { Contacts = Contacts.Replace(old, now) },
            (GoodwillClaim old, GoodwillClaim now) => this with { Claims = Claims.Replace(old, now) },
            _ => throw new InvalidOperationException($"The entry {entry.Id} was corrected as if it were of another kind: the record of {Id} is damaged."),
        };
        return next with { Superseded = Superseded.Add(was.AsEntered()) };
    }

    private RecordEntry Standing(RecordEntryKind kind, string id) => Find(kind, id) ?? throw new InvalidOperationException($"There is no entry {id}: the record of {Id} is damaged.");

    private CustomerRecord WithClosed(ObligationClosed closed)
    {
        var index = Obligations.FindIndex(o => o.Id == closed.ObligationId);
        return index < 0
            ? throw new InvalidOperationException($"There is no obligation {closed.ObligationId}: the record of {Id} is damaged.")
            : this with { Obligations = Obligations.SetItem(index, Obligations[index] with { ClosedAt = closed.At, ClosedBy = closed.By, ClosedNote = closed.Note }) };
    }
}

/// <summary>What can be entered into a record, corrected and struck.</summary>
public enum RecordEntryKind
{
    /// <summary>An <see cref="Customers.Obligation"/>.</summary>
    Obligation,

    /// <summary>A <see cref="RevenueEntry"/>.</summary>
    Revenue,

    /// <summary>A <see cref="ContactEntry"/>.</summary>
    Contact,

    /// <summary>A <see cref="GoodwillClaim"/>.</summary>
    Claim,
}

/// <summary>An entry of a record.</summary>
/// <param name="Id">Names it among those of its kind.</param>
public abstract record RecordEntry(string Id)
{
    /// <summary>The entry without what came of it later: two that were entered alike are equal.</summary>
    public virtual RecordEntry AsEntered() => this;
}

/// <summary>The terms of a contract.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="End">Its last day, or nothing when it runs until somebody ends it; after <paramref name="Start"/>.</param>
/// <param name="Value">What it is worth over <see cref="CaseSettings.MoneyPeriod"/>; 0 or more.</param>
/// <param name="Notice">The notice that it asks of us; zero when none.</param>
public sealed record ContractTerms(DateOnly Start, DateOnly? End, Money Value, TimeSpan Notice);

/// <summary>Who owes something.</summary>
public enum ObligationSide
{
    /// <summary>We owe it to the customer.</summary>
    Ours,

    /// <summary>The customer owes it to us.</summary>
    Theirs,
}

/// <summary>What is owed.</summary>
public enum ObligationKind
{
    /// <summary>Something that was agreed.</summary>
    Agreement,

    /// <summary>Something to be handed over or done.</summary>
    Deliverable,

    /// <summary>Money.</summary>
    Payment,
}

/// <summary>An agreement or obligation of one side (B8).</summary>
/// <param name="Id">Names it within the record.</param>
/// <param name="Side">Who owes it.</param>
/// <param name="Kind">What is owed.</param>
/// <param name="Text">In words.</param>
/// <param name="DueOn">By which day, or nothing when none was agreed.</param>
/// <param name="Amount">How much; only and always for a payment, above 0.</param>
/// <param name="ClosedAt">When it was fulfilled, or nothing while it is open.</param>
/// <param name="ClosedBy">Who recorded that.</param>
/// <param name="ClosedNote">How it was fulfilled.</param>
public sealed record Obligation(
    string Id,
    ObligationSide Side,
    ObligationKind Kind,
    string Text,
    DateOnly? DueOn = null,
    Money? Amount = null,
    DateTimeOffset? ClosedAt = null,
    string? ClosedBy = null,
    string? ClosedNote = null) : RecordEntry(Id)
{
    /// <inheritdoc/>
    public override RecordEntry AsEntered() => this with { ClosedAt = null, ClosedBy = null, ClosedNote = null };

    /// <summary>What somebody accepts who accepts it as it is.</summary>
    public ObligationTerms ToTerms() => new(Side, Kind, Amount);
}

/// <summary>What an obligation comes to.</summary>
/// <param name="Side">Who owes it.</param>
/// <param name="Kind">What is owed.</param>
/// <param name="Amount">How much; only and always for a payment.</param>
public sealed record ObligationTerms(ObligationSide Side, ObligationKind Kind, Money? Amount);

/// <summary>Something that the customer paid.</summary>
/// <param name="Id">Names it, so that an import that is repeated doubles nothing.</param>
/// <param name="On">The day.</param>
/// <param name="Amount">How much; below 0 for a refund.</param>
public sealed record RevenueEntry(string Id, DateOnly On, Money Amount) : RecordEntry(Id);

/// <summary>Time that we spent with the customer.</summary>
/// <param name="Id">Names it (for instance the conversation), so that an import that is repeated doubles nothing.</param>
/// <param name="On">The day.</param>
/// <param name="Duration">How long; above zero, at most a day.</param>
public sealed record ContactEntry(string Id, DateOnly On, TimeSpan Duration) : RecordEntry(Id);

/// <summary>Something asked of our generosity (B13).</summary>
/// <param name="Id">Names it.</param>
/// <param name="On">The day.</param>
/// <param name="Amount">How much was asked; above 0.</param>
/// <param name="WasGranted">Whether it was given.</param>
/// <param name="Why">What the customer said for it.</param>
public sealed record GoodwillClaim(string Id, DateOnly On, Money Amount, bool WasGranted, string Why) : RecordEntry(Id);

/// <summary>How the time with a customer ended.</summary>
public enum CustomerEnding
{
    /// <summary>They left.</summary>
    Left,

    /// <summary>We dismissed them.</summary>
    Dismissed,
}

/// <summary>A time during which the customer was with us.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The day on which they left, or nothing while they are with us.</param>
/// <param name="Ending">How it ended, or nothing while they are with us.</param>
public sealed record CustomerStay(DateOnly From, DateOnly? Until, CustomerEnding? Ending);
