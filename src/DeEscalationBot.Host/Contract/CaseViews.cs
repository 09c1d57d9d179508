using System.Text.Json;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Storage;

namespace DeEscalationBot.Host.Contract;

/// <summary>What lists show of a case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>dismissal</c> or <c>departure</c>.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Team">The team whose supervisors run it.</param>
/// <param name="OpenedBy">Who opened it.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Outcome">How it ended, or null while it is open.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed, or null.</param>
/// <param name="DueAt">When something is due next (the end, the last day of an appeal, the review), or null.</param>
public sealed record CaseLine(
    string Id, CaseKind Kind, string CustomerId, string Team, string OpenedBy, string Stage, string? Outcome, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, DateTimeOffset? DueAt)
{
    /// <summary>The line of a case.</summary>
    /// <param name="summary">The case.</param>
    public static CaseLine From(CaseSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new CaseLine(
            summary.Id, summary.Kind, summary.CustomerId, summary.Team, summary.Owner, Camel(summary.Stage)!, Camel(summary.Outcome), summary.OpenedAt, summary.ClosedAt, summary.DueAt);
    }

    private static string? Camel(string? name) => name is null ? null : JsonNamingPolicy.CamelCase.ConvertName(name);
}

/// <summary>Cases.</summary>
/// <param name="Cases">Newest first.</param>
/// <param name="Next">What to give as <c>after</c> for the next page, or null on the last.</param>
public sealed record CaseList(IReadOnlyList<CaseLine> Cases, string? Next);

/// <summary>A customer's record.</summary>
/// <param name="Id">The customer as the desk knows them.</param>
/// <param name="Name">Their name; null after they were erased, and, as everything but id and team, in the answer to a key that may not read.</param>
/// <param name="Since">The day they became a customer.</param>
/// <param name="Team">The team whose supervisors run their cases.</param>
/// <param name="LeftOn">The day on which they left, or null.</param>
/// <param name="IsErased">Whether they were erased: then only the days of coming and going are left.</param>
/// <param name="Currency">The currency of everything in the record, or null before the first amount.</param>
/// <param name="Contract">The contract in force, or null.</param>
/// <param name="Obligations">Agreements and obligations of both sides (B8).</param>
/// <param name="Revenue">What they paid (B5).</param>
/// <param name="Contacts">The time spent with them (B5).</param>
/// <param name="Claims">What was asked of our generosity (B13).</param>
/// <param name="Stays">When they were with us.</param>
/// <param name="Cases">Their cases, newest first; null in the answer to a change, which says nothing of cases.</param>
public sealed record CustomerView(
    string Id,
    string? Name,
    DateOnly? Since,
    string Team,
    DateOnly? LeftOn,
    bool IsErased,
    string? Currency,
    ContractTerms? Contract,
    IReadOnlyList<Obligation> Obligations,
    IReadOnlyList<RevenueEntry> Revenue,
    IReadOnlyList<ContactEntry> Contacts,
    IReadOnlyList<GoodwillClaim> Claims,
    IReadOnlyList<CustomerStay> Stays,
    IReadOnlyList<CaseLine>? Cases)
{
    /// <summary>The view of a customer.</summary>
    /// <param name="file">The customer.</param>
    public static CustomerView From(CustomerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return From(file.Record, file.Team) with { Cases = [.. file.Cases.Select(CaseLine.From)] };
    }

    /// <summary>The view of a customer without their cases.</summary>
    /// <param name="record">The record.</param>
    /// <param name="team">Whose they are.</param>
    public static CustomerView From(CustomerRecord record, string team)
    {
        ArgumentNullException.ThrowIfNull(record);
        var r = record;
        return new CustomerView(r.Id, r.Name, r.Since, team, r.LeftOn, r.IsErased, r.Currency, r.Contract, r.Obligations, r.Revenue, r.Contacts, r.Claims, r.Stays, null);
    }

    /// <summary>Which customer it is, and no more: for whoever may write and not read.</summary>
    /// <param name="record">The record.</param>
    /// <param name="team">Whose they are.</param>
    public static CustomerView OfWhom(CustomerRecord record, string team)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new CustomerView(record.Id, null, null, team, null, record.IsErased, null, null, [], [], [], [], [], null);
    }
}

/// <summary>A page of customers.</summary>
/// <param name="Customers">By id.</param>
/// <param name="Next">What to give as <c>after</c> for the next page, or null on the last.</param>
public sealed record CustomerList(IReadOnlyList<CustomerView> Customers, string? Next);

/// <summary>Something that a case waits for.</summary>
/// <param name="Rule">The reason's id.</param>
/// <param name="Subject">What it is about, or null.</param>
/// <param name="Playbook">The practice behind it.</param>
/// <param name="Text">The same in words.</param>
public sealed record MissingView(string Rule, string? Subject, string Playbook, string Text);

/// <summary>A case with all that is on it.</summary>
/// <param name="Kind"><c>dismissal</c> or <c>departure</c>.</param>
/// <param name="Team">The team whose supervisors run it.</param>
/// <param name="CustomerName">The customer's name, or null.</param>
/// <param name="Missing">What it waits for before it can go on.</param>
/// <param name="Dismissal">The dismissal, or null for a departure.</param>
/// <param name="Brief">What the message of a dismissal has to say (B7), or null before it is settled who tells the customer.</param>
/// <param name="Departure">The departure, or null for a dismissal.</param>
public sealed record CaseView(
    CaseKind Kind, string Team, string? CustomerName, IReadOnlyList<MissingView> Missing, DismissalCase? Dismissal, FarewellBrief? Brief, DepartureCase? Departure);

/// <summary>One step of a case's record.</summary>
/// <param name="Sequence">Its place, from 1.</param>
/// <param name="Type">What happened.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="Event">All of it.</param>
public sealed record CaseEventView(long Sequence, string Type, DateTimeOffset At, string By, JsonElement Event)
{
    /// <summary>The view of a step.</summary>
    /// <param name="recorded">The step.</param>
    public static CaseEventView From(RecordedCaseEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var e = recorded.Event;
        return new CaseEventView(recorded.Sequence, CaseFormat.NameOf(e), e.At, e.By, JsonSerializer.SerializeToElement(e, e.GetType(), ContractJson.Options));
    }
}

/// <summary>The record of a case.</summary>
/// <param name="Events">Every step, in order.</param>
public sealed record CaseRecord(IReadOnlyList<CaseEventView> Events);

/// <summary>What conversations propose to a supervisor.</summary>
/// <param name="Proposals">Newest first.</param>
public sealed record ProposalList(IReadOnlyList<CaseProposal> Proposals);

/// <summary>What became of an import.</summary>
/// <param name="Lines">How many lines there were.</param>
/// <param name="Taken">How many of them stand in the record now, also those that stood there before.</param>
/// <param name="Customers">How many customers they are about.</param>
/// <param name="Broken">Those that cannot be taken in, with what to do about each.</param>
/// <param name="Superseded">Those that were left out because what they say was corrected or struck in the record since.</param>
public sealed record ImportReport(int Lines, int Taken, int Customers, IReadOnlyList<BrokenLine> Broken, IReadOnlyList<BrokenLine> Superseded);

/// <summary>A line that was not taken in.</summary>
/// <param name="Line">The line of the file, from 1; of a JSON array the entry.</param>
/// <param name="CustomerId">The customer, or null when the line names none.</param>
/// <param name="Rule">The rule that refuses it, or null when it cannot be read.</param>
/// <param name="Problem">What is wrong and what to do.</param>
public sealed record BrokenLine(int Line, string? CustomerId, string? Rule, string Problem);
