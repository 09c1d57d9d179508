using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>Something that happened in a dismissal case. All carry when it was recorded and who did it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
public abstract record DismissalEvent(DateTimeOffset At, string By) : CaseEvent(At, By);

/// <summary>The case was opened (B1).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Why">What led to it.</param>
public sealed record DismissalOpened(DateTimeOffset At, string By, string CustomerId, string Why) : DismissalEvent(At, By);

/// <summary>Somebody said whether the customer is a bad one or a demanding one (B1).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Assessment">Which.</param>
/// <param name="Why">Why.</param>
public sealed record CustomerAssessed(DateTimeOffset At, string By, CustomerAssessment Assessment, string Why) : DismissalEvent(At, By);

/// <summary>The customer was offered a meeting about their concerns (B1).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Channel">How it was offered.</param>
public sealed record MeetingOffered(DateTimeOffset At, string By, FarewellChannel Channel) : DismissalEvent(At, By);

/// <summary>The meeting took place, or the customer declined it (B1).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="WasHeld">Whether it took place.</param>
/// <param name="Notes">What the customer said.</param>
public sealed record ConcernsHeard(DateTimeOffset At, string By, bool WasHeld, string Notes) : DismissalEvent(At, By);

/// <summary>A reason was chosen (B2).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ReasonId">The reason.</param>
public sealed record ReasonChosen(DateTimeOffset At, string By, string ReasonId) : DismissalEvent(At, By);

/// <summary>A reason was dropped.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ReasonId">The reason.</param>
public sealed record ReasonDropped(DateTimeOffset At, string By, string ReasonId) : DismissalEvent(At, By);

/// <summary>Evidence was added to a reason (B2).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ReasonId">The reason.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record EvidenceAdded(DateTimeOffset At, string By, string ReasonId, Evidence Evidence) : DismissalEvent(At, By);

/// <summary>Evidence turned out to be our own failure and counts no more.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="EvidenceId">The evidence.</param>
/// <param name="RuleId">The reason for which it does not count.</param>
public sealed record EvidenceStruck(DateTimeOffset At, string By, string EvidenceId, string RuleId) : DismissalEvent(At, By);

/// <summary>The customer was warned (B9).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Warning">The warning.</param>
public sealed record WarningRecorded(DateTimeOffset At, string By, CustomerWarning Warning) : DismissalEvent(At, By);

/// <summary>The dossier was compiled, in place of one before (B3).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Dossier">The dossier.</param>
public sealed record DossierCompiled(DateTimeOffset At, string By, Dossier Dossier) : DismissalEvent(At, By);

/// <summary>Somebody was asked for a comment (B3).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Person">Who is asked.</param>
public sealed record CommentAsked(DateTimeOffset At, string By, string Person) : DismissalEvent(At, By);

/// <summary>Whoever was asked commented.</summary>
/// <param name="At">When.</param>
/// <param name="By">Whoever was asked.</param>
/// <param name="Text">The comment.</param>
public sealed record CommentGiven(DateTimeOffset At, string By, string Text) : DismissalEvent(At, By);

/// <summary>Somebody said what the team tried about a complaint, and whether it is solved (B3).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="WhatWasTried">What was tried.</param>
/// <param name="IsOurUnsolvedFailure">Whether it is a fault of ours that is not solved.</param>
public sealed record ComplaintTold(DateTimeOffset At, string By, string ComplaintId, string WhatWasTried, bool IsOurUnsolvedFailure) : DismissalEvent(At, By);

/// <summary>What else could make it work was answered (B4).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Options">The options, each with what came of it.</param>
public sealed record OptionsAnswered(DateTimeOffset At, string By, string Answer, IReadOnlyList<WorkingOption> Options) : DismissalEvent(At, By);

/// <summary>The money was reckoned (B5).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Money">The figures.</param>
public sealed record MoneyReckoned(DateTimeOffset At, string By, DismissalMoney Money) : DismissalEvent(At, By);

/// <summary>Legal advice was noted (B4).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Adviser">Who gave it.</param>
/// <param name="Text">The advice.</param>
public sealed record LegalAdviceNoted(DateTimeOffset At, string By, string Adviser, string Text) : DismissalEvent(At, By);

/// <summary>The case went on to the next step.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Stage">Where it is now.</param>
public sealed record StageEntered(DateTimeOffset At, string By, DismissalStage Stage) : DismissalEvent(At, By);

/// <summary>A decision maker agreed to the dismissal (B4).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Role">Their role.</param>
/// <param name="WasInvolved">Whether they had dealt with the customer or prepared the case.</param>
/// <param name="Grounds">Why.</param>
public sealed record DismissalAgreed(DateTimeOffset At, string By, CaseRole Role, bool WasInvolved, string Grounds) : DismissalEvent(At, By);

/// <summary>The case was sent back: what was agreed so far counts no more (B4).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="To">Where to.</param>
/// <param name="Grounds">Why.</param>
public sealed record CaseSentBack(DateTimeOffset At, string By, DismissalStage To, string Grounds) : DismissalEvent(At, By);

/// <summary>Enough decision makers agreed: the customer is to be dismissed (B4).</summary>
/// <param name="At">When.</param>
/// <param name="By">Whose agreement completed it.</param>
public sealed record DismissalDecided(DateTimeOffset At, string By) : DismissalEvent(At, By);

/// <summary>Who tells the customer, and how, was settled, in place of a plan before; a message's approval lapses (B6).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Plan">The plan.</param>
public sealed record TellingPlanned(DateTimeOffset At, string By, TellingPlan Plan) : DismissalEvent(At, By);

/// <summary>The message was written, in place of one before, whose approval lapses (B7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Text">The text.</param>
/// <param name="Language">Its language.</param>
/// <param name="Hash">The hash of the text.</param>
/// <param name="BrokenRules">The rules of the farewell that it breaks.</param>
public sealed record MessageWritten(DateTimeOffset At, string By, string Text, MessageLanguage Language, string Hash, IReadOnlyList<string> BrokenRules) : DismissalEvent(At, By);

/// <summary>The message was approved (B7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Hash">The hash of exactly what was approved.</param>
public sealed record MessageApproved(DateTimeOffset At, string By, string Hash) : DismissalEvent(At, By);

/// <summary>The customer was told (B7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Channel">How.</param>
/// <param name="Hash">What was said.</param>
/// <param name="AppealUntil">Until when the customer may appeal.</param>
public sealed record CustomerTold(DateTimeOffset At, string By, FarewellChannel Channel, string Hash, DateTimeOffset AppealUntil) : DismissalEvent(At, By);

/// <summary>An open obligation was accepted as it is (B8).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ObligationId">Which.</param>
/// <param name="Why">Why.</param>
/// <param name="CustomersWords">For one of ours: how the customer agreed, verbatim. Otherwise nothing.</param>
/// <param name="Terms">As what it was accepted: corrected since, it counts no more. Nothing when an earlier version recorded it.</param>
public sealed record ObligationAccepted(DateTimeOffset At, string By, string ObligationId, string Why, string? CustomersWords, ObligationTerms? Terms = null) : DismissalEvent(At, By);

/// <summary>The customer appealed.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who took it in.</param>
/// <param name="Text">The appeal, verbatim.</param>
public sealed record AppealLodged(DateTimeOffset At, string By, string Text) : DismissalEvent(At, By);

/// <summary>The second reader decided the appeal.</summary>
/// <param name="At">When.</param>
/// <param name="By">The second reader.</param>
/// <param name="IsUpheld">Whether the dismissal stands.</param>
/// <param name="Grounds">Why.</param>
public sealed record AppealDecided(DateTimeOffset At, string By, bool IsUpheld, string Grounds) : DismissalEvent(At, By);

/// <summary>The case was closed: the customer is dismissed.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ReviewDueOn">When it is to be looked at again.</param>
public sealed record DismissalClosed(DateTimeOffset At, string By, DateOnly ReviewDueOn) : DismissalEvent(At, By);

/// <summary>The customer stays; the case is closed without a dismissal (B1).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Why">Why.</param>
public sealed record CustomerKept(DateTimeOffset At, string By, string Why) : DismissalEvent(At, By);

/// <summary>The dismissal was undone; the customer may stay or come back.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Why">Why.</param>
public sealed record DismissalUndone(DateTimeOffset At, string By, string Why) : DismissalEvent(At, By);

/// <summary>The dismissal was looked at again.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Findings">What was found.</param>
public sealed record DismissalReviewed(DateTimeOffset At, string By, string Findings) : DismissalEvent(At, By);

/// <summary>The customer was erased: the case ends unless it had, and what it held of them is gone from its state.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record DismissalErased(DateTimeOffset At, string By) : DismissalEvent(At, By);
