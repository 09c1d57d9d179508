using CsCheck;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Tests.Cases.Customers;

public sealed class CustomerRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly string[] Currencies = ["EUR", "USD", "MXN"];

    public static TheoryData<CustomerCommand, string> Refused => new()
    {
        { new AddCustomer("Other", new DateOnly(2024, 1, 15)), "customer.id-taken" },
        { new AgreeContract(new ContractTerms(new DateOnly(2024, 1, 14), null, TheRecord.Euros(1), TimeSpan.Zero)), "case.date-before-contract" },
        { new AgreeContract(new ContractTerms(Day, Day, TheRecord.Euros(1), TimeSpan.Zero)), "customer.contract-ends-before-start" },
        { new AgreeContract(new ContractTerms(Day, null, TheRecord.Euros(-1), TimeSpan.Zero)), "case.amount-illegal" },
        { new AgreeContract(new ContractTerms(Day, null, new Money(1, "USD"), TimeSpan.Zero)), "case.mixed-currencies" },
        { new AddObligation(new Obligation("o", ObligationSide.Theirs, ObligationKind.Payment, "Invoice 7", Day)), "customer.amount-only-for-payment" },
        { new AddObligation(new Obligation("o", ObligationSide.Ours, ObligationKind.Agreement, "Training", Day, TheRecord.Euros(5))), "customer.amount-only-for-payment" },
        { new AddObligation(new Obligation("o", ObligationSide.Theirs, ObligationKind.Payment, "Invoice 7", Day, TheRecord.Euros(0))), "case.amount-illegal" },
        { new AddObligation(new Obligation("o", ObligationSide.Theirs, ObligationKind.Payment, "Invoice 7", new DateOnly(2024, 1, 31), TheRecord.Euros(5))), "case.date-before-contract" },
        { new AddObligation(new Obligation("o", (ObligationSide)9, ObligationKind.Agreement, "Training")), "case.unknown-choice" },
        { new AddObligation(new Obligation(" o", ObligationSide.Ours, ObligationKind.Agreement, "Training")), "case.id-illegal" },
        { new AddObligation(new Obligation("o", ObligationSide.Ours, ObligationKind.Agreement, " ?! ")), "case.text-missing" },
        { new CloseObligation("none", "paid"), "case.not-found" },
        { new RecordRevenue(new RevenueEntry("r1", Day, TheRecord.Euros(9_000))), "customer.id-taken" },
        { new RecordRevenue(new RevenueEntry("r2", new DateOnly(2024, 1, 14), TheRecord.Euros(1))), "case.date-before-contract" },
        { new RecordRevenue(new RevenueEntry("r2", TheRecord.Today.AddDays(1), TheRecord.Euros(1))), "case.date-in-future" },
        { new RecordRevenue(new RevenueEntry("r2", Day, new Money(1, "MXN"))), "case.mixed-currencies" },
        { new RecordRevenue(new RevenueEntry("r2", Day, TheRecord.Euros(Money.Largest + 1))), "case.amount-illegal" },
        { new RecordContact(new ContactEntry("c2", Day, TimeSpan.Zero)), "customer.duration-illegal" },
        { new RecordContact(new ContactEntry("c2", Day, TimeSpan.FromDays(1) + TimeSpan.FromTicks(1))), "customer.duration-illegal" },
        { new RecordGoodwill(new GoodwillClaim("g", Day, TheRecord.Euros(0), true, "late")), "case.amount-illegal" },
        { new MarkLeft(TheRecord.Today.AddDays(1), CustomerEnding.Left), "case.date-in-future" },
        { new MarkLeft(new DateOnly(2024, 1, 14), CustomerEnding.Left), "case.date-before-contract" },
        { new MarkReturned(Day), "customer.not-left" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Decide_BadInput_IsRefusedWithItsReason(CustomerCommand command, string rule)
    {
        var answer = CustomerRules.Decide(TheRecord.Customer(), command, TheRecord.Supervisor, TheRecord.Now);
        Assert.Equal(rule, answer.Refusal?.Rule.Id);
        Assert.Empty(answer.Events);
    }

    [Fact]
    public void Decide_ImportRepeated_DoublesNothing()
    {
        CustomerCommand[] import =
        [
            new AddCustomer("Acme", new DateOnly(2024, 1, 15)),
            new AddObligation(new Obligation("o1", ObligationSide.Theirs, ObligationKind.Payment, "Factura 7", Day, TheRecord.Euros(50))),
            new RecordRevenue(new RevenueEntry("r9", Day, TheRecord.Euros(5))),
            new RecordContact(new ContactEntry("c9", Day, TimeSpan.FromMinutes(7))),
            new RecordGoodwill(new GoodwillClaim("g9", Day, TheRecord.Euros(5), false, "llegó tarde")),
        ];
        var once = TheRecord.Customer(import);
        Assert.Equal(TheRecord.Read(once), TheRecord.Read(TheRecord.Play(once, import)));

        var closed = TheRecord.Play(once, [new CloseObligation("o1", "paid")]);
        Assert.Equal(TheRecord.Read(closed), TheRecord.Read(TheRecord.Play(closed, import)));
        Assert.Equal("case.already-done", CustomerRules.Decide(closed, new CloseObligation("o1", "paid"), TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id);
    }

    // What is wrong is never overwritten in silence: the record keeps what it said, and every figure reckons with what it says now.
    [Fact]
    public void Correct_EntriesOfEachKind_AreWhatCountsFromThenOn()
    {
        CustomerCommand[] entered =
        [
            new AddObligation(new Obligation("o1", ObligationSide.Theirs, ObligationKind.Payment, "Factura 7", Day, TheRecord.Euros(50))),
            new RecordGoodwill(new GoodwillClaim("g1", Day, TheRecord.Euros(5), false, "llegó tarde")),
        ];
        var before = TheRecord.Customer([.. entered, new CloseObligation("o1", "paid")]);
        var after = TheRecord.Play(before, [
            new CorrectRevenue(new RevenueEntry("r1", Day, TheRecord.Euros(90)), "A zero too many"),
            new CorrectContact(new ContactEntry("c1", Day, TimeSpan.FromHours(1)), "Typed in minutes"),
            new CorrectObligation(new Obligation("o1", ObligationSide.Theirs, ObligationKind.Payment, "Factura 8", Day, TheRecord.Euros(55)), "Another invoice"),
            new StrikeEntry(RecordEntryKind.Claim, "g1", "Another customer's"),
        ]);

        Assert.Equal(TheRecord.Euros(90), after.RevenueBetween(DateOnly.MinValue, DateOnly.MaxValue));
        Assert.Equal(TimeSpan.FromHours(1), after.ContactBetween(DateOnly.MinValue, DateOnly.MaxValue));
        Assert.Equal(("Factura 8", "paid"), (after.Obligations[0].Text, after.Obligations[0].ClosedNote));
        Assert.Empty(after.Claims);
        Assert.Equal(["r1", "c1", "o1", "g1"], after.Superseded.Select(e => e.Id));
        Assert.Equal(TheRecord.Euros(9_000), Assert.IsType<RevenueEntry>(after.Superseded[0]).Amount);

        // The file that brought the wrong ones may come again: it changes nothing, and whoever sends it is told why.
        CustomerCommand[] again =
        [
            .. entered,
            new RecordRevenue(new RevenueEntry("r1", new DateOnly(2026, 1, 10), TheRecord.Euros(9_000))),
            new RecordContact(new ContactEntry("c1", new DateOnly(2026, 2, 10), TimeSpan.FromHours(10))),
        ];
        Assert.All(again, c => Assert.Equal(CustomerRule.Superseded, CustomerRules.Decide(after, c, TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule));

        // The same correction changes nothing, what was struck by mistake comes back under another id, and a correction may go back to what it corrected.
        Assert.Equal(TheRecord.Read(after), TheRecord.Read(TheRecord.Play(after, [new CorrectRevenue(new RevenueEntry("r1", Day, TheRecord.Euros(90)), "Again")])));
        var back = TheRecord.Play(after, [
            new RecordGoodwill(new GoodwillClaim("g2", Day, TheRecord.Euros(5), false, "llegó tarde")),
            new CorrectRevenue(new RevenueEntry("r1", new DateOnly(2026, 1, 10), TheRecord.Euros(9_000)), "It was right"),
        ]);
        Assert.Equal((1, TheRecord.Euros(9_000)), (back.Claims.Count, back.Revenue[0].Amount));
        Assert.Null(CustomerRules.Decide(back, new RecordRevenue(new RevenueEntry("r1", new DateOnly(2026, 1, 10), TheRecord.Euros(9_000))), TheRecord.Supervisor, TheRecord.Now).Refusal);
    }

    // E7: deliverables wait for the last payment, which no correction makes an agreement.
    [Theory]
    [InlineData(ObligationKind.Payment, ObligationKind.Agreement)]
    [InlineData(ObligationKind.Payment, ObligationKind.Deliverable)]
    [InlineData(ObligationKind.Agreement, ObligationKind.Payment)]
    public void CorrectObligation_FromOrToAPayment_IsRefused(ObligationKind was, ObligationKind becomes)
    {
        Obligation Of(ObligationKind kind) => new("o1", ObligationSide.Theirs, kind, "Factura 7", Day, kind == ObligationKind.Payment ? TheRecord.Euros(50) : null);
        var record = TheRecord.Customer(new AddObligation(Of(was)));

        Assert.Equal(CustomerRule.PaymentFixed, CustomerRules.Decide(record, new CorrectObligation(Of(becomes), "x"), TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule);
        Assert.Null(CustomerRules.Decide(record, new CorrectObligation(Of(was) with { Text = "Factura 8" }, "x"), TheRecord.Supervisor, TheRecord.Now).Refusal);
    }

    [Fact]
    public void Correct_WhatMayNotBeEntered_IsRefused()
    {
        var record = TheRecord.Customer();
        string? Refused(CustomerCommand command, CaseActor? by = null) => CustomerRules.Decide(record, command, by ?? TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id;
        RevenueEntry Entry(decimal amount, string currency = "EUR", int days = 0) => new("r1", TheRecord.Today.AddDays(days), new Money(amount, currency));

        Assert.Equal("case.not-found", Refused(new CorrectRevenue(Entry(1) with { Id = "none" }, "x")));
        Assert.Equal("case.not-found", Refused(new StrikeEntry(RecordEntryKind.Claim, "r1", "x")));
        Assert.Equal("case.text-missing", Refused(new CorrectRevenue(Entry(1), " ")));
        Assert.Equal("case.date-in-future", Refused(new CorrectRevenue(Entry(1, days: 1), "x")));
        Assert.Equal("case.mixed-currencies", Refused(new CorrectRevenue(Entry(1, "USD"), "x")));
        Assert.Equal("case.not-permitted", Refused(new CorrectRevenue(Entry(1), "x"), TheRecord.Agent));
        Assert.Equal("case.unknown-choice", Refused(new StrikeEntry((RecordEntryKind)9, "r1", "x")));

        // The only amount of a record may have been entered in the wrong currency.
        var alone = TheRecord.Play(CustomerRecord.Start("alone"), [new AddCustomer("A", Day), new RecordRevenue(Entry(5)), new CorrectRevenue(Entry(5, "USD"), "They pay in dollars")]);
        Assert.Equal("USD", alone.Currency);
    }

    // Two with the same form: whoever is second is told, and undoes nothing unseen.
    [Fact]
    public void Correct_WhatWasCorrectedMeanwhile_IsRefused()
    {
        RevenueEntry entry = new("r1", Day, TheRecord.Euros(90));
        var record = TheRecord.Customer(new CorrectRevenue(entry, "A zero too many", 0));
        string? Refused(CustomerCommand command) => CustomerRules.Decide(record, command, TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id;

        Assert.Equal(1, record.VersionOf(RecordEntryKind.Revenue, "r1"));
        Assert.Equal(0, record.VersionOf(RecordEntryKind.Contact, "r1"));
        Assert.Equal("customer.changed-meanwhile", Refused(new CorrectRevenue(entry with { On = Day.AddDays(1), Amount = TheRecord.Euros(9_000) }, "The day", 0)));
        Assert.Equal("customer.changed-meanwhile", Refused(new StrikeEntry(RecordEntryKind.Revenue, "r1", "x", 0)));
        Assert.Null(Refused(new CorrectRevenue(entry with { On = Day.AddDays(1) }, "The day", 1)));
        Assert.Null(Refused(new CorrectRevenue(entry with { On = Day.AddDays(1) }, "The day")));

        // The same correction twice is one.
        Assert.Null(Refused(new CorrectRevenue(entry, "A zero too many", 0)));
    }

    // What is ours is let go in the customer's words alone: it does not become theirs by a correction.
    [Fact]
    public void CorrectObligation_OtherSide_IsRefused()
    {
        Obligation ours = new("o1", ObligationSide.Ours, ObligationKind.Deliverable, "Export");
        var record = TheRecord.Customer(new AddObligation(ours));
        Assert.Equal("customer.side-fixed", CustomerRules.Decide(record, new CorrectObligation(ours with { Side = ObligationSide.Theirs }, "x"), TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id);
    }

    // A file may hold a contract and the one that followed it.
    [Fact]
    public void AgreeContract_TheSameFileTwice_RecordsItsContractsOnce()
    {
        CustomerCommand[] file =
        [
            new AgreeContract(new ContractTerms(new DateOnly(2025, 1, 1), null, TheRecord.Euros(1_000), TimeSpan.Zero)),
            new AgreeContract(new ContractTerms(new DateOnly(2026, 1, 1), null, TheRecord.Euros(2_000), TimeSpan.Zero)),
        ];
        var once = TheRecord.Customer(file);

        Assert.Equal(TheRecord.Read(once), TheRecord.Read(TheRecord.Play(once, file)));
        Assert.Equal((2_000m, 2), (once.Contract!.Value.Amount, once.PastContracts.Count));
    }

    // 600 was typed for 60,000 and is put right; the file that still has it does not bring it back, somebody who means it does.
    [Fact]
    public void AgreeContract_PutRightSince_DoesNotComeBackWithTheFile()
    {
        AgreeContract Of(decimal value) => new(new ContractTerms(new DateOnly(2025, 1, 1), null, TheRecord.Euros(value), TimeSpan.Zero));
        var record = TheRecord.Customer(Of(600), Of(60_000));

        Assert.Empty(CustomerRules.Decide(record, Of(600) with { FromFile = true }, TheRecord.Supervisor, TheRecord.Now).Events);
        Assert.Single(CustomerRules.Decide(record, Of(600), TheRecord.Supervisor, TheRecord.Now).Events);
    }

    [Fact]
    public void Move_ToAnotherTeam_IsAnEventWithItsReason()
    {
        var moved = CustomerRules.Decide(TheRecord.Customer(), new MoveCustomer("red", "Ana's team has their projects"), TheRecord.Supervisor, TheRecord.Now);
        Assert.Equal(new CustomerMoved(TheRecord.Now, "ana", "red", "Ana's team has their projects"), Assert.Single(moved.Events));
        Assert.Empty(CustomerRules.Decide(TheRecord.Customer().Apply(moved.Events), new MoveCustomer("red", "Again"), TheRecord.Supervisor, TheRecord.Now).Events);
        Assert.Equal("case.not-permitted", CustomerRules.Decide(TheRecord.Customer(), new MoveCustomer("red", "x"), TheRecord.Agent, TheRecord.Now).Refusal?.Rule.Id);
    }

    [Fact]
    public void Decide_Erased_KeepsOnlyTheDaysAndRefusesTheRest()
    {
        var erased = TheRecord.Erased(TheRecord.Customer(new MarkLeft(Day, CustomerEnding.Left)));
        Assert.True(erased is { IsErased: true, Name: null, Contract: null, Currency: null, Revenue.IsEmpty: true, Contacts.IsEmpty: true });
        Assert.Equal(new CustomerStay(new DateOnly(2024, 1, 15), Day, CustomerEnding.Left), Assert.Single(erased.Stays));
        Assert.Equal("case.customer-erased", CustomerRules.Decide(erased, new MarkReturned(Day), TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id);
    }

    [Fact]
    public void Decide_AgentAndUnknownCustomer_MayDoWhatTheyMay()
    {
        var record = TheRecord.Customer();
        Assert.Equal("case.not-permitted", CustomerRules.Decide(record, new MarkLeft(Day, CustomerEnding.Left), TheRecord.Agent, TheRecord.Now).Refusal?.Rule.Id);
        Assert.Null(CustomerRules.Decide(record, new RecordContact(new ContactEntry("c2", Day, TimeSpan.FromMinutes(5))), TheRecord.Agent, TheRecord.Now).Refusal);
        Assert.Equal("customer.unknown", CustomerRules.Decide(CustomerRecord.Start("new"), new MarkLeft(Day, CustomerEnding.Left), TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id);
    }

    [Fact]
    public void Decide_LeavingAndReturning_AreStaysInOrder()
    {
        var back = TheRecord.Customer(new MarkLeft(Day, CustomerEnding.Dismissed), new MarkReturned(Day.AddDays(9)));
        Assert.Equal([Day, null], back.Stays.Select(s => s.Until));
        Assert.Null(back.LeftOn);
        var gone = TheRecord.Customer(new MarkLeft(Day, CustomerEnding.Left));
        Assert.Equal("customer.already-left", CustomerRules.Decide(gone, new MarkLeft(Day, CustomerEnding.Left), TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id);
        Assert.Equal("customer.return-before-leaving", CustomerRules.Decide(gone, new MarkReturned(Day.AddDays(-1)), TheRecord.Supervisor, TheRecord.Now).Refusal?.Rule.Id);
    }

    [Fact]
    public void Decide_AnyAmounts_NeverMixCurrenciesAndReplayTheSame() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2].Select(i => Currencies[i]), Gen.Decimal[-1_000m, 1_000m], Gen.Int[0, 5]).Array[1, 30].Sample(
            entries =>
            {
                var start = TheRecord.Play(CustomerRecord.Start("any"), [new AddCustomer("Any", new DateOnly(2024, 1, 1))]);
                var (state, events) = (start, new List<CustomerEvent>());
                foreach (var (kind, currency, amount, id) in entries)
                {
                    var money = new Money(amount, currency);
                    CustomerCommand command = kind switch
                    {
                        0 => new AgreeContract(new ContractTerms(new DateOnly(2024, 1, 1), null, money, TimeSpan.Zero)),
                        1 => new AddObligation(new Obligation($"o{id}", ObligationSide.Theirs, ObligationKind.Payment, "Invoice", null, money)),
                        2 => new RecordRevenue(new RevenueEntry($"r{id}", Day, money)),
                        _ => new RecordGoodwill(new GoodwillClaim($"g{id}", Day, money, true, "late")),
                    };
                    var answer = CustomerRules.Decide(state, command, TheRecord.Supervisor, TheRecord.Now);
                    events.AddRange(answer.Events);
                    state = state.Apply(answer.Events);
                }

                var currencies = state.Revenue.Select(r => r.Amount.Currency).Concat(state.Claims.Select(c => c.Amount.Currency)).Concat(state.Obligations.Select(o => o.Amount!.Currency)).Distinct();
                return currencies.Count() <= 1 && TheRecord.Read(start.Apply(TheRecord.Stored(events))) == TheRecord.Read(state);
            },
            iter: 300);
}
