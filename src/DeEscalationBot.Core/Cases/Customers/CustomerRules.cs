namespace DeEscalationBot.Core.Cases.Customers;

/// <summary>Reasons for which a change of a customer's record is refused.</summary>
public static class CustomerRule
{
    /// <summary>There is no such customer yet.</summary>
    public static CaseRule Unknown { get; } = new("customer.unknown", CaseRefusalCode.BadInput, "B3");

    /// <summary>The id is taken by an entry that says something else.</summary>
    public static CaseRule IdTaken { get; } = new("customer.id-taken", CaseRefusalCode.Conflict, "B9");

    /// <summary>A customer is erased with everything that is kept of them, and not here alone.</summary>
    public static CaseRule ErasedElsewhere { get; } = new("customer.erased-elsewhere", CaseRefusalCode.Forbidden, "B9");

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
    /// <param name="by">Who gives it: a supervisor; an agent for obligations, contacts and claims.</param>
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
                (record.FindObligation(o.Id) is null || SameTerms(record.FindObligation(o.Id)!, o), CustomerRule.IdTaken)),
            CloseObligation c => Answer.Texts(c.Note) ?? Answer.First(
                (record.FindObligation(c.ObligationId) is not null, CaseRules.NotFound),
                (record.FindObligation(c.ObligationId)?.ClosedAt is null, CaseRules.AlreadyDone)),
            RecordRevenue { Entry: var e } => Answer.Ids(e.Id) ?? Answer.First(
                NotBefore(e.On), Past(e.On), Currency(e.Amount), (record.Revenue.Find(r => r.Id == e.Id) is not { } known || known == e, CustomerRule.IdTaken)),
            RecordContact { Entry: var e } => Answer.Ids(e.Id) ?? Answer.First(
                NotBefore(e.On),
                Past(e.On),
                (e.Duration > TimeSpan.Zero && e.Duration <= LongestContact, CustomerRule.DurationIllegal),
                (record.Contacts.Find(r => r.Id == e.Id) is not { } known || known == e, CustomerRule.IdTaken)),
            RecordGoodwill { Claim: var c } => Answer.Ids(c.Id) ?? Answer.Texts(c.Why) ?? Answer.First(
                NotBefore(c.On),
                Past(c.On),
                (c.Amount.Amount > 0, CaseRules.AmountIllegal),
                Currency(c.Amount),
                (record.Claims.Find(r => r.Id == c.Id) is not { } known || known == c, CustomerRule.IdTaken)),
            MarkLeft c => Answer.Choice(c.Ending) ?? Answer.First(
                (record.LeftOn is null, CustomerRule.AlreadyLeft),
                Past(c.On),
                (record.Stays.IsEmpty || c.On >= record.Stays[^1].From, CaseRules.DateBeforeContract)),
            MarkReturned c => Answer.First((record.LeftOn is not null, CustomerRule.NotLeft), Past(c.On), (c.On >= record.LeftOn, CustomerRule.ReturnBeforeLeaving)),
            EraseCustomer => null,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "The command is not known to this version."),
        };
    }

    private static CaseAnswer<CustomerEvent> Events(CustomerRecord record, CustomerCommand command, string by, DateTimeOffset now) => command switch
    {
        AddCustomer c => record.IsKnown ? Answer.Of<CustomerEvent>() : Answer.Of<CustomerEvent>(new CustomerAdded(now, by, c.Name, c.Since)),
        AgreeContract c => record.Contract == c.Terms ? Answer.Of<CustomerEvent>() : Answer.Of<CustomerEvent>(new ContractAgreed(now, by, c.Terms)),
        AddObligation { Obligation: var o } => record.FindObligation(o.Id) is not null
            ? Answer.Of<CustomerEvent>()
            : Answer.Of<CustomerEvent>(new ObligationAdded(now, by, o with { ClosedAt = null, ClosedBy = null, ClosedNote = null })),
        CloseObligation c => Answer.Of<CustomerEvent>(new ObligationClosed(now, by, c.ObligationId, c.Note)),
        RecordRevenue c => record.Revenue.Contains(c.Entry) ? Answer.Of<CustomerEvent>() : Answer.Of<CustomerEvent>(new RevenueRecorded(now, by, c.Entry)),
        RecordContact c => record.Contacts.Contains(c.Entry) ? Answer.Of<CustomerEvent>() : Answer.Of<CustomerEvent>(new ContactRecorded(now, by, c.Entry)),
        RecordGoodwill c => record.Claims.Contains(c.Claim) ? Answer.Of<CustomerEvent>() : Answer.Of<CustomerEvent>(new GoodwillClaimed(now, by, c.Claim)),
        MarkLeft c => Answer.Of<CustomerEvent>(new CustomerLeft(now, by, c.On, c.Ending)),
        MarkReturned c => Answer.Of<CustomerEvent>(new CustomerReturned(now, by, c.On)),
        EraseCustomer => Answer.Of<CustomerEvent>(new CustomerErased(now, by)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "The command is not known to this version."),
    };

    private static bool SameTerms(Obligation known, Obligation entered) =>
        (known with { ClosedAt = null, ClosedBy = null, ClosedNote = null }) == (entered with { ClosedAt = null, ClosedBy = null, ClosedNote = null });
}
