using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;

namespace DeEscalationBot.Host.Cases;

/// <inheritdoc cref="ICaseDesk"/>
/// <remarks>Asks nobody who they are: callers get <see cref="GuardedCaseDesk"/>.</remarks>
/// <param name="log">Where customers and cases are kept.</param>
/// <param name="conversations">Where conversations are read.</param>
/// <param name="index">Where lists of conversations are read.</param>
/// <param name="reader">Reads farewells.</param>
/// <param name="settings">The numbers.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="sight">What is seen now.</param>
/// <param name="reports">Reports that were reckoned already.</param>
public sealed class CaseDesk(
    CaseLog log, ConversationLog conversations, ConversationIndex index, IFarewellReader reader, CaseSettings settings, TimeProvider clock, Func<CaseSight> sight, CaseReportCache reports) : ICaseDesk
{
    /// <summary>The key of the desk that asks nobody who they are and shows everything: for the product's own work.</summary>
    public const string Unguarded = "unguarded";

    private const int MostTries = 8;
    private static readonly TimeSpan ProposalsOf = TimeSpan.FromDays(90);

    private readonly DismissalType _dismissals = new(log, new DismissalRules(settings, reader), settings, clock);
    private readonly DepartureType _departures = new(log, clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    private DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    private ConversationSight ConversationsSeen => sight() is { All: false } some ? new ConversationSight(false, some.Teams, null, []) : ConversationSight.Everything;

    /// <inheritdoc/>
    public async Task<CustomerFile?> ReadCustomerAsync(string customerId, CancellationToken cancellationToken = default) =>
        await SeenAsync(CaseKind.Customer, customerId, cancellationToken) is { } row
            ? new CustomerFile(
                await log.LoadCustomerAsync(customerId, cancellationToken), row.Team, await ListCasesAsync(new CaseFilter(CustomerId: customerId), cancellationToken))
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CustomerFile>> ListCustomersAsync(string? after, int limit, CancellationToken cancellationToken = default)
    {
        var files = new List<CustomerFile>();

        // On, when damaged records are left out: a page that is not full is the last one.
        for (var isMore = true; isMore && files.Count < limit;)
        {
            var wanted = limit - files.Count;
            var rows = await log.ListAsync(new CaseListQuery([CaseKind.Customer], sight(), After: after, Limit: wanted), cancellationToken);
            var teams = rows.ToDictionary(r => r.CaseId, r => r.Team, StringComparer.Ordinal);
            var open = (await log.ListOfCustomersAsync([CaseKind.Dismissal, CaseKind.Departure], sight(), teams.Keys, cancellationToken))
                .Where(c => c.IsOpen).OrderByDescending(c => c.OpenedAt).ToLookup(c => c.CustomerId, CaseSummary.From, StringComparer.Ordinal);
            files.AddRange((await log.LoadCustomersAsync(teams.Keys, cancellationToken)).Select(r => new CustomerFile(r, teams[r.Id], [.. open[r.Id]])));
            (isMore, after) = (rows.Count == wanted, rows.Count == 0 ? after : rows[^1].CaseId);
        }

        return files;
    }

    /// <inheritdoc/>
    public async Task<CustomerChange> ChangeCustomerAsync(
        string customerId, IReadOnlyList<CustomerCommand> commands, CaseActor by, string? team = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(by);
        return await ChangeCustomerAsync(customerId, _ => commands, by, team, cancellationToken);
    }

    private Task<CustomerChange> ChangeCustomerAsync(
        string customerId, Func<CustomerRecord, IReadOnlyList<CustomerCommand>> commandsFor, CaseActor by, string? team, CancellationToken cancellationToken) =>
        TryAgainAsync(async () =>
        {
            var row = await log.FindAsync(CaseKind.Customer, customerId, cancellationToken);
            if (row is null ? await IsOfOthersAsync(customerId, cancellationToken) : !sight().Sees(row.Team))
            {
                // Somebody else's: not told apart from an id that cannot be used.
                return new CustomerChange(null, [.. commandsFor(CustomerRecord.Start(customerId)).Select(_ => new CaseRefusal(CustomerRule.Unknown))]);
            }

            var before = await log.LoadCustomerAsync(customerId, cancellationToken);
            if ((row?.Sequence ?? 0) != before.Sequence)
            {
                // Changed between the two readings: the row may still have the team from which they were moved.
                return null;
            }

            var (after, events, refusals) = Play(before, commandsFor(before), by);
            if (events.Count == 0)
            {
                return new CustomerChange(after.IsKnown ? after : null, refusals, row?.Team);
            }

            var moved = events.OfType<CustomerMoved>().LastOrDefault();
            var whose = moved?.Team ?? row?.Team ?? team ?? ConversationTeams.Default;
            CaseAppend[] appends = [new(events, RowOf(after, whose, row?.Owner ?? by.Name, row?.OpenedAt ?? Now), MovesCases: moved is not null)];
            return await log.TryAppendAsync(before, appends) ? new CustomerChange(after, refusals, whose) : null;
        });

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListTeamsAsync(CancellationToken cancellationToken = default)
    {
        var seen = sight();
        return
        [
            .. (await index.ListTeamsAsync(cancellationToken)).Concat(await log.ListTeamsAsync(cancellationToken)).Append(ConversationTeams.Default).Where(seen.Sees)
                .Concat(seen.Teams).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc/>
    public async Task<CustomerChange> MeasureContactAsync(string customerId, CaseActor by, CancellationToken cancellationToken = default)
    {
        if (await SeenAsync(CaseKind.Customer, customerId, cancellationToken) is null)
        {
            return new CustomerChange(null, []);
        }

        // Whoever loses the race measures again, on what the winner has counted.
        var talks = await ConversationsOfAsync(customerId, ConversationSight.Everything, cancellationToken);
        return await ChangeCustomerAsync(
            customerId,
            record => [.. talks.SelectMany(c => ContactTime.Of(c, record.Contacts.Concat(record.Superseded.OfType<ContactEntry>()))).Where(e => e.On >= record.Since && e.On <= Today).Select(e => new RecordContact(e))],
            by,
            null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Dossier?> CompileDossierAsync(string customerId, CancellationToken cancellationToken = default) =>
        await SeenAsync(CaseKind.Customer, customerId, cancellationToken) is null ? null : DossierCompiler.Compile(customerId, await ConversationsOfAsync(customerId, ConversationsSeen, cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedCaseEvent>?> ReadCustomerRecordAsync(string customerId, CancellationToken cancellationToken = default) =>
        await SeenAsync(CaseKind.Customer, customerId, cancellationToken) is null ? null : await log.ReadAsync(CaseKind.Customer, customerId, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseSummary>> ListCasesAsync(CaseFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var behind = filter.After is { } after && KindOf(after) is { } kindOfLast ? await SeenAsync(kindOfLast, after, cancellationToken) : null;
        if (filter.After is not null && behind is null)
        {
            return [];
        }

        var rows = await log.ListAsync(
            new CaseListQuery(
                filter.Kind is { } kind ? [kind] : [CaseKind.Dismissal, CaseKind.Departure], sight(), filter.IsOpen, filter.CustomerId, Limit: filter.Limit, Behind: behind), cancellationToken);
        return [.. rows.Select(CaseSummary.From)];
    }

    /// <inheritdoc/>
    public async Task<CaseSummary?> FindCaseAsync(string caseId, CancellationToken cancellationToken = default) =>
        KindOf(caseId) is { } kind && await SeenAsync(kind, caseId, cancellationToken) is { } row ? CaseSummary.From(row) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedCaseEvent>?> ReadRecordAsync(string caseId, CancellationToken cancellationToken = default) =>
        await FindCaseAsync(caseId, cancellationToken) is { } found ? await log.ReadAsync(found.Kind, caseId, cancellationToken) : null;

    /// <inheritdoc/>
    public Task<DismissalFile?> ReadDismissalAsync(string caseId, CancellationToken cancellationToken = default) => ReadAsync(_dismissals, caseId, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseOutcome<DismissalFile>> OpenAsync(OpenDismissal command, CaseActor by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return OpenAsync(_dismissals, command, command.CustomerId, by, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<CaseOutcome<DismissalFile>> ChangeAsync(string caseId, DismissalCommand command, CaseActor by, CancellationToken cancellationToken = default)
    {
        if (await SeenAsync(CaseKind.Dismissal, caseId, cancellationToken) is not { } row)
        {
            return new CaseOutcome<DismissalFile>(null, null);
        }

        switch (command)
        {
            case CompileDossier:
                command = new CompileDossier(DossierCompiler.Compile(row.CustomerId, await ConversationsOfAsync(row.CustomerId, ConversationsSeen, cancellationToken)));
                break;
            case AddEvidence { Evidence.ConversationId: { } conversation } add:
                if (await FromRecordAsync(add.Evidence, conversation, row.CustomerId, cancellationToken) is not { } evidence)
                {
                    return new CaseOutcome<DismissalFile>(null, new CaseRefusal(CaseRules.NotFound, conversation));
                }

                command = add with { Evidence = evidence };
                break;
            case AddEvidence add:
                command = add with { Evidence = add.Evidence with { TurnIndex = null, Signals = [] } };
                break;
            case ReckonMoney when _dismissals.Decide(
                await log.LoadDismissalAsync(caseId, cancellationToken), command, by, await log.LoadCustomerAsync(row.CustomerId, cancellationToken), false).Refusal is null:
                await MeasureContactAsync(row.CustomerId, by, cancellationToken);
                break;
            default:
                break;
        }

        return await StepAsync(_dismissals, row, command, by, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DepartureFile?> ReadDepartureAsync(string caseId, CancellationToken cancellationToken = default) => ReadAsync(_departures, caseId, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseOutcome<DepartureFile>> OpenAsync(OpenDeparture command, CaseActor by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return OpenAsync(_departures, command, command.CustomerId, by, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<CaseOutcome<DepartureFile>> ChangeAsync(string caseId, DepartureCommand command, CaseActor by, CancellationToken cancellationToken = default) =>
        await SeenAsync(CaseKind.Departure, caseId, cancellationToken) is { } row
            ? await StepAsync(_departures, row, command, by, cancellationToken)
            : new CaseOutcome<DepartureFile>(null, null);

    /// <inheritdoc/>
    public async Task<AskedComment?> ReadCommentAsync(string caseId, string person, CancellationToken cancellationToken = default) =>
        await log.FindAsync(CaseKind.Dismissal, caseId, cancellationToken) is { } row
            ? CommentOf(await log.LoadDismissalAsync(caseId, cancellationToken), await log.LoadCustomerAsync(row.CustomerId, cancellationToken), person)
            : null;

    /// <inheritdoc/>
    public async Task<CaseOutcome<AskedComment>> CommentAsync(string caseId, string text, CaseActor by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);

        // Whoever was asked may be of any team: they see the question, and not the case.
        if (await log.FindAsync(CaseKind.Dismissal, caseId, cancellationToken) is not { } row || await ReadCommentAsync(caseId, by.Name, cancellationToken) is null)
        {
            return new CaseOutcome<AskedComment>(null, null);
        }

        var outcome = await StepAsync(_dismissals, row, new GiveComment(text), by, cancellationToken, isOfAnyTeam: true);
        return outcome.File is { } file ? new CaseOutcome<AskedComment>(CommentOf(file.Case, file.Customer, by.Name), null) : new CaseOutcome<AskedComment>(null, outcome.Refusal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseProposal>> ListProposalsAsync(bool isSetAside = false, CancellationToken cancellationToken = default)
    {
        var found = await FindProposalsAsync(cancellationToken);
        var customers = found.Select(p => p.Customer).OfType<string>().ToArray();
        var known = (await log.ListOfCustomersAsync([CaseKind.Customer], sight(), customers, cancellationToken)).Select(r => r.CaseId).ToHashSet(StringComparer.Ordinal);
        var cases = (await log.ListOfCustomersAsync([CaseKind.Dismissal, CaseKind.Departure], sight(), customers, cancellationToken)).ToLookup(c => c.CustomerId, StringComparer.Ordinal);
        var aside = (await log.ListSetAsideAsync(found.Select(p => p.Id), cancellationToken)).ToDictionary(r => r.CaseId, StringComparer.Ordinal);

        // Somebody has seen to it when a case was opened since: a departure for a departure, any for a review.
        bool IsSeenTo(FoundProposal p) =>
            p.Customer is not null && cases[p.Customer].Any(c => (p.Kind == CaseProposalKind.Review || c.Kind == CaseKind.Departure) && (c.IsOpen || c.OpenedAt >= p.At));
        bool IsAside(FoundProposal p) => aside.TryGetValue(p.Id, out var row) && row.ClosedAt >= p.At;

        FoundProposal[] shown = [.. found.Where(p => !IsSeenTo(p) && IsAside(p) == isSetAside).OrderByDescending(p => p.At).DistinctBy(p => (p.Kind, p.About))];
        var notes = isSetAside ? await log.LoadSetAsideAsync(shown.Select(p => p.Id), cancellationToken) : new Dictionary<string, ProposalSetAside>();
        return
        [
            .. shown.Select(p => new CaseProposal(
                p.Kind, p.Conversation.Value, p.Customer, p.Customer is not null && known.Contains(p.Customer), p.At, p.Reason,
                notes.GetValueOrDefault(p.Id) is { } note ? new SetAsideNote(note.By, note.At, note.Why) : null)),
        ];
    }

    /// <inheritdoc/>
    public async Task<CaseRefusal?> SetAsideAsync(CaseProposalKind kind, string conversationId, string why, CaseActor by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (ProposalRules.Check(why, by) is { } refusal)
        {
            return refusal;
        }

        var found = await FindProposalsAsync(cancellationToken);
        if (found.FirstOrDefault(p => p.Kind == kind && p.Conversation.Value == conversationId) is not { } named)
        {
            return new CaseRefusal(CaseRules.NotFound, conversationId);
        }

        // A customer is proposed once, whatever many conversations show it: what stands behind it goes with it.
        var seen = found.Where(p => p.Kind == kind && p.About == named.About).GroupBy(p => p.Id, StringComparer.Ordinal).Select(g => g.MaxBy(p => p.At)!).ToArray();
        foreach (var p in seen)
        {
            await TryAgainAsync(async () => await TrySetAsideAsync(p, why, by, cancellationToken) ? p : null);
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<CaseReports> ReadReportsAsync(DateOnly from, DateOnly until, CancellationToken cancellationToken = default)
    {
        var seen = sight();
        return await reports.ReadAsync(seen, from, until, Today, await log.StampAsync(cancellationToken), () => ReckonReportsAsync(seen, from, until, cancellationToken));
    }

    private async Task<CaseReports> ReckonReportsAsync(CaseSight seen, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        var asOf = Now;
        var rows = await log.ListAsync(new CaseListQuery([CaseKind.Customer], seen), cancellationToken);
        var customers = await log.LoadCustomersAsync([.. rows.Select(r => r.CaseId)], cancellationToken);
        var cases = await log.ListAsync(new CaseListQuery([CaseKind.Dismissal, CaseKind.Departure], seen), cancellationToken);
        var dismissals = await log.LoadDismissalsAsync([.. cases.Where(c => c.Kind == CaseKind.Dismissal).Select(c => c.CaseId)], cancellationToken);
        var departures = await log.LoadDeparturesAsync([.. cases.Where(c => c.Kind == CaseKind.Departure && !c.IsOpen).Select(c => c.CaseId)], cancellationToken);
        var churn = ChurnReport.ByMonth(customers, from, until, settings);
        var last = churn.Count == 0 ? until : churn[^1].Month.AddMonths(1).AddDays(-1);
        var ended = departures.Where(d => d.Outcome == DepartureOutcome.Left).OrderByDescending(d => d.OpenedAt).ThenBy(d => d.Id, StringComparer.Ordinal)
            .DistinctBy(d => d.CustomerId).ToDictionary(d => d.CustomerId, StringComparer.Ordinal);
        var left = new List<LeftCustomer>();
        foreach (var customer in customers)
        {
            foreach (var stay in customer.Stays.Where(s => s.Until is not null && churn.Count > 0 && s.Until >= churn[0].Month && s.Until <= last))
            {
                var departure = stay.Ending == CustomerEnding.Left ? ended.GetValueOrDefault(customer.Id) : null;
                left.Add(new LeftCustomer(customer.Id, stay.Until!.Value, stay.Ending ?? CustomerEnding.Left, departure?.Id, [.. departure?.Motives.Select(m => m.Motive) ?? []], departure?.Fit));
            }
        }

        return new CaseReports(
            churn,
            [.. left.OrderBy(l => l.On).ThenBy(l => l.CustomerId, StringComparer.Ordinal)],
            DismissalReport.Of(dismissals, Today),
            GenerosityReport.Of(customers, Today, settings),
            CriteriaReview.Of(settings, Today),
            CustomerKindReport.Of(customers, departures.Where(d => d.Outcome != DepartureOutcome.Erased), dismissals.Where(d => !d.IsOpen), Today, settings),
            asOf);
    }

    // Sealed with the conversation's key, whoever is named in it: that may be nobody the first time and a customer the next.
    private async Task<bool> TrySetAsideAsync(FoundProposal p, string why, CaseActor by, CancellationToken cancellationToken)
    {
        var known = (await log.ListSetAsideAsync([p.Id], cancellationToken)).SingleOrDefault();
        if (known?.ClosedAt >= p.At)
        {
            return true;
        }

        var owner = CustomerRecord.Start(SetAsideProposals.NobodyIn(p.Conversation));
        var row = SetAsideProposals.RowOf(p.Id, p.Kind, owner.Id, by.Name, (known?.Sequence ?? 0) + 1, Now, p.At);
        return await log.TryAppendAsync(owner, [new CaseAppend([new ProposalSetAside(Now, by.Name, p.Kind, p.Conversation.Value, p.At, why)], row)]);
    }

    private async Task<IReadOnlyList<FoundProposal>> FindProposalsAsync(CancellationToken cancellationToken)
    {
        var from = Now - ProposalsOf;
        var seen = ConversationsSeen;
        var leaving = await index.ListLeavingAsync(from, seen, cancellationToken);
        var reviews = (await index.ListReviewsAsync(ConversationQuery.MaxLimit, seen, cancellationToken)).Where(r => r.Review.At >= from);
        var customers = await index.ListCustomersOfAsync([.. leaving.Select(a => a.Conversation)], cancellationToken);
        return
        [
            .. leaving.Select(a => new FoundProposal(CaseProposalKind.Departure, a.Conversation, customers.GetValueOrDefault(a.Conversation), a.Alert.RaisedAt, a.Alert.Reason)),
            .. reviews.Select(r => new FoundProposal(CaseProposalKind.Review, r.Conversation, r.CustomerId, r.Review.At, r.Review.Reason)),
        ];
    }

    // Whoever loses the race decides again on what the winner recorded; that they lose so often in a row means that something else is wrong.
    private static async Task<T> TryAgainAsync<T>(Func<Task<T?>> attempt)
        where T : class
    {
        for (var i = 0; i < MostTries; i++)
        {
            if (await attempt() is { } result)
            {
                return result;
            }
        }

        throw new RecordUnavailableException("Too many people change this customer or case at the same time.");
    }

    /// <summary>What kind of case an id is of; nothing when of none.</summary>
    /// <param name="caseId">The id.</param>
    internal static CaseKind? KindOf(string caseId) =>
        caseId.StartsWith(DismissalType.IdPrefix, StringComparison.Ordinal) ? CaseKind.Dismissal : caseId.StartsWith(DepartureType.IdPrefix, StringComparison.Ordinal) ? CaseKind.Departure : null;

    internal static CaseIndexRow RowOf(CustomerRecord state, string team, string owner, DateTimeOffset openedAt) => new()
    {
        Kind = CaseKind.Customer,
        CaseId = state.Id,
        CustomerId = state.Id,
        Team = team,
        Owner = owner,
        Sequence = state.Sequence,
        Stage = state.IsErased ? "Erased" : state.LeftOn is null ? "Present" : "Left",
        Outcome = state.Stays.IsEmpty ? null : state.Stays[^1].Ending?.ToString(),
        IsOpen = state is { IsErased: false, LeftOn: null },
        OpenedAt = openedAt,
        ClosedAt = state.LeftOn is { } on ? on.Midnight() : null,
        DueAt = null,
    };

    private (CustomerRecord After, IReadOnlyList<CustomerEvent> Events, IReadOnlyList<CaseRefusal?> Refusals) Play(CustomerRecord record, IReadOnlyList<CustomerCommand> commands, CaseActor by)
    {
        var events = new List<CustomerEvent>();
        var refusals = new List<CaseRefusal?>();
        foreach (var command in commands)
        {
            var answer = command is MoveCustomer { Team: var team } && Unusable(team) is { } rule
                ? new CaseAnswer<CustomerEvent>([], new CaseRefusal(rule))
                : CustomerRules.Decide(record, command, by, Now);
            refusals.Add(answer.Refusal);
            record = record.Apply(answer.Events);
            events.AddRange(answer.Events);
        }

        return (record, events, refusals);
    }

    private CaseRule? Unusable(string team) => !ConversationTeams.IsLegal(team) ? CaseRules.IdIllegal : sight().Sees(team) ? null : CustomerRule.TeamNotYours;

    private AskedComment? CommentOf(DismissalCase state, CustomerRecord customer, string person) => state.Comments.Find(c => c.Person == person) is { } asked
        ? new AskedComment(
            state.Id, state.CustomerId, customer.Name, asked.AskedAt, asked.AskedAt + settings.CommentWithin, state.Stage == DismissalStage.Dossier && asked.GivenAt is null && !customer.IsErased, asked.Text)
        : null;

    private async Task<CaseIndexRow?> SeenAsync(CaseKind kind, string id, CancellationToken cancellationToken) =>
        await log.FindAsync(kind, id, cancellationToken) is { } row && sight().Sees(row.Team) ? row : null;

    private async Task<IReadOnlyList<Conversation>> ConversationsOfAsync(string customerId, ConversationSight seen, CancellationToken cancellationToken)
    {
        var found = new List<Conversation>();
        foreach (var id in await index.ListOfCustomerAsync(customerId, cancellationToken))
        {
            // The list names whoever wrote in it once: it may be somebody else's by now.
            if (await index.IsSeenAsync(id, seen, cancellationToken) && await conversations.LoadAsync(id, cancellationToken) is var talk && talk.CustomerId == customerId)
            {
                found.Add(talk);
            }
        }

        return found;
    }

    // Whose conversations are all another team's is not entered here: a record would open what was said to them.
    private async Task<bool> IsOfOthersAsync(string customerId, CancellationToken cancellationToken)
    {
        var seen = ConversationsSeen;
        if (seen.All || !CaseText.IsId(customerId))
        {
            return false;
        }

        var talks = await index.ListOfCustomerAsync(customerId, cancellationToken);
        foreach (var id in talks)
        {
            if (await index.IsSeenAsync(id, seen, cancellationToken))
            {
                return false;
            }
        }

        return talks.Count > 0;
    }

    // Words, time and signals are those of the record, whatever the caller says of them.
    private async Task<Evidence?> FromRecordAsync(Evidence given, string conversation, string customerId, CancellationToken cancellationToken)
    {
        if (!ConversationId.TryCreate(conversation, out var id) || given.TurnIndex is not { } place
            || !(await index.ListOfCustomerAsync(customerId, cancellationToken)).Contains(id) || !await index.IsSeenAsync(id, ConversationsSeen, cancellationToken))
        {
            return null;
        }

        // Somebody else's words are no evidence against this customer, in whichever conversation they stand.
        var talk = await conversations.LoadAsync(id, cancellationToken);
        return talk.CustomerId == customerId && place >= 0 && place < talk.Turns.Count && talk.Turns[place] is { Speaker: SpeakerRole.Customer } turn
            && (turn.AuthorId is null || turn.AuthorId == customerId)
            ? given with { OccurredAt = turn.At.ToUniversalTime(), Text = turn.Text, Signals = [.. turn.Score?.Signals.Select(s => s.Type).Distinct() ?? []] }
            : null;
    }

    private async Task<TFile?> ReadAsync<TState, TCommand, TEvent, TFile>(CaseType<TState, TCommand, TEvent, TFile> type, string caseId, CancellationToken cancellationToken)
        where TEvent : CaseEvent
        where TFile : class => await SeenAsync(type.Kind, caseId, cancellationToken) is { } row
            ? type.FileOf(await type.LoadAsync(caseId, cancellationToken), await log.LoadCustomerAsync(row.CustomerId, cancellationToken), row.Team)
            : null;

    private async Task<CaseOutcome<TFile>> OpenAsync<TState, TCommand, TEvent, TFile>(
        CaseType<TState, TCommand, TEvent, TFile> type, TCommand command, string customerId, CaseActor by, CancellationToken cancellationToken)
        where TEvent : CaseEvent
        where TFile : class
    {
        ArgumentNullException.ThrowIfNull(by);
        var customer = CaseText.IsId(customerId) ? await log.FindAsync(CaseKind.Customer, customerId, cancellationToken) : null;
        return customer is not null && !sight().Sees(customer.Team)
            ? new CaseOutcome<TFile>(null, new CaseRefusal(CustomerRule.Unknown))
            : await StepAsync(type, type.NewRow(customerId, customer?.Team ?? ConversationTeams.Default, by.Name, Now), command, by, cancellationToken);
    }

    private Task<CaseOutcome<TFile>> StepAsync<TState, TCommand, TEvent, TFile>(
        CaseType<TState, TCommand, TEvent, TFile> type, CaseIndexRow row, TCommand command, CaseActor by, CancellationToken cancellationToken, bool isOfAnyTeam = false)
        where TEvent : CaseEvent
        where TFile : class => TryAgainAsync(async () =>
        {
            // The record first: who moves the customer after that is noticed by its number, and who did before shows in the rows.
            var customer = await log.LoadCustomerAsync(row.CustomerId, cancellationToken);
            var known = await log.FindAsync(CaseKind.Customer, row.CustomerId, cancellationToken);
            var found = row.Sequence > 0 ? await log.FindAsync(type.Kind, row.CaseId, cancellationToken) : known is null ? row : type.NewRow(row.CaseId, row.CustomerId, known.Team, row.Owner, row.OpenedAt);
            if (found is null || (!isOfAnyTeam && known is not null && !sight().Sees(found.Team)))
            {
                // The customer was erased, or given to others, since it was seen.
                return new CaseOutcome<TFile>(null, row.Sequence > 0 ? null : new CaseRefusal(CustomerRule.Unknown));
            }

            var state = await type.LoadAsync(row.CaseId, cancellationToken);
            var isOtherOpen = row.Sequence == 0
                && (await log.ListAsync(new CaseListQuery([type.Kind], CaseSight.Everything, IsOpen: true, row.CustomerId, Limit: 1), cancellationToken)).Count > 0;
            var answer = type.Decide(state, command, by, customer, isOtherOpen);
            if (answer.Refusal is not null)
            {
                return new CaseOutcome<TFile>(null, answer.Refusal);
            }

            var after = type.Apply(state, answer.Events);
            if (answer.Events.Count == 0)
            {
                return new CaseOutcome<TFile>(type.FileOf(after, customer, found.Team), null);
            }

            var appends = new List<CaseAppend> { new(answer.Events, type.RowOf(after, found)) };
            var customerAfter = customer;
            if (type.OnCustomer(after, answer.Events, customer, Today) is { } consequence)
            {
                var (record, events, refusals) = Play(customer, [consequence], by);
                if (refusals[0] is { } refusal)
                {
                    return new CaseOutcome<TFile>(null, refusal);
                }

                if (known is null)
                {
                    // Erased between the two readings: decided again on that.
                    return null;
                }

                appends.Add(new CaseAppend(events, RowOf(record, known.Team, known.Owner, known.OpenedAt)));
                customerAfter = record;
            }

            return await log.TryAppendAsync(customer, appends) ? new CaseOutcome<TFile>(type.FileOf(after, customerAfter, found.Team), null) : null;
        });

    // What a conversation proposes, whatever came of it.
    private sealed record FoundProposal(CaseProposalKind Kind, ConversationId Conversation, string? Customer, DateTimeOffset At, string Reason)
    {
        public string Id { get; } = SetAsideProposals.IdOf(Kind, Conversation);

        public string About => Customer ?? Conversation.Value;
    }
}
