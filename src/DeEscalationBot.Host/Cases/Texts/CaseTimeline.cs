using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Storage;

namespace DeEscalationBot.Host.Cases.Texts;

/// <summary>Tells the events of a record or case as lines of a timeline.</summary>
/// <remarks>Who did it, and when, stands beside the line. Lines hold what people wrote: whoever may read the case may read them. Safe for concurrent use.</remarks>
public static class CaseTimeline
{
    /// <summary>What happened, in a line.</summary>
    /// <param name="e">The event.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    /// <param name="zone">The place whose calendar counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The event is none of this version's.</exception>
    public static string Tell(CaseEvent e, MessageLanguage language, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(zone);
        var words = CaseWords.In(language);
        return e switch
        {
            CustomerEvent x => Tell(x, words),
            DismissalEvent x => Tell(x, words, zone),
            DepartureEvent x => Tell(x, words),
            ProposalSetAside x => words.Event("ProposalSetAside", x.Why),
            _ => throw Unknown(e),
        };
    }

    /// <summary>The events of a customer's record; beside each correction, and beside what was struck, the entry as it stood until then.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="events">All events, in order.</param>
    public static IReadOnlyList<(RecordedCaseEvent Recorded, RecordEntry? Before)> WithWhatItSaid(string customerId, IEnumerable<RecordedCaseEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var told = new List<(RecordedCaseEvent Recorded, RecordEntry? Before)>();
        var record = CustomerRecord.Start(customerId);
        foreach (var recorded in events)
        {
            var known = record.Superseded.Count;
            record = recorded.Event is CustomerEvent e ? record.Apply(e) : record;
            told.Add((recorded, record.Superseded.Count > known ? record.Superseded[^1] : null));
        }

        return told;
    }

    /// <summary>What an entry of a customer's record says.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    /// <exception cref="ArgumentOutOfRangeException">The entry is none of this version's.</exception>
    public static string Tell(RecordEntry entry, MessageLanguage language)
    {
        var w = CaseWords.In(language);
        return entry switch
        {
            Obligation { Amount: { } amount } o => $"{o.Id}: {w.Name(o.Side)} · {o.Text} · {w.Amount(amount)}",
            Obligation o => $"{o.Id}: {w.Name(o.Side)} · {o.Text}",
            RevenueEntry r => $"{r.Id}: {w.Day(r.On)} · {w.Amount(r.Amount)}",
            ContactEntry c => $"{c.Id}: {w.Day(c.On)} · {CaseWords.Minutes(c.Duration).ToString(w.Culture)} min",
            GoodwillClaim g => $"{g.Id}: {w.Day(g.On)} · {w.Amount(g.Amount)} · {g.Why}",
            _ => throw new ArgumentOutOfRangeException(nameof(entry), entry?.GetType().Name, "The entry is not known to this version."),
        };
    }

    private static string Tell(CustomerEvent e, CaseWords w) => e switch
    {
        CustomerAdded x => w.Event("CustomerAdded", x.Name, w.Day(x.Since)),
        ContractAgreed { Terms: { End: { } end } t } => w.Event("ContractAgreed.Until", w.Day(t.Start), w.Amount(t.Value), w.Day(end)),
        ContractAgreed { Terms: var t } => w.Event("ContractAgreed", w.Day(t.Start), w.Amount(t.Value)),
        ObligationAdded { Obligation: var o } => w.Event("ObligationAdded", w.Name(o.Kind), w.Name(o.Side), o.Text),
        ObligationClosed x => w.Event("ObligationClosed", x.Note),
        RevenueRecorded { Entry: var r } => w.Event("RevenueRecorded", w.Day(r.On), w.Amount(r.Amount)),
        ContactRecorded { Entry: var c } => w.Event("ContactRecorded", w.Day(c.On), CaseWords.Minutes(c.Duration)),
        GoodwillClaimed { Claim: var c } => w.Event(c.WasGranted ? "GoodwillClaimed.Granted" : "GoodwillClaimed.Refused", w.Day(c.On), w.Amount(c.Amount), c.Why),
        ObligationCorrected { Obligation: var o } x => w.Event("ObligationCorrected", w.Name(o.Kind), w.Name(o.Side), o.Text, x.Why),
        RevenueCorrected { Entry: var r } x => w.Event("RevenueCorrected", r.Id, w.Day(r.On), w.Amount(r.Amount), x.Why),
        ContactCorrected { Entry: var c } x => w.Event("ContactCorrected", c.Id, w.Day(c.On), CaseWords.Minutes(c.Duration), x.Why),
        GoodwillCorrected { Claim: var c } x => w.Event("GoodwillCorrected", c.Id, w.Day(c.On), w.Amount(c.Amount), x.Why),
        EntryStruck x => w.Event("EntryStruck", w.Name(x.Kind), x.EntryId, x.Why),
        CustomerMoved x => w.Event("CustomerMoved", x.Team, x.Why),
        CustomerLeft x => w.Event(x.Ending == CustomerEnding.Left ? "CustomerLeft.Left" : "CustomerLeft.Dismissed", w.Day(x.On)),
        CustomerReturned x => w.Event("CustomerReturned", w.Day(x.On)),
        CustomerErased => w.Event("CustomerErased"),
        _ => throw Unknown(e),
    };

    private static string Tell(DismissalEvent e, CaseWords w, TimeZoneInfo zone) => e switch
    {
        DismissalOpened x => w.Event("DismissalOpened", x.Why),
        CustomerAssessed x => w.Event("CustomerAssessed", w.Name(x.Assessment), x.Why),
        MeetingOffered x => w.Event("MeetingOffered", w.Name(x.Channel)),
        ConcernsHeard x => w.Event(x.WasHeld ? "ConcernsHeard.Held" : "ConcernsHeard.Declined", x.Notes),
        ReasonChosen x => w.Event("ReasonChosen", w.Reason(x.ReasonId)),
        ReasonDropped x => w.Event("ReasonDropped", w.Reason(x.ReasonId)),
        EvidenceAdded { Evidence: var v } x => w.Event("EvidenceAdded", w.Reason(x.ReasonId), w.Day(v.OccurredAt, zone), v.Text),
        EvidenceStruck x => w.Event("EvidenceStruck", CaseRuleCatalogue.All.FirstOrDefault(r => r.Id == x.RuleId) is { } rule ? w.Refusal(rule) : x.RuleId),
        WarningRecorded { Warning: var v } => w.Event("WarningRecorded", w.Reason(v.ReasonId), w.Day(v.GivenAt, zone), w.Name(v.Channel), v.Text),
        DossierCompiled { Dossier: var d } => w.Event("DossierCompiled", d.Conversations.Count, d.Complaints.Count),
        CommentAsked x => w.Event("CommentAsked", x.Person),
        CommentGiven x => w.Event("CommentGiven", x.Text),
        ComplaintTold x => w.Event(x.IsOurUnsolvedFailure ? "ComplaintTold.OurFailure" : "ComplaintTold", x.WhatWasTried),
        OptionsAnswered x => w.Event("OptionsAnswered", x.Answer, x.Options.Count),
        MoneyReckoned { Money: var m } => w.Event("MoneyReckoned", w.Amount(m.Revenue), w.Amount(m.CostToServe), w.Amount(m.Refund)),
        LegalAdviceNoted x => w.Event("LegalAdviceNoted", x.Adviser, x.Text),
        StageEntered x => w.Event("StageEntered", w.Name(x.Stage)),
        DismissalAgreed x => w.Event(x.WasInvolved ? "DismissalAgreed" : "DismissalAgreed.Uninvolved", x.Grounds),
        CaseSentBack x => w.Event("CaseSentBack", w.Name(x.To), x.Grounds),
        DismissalDecided => w.Event("DismissalDecided"),
        TellingPlanned { Plan: var p } => w.Event("TellingPlanned", p.Teller, w.Name(p.Channel), w.Day(p.EndsOn), p.SecondReader),
        MessageWritten x => x.BrokenRules.Count == 0 ? w.Event("MessageWritten") : w.Event("MessageWritten.Broken", x.BrokenRules.Count),
        MessageApproved => w.Event("MessageApproved"),
        CustomerTold x => w.Event("CustomerTold", w.Name(x.Channel), w.Day(x.AppealUntil, zone)),
        ObligationAccepted x => x.CustomersWords is { } words ? w.Event("ObligationAccepted.Words", x.Why, w.Within(words)) : w.Event("ObligationAccepted", x.Why),
        AppealLodged x => w.Event("AppealLodged", x.Text),
        AppealDecided x => w.Event(x.IsUpheld ? "AppealDecided.Upheld" : "AppealDecided.Overturned", x.Grounds),
        DismissalClosed x => w.Event("DismissalClosed", w.Day(x.ReviewDueOn)),
        CustomerKept x => w.Event("CustomerKept", x.Why),
        DismissalUndone x => w.Event("DismissalUndone", x.Why),
        DismissalReviewed x => w.Event("DismissalReviewed", x.Findings),
        DismissalErased => w.Event("DismissalErased"),
        _ => throw Unknown(e),
    };

    private static string Tell(DepartureEvent e, CaseWords w) => e switch
    {
        DepartureOpened x => w.Event("DepartureOpened", x.Why),
        RelationEvaluated { Evaluation: var v } => w.Event("RelationEvaluated", w.Name(v.WasFruitful), w.Name(v.HadSetbacks), w.Name(v.WeKeptCommitments), w.Name(v.TheyKeptCommitments), v.Notes),
        ExitTalkHeld { Talk: ExitTalk.Declined } x => w.Event("ExitTalkHeld.Declined", x.Notes),
        ExitTalkHeld x => w.Event("ExitTalkHeld", w.Name(x.Talk), Listed(x.Motives.Select(m => w.Name(m.Motive))), x.Notes),
        EndAgreed x => w.Event("EndAgreed", w.Day(x.EndsOn)),
        MatrixFilled { Rows.Count: 0 } => w.Event("MatrixFilled.Empty"),
        MatrixFilled x => w.Event("MatrixFilled", Listed(x.Rows.Select(r => $"{w.Name(r.Motive)} ({w.Name(r.Responsibility)})"))),
        HandoverListed { Item: var i } => w.Event("HandoverListed", w.Name(i.Kind), i.Text),
        HandoverDropped x => w.Event("HandoverDropped", x.Why),
        HandoverDone x => w.Event("HandoverDone", x.How),
        ReportFiguresSet x => w.Event("ReportFiguresSet", Listed(x.Figures.Select(f => string.Create(w.Culture, $"{f.Name} {f.Value:#,0.####} {f.Unit}").TrimEnd()))),
        TestimonialAsked => w.Event("TestimonialAsked"),
        TestimonialGiven x => w.Event("TestimonialGiven", x.Text),
        SurveyOffered x => w.Event("SurveyOffered", x.Link),
        SurveyAnswered { Answer: var a } => a.Text is { } text ? w.Event("SurveyAnswered.Words", a.Score, text) : w.Event("SurveyAnswered", a.Score),
        DepartureMovedOn x => w.Event("DepartureMovedOn", w.Name(x.Stage)),
        CommitmentAccepted x => x.CustomersWords is { } words ? w.Event("CommitmentAccepted.Words", x.Why, w.Within(words)) : w.Event("CommitmentAccepted", x.Why),
        KeysVerified => w.Event("KeysVerified"),
        KeysChanged => w.Event("KeysChanged"),
        AccessRevoked x => w.Event("AccessRevoked", x.Where),
        DepartureClosed => w.Event("DepartureClosed"),
        CustomerStayed x => w.Event("CustomerStayed", x.Why),
        ImprovementPlanned { Action: var a } => w.Event("ImprovementPlanned", a.Text, a.Owner, w.Day(a.DueOn)),
        ImprovementDone => w.Event("ImprovementDone"),
        FitJudged x => w.Event("FitJudged", w.Name(x.Fit), x.Why),
        DepartureErased => w.Event("DepartureErased"),
        _ => throw Unknown(e),
    };

    private static string Listed(IEnumerable<string> things) => string.Join(", ", things);

    private static ArgumentOutOfRangeException Unknown(CaseEvent e) => new(nameof(e), e.GetType().Name, "The event is not known to this version.");
}
