namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>Reasons for which a step of a dismissal is refused.</summary>
public static class DismissalRule
{
    /// <summary>Another dismissal of this customer is open.</summary>
    public static CaseRule OtherCaseOpen { get; } = new("dismissal.other-case-open", CaseRefusalCode.Conflict, "B1");

    /// <summary>The customer has left already: there is nobody to dismiss.</summary>
    public static CaseRule CustomerGone { get; } = new("dismissal.customer-gone", CaseRefusalCode.Forbidden, "B1");

    /// <summary>Nobody has said yet whether the customer is a bad one or a demanding one.</summary>
    public static CaseRule NotAssessed { get; } = new("dismissal.not-assessed", CaseRefusalCode.MissingStep, "B1");

    /// <summary>The customer is demanding, not bad: they are not dismissed.</summary>
    public static CaseRule MerelyDemanding { get; } = new("dismissal.merely-demanding", CaseRefusalCode.Forbidden, "B1");

    /// <summary>The customer's concerns were not heard: no meeting took place, and none was declined or left unanswered.</summary>
    public static CaseRule ConcernsNotHeard { get; } = new("dismissal.concerns-not-heard", CaseRefusalCode.MissingStep, "B1");

    /// <summary>No reason is given.</summary>
    public static CaseRule NoReason { get; } = new("dismissal.no-reason", CaseRefusalCode.MissingStep, "B2");

    /// <summary>The reason is none of the documents'.</summary>
    public static CaseRule UnknownReason { get; } = new("dismissal.unknown-reason", CaseRefusalCode.BadInput, "B2");

    /// <summary>A reason has no evidence.</summary>
    public static CaseRule ReasonWithoutEvidence { get; } = new("dismissal.reason-without-evidence", CaseRefusalCode.MissingStep, "B2");

    /// <summary>Once is no pattern: the reason needs more evidence.</summary>
    public static CaseRule NoPattern { get; } = new("dismissal.no-pattern", CaseRefusalCode.MissingStep, "B2");

    /// <summary>What the team feels carries no case: another reason is needed beside it.</summary>
    public static CaseRule DreadAlone { get; } = new("dismissal.dread-alone", CaseRefusalCode.Forbidden, "B2");

    /// <summary>Evidence: it shows another reason than this one.</summary>
    public static CaseRule EvidenceForOtherReason { get; } = new("dismissal.evidence.other-reason", CaseRefusalCode.BadInput, "B2");

    /// <summary>Evidence: the turn does not show it.</summary>
    public static CaseRule NotShownByTurn { get; } = new("dismissal.evidence.not-shown", CaseRefusalCode.BadInput, "B2");

    /// <summary>Evidence: a fault that we did not solve is our doing.</summary>
    public static CaseRule OurFailure { get; } = new("dismissal.evidence.our-failure", CaseRefusalCode.Forbidden, "T4");

    /// <summary>Evidence: an honest review is never held against a customer, nor one that nobody has shown to be untrue.</summary>
    public static CaseRule HonestReview { get; } = new("dismissal.evidence.honest-review", CaseRefusalCode.Forbidden, "T3");

    /// <summary>Evidence: the customer used a right.</summary>
    public static CaseRule RightExercised { get; } = new("dismissal.evidence.right-exercised", CaseRefusalCode.Forbidden, "B2");

    /// <summary>Evidence: anger is natural.</summary>
    public static CaseRule MereAnger { get; } = new("dismissal.evidence.mere-anger", CaseRefusalCode.Forbidden, "A6");

    /// <summary>Evidence: need and despair are never held against anybody.</summary>
    public static CaseRule Hardship { get; } = new("dismissal.evidence.hardship", CaseRefusalCode.Forbidden, "T11");

    /// <summary>Evidence: a feeling of ours is not the customer's doing.</summary>
    public static CaseRule OurFeelings { get; } = new("dismissal.evidence.our-feelings", CaseRefusalCode.Forbidden, "B2");

    /// <summary>The customer was not told before what has to change.</summary>
    public static CaseRule NotWarned { get; } = new("dismissal.not-warned", CaseRefusalCode.MissingStep, "B9");

    /// <summary>Nothing happened after the warning: it helped.</summary>
    public static CaseRule WarningHelped { get; } = new("dismissal.warning-helped", CaseRefusalCode.Forbidden, "B1");

    /// <summary>The dossier was not compiled.</summary>
    public static CaseRule NoDossier { get; } = new("dismissal.no-dossier", CaseRefusalCode.MissingStep, "B3");

    /// <summary>Somebody who dealt with the customer was not asked for a comment.</summary>
    public static CaseRule CommentNotAsked { get; } = new("dismissal.comment-not-asked", CaseRefusalCode.MissingStep, "B3");

    /// <summary>Somebody who was asked for a comment still has time to answer.</summary>
    public static CaseRule CommentOutstanding { get; } = new("dismissal.comment-outstanding", CaseRefusalCode.MissingStep, "B3");

    /// <summary>Only whoever was asked gives the comment.</summary>
    public static CaseRule CommentOfAnother { get; } = new("dismissal.comment-of-another", CaseRefusalCode.NotPermitted, "B3");

    /// <summary>Of a complaint nobody has said what the team tried.</summary>
    public static CaseRule ComplaintUntold { get; } = new("dismissal.complaint-untold", CaseRefusalCode.MissingStep, "B3");

    /// <summary>The question what else could make it work is not answered.</summary>
    public static CaseRule OptionsUnanswered { get; } = new("dismissal.options-unanswered", CaseRefusalCode.MissingStep, "B4");

    /// <summary>An option is left that nobody has tried.</summary>
    public static CaseRule OptionUntried { get; } = new("dismissal.option-untried", CaseRefusalCode.Forbidden, "B1");

    /// <summary>The money was not reckoned.</summary>
    public static CaseRule MoneyMissing { get; } = new("dismissal.money-missing", CaseRefusalCode.MissingStep, "B5");

    /// <summary>No hourly cost is set for the customer's currency.</summary>
    public static CaseRule NoHourlyCost { get; } = new("dismissal.no-hourly-cost", CaseRefusalCode.MissingStep, "B5");

    /// <summary>The customer's record holds no amount, so nothing can be reckoned.</summary>
    public static CaseRule NoAmounts { get; } = new("dismissal.no-amounts", CaseRefusalCode.MissingStep, "B5");

    /// <summary>The refund is more than the customer paid in the period.</summary>
    public static CaseRule RefundTooHigh { get; } = new("dismissal.refund-too-high", CaseRefusalCode.BadInput, "B5");

    /// <summary>The contract is large: legal advice is missing.</summary>
    public static CaseRule LegalNoteMissing { get; } = new("dismissal.legal-note-missing", CaseRefusalCode.MissingStep, "B4");

    /// <summary>They have decided already, in this round.</summary>
    public static CaseRule DecidedTwice { get; } = new("dismissal.decided-twice", CaseRefusalCode.Conflict, "B4");

    /// <summary>The case was sent back or decided since they looked: look again.</summary>
    public static CaseRule RoundPassed { get; } = new("dismissal.round-passed", CaseRefusalCode.Conflict, "B4");

    /// <summary>The case goes back to an earlier step only.</summary>
    public static CaseRule NotBackwards { get; } = new("dismissal.not-backwards", CaseRefusalCode.BadInput, "B4");

    /// <summary>Not enough decision makers have agreed.</summary>
    public static CaseRule NotDecided { get; } = new("dismissal.not-decided", CaseRefusalCode.MissingStep, "B4");

    /// <summary>Nobody has decided who was not involved.</summary>
    public static CaseRule NobodyUninvolved { get; } = new("dismissal.nobody-uninvolved", CaseRefusalCode.MissingStep, "B4");

    /// <summary>Who runs the case does not decide it: only decision makers agree.</summary>
    public static CaseRule NotDecisionMaker { get; } = new("dismissal.not-a-decision-maker", CaseRefusalCode.NotPermitted, "B4");

    /// <summary>The contract is large: an executive has to decide with the others.</summary>
    public static CaseRule NoExecutive { get; } = new("dismissal.no-executive", CaseRefusalCode.MissingStep, "B4");

    /// <summary>Nobody has said who tells the customer, and how.</summary>
    public static CaseRule NotPlanned { get; } = new("dismissal.not-planned", CaseRefusalCode.MissingStep, "B6");

    /// <summary>A contract of this value ends in a conversation, not in writing.</summary>
    public static CaseRule CallNeeded { get; } = new("dismissal.call-needed", CaseRefusalCode.Forbidden, "B6");

    /// <summary>Writing needs a reason why no call is possible.</summary>
    public static CaseRule WritingUnexplained { get; } = new("dismissal.writing-unexplained", CaseRefusalCode.MissingStep, "B6");

    /// <summary>Nobody is sent to meet a customer who threatened somebody.</summary>
    public static CaseRule MeetingUnsafe { get; } = new("dismissal.meeting-unsafe", CaseRefusalCode.Forbidden, "B6");

    /// <summary>Somebody more senior has to tell this customer.</summary>
    public static CaseRule TooJunior { get; } = new("dismissal.too-junior", CaseRefusalCode.Forbidden, "B6");

    /// <summary>The end leaves less notice than the contract or the settings ask for.</summary>
    public static CaseRule NoticeTooShort { get; } = new("dismissal.notice-too-short", CaseRefusalCode.Forbidden, "B7");

    /// <summary>The contract has an agreed end, and agreements are kept: to end it sooner takes legal advice.</summary>
    public static CaseRule BeforeContractEnd { get; } = new("dismissal.before-contract-end", CaseRefusalCode.MissingStep, "B8");

    /// <summary>The second reader took part in the case.</summary>
    public static CaseRule ReaderInvolved { get; } = new("dismissal.reader-involved", CaseRefusalCode.Forbidden, "B7");

    /// <summary>There is no message.</summary>
    public static CaseRule NoMessage { get; } = new("dismissal.no-message", CaseRefusalCode.MissingStep, "B7");

    /// <summary>The message breaks a rule of the farewell; the subject names it.</summary>
    public static CaseRule MessageNotClean { get; } = new("dismissal.message-not-clean", CaseRefusalCode.Forbidden, "B7");

    /// <summary>The message is not the one that was approved, or that is to be approved.</summary>
    public static CaseRule MessageChanged { get; } = new("dismissal.message-changed", CaseRefusalCode.Conflict, "B7");

    /// <summary>Nobody approves their own message.</summary>
    public static CaseRule OwnMessage { get; } = new("dismissal.own-message", CaseRefusalCode.NotPermitted, "B7");

    /// <summary>The message is not approved.</summary>
    public static CaseRule NotApproved { get; } = new("dismissal.not-approved", CaseRefusalCode.MissingStep, "B7");

    /// <summary>Somebody else is to tell the customer, or by another channel.</summary>
    public static CaseRule ToldOtherwise { get; } = new("dismissal.told-otherwise", CaseRefusalCode.Forbidden, "B6");

    /// <summary>It was approved, and the message or the plan were changed after that.</summary>
    public static CaseRule ApprovalLost { get; } = new("dismissal.approval-lost", CaseRefusalCode.MissingStep, "B7");

    /// <summary>The plan is not the one that whoever approves has read.</summary>
    public static CaseRule PlanChanged { get; } = new("dismissal.plan-changed", CaseRefusalCode.Conflict, "B6");

    /// <summary>Somebody else changed the message or the plan since it was opened.</summary>
    public static CaseRule ChangedMeanwhile { get; } = new("dismissal.changed-meanwhile", CaseRefusalCode.Conflict, "B7");

    /// <summary>An obligation is open.</summary>
    public static CaseRule ObligationOpen { get; } = new("dismissal.obligation-open", CaseRefusalCode.MissingStep, "B8");

    /// <summary>What we owe is waived by the customer only, and their words are missing.</summary>
    public static CaseRule OursNotWaivedByUs { get; } = new("dismissal.ours-not-waived-by-us", CaseRefusalCode.Forbidden, "B8");

    /// <summary>The end has not come yet.</summary>
    public static CaseRule EndNotReached { get; } = new("dismissal.end-not-reached", CaseRefusalCode.MissingStep, "B7");

    /// <summary>The customer may still appeal.</summary>
    public static CaseRule AppealOpen { get; } = new("dismissal.appeal-open", CaseRefusalCode.MissingStep, "B7");

    /// <summary>The time for an appeal is over.</summary>
    public static CaseRule AppealTooLate { get; } = new("dismissal.appeal-too-late", CaseRefusalCode.Forbidden, "B7");

    /// <summary>There is no appeal to be read.</summary>
    public static CaseRule NoAppeal { get; } = new("dismissal.no-appeal", CaseRefusalCode.BadInput, "B7");

    /// <summary>Only the second reader decides an appeal.</summary>
    public static CaseRule NotSecondReader { get; } = new("dismissal.not-second-reader", CaseRefusalCode.NotPermitted, "B7");

    /// <summary>Only a dismissal that was told can be undone or reviewed.</summary>
    public static CaseRule NothingToUndo { get; } = new("dismissal.nothing-to-undo", CaseRefusalCode.WrongStage, "B10");

    /// <summary>The customer was told: keeping them now means undoing the dismissal.</summary>
    public static CaseRule AlreadyTold { get; } = new("dismissal.already-told", CaseRefusalCode.WrongStage, "B7");
}
