namespace DeEscalationBot.Core.Cases.Customers;

/// <summary>Reasons for which a change of a customer's record is refused.</summary>
public static class CustomerRule
{
    /// <summary>There is no such customer yet.</summary>
    public static CaseRule Unknown { get; } = new("customer.unknown", CaseRefusalCode.BadInput, "B3");

    /// <summary>The id is taken by an entry that says something else.</summary>
    public static CaseRule IdTaken { get; } = new("customer.id-taken", CaseRefusalCode.Conflict, "B9");

    /// <summary>Somebody corrected the entry meanwhile.</summary>
    public static CaseRule ChangedMeanwhile { get; } = new("customer.changed-meanwhile", CaseRefusalCode.Conflict, "B9");

    /// <summary>Who owes something is not corrected: such an entry is struck and made anew.</summary>
    public static CaseRule SideFixed { get; } = new("customer.side-fixed", CaseRefusalCode.BadInput, "B8");

    /// <summary>A payment does not become anything else, nor anything else a payment: deliverables wait for the last one (E7).</summary>
    public static CaseRule PaymentFixed { get; } = new("customer.payment-fixed", CaseRefusalCode.BadInput, "E7");

    /// <summary>The entry was corrected or struck since: it changes nothing, and comes back under another id only.</summary>
    public static CaseRule Superseded { get; } = new("customer.superseded", CaseRefusalCode.Conflict, "B9");

    /// <summary>No conversation and no customer is of this team: nobody would see the customer there.</summary>
    public static CaseRule TeamUnknown { get; } = new("customer.team-unknown", CaseRefusalCode.BadInput, "B9");

    /// <summary>Whoever gives a customer to a team has that team, too.</summary>
    public static CaseRule TeamNotYours { get; } = new("customer.team-not-yours", CaseRefusalCode.NotPermitted, "B9");

    /// <summary>The contract ends before, or on the day on which, it starts.</summary>
    public static CaseRule ContractEndsBeforeStart { get; } = new("customer.contract-ends-before-start", CaseRefusalCode.BadInput, "E3");

    /// <summary>A payment needs an amount, and nothing else has one.</summary>
    public static CaseRule AmountOnlyForPayment { get; } = new("customer.amount-only-for-payment", CaseRefusalCode.BadInput, "B8");

    /// <summary>A contact lasts longer than zero and at most a day.</summary>
    public static CaseRule DurationIllegal { get; } = new("customer.duration-illegal", CaseRefusalCode.BadInput, "B5");

    /// <summary>The customer has left already.</summary>
    public static CaseRule AlreadyLeft { get; } = new("customer.already-left", CaseRefusalCode.Conflict, "E8");

    /// <summary>The customer has not left.</summary>
    public static CaseRule NotLeft { get; } = new("customer.not-left", CaseRefusalCode.Conflict, "E8");

    /// <summary>They cannot have come back before they left.</summary>
    public static CaseRule ReturnBeforeLeaving { get; } = new("customer.return-before-leaving", CaseRefusalCode.BadInput, "E8");
}

/// <summary>What may be done to a customer's record, and the events that record it.</summary>
/// <remarks>Pure; safe for concurrent use. An entry whose id and content stand there already changes nothing: imports may be repeated.</remarks>
public static class CustomerRules
{
    private static readonly TimeSpan LongestContact = TimeSpan.FromDays(1);

    /// <summary>What a command leads to.</summary>
    /// <param name="record">The record as it stands.</param>
    /// <param name="command">The command.</param>
    /// <param name="by">Who gives it: a supervisor; an agent to enter obligations, contacts and claims.</param>
    /// <param name="now">The product's clock.</param>
    public static CaseAnswer<CustomerEvent> Decide(CustomerRecord record, CustomerCommand command, CaseActor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var isForAgents = command is AddObligation or CloseObligation or RecordContact or RecordGoodwill;
        var refusal = Answer.Ids(by.Name, record.Id) ?? Answer.First(
            (isForAgents || by.Role >= CaseRole.Supervisor, CaseRules.NotPermitted),
            (!record.IsErased, CaseRules.CustomerErased),
            (record.IsKnown || command is AddCustomer, CustomerRule.Unknown));
        refusal ??= Check(record, command, Answer.DateOf(now));
        return refusal is null ? Events(record, command, by.Name, now) : new CaseAnswer<CustomerEvent>([], refusal);
    }

    private static CaseRefusal? Check(CustomerRecord record, CustomerCommand command, DateOnly today)
    {
        var start = record.Since ?? DateOnly.MinValue;
        (bool, CaseRule) Currency(Money? amount) => amount is { IsPlausible: false }
            ? (false, CaseRules.AmountIllegal)
            : (amount is null || record.Currency is null || record.Currency == amount.Currency, CaseRules.MixedCurrencies);
        (bool, CaseRule) NotBefore(DateOnly? day) => (day is null || day >= start, CaseRules.DateBeforeContract);
        (bool, CaseRule) Past(DateOnly day) => (day <= today, CaseRules.DateInFuture);
        (bool, CaseRule) IsFree(RecordEntryKind kind, RecordEntry entry) => (record.Find(kind, entry.Id) is null || IsAsEntered(record, kind, entry), CustomerRule.IdTaken);

        // What was corrected or struck since is known, too: whoever sends it again has not heard of it.
        (bool, CaseRule) IsCurrent(RecordEntryKind kind, RecordEntry entry) => (IsAsEntered(record, kind, entry) || !record.Superseded.Contains(entry.AsEntered()), CustomerRule.Superseded);

        // As if it were entered for the first time: what may not be entered is no correction either.
        CaseRefusal? Correction(RecordEntryKind kind, RecordEntry entry, string why, long? version, CustomerCommand entered) =>
            Answer.Texts(why)
            ?? Answer.First((record.Find(kind, entry.Id) is not null, CaseRules.NotFound), (IsAsEntered(record, kind, entry) || IsSeen(kind, entry.Id, version), CustomerRule.ChangedMeanwhile))
            ?? Check(record.Without(kind, entry.Id), entered, today);
        bool IsSeen(RecordEntryKind kind, string id, long? version) => version is null || version == record.VersionOf(kind, id);

        return command switch
        {
            AddCustomer c => Answer.Texts(c.Name) ?? Answer.First(Past(c.Since), (!record.IsKnown || (record.Name == c.Name && record.Since == c.Since), CustomerRule.IdTaken)),
            AgreeContract c => Answer.First(
                NotBefore(c.Terms.Start),
                (c.Terms.End is null || c.Terms.End > c.Terms.Start, CustomerRule.ContractEndsBeforeStart),
                (c.Terms.Value.Amount >= 0 && c.Terms.Notice >= TimeSpan.Zero, CaseRules.AmountIllegal),
                Currency(c.Terms.Value)),
            AddObligation { Obligation: var o } => Answer.Ids(o.Id) ?? Answer.Texts(o.Text) ?? Answer.Choice(o.Side) ?? Answer.Choice(o.Kind) ?? Answer.First(
                ((o.Kind == ObligationKind.Payment) == (o.Amount is not null), CustomerRule.AmountOnlyForPayment),
                (o.Amount is null || o.Amount.Amount > 0, CaseRules.AmountIllegal),
                Currency(o.Amount),
                (o.DueOn is null || o.DueOn >= (record.Contract?.Start ?? start), CaseRules.DateBeforeContract),
                IsCurrent(RecordEntryKind.Obligation, o),
                IsFree(RecordEntryKind.Obligation, o)),
            CloseObligation c => Answer.Texts(c.Note) ?? Answer.First(
                (record.FindObligation(c.ObligationId) is not null, CaseRules.NotFound),
                (record.FindObligation(c.ObligationId)?.ClosedAt is null, CaseRules.AlreadyDone)),
            RecordRevenue { Entry: var e } => Answer.Ids(e.Id) ?? Answer.First(
                NotBefore(e.On),
                Past(e.On),
                Currency(e.Amount),
                IsCurrent(RecordEntryKind.Revenue, e),
                IsFree(RecordEntryKind.Revenue, e)),
            RecordContact { Entry: var e } => Answer.Ids(e.Id) ?? Answer.First(
                NotBefore(e.On),
                Past(e.On),
                (e.Duration > TimeSpan.Zero && e.Duration <= LongestContact, CustomerRule.DurationIllegal),
                IsCurrent(RecordEntryKind.Contact, e),
                IsFree(RecordEntryKind.Contact, e)),
            RecordGoodwill { Claim: var c } => Answer.Ids(c.Id) ?? Answer.Texts(c.Why) ?? Answer.First(
                NotBefore(c.On),
                Past(c.On),
                (c.Amount.Amount > 0, CaseRules.AmountIllegal),
                Currency(c.Amount),
                IsCurrent(RecordEntryKind.Claim, c),
                IsFree(RecordEntryKind.Claim, c)),
            CorrectObligation c => Correction(RecordEntryKind.Obligation, c.Obligation, c.Why, c.Version, new AddObligation(c.Obligation))
                ?? Answer.First(
                    (record.FindObligation(c.Obligation.Id)?.Side == c.Obligation.Side, CustomerRule.SideFixed),
                    ((record.FindObligation(c.Obligation.Id)?.Kind == ObligationKind.Payment) == (c.Obligation.Kind == ObligationKind.Payment), CustomerRule.PaymentFixed)),
            CorrectRevenue c => Correction(RecordEntryKind.Revenue, c.Entry, c.Why, c.Version, new RecordRevenue(c.Entry)),
            CorrectContact c => Correction(RecordEntryKind.Contact, c.Entry, c.Why, c.Version, new RecordContact(c.Entry)),
            CorrectGoodwill c => Correction(RecordEntryKind.Claim, c.Claim, c.Why, c.Version, new RecordGoodwill(c.Claim)),
            StrikeEntry c => Answer.Choice(c.Kind) ?? Answer.Texts(c.Why) ?? Answer.First(
                (record.Find(c.Kind, c.EntryId) is not null, CaseRules.NotFound), (IsSeen(c.Kind, c.EntryId, c.Version), CustomerRule.ChangedMeanwhile)),
            MoveCustomer c => Answer.Ids(c.Team) ?? Answer.Texts(c.Why),
            MarkLeft c => Answer.Choice(c.Ending) ?? Answer.First(
                (record.LeftOn is null, CustomerRule.AlreadyLeft),
                Past(c.On),
                (record.Stays.IsEmpty || c.On >= record.Stays[^1].From, CaseRules.DateBeforeContract)),
            MarkReturned c => Answer.First((record.LeftOn is not null, CustomerRule.NotLeft), Past(c.On), (c.On >= record.LeftOn, CustomerRule.ReturnBeforeLeaving)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "The command is not known to this version."),
        };
    }

    private static CaseAnswer<CustomerEvent> Events(CustomerRecord record, CustomerCommand command, string by, DateTimeOffset now) => command switch
    {
        AddCustomer c => record.IsKnown ? Answer.Of<CustomerEvent>() : Answer.Of<CustomerEvent>(new CustomerAdded(now, by, c.Name, c.Since)),
        AgreeContract c => record.Contract == c.Terms || IsPast(record, c) ? Answer.Of<CustomerEvent>() : Answer.Of<CustomerEvent>(new ContractAgreed(now, by, c.Terms)),
        AddObligation c => Unless(IsAsEntered(record, RecordEntryKind.Obligation, c.Obligation), new ObligationAdded(now, by, (Obligation)c.Obligation.AsEntered())),
        CloseObligation c => Answer.Of<CustomerEvent>(new ObligationClosed(now, by, c.ObligationId, c.Note)),
        RecordRevenue c => Unless(IsAsEntered(record, RecordEntryKind.Revenue, c.Entry), new RevenueRecorded(now, by, c.Entry)),
        RecordContact c => Unless(IsAsEntered(record, RecordEntryKind.Contact, c.Entry), new ContactRecorded(now, by, c.Entry)),
        RecordGoodwill c => Unless(IsAsEntered(record, RecordEntryKind.Claim, c.Claim), new GoodwillClaimed(now, by, c.Claim)),
        CorrectObligation c => Unless(IsAsEntered(record, RecordEntryKind.Obligation, c.Obligation), new ObligationCorrected(now, by, (Obligation)c.Obligation.AsEntered(), c.Why)),
        CorrectRevenue c => Unless(IsAsEntered(record, RecordEntryKind.Revenue, c.Entry), new RevenueCorrected(now, by, c.Entry, c.Why)),
        CorrectContact c => Unless(IsAsEntered(record, RecordEntryKind.Contact, c.Entry), new ContactCorrected(now, by, c.Entry, c.Why)),
        CorrectGoodwill c => Unless(IsAsEntered(record, RecordEntryKind.Claim, c.Claim), new GoodwillCorrected(now, by, c.Claim, c.Why)),
        StrikeEntry c => Answer.Of<CustomerEvent>(new EntryStruck(now, by, c.Kind, c.EntryId, c.Why)),
        MoveCustomer c => Unless(record.MovedTo == c.Team, new CustomerMoved(now, by, c.Team, c.Why)),
        MarkLeft c => Answer.Of<CustomerEvent>(new CustomerLeft(now, by, c.On, c.Ending)),
        MarkReturned c => Answer.Of<CustomerEvent>(new CustomerReturned(now, by, c.On)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "The command is not known to this version."),
    };

    private static CaseAnswer<CustomerEvent> Unless(bool stands, CustomerEvent e) => stands ? Answer.Of<CustomerEvent>() : Answer.Of(e);

    // A file that holds a contract and the one that followed it may come again: the older one does not come into force anew. By hand the one of the same day may.
    private static bool IsPast(CustomerRecord record, AgreeContract c) =>
        (c.Terms.Start < record.Contract?.Start || (c.FromFile && c.Terms.Start == record.Contract?.Start)) && record.PastContracts.Contains(c.Terms);

    private static bool IsAsEntered(CustomerRecord record, RecordEntryKind kind, RecordEntry entry) => record.Find(kind, entry.Id)?.AsEntered() == entry.AsEntered();
}
