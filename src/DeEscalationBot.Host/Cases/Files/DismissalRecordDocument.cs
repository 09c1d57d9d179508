using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Coaching.Letters;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>The whole record of a dismissal as a Word document: every step with who and when, and the evidence (B2 to B9).</summary>
/// <remarks>
/// Holds customers' words verbatim, and what colleagues wrote: for whoever may read the case. Of an erased case it holds only that it was erased. Safe for concurrent use.
/// </remarks>
public static class DismissalRecordDocument
{
    /// <summary>Writes the record.</summary>
    /// <param name="state">The case as it stands.</param>
    /// <param name="events">Its events, in order.</param>
    /// <param name="customer">The customer's record as it stands.</param>
    /// <param name="zone">The place whose clock counts.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    public static CaseFile Write(DismissalCase state, IReadOnlyList<DismissalEvent> events, CustomerRecord customer, TimeZoneInfo zone, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(zone);
        var words = CaseFileWords.In(language);
        var record = new Record(state, customer, zone, words);
        var isErased = state.IsErased || customer.IsErased;
        var blocks = isErased ? record.Erased() : [.. record.Parts(), .. record.Timeline(events)];
        return new CaseFile(
            words.FileName("CaseFile.Name.Dismissal", state.Id, "docx"),
            WordDocument.ContentType,
            WordDocument.Write(words["CaseFile.Record.Title", state.Id], words.Language, blocks));
    }

    // One record. A class, so that its chapters need not hand the same things to one another.
    private sealed class Record(DismissalCase state, CustomerRecord customer, TimeZoneInfo zone, CaseFileWords words)
    {
        private CaseWords Names => words.Names;

        public IReadOnlyList<WordBlock> Erased() => [new WordText(words["CaseFile.Record.Title", state.Id], 1), new WordText(words["CaseFile.Record.Erased"])];

        public IEnumerable<WordBlock> Parts() =>
        [
            new WordText(words["CaseFile.Record.Title", state.Id], 1),
            new WordTable(
                [words["CaseFile.Record.What"], words["CaseFile.Record.Value"]],
                [
                    [words["CaseFile.Customer"], customer.Name is { } name ? $"{name} ({state.CustomerId})" : state.CustomerId],
                    [words["CaseFile.Record.Stage"], Names.Name(state.Stage)],
                    [words["CaseFile.Record.Outcome"], state.Outcome is { } outcome ? Names.Name(outcome) : words["CaseFile.Record.StillOpen"]],
                    [words["CaseFile.Record.OpenedOn"], Day(state.OpenedAt)],
                    [words["CaseFile.Record.Why"], state.Why ?? ""],
                ]) { Shares = [2, 5] },
            .. Concerns(),
            .. Reasons(),
            .. Warnings(),
            .. Dossier(),
            .. Options(),
            .. Money(),
            .. Decision(),
            .. Telling(),
            .. Ending(),
        ];

        public IEnumerable<WordBlock> Timeline(IReadOnlyList<DismissalEvent> events) => Chapter("CaseFile.Record.Timeline",
            Table([3, 2, 8], ["CaseFile.Record.When", "CaseFile.Record.Who", "CaseFile.Record.Event"], events.Select(e => new[] { Names.Time(e.At, zone), e.By, CaseTimeline.Tell(e, words.Language, zone) })));

        private IEnumerable<WordBlock> Concerns() => Chapter("CaseFile.Record.Concerns",
            Line("CaseFile.Record.Assessment", state.Assessment is { } assessment ? Names.Name(assessment) : null),
            state.MeetingOffers.IsEmpty ? null : Line("CaseFile.Record.Offers", string.Join("; ", state.MeetingOffers.Select(o => Names.Day(o, zone)))),
            Line(state.WasMeetingHeld ? "CaseFile.Record.Heard" : "CaseFile.Record.HeardWithout", state.Concerns));

        private IEnumerable<WordBlock> Reasons() => state.Reasons.IsEmpty ? [] : Chapter("CaseFile.Record.Reasons",
            Table(
                [3, 3, 2, 5, 2],
                ["CaseFile.Record.Reason", "CaseFile.Record.Shows", "CaseFile.Day", "CaseFile.Record.Evidence", "CaseFile.Record.Where"],
                state.Reasons.SelectMany(r => r.Evidence.Select(e => new[]
                {
                    Names.Reason(r.ReasonId),
                    Names.Name(e.Nature),
                    Names.Day(e.OccurredAt, zone),
                    e.WhatIsUntrue is { } untrue ? $"{e.Text}\n{words["CaseFile.Record.Untrue"]}: {untrue}" : e.Text,
                    e.ConversationId is null ? "" : $"{e.ConversationId}{(e.TurnIndex is { } turn ? $" #{(turn + 1).ToString(Names.Culture)}" : "")}",
                }))));

        private IEnumerable<WordBlock> Warnings() => state.Warnings.IsEmpty ? [] : Chapter("CaseFile.Record.Warnings",
            Table(
                [3, 2, 2, 6],
                ["CaseFile.Record.Reason", "CaseFile.Day", "CaseFile.Record.Channel", "CaseFile.Record.Said"],
                state.Warnings.Select(w => new[] { Names.Reason(w.ReasonId), Names.Day(w.GivenAt, zone), Names.Name(w.Channel), w.Text })));

        private IEnumerable<WordBlock> Dossier()
        {
            if (state.Dossier is not { } dossier)
            {
                return [];
            }

            return Chapter("CaseFile.Record.Dossier",
                Table(
                    [4, 2, 2, 2, 3, 2],
                    ["CaseFile.Record.Conversation", "CaseFile.Record.From", "CaseFile.Record.Until", "CaseFile.Record.Messages", "CaseFile.Record.PeakTension", "CaseFile.Record.Alerts"],
                    dossier.Conversations.Select(c => new[]
                    {
                        c.ConversationId, Names.Day(c.From, zone), Names.Day(c.Until, zone), words.Number(c.CustomerTurns), words.Number(Math.Round((decimal)c.PeakTension * 100)), words.Number(c.Alerts),
                    })),
                Table(
                    [3, 2, 3, 4, 2],
                    ["CaseFile.Record.Complaint", "CaseFile.Day", "CaseFile.Record.Shows", "CaseFile.Record.Tried", "CaseFile.Record.OurFault"],
                    dossier.Complaints.Select(c => (Complaint: c, Told: state.Complaints.Find(t => t.ComplaintId == c.Id))).Select(x => new[]
                    {
                        x.Complaint.Id,
                        Names.Day(x.Complaint.At, zone),
                        string.Join(", ", x.Complaint.Signals.Select(words.Signal)),
                        x.Told?.WhatWasTried ?? "",
                        x.Told is null ? "" : words.YesNo(x.Told.IsOurUnsolvedFailure),
                    })),
                Table(
                    [3, 2, 2, 6],
                    ["CaseFile.Month", "CaseFile.Record.Messages", "CaseFile.Record.Hot", "CaseFile.Record.Shows"],
                    dossier.Pattern.Select(p => new[]
                    {
                        p.Month.ToString("Y", Names.Culture), words.Number(p.Messages), words.Number(p.Hot), string.Join(", ", p.Signals.Select(s => $"{words.Signal(s.Key)} {words.Number(s.Value)}")),
                    })),
                Table(
                    [2, 7, 2],
                    ["CaseFile.Record.Who", "CaseFile.Record.Comment", "CaseFile.Day"],
                    state.Comments.Select(c => new[] { c.Person, c.Text ?? words["CaseFile.Record.NoComment"], Day(c.GivenAt) })));
        }

        private IEnumerable<WordBlock> Options() => state.Options is not { } options ? [] : Chapter("CaseFile.Record.Options",
            new WordText(options.Answer),
            Table([4, 2, 4], ["CaseFile.Record.Option", "CaseFile.Record.Result", "CaseFile.Record.Note"], options.Options.Select(o => new[] { o.Text, Names.Name(o.Result), o.Note })));

        private IEnumerable<WordBlock> Money() => state.Money is not { } money ? [] : Chapter("CaseFile.Record.Money",
            Table([3, 4], ["CaseFile.Record.What", "CaseFile.Record.Value"],
            [
                [words["CaseFile.Record.Period"], $"{Names.Day(money.From)} – {Names.Day(money.Until)}"],
                [words["CaseFile.Record.Revenue"], Names.Amount(money.Revenue)],
                [words["CaseFile.Record.Contact"], words.Number(Math.Round((decimal)money.Contact.TotalHours, 1))],
                [words["CaseFile.Record.Cost"], Names.Amount(money.CostToServe)],
                [words["CaseFile.Record.Margin"], Names.Amount(money.Margin)],
                [words["CaseFile.Record.Refund"], Names.Amount(money.Refund)],
                [words["CaseFile.Record.Net"], Names.Amount(money.NetOfEnding)],
                [words["CaseFile.Record.ContractValue"], Names.Amount(money.ContractValue)],
            ]));

        private IEnumerable<WordBlock> Decision() => state.Agreements.IsEmpty && state.LegalNote is null ? [] : Chapter("CaseFile.Record.Decision",
            state.LegalNote is { } note ? Line("CaseFile.Record.Legal", $"{note.Adviser}: {note.Text}") : null,
            Table(
                [2, 2, 2, 2, 5],
                ["CaseFile.Record.Who", "CaseFile.Record.Role", "CaseFile.Record.Involved", "CaseFile.Day", "CaseFile.Record.Grounds"],
                state.Agreements.Select(a => new[] { a.Person, Names.Name(a.Role), words.YesNo(a.WasInvolved), Names.Day(a.At, zone), a.Grounds })),
            Line("CaseFile.Record.DecidedOn", state.DecidedAt is { } at ? Names.Day(at, zone) : null));

        private IEnumerable<WordBlock> Telling() => state.Plan is not { } plan ? [] : Chapter("CaseFile.Record.Telling",
            Table([3, 4], ["CaseFile.Record.What", "CaseFile.Record.Value"],
            [
                [words["CaseFile.Record.Teller"], $"{plan.Teller} ({Names.Name(plan.TellerRole)})"],
                [words["CaseFile.Record.Channel"], Names.Name(plan.Channel)],
                .. plan.WhyInWriting is { } why ? (string[][])[[words["CaseFile.Record.WhyInWriting"], why]] : [],
                [words["CaseFile.Record.LastDay"], Names.Day(plan.EndsOn)],
                [words["CaseFile.Record.SecondReader"], plan.SecondReader],
            ]),
            state.Message is { } message ? Line("CaseFile.Record.Message", words["CaseFile.Record.WrittenBy", message.WrittenBy, message.ApprovedBy ?? "–"]) : null,
            state.Message is { } text ? new WordText(text.Text) : null);

        private IEnumerable<WordBlock> Ending() => state.ToldAt is not { } told ? [] : Chapter("CaseFile.Record.Ending",
            Line("CaseFile.Record.ToldOn", Names.Time(told, zone)),
            Line("CaseFile.Record.AppealUntil", Day(state.AppealUntil)),
            state.Appeal is { } appeal ? Line("CaseFile.Record.Appeal", appeal.Text) : null,
            state.Appeal?.Grounds is { } grounds ? Line(state.Appeal.IsUpheld == true ? "CaseFile.Record.Upheld" : "CaseFile.Record.Overturned", grounds) : null,
            Table(
                [5, 2, 2, 4],
                ["CaseFile.Record.Obligation", "CaseFile.Side", "CaseFile.DueOn", "CaseFile.Record.Fulfilled"],
                customer.Obligations.Select(o => new[]
                {
                    o.Amount is { } amount ? $"{o.Text} ({Names.Amount(amount)})" : o.Text,
                    Names.Name(o.Side),
                    o.DueOn is { } due ? Names.Day(due) : "",
                    o.ClosedAt is { } closed ? $"{Names.Day(closed, zone)}: {o.ClosedNote}" : state.HasAccepted(o) ? words["CaseFile.Record.Accepted"] : words["CaseFile.No"],
                })),
            Line("CaseFile.Record.ClosedOn", state.ClosedAt is { } at ? Names.Day(at, zone) : null),
            Line("CaseFile.Record.ReviewOn", state.ReviewDueOn is { } review ? Names.Day(review) : null),
            Line("CaseFile.Record.Findings", state.ReviewFindings));

        private IEnumerable<WordBlock> Chapter(string title, params WordBlock?[] blocks)
        {
            var written = blocks.OfType<WordBlock>().ToArray();
            return written.Length == 0 ? [] : [new WordText(words[title], 2), .. written];
        }

        private WordText? Line(string label, string? text) => string.IsNullOrEmpty(text) ? null : new WordText($"{words[label]}: {text}");

        private WordTable? Table(int[] shares, string[] columns, IEnumerable<string[]> rows)
        {
            var written = rows.ToArray();
            return written.Length == 0 ? null : new WordTable([.. columns.Select(c => words[c])], written) { Shares = shares };
        }

        private string Day(DateTimeOffset? at) => at is { } known ? Names.Day(known, zone) : "";
    }
}
