using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Cases;

/// <summary>The desk on real databases: who is second, what a case's end means for the customer, what the record says in place of the caller.</summary>
public class CaseDeskTests(PostgresCluster postgres)
{
    private static readonly CaseActor Ana = new("ana", CaseRole.Supervisor);
    private static readonly CaseActor Marta = new("marta", CaseRole.Manager);
    private static readonly CaseActor Iker = new("iker", CaseRole.Manager);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Open_ManyAtOnceOnTwoNodes_OneCaseIsOpened(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var play = await TheCase.BeginAsync(database);
        using var otherWriter = new RecordWriter(Options.Create(new StorageOptions { Provider = provider }));
        var nodes = new[] { play.Desk, TheCase.DeskOn(database, play.Clock, new CaseLog(database.Contexts, otherWriter, database.Cipher, NullLogger<CaseLog>.Instance)) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => nodes[i % 2].OpenAsync(new OpenDismissal(TheCase.CustomerId, "Insultos"), Ana, Token), Token)));

        Assert.Single(answers, a => a.File is not null);
        Assert.All(answers.Where(a => a.File is null), a => Assert.Equal(DismissalRule.OtherCaseOpen, a.Refusal?.Rule));
        Assert.Single(await play.Desk.ListCasesAsync(new CaseFilter(), Token));
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Agree_TwoPeopleAtOnceOnTwoNodes_BothCountOnceAndTheCaseIsDecided(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var play = await TheCase.BeginAsync(database);
        await play.DismissUntilAsync(DismissalStage.Decision);
        using var otherWriter = new RecordWriter(Options.Create(new StorageOptions { Provider = provider }));
        var other = TheCase.DeskOn(database, play.Clock, new CaseLog(database.Contexts, otherWriter, database.Cipher, NullLogger<CaseLog>.Instance));

        // Each of the two clicks three times.
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            () => (i % 2 == 0 ? play.Desk : other).ChangeAsync(play.CaseId, new AgreeToDismissal(1, "No queda otra"), i % 2 == 0 ? Marta : Iker, Token), Token)));

        Assert.Equal(2, answers.Count(a => a.File is not null));
        Assert.All(
            answers.Where(a => a.File is null),
            a => Assert.Contains(a.Refusal!.Rule, new[] { DismissalRule.DecidedTwice, CaseRules.WrongStage }));
        var file = await play.Desk.ReadDismissalAsync(play.CaseId, Token);
        Assert.Equal(["iker", "marta"], file!.Case.Agreements.Select(a => a.Person).Order());
        Assert.Equal(DismissalStage.Telling, file.Case.Stage);
        Assert.Single((await play.Desk.ReadRecordAsync(play.CaseId, Token))!, e => e.Event is DismissalDecided);
    }

    [Fact]
    public async Task Close_Dismissal_MarksTheCustomerInTheSameMoment_AndUndoingBringsThemBack()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await play.DismissUntilAsync(DismissalStage.Closed);

        var customer = (await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Record;
        Assert.Equal((TheCase.EndsOn, CustomerEnding.Dismissed), (customer.LeftOn, customer.Stays[^1].Ending));
        Assert.Equal(nameof(DismissalOutcome.Dismissed), (await play.Desk.FindCaseAsync(play.CaseId, Token))!.Outcome);

        Assert.Null((await play.Desk.ChangeAsync(play.CaseId, new UndoDismissal("Se disculparon"), Marta, Token)).Refusal);

        customer = (await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Record;
        Assert.Null(customer.LeftOn);
        Assert.Equal(2, customer.Stays.Count);
    }

    [Fact]
    public async Task Close_Departure_MarksTheCustomer_AndTheReportCountsThem()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await play.DepartAsync();

        var customer = (await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Record;
        Assert.Equal((TheCase.EndsOn, CustomerEnding.Left), (customer.LeftOn, customer.Stays[^1].Ending));
        var report = await play.Desk.ReadReportsAsync(TheCase.EndsOn, TheCase.EndsOn, Token);
        Assert.Equal((1, 1, 100m, true), (report.Churn[0].AtStart, report.Churn[0].Left, report.Churn[0].RatePercent, report.Churn[0].IsAboveLine));
        Assert.Equal([DepartureMotive.ChangedNeeds], Assert.Single(report.Departures).Motives);
    }

    // LEAVING: 2 of 12 are 16.67 %, above the 7 % that it gives as the most.
    [Fact]
    public async Task Reports_TwelveCustomersOfWhomTwoLeft_AreSixteenPointSixSeven()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var desk = TheCase.DeskOn(database, new FakeTimeProvider(TheCase.Now));
        for (var i = 1; i <= 12; i++)
        {
            CustomerCommand[] left = i <= 2 ? [new MarkLeft(new DateOnly(2026, 5, 10 + i), CustomerEnding.Left)] : [];
            Assert.Null((await desk.ChangeCustomerAsync($"c{i:00}", [new AddCustomer($"C {i}", new DateOnly(2025, 1, 1)), .. left], Ana, cancellationToken: Token)).Refusal);
        }

        var report = await desk.ReadReportsAsync(new DateOnly(2026, 5, 1), new DateOnly(2026, 6, 1), Token);

        Assert.Equal([(12, 2, 16.67m, true), (10, 0, 0m, false)], report.Churn.Select(m => (m.AtStart, m.Left, m.RatePercent ?? -1, m.IsAboveLine)));
        Assert.Equal(["c01", "c02"], report.Departures.Select(d => d.CustomerId));
        Assert.Empty((await TheCase.DeskOn(database, new FakeTimeProvider(TheCase.Now), sight: CaseSight.Nothing).ReadReportsAsync(new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 1), Token)).Departures);
    }

    // Nothing is reckoned anew while nothing has changed, and everything is when something has: a correction, another team, another day.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Reports_AreOfTheRecordAsItStands(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var play = await TheCase.BeginAsync(database);
        async Task<CaseReports> ReadAsync() => await play.Desk.ReadReportsAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 1), Token);
        RecordGoodwill[] claims = [.. Enumerable.Range(1, 3).Select(i => new RecordGoodwill(new Core.Cases.Customers.GoodwillClaim($"g{i}", new DateOnly(2026, 5, i), new Money(10, "EUR"), true, "Tarde")))];
        Assert.Null((await play.Desk.ChangeCustomerAsync(TheCase.CustomerId, claims, Ana, cancellationToken: Token)).Refusal);

        var first = await ReadAsync();
        Assert.Same(first, await ReadAsync());
        Assert.Equal(new Money(30, "EUR"), Assert.Single(first.RepeatedClaims).AmountAsked);

        CorrectGoodwill correction = new(new Core.Cases.Customers.GoodwillClaim("g3", new DateOnly(2026, 5, 3), new Money(1, "EUR"), false, "Tarde"), "Un cero de más");
        Assert.Null((await play.Desk.ChangeCustomerAsync(TheCase.CustomerId, [correction], Ana, cancellationToken: Token)).Refusal);
        Assert.Equal((new Money(21, "EUR"), 2), (Assert.Single((await ReadAsync()).RepeatedClaims).AmountAsked, (await ReadAsync()).RepeatedClaims[0].Granted));

        play.Clock.Advance(TimeSpan.FromDays(200));
        Assert.Empty((await ReadAsync()).RepeatedClaims);
    }

    // As many customers with as many entries as before, and others: one went to another team, and one came.
    [Fact]
    public async Task Reports_AfterAnExchangeBetweenTeams_AreOfTheOtherCustomer()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var desk = TheCase.DeskOn(database, new FakeTimeProvider(TheCase.Now));
        var red = TheCase.DeskOn(database, new FakeTimeProvider(TheCase.Now), sight: new CaseSight(false, ["red"]));
        async Task AddAsync(string id, string team, params CustomerCommand[] more) =>
            Assert.Null((await desk.ChangeCustomerAsync(id, [new AddCustomer(id, new DateOnly(2025, 1, 1)), .. more, new MarkLeft(new DateOnly(2026, 5, 2), CustomerEnding.Left)], Ana, team, Token)).Refusal);
        async Task<IEnumerable<string>> LeftAsync() => (await red.ReadReportsAsync(new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 1), Token)).Departures.Select(d => d.CustomerId);
        await AddAsync("goes", "red", new RecordContact(new ContactEntry("c1", new DateOnly(2026, 1, 1), TimeSpan.FromMinutes(5))));
        await AddAsync("comes", "blue");
        Assert.Equal(["goes"], await LeftAsync());

        Assert.Null((await desk.ChangeCustomerAsync("goes", [new MoveCustomer("blue", "x")], Ana, cancellationToken: Token)).Refusal);
        Assert.Null((await desk.ChangeCustomerAsync("comes", [new MoveCustomer("red", "x")], Ana, cancellationToken: Token)).Refusal);

        Assert.Equal(["comes"], await LeftAsync());
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Move_ToAnotherTeam_TakesTheCasesAlong(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var play = await TheCase.BeginAsync(database);
        await play.DismissUntilAsync(DismissalStage.Reasons);
        var blue = TheCase.DeskOn(database, play.Clock, sight: new CaseSight(false, ["blue"]));
        var both = TheCase.DeskOn(database, play.Clock, sight: new CaseSight(false, ["blue", "red"]));
        var red = TheCase.DeskOn(database, play.Clock, sight: new CaseSight(false, ["red"]));
        var move = new MoveCustomer("red", "Cambió de proyecto");

        // Nobody gives away what they then do not see, or to a team that nobody has.
        Assert.Equal(CustomerRule.TeamNotYours, (await blue.ChangeCustomerAsync(TheCase.CustomerId, [move], Ana, cancellationToken: Token)).Refusal?.Rule);
        Assert.Equal(CaseRules.IdIllegal, (await both.ChangeCustomerAsync(TheCase.CustomerId, [move with { Team = "a\nb" }], Ana, cancellationToken: Token)).Refusal?.Rule);
        Assert.Null(await red.ReadDismissalAsync(play.CaseId, Token));

        var change = await both.ChangeCustomerAsync(TheCase.CustomerId, [move], Ana, cancellationToken: Token);

        Assert.Equal((null, "red"), (change.Refusal, change.Team));
        Assert.Equal("red", (await red.ReadDismissalAsync(play.CaseId, Token))!.Team);
        Assert.Null(await blue.ReadDismissalAsync(play.CaseId, Token));
        Assert.Null(await blue.ReadCustomerAsync(TheCase.CustomerId, Token));
        Assert.IsType<CustomerMoved>((await red.ReadCustomerRecordAsync(TheCase.CustomerId, Token))![^1].Event);

        // A step that was begun before leaves it where it is.
        Assert.Null((await both.ChangeAsync(play.CaseId, new ChooseReason("abuses-team"), Ana, Token)).Refusal);
        Assert.Equal("red", (await red.FindCaseAsync(play.CaseId, Token))!.Team);
    }

    // Whichever moment of a change the customer is moved in, neither they nor their cases go back to the team before.
    [Fact]
    public async Task Move_InTheMidstOfAnotherChange_Stays()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await play.DismissUntilAsync(DismissalStage.Reasons);
        var contexts = new InterruptedContexts(database.Contexts);
        using var otherWriter = new RecordWriter(Options.Create(new StorageOptions { Provider = StorageProvider.Sqlite }));
        var slow = TheCase.DeskOn(database, play.Clock, new CaseLog(contexts, otherWriter, database.Cipher, NullLogger<CaseLog>.Instance));
        async Task<(string, string)> TeamsAsync() =>
            ((await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Team, (await play.Desk.FindCaseAsync(play.CaseId, Token))!.Team);

        for (var moment = 1; moment <= 8; moment++)
        {
            var team = $"team-{moment}";
            contexts.InterruptAt(moment, async () => Assert.Null((await play.Desk.ChangeCustomerAsync(TheCase.CustomerId, [new MoveCustomer(team, "x")], Ana, cancellationToken: Token)).Refusal));
            DismissalCommand step = moment % 2 == 1 ? new ChooseReason("abuses-team") : new DropReason("abuses-team");
            Assert.Null((await slow.ChangeAsync(play.CaseId, step, Ana, Token)).Refusal);
            await contexts.FinishAsync();
            Assert.Equal((team, team), await TeamsAsync());

            var other = $"other-{moment}";
            contexts.InterruptAt(moment, async () => Assert.Null((await play.Desk.ChangeCustomerAsync(TheCase.CustomerId, [new MoveCustomer(other, "x")], Ana, cancellationToken: Token)).Refusal));
            RecordContact contact = new(new ContactEntry($"m{moment}", new DateOnly(2026, 3, 1), TimeSpan.FromMinutes(5)));
            Assert.Null((await slow.ChangeCustomerAsync(TheCase.CustomerId, [contact], Ana, cancellationToken: Token)).Refusal);
            await contexts.FinishAsync();
            Assert.Equal((other, other), await TeamsAsync());
        }
    }

    [Fact]
    public async Task ListCases_PageByPage_NamesEachOnce()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var clock = new FakeTimeProvider(TheCase.Now);
        var desk = TheCase.DeskOn(database, clock);
        for (var i = 0; i < 5; i++)
        {
            // Two at the same instant, too.
            await desk.ChangeCustomerAsync($"c{i}", [new AddCustomer($"C {i}", new DateOnly(2025, 1, 1))], Ana, cancellationToken: Token);
            Assert.NotNull((await desk.OpenAsync(new OpenDeparture($"c{i}", "Se va"), Ana, Token)).File);
            clock.Advance(TimeSpan.FromMinutes(i % 2));
        }

        var all = (await desk.ListCasesAsync(new CaseFilter(), Token)).Select(c => c.Id).ToArray();
        var paged = new List<string>();
        for (var page = await desk.ListCasesAsync(new CaseFilter(Limit: 2), Token); page.Count > 0; page = await desk.ListCasesAsync(new CaseFilter(Limit: 2, After: paged[^1]), Token))
        {
            paged.AddRange(page.Select(c => c.Id));
        }

        Assert.Equal(5, all.Length);
        Assert.Equal(all, paged);
        Assert.Empty(await desk.ListCasesAsync(new CaseFilter(After: "dep-nobody"), Token));
    }

    // Three on a page of two, and the second one is damaged: lists and reports go on without them.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Lists_CustomerWhoseKeyIsGone_AreOfTheOthers(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var desk = TheCase.DeskOn(database, new FakeTimeProvider(TheCase.Now));
        foreach (var id in (string[])["a", "b", "c"])
        {
            Assert.Null((await desk.ChangeCustomerAsync(id, [new AddCustomer($"Name of {id}", new DateOnly(2025, 1, 1))], Ana, cancellationToken: Token)).Refusal);
        }

        Assert.DoesNotContain("Name of", await RecordText.OfAsync(database), StringComparison.Ordinal);
        var owner = (await database.Cases.OwnerOfAsync("b", Token)).Id;
        await database.ChangeAsync(db => db.RecordKeys.Where(k => k.Owner == owner).ExecuteUpdateAsync(set => set.SetProperty(k => k.Wrapped, "damaged"), Token));

        Assert.Equal(["a", "c"], (await desk.ListCustomersAsync(null, 2, Token)).Select(c => c.Record.Id));
        Assert.Equal(2, (await desk.ReadReportsAsync(new DateOnly(2025, 5, 1), new DateOnly(2025, 5, 1), Token)).Churn[0].AtStart);
        await Assert.ThrowsAsync<CaseRecordDamagedException>(() => desk.ReadCustomerAsync("b", Token));
        await Assert.ThrowsAsync<CaseRecordDamagedException>(() => desk.ChangeCustomerAsync("b", [new MarkLeft(new DateOnly(2025, 2, 1), CustomerEnding.Left)], Ana, cancellationToken: Token));
        Assert.Equal("Name of a", (await desk.ReadCustomerAsync("a", Token))!.Record.Name);
    }

    [Fact]
    public async Task AddEvidence_OfAConversation_IsTakenFromTheRecord()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await TheCase.SayAsync(database, "c1", TheCase.CustomerId);
        await TheCase.SayAsync(database, "c2", "somebody else");
        await play.DismissUntilAsync(DismissalStage.Reasons);
        Assert.Null((await play.Desk.ChangeAsync(play.CaseId, new ChooseReason("not-a-fit"), Ana, Token)).Refusal);
        AddEvidence Claim(string conversation, int turn) =>
            new("not-a-fit", new Evidence("e9", EvidenceNature.Abuse, play.Clock.GetUtcNow(), "They said terrible things", conversation, turn, [Core.Scoring.SignalType.Abuse]));

        // Nothing abusive was found in that turn, whatever the caller says; and other people's conversations are no evidence at all.
        Assert.Equal(DismissalRule.NotShownByTurn, (await play.Desk.ChangeAsync(play.CaseId, Claim("c1", 0), Ana, Token)).Refusal?.Rule);
        Assert.Equal(CaseRules.NotFound, (await play.Desk.ChangeAsync(play.CaseId, Claim("c2", 0), Ana, Token)).Refusal?.Rule);
        Assert.Equal(CaseRules.NotFound, (await play.Desk.ChangeAsync(play.CaseId, Claim("c1", 1), Ana, Token)).Refusal?.Rule);
        Assert.Equal(CaseRules.NotFound, (await play.Desk.ChangeAsync(play.CaseId, Claim("c1", 7), Ana, Token)).Refusal?.Rule);
    }

    // The desk named somebody else later in c1: it is theirs now. In c2 this customer wrote after somebody else.
    [Fact]
    public async Task ConversationOfTwoCustomers_CountsForWhoeverItIsNow_AndTheirWordsAlone()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await TheCase.SayAsync(database, "c1", TheCase.CustomerId, TheCase.WordsOf(3, "somebody else"));
        await TheCase.SayAsync(database, "c2", "somebody else", TheCase.WordsOf(3, TheCase.CustomerId));
        await play.DismissUntilAsync(DismissalStage.Reasons);
        Assert.Null((await play.Desk.ChangeAsync(play.CaseId, new ChooseReason("not-a-fit"), Ana, Token)).Refusal);
        async Task<CaseRule?> ClaimAsync(string conversation, int turn) => (await play.Desk.ChangeAsync(
            play.CaseId, new AddEvidence("not-a-fit", new Evidence("e9", EvidenceNature.Abuse, play.Clock.GetUtcNow(), "x", conversation, turn)), Ana, Token)).Refusal?.Rule;

        Assert.Equal(CaseRules.NotFound, await ClaimAsync("c1", 0));
        Assert.Equal(CaseRules.NotFound, await ClaimAsync("c2", 0));
        Assert.Equal(DismissalRule.NotShownByTurn, await ClaimAsync("c2", 3));

        // c2 alone: 10 and 15 minutes.
        var measured = await play.Desk.MeasureContactAsync(TheCase.CustomerId, Ana, Token);
        Assert.Equal(TimeSpan.FromMinutes(25), measured.Record!.Contacts.Where(c => c.Id.StartsWith("talk-", StringComparison.Ordinal)).Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration));
    }

    [Fact]
    public async Task Import_DamagedCustomer_IsNamedAndTheOthersAreTaken()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await database.ChangeAsync(db => db.CaseEvents.Where(r => r.Sequence == 2).ExecuteDeleteAsync(Token));

        var (report, _) = await new CustomerImport(play.Desk, new CaseWording()).RunAsync("customerId,name,since\nacme,Acme,2024-01-15\nother,Other,2024-01-15", true, Ana, Token);

        Assert.Equal((2, 1), (report!.Lines, report.Taken));
        var broken = Assert.Single(report.Broken);
        Assert.Equal((2, "acme"), (broken.Line, broken.CustomerId));
        Assert.Contains("event 2", broken.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoTeams_NeitherReadsTheOthersConversationsByEnteringTheCustomer()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        foreach (var (conversation, customer, team) in new[] { ("red-1", "theirs", "red"), ("red-2", TheCase.CustomerId, "red"), ("blue-1", TheCase.CustomerId, "blue") })
        {
            await TheCase.SayAsync(database, conversation, customer);
            await database.Index.SetOwnerAsync(database.Writer, ConversationId.Create(conversation), team, null);
        }

        var blue = TheCase.DeskOn(database, play.Clock, sight: new CaseSight(false, ["blue"]));
        var red = TheCase.DeskOn(database, play.Clock, sight: new CaseSight(false, ["red"]));
        var add = new AddCustomer("Suyo", new DateOnly(2024, 1, 1));

        // Refused as the customer of another team is; an id without conversations, or with one's own, may be entered.
        Assert.Equal(CustomerRule.Unknown, (await blue.ChangeCustomerAsync("theirs", [add], Ana, "blue", Token)).Refusal?.Rule);
        Assert.Null((await blue.ChangeCustomerAsync("nobody's", [add], Ana, "blue", Token)).Refusal);
        Assert.Null((await red.ChangeCustomerAsync("theirs", [add], Ana, "red", Token)).Refusal);

        // A customer of both: each team reads and uses its own conversations.
        Assert.Equal(["blue-1"], (await blue.CompileDossierAsync(TheCase.CustomerId, Token))!.Conversations.Select(c => c.ConversationId));
        await play.DismissUntilAsync(DismissalStage.Reasons);
        Assert.Null((await blue.ChangeAsync(play.CaseId, new ChooseReason("not-a-fit"), Ana, Token)).Refusal);
        AddEvidence Claim(string conversation) => new("not-a-fit", new Evidence("e9", EvidenceNature.Abuse, play.Clock.GetUtcNow(), "x", conversation, 0));
        Assert.Equal(CaseRules.NotFound, (await blue.ChangeAsync(play.CaseId, Claim("red-2"), Ana, Token)).Refusal?.Rule);
        Assert.Equal(DismissalRule.NotShownByTurn, (await blue.ChangeAsync(play.CaseId, Claim("blue-1"), Ana, Token)).Refusal?.Rule);
    }

    // One answer after 10 minutes and one after a night: 10 and 15 minutes.
    [Fact]
    public async Task MeasureContact_CountsEveryConversationOnce()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await TheCase.SayAsync(database, "c1", TheCase.CustomerId);

        var first = await play.Desk.MeasureContactAsync(TheCase.CustomerId, Ana, Token);
        var again = await play.Desk.MeasureContactAsync(TheCase.CustomerId, Ana, Token);

        Assert.Equal(TimeSpan.FromMinutes(25), first.Record!.Contacts.Where(c => c.Id.StartsWith("talk-", StringComparison.Ordinal)).Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration));
        Assert.Equal(first.Record.Sequence, again.Record!.Sequence);
        Assert.Equal([LuisOf(await play.Desk.CompileDossierAsync(TheCase.CustomerId, Token))], ["luis"]);
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task MeasureContact_ManyAtOnceOnTwoNodes_CountsEveryMessageOnce(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var play = await TheCase.BeginAsync(database);
        using var otherWriter = new RecordWriter(Options.Create(new StorageOptions { Provider = provider }));
        var nodes = new[] { play.Desk, TheCase.DeskOn(database, play.Clock, new CaseLog(database.Contexts, otherWriter, database.Cipher, NullLogger<CaseLog>.Instance)) };
        await TheCase.SayAsync(database, "c1", TheCase.CustomerId);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => nodes[i % 2].MeasureContactAsync(TheCase.CustomerId, Ana, Token), Token)));

        var contacts = (await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Record.Contacts.Where(c => c.Id.StartsWith("talk-", StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromMinutes(25), contacts.Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration));
    }

    [Fact]
    public async Task ReckonMoney_RefusedStep_MeasuresNothing()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await TheCase.SayAsync(database, "c1", TheCase.CustomerId);
        await play.DismissUntilAsync(DismissalStage.Reasons);
        var before = (await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Record.Sequence;

        Assert.Equal(CaseRules.WrongStage, (await play.Desk.ChangeAsync(play.CaseId, new ReckonMoney(new Money(500, "EUR")), Ana, Token)).Refusal?.Rule);

        Assert.Equal(before, (await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Record.Sequence);
    }

    // T8: a pattern over time proposes to look at the customer, until somebody opens a case; never a dismissal.
    [Fact]
    public async Task Proposals_PatternOverTime_IsAReviewOfTheCustomer()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await TheCase.SayAsync(database, "c1", TheCase.CustomerId, new ReviewProposed(TheCase.Now.AddDays(-3), 0, "T8: …"));
        await TheCase.SayAsync(database, "c2", "not entered", new ReviewProposed(TheCase.Now.AddDays(-2), 0, "T8: …"));
        await TheCase.SayAsync(database, "c3", "long ago", new ReviewProposed(TheCase.Now.AddDays(-100), 0, "T8: …"));

        Assert.Equal(
            [(CaseProposalKind.Review, "not entered", false), (CaseProposalKind.Review, TheCase.CustomerId, true)],
            (await play.Desk.ListProposalsAsync(cancellationToken: Token)).Select(p => (p.Kind, p.CustomerId!, p.IsKnown)));

        await play.Desk.OpenAsync(new OpenDismissal(TheCase.CustomerId, "Insultos"), Ana, Token);
        Assert.Equal(["not entered"], (await play.Desk.ListProposalsAsync(cancellationToken: Token)).Select(p => p.CustomerId));
    }

    // The desk names somebody else between the two: what was noted of one conversation stays readable together. One that is damaged costs its own words alone.
    [Fact]
    public async Task SetAside_AConversationThatIsSomebodyElsesByThen_IsRead()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var desk = TheCase.DeskOn(database, new FakeTimeProvider(TheCase.Now));
        await TheCase.SayAsync(database, "c1", "one", new ReviewProposed(TheCase.Now.AddDays(-3), 0, "T8: …"));
        Assert.Null(await desk.SetAsideAsync(CaseProposalKind.Review, "c1", "Primera vez", Ana, Token));
        Assert.Empty(await desk.ListProposalsAsync(cancellationToken: Token));

        ConversationEvent[] later = [TheCase.WordsOf(3, "two"), new ReviewProposed(TheCase.Now.AddDays(-1), 3, "T8: …")];
        await database.Log.AppendAsync((await database.Log.LoadAsync(ConversationId.Create("c1"), Token)).Apply(later), later, null);
        Assert.Equal("two", (await desk.ListProposalsAsync(cancellationToken: Token)).Single(p => p.At == TheCase.Now.AddDays(-1)).CustomerId);
        Assert.Null(await desk.SetAsideAsync(CaseProposalKind.Review, "c1", "Segunda vez", Ana, Token));

        Assert.Empty(await desk.ListProposalsAsync(cancellationToken: Token));
        Assert.All(await desk.ListProposalsAsync(isSetAside: true, cancellationToken: Token), p => Assert.Equal("Segunda vez", p.SetAside!.Why));

        await database.ChangeAsync(db => db.CaseEvents.Where(r => r.Kind == CaseKind.Proposal && r.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(r => r.Payload, "damaged"), Token));
        var damaged = await desk.ListProposalsAsync(isSetAside: true, cancellationToken: Token);
        Assert.NotEmpty(damaged);
        Assert.All(damaged, p => Assert.Null(p.SetAside));
    }

    [Fact]
    public async Task Comment_OnlyWhoeverWasAsked_AndNothingElseOfTheCase()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var play = await TheCase.BeginAsync(database);
        await play.DismissUntilAsync(DismissalStage.Dossier);
        await play.Desk.ChangeAsync(play.CaseId, new AskForComment("olga"), Ana, Token);
        var blind = TheCase.DeskOn(database, play.Clock, sight: CaseSight.Nothing);

        Assert.Null(await blind.ReadDismissalAsync(play.CaseId, Token));
        Assert.Null(await blind.ReadCommentAsync(play.CaseId, "nora", Token));
        var asked = await blind.ReadCommentAsync(play.CaseId, "olga", Token);
        Assert.Equal((true, TheCase.CustomerName), (asked!.IsOpen, asked.CustomerName));
        Assert.Equal((null, null), Both(await blind.CommentAsync(play.CaseId, "x", new CaseActor("nora", CaseRole.Agent), Token)));
        Assert.Equal("Lo vi dos veces", (await blind.CommentAsync(play.CaseId, "Lo vi dos veces", new CaseActor("olga", CaseRole.Agent), Token)).File?.Text);
        Assert.Equal(CaseRules.AlreadyDone, (await blind.CommentAsync(play.CaseId, "otra vez", new CaseActor("olga", CaseRole.Agent), Token)).Refusal?.Rule);
    }

    private static (AskedComment?, CaseRefusal?) Both(CaseOutcome<AskedComment> outcome) => (outcome.File, outcome.Refusal);

    private static string LuisOf(Dossier? dossier) => Assert.Single(dossier!.Agents);

    // Somebody else acts just before the record is opened for the nth time.
    private sealed class InterruptedContexts(IDbContextFactory<CoachDbContext> inner) : IDbContextFactory<CoachDbContext>
    {
        private Func<Task>? _act;
        private int _left;

        public void InterruptAt(int moment, Func<Task> act) => (_left, _act) = (moment, act);

        /// <summary>Acts, if the change was done before the moment came.</summary>
        public async Task FinishAsync()
        {
            if (_act is { } act)
            {
                _act = null;
                await act();
            }
        }

        public CoachDbContext CreateDbContext() => inner.CreateDbContext();

        public async Task<CoachDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            if (_act is not null && --_left == 0)
            {
                await FinishAsync();
            }

            return await inner.CreateDbContextAsync(cancellationToken);
        }
    }
}
