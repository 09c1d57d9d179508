using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>Something that somebody wants to do in a dismissal case. <see cref="DismissalRules"/> says what comes of it.</summary>
public abstract record DismissalCommand;

/// <summary>Opens the case (B1).</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Why">What led to it.</param>
public sealed record OpenDismissal(string CustomerId, string Why) : DismissalCommand;

/// <summary>Says whether the customer is a bad one or a demanding one (B1).</summary>
/// <param name="Assessment">Which.</param>
/// <param name="Why">Why.</param>
public sealed record AssessCustomer(CustomerAssessment Assessment, string Why) : DismissalCommand;

/// <summary>Records that a meeting was offered (B1).</summary>
/// <param name="Channel">How.</param>
public sealed record OfferMeeting(FarewellChannel Channel) : DismissalCommand;

/// <summary>Records what the customer said about their concerns, or that they declined to (B1).</summary>
/// <param name="WasHeld">Whether there was a meeting.</param>
/// <param name="Notes">What the customer said.</param>
public sealed record HearConcerns(bool WasHeld, string Notes) : DismissalCommand;

/// <summary>Chooses a reason (B2).</summary>
/// <param name="ReasonId">The reason.</param>
public sealed record ChooseReason(string ReasonId) : DismissalCommand;

/// <summary>Drops a reason.</summary>
/// <param name="ReasonId">The reason.</param>
public sealed record DropReason(string ReasonId) : DismissalCommand;

/// <summary>Adds evidence to a reason (B2).</summary>
/// <param name="ReasonId">The reason.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record AddEvidence(string ReasonId, Evidence Evidence) : DismissalCommand;

/// <summary>Records a warning that the customer was given (B9).</summary>
/// <param name="Warning">The warning.</param>
public sealed record RecordWarning(CustomerWarning Warning) : DismissalCommand;

/// <summary>Puts the compiled dossier on the case (B3).</summary>
/// <param name="Dossier">As <see cref="DossierCompiler"/> compiles it.</param>
public sealed record CompileDossier(Dossier Dossier) : DismissalCommand;

/// <summary>Asks somebody for a comment (B3).</summary>
/// <param name="Person">Whom.</param>
public sealed record AskForComment(string Person) : DismissalCommand;

/// <summary>Gives the comment that was asked for.</summary>
/// <param name="Text">The comment.</param>
public sealed record GiveComment(string Text) : DismissalCommand;

/// <summary>Says what the team tried about a complaint (B3).</summary>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="WhatWasTried">What was tried.</param>
/// <param name="IsOurUnsolvedFailure">Whether it is a fault of ours that is not solved: evidence that rests on it is struck.</param>
public sealed record TellComplaint(string ComplaintId, string WhatWasTried, bool IsOurUnsolvedFailure) : DismissalCommand;

/// <summary>Answers what else could make it work (B4).</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Options">The options; at least one.</param>
public sealed record AnswerOptions(string Answer, IReadOnlyList<WorkingOption> Options) : DismissalCommand;

/// <summary>Reckons the money from the customer's record (B5).</summary>
/// <param name="Refund">The refund as a closing gesture; zero for none.</param>
public sealed record ReckonMoney(Money Refund) : DismissalCommand;

/// <summary>Notes legal advice (B4).</summary>
/// <param name="Adviser">Who gave it.</param>
/// <param name="Text">The advice.</param>
public sealed record NoteLegalAdvice(string Adviser, string Text) : DismissalCommand;

/// <summary>Goes on to the next step, when nothing of this one is missing.</summary>
public sealed record MoveOn : DismissalCommand;

/// <summary>Agrees to the dismissal (B4).</summary>
/// <param name="Round">The round that was looked at: <see cref="DismissalCase.Round"/>.</param>
/// <param name="Grounds">Why.</param>
public sealed record AgreeToDismissal(int Round, string Grounds) : DismissalCommand;

/// <summary>Sends the case back to an earlier step; until the customer is told (B4).</summary>
/// <param name="Round">The round that was looked at.</param>
/// <param name="To">Where to.</param>
/// <param name="Grounds">Why.</param>
public sealed record SendBack(int Round, DismissalStage To, string Grounds) : DismissalCommand;

/// <summary>Settles who tells the customer, and how (B6).</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Version">The <see cref="DismissalCase.PlanVersion"/> that it replaces, so that nobody overwrites what they have not seen; nothing to replace whatever stands there.</param>
public sealed record PlanTelling(TellingPlan Plan, long? Version = null) : DismissalCommand;

/// <summary>Writes the message, or rewrites it (B7).</summary>
/// <param name="Text">The text; for a call, what is to be said.</param>
/// <param name="Language">Its language.</param>
/// <param name="Version">The <see cref="DismissalCase.MessageVersion"/> that it replaces, so that nobody overwrites what they have not seen; nothing to replace whatever stands there.</param>
public sealed record WriteMessage(string Text, MessageLanguage Language, long? Version = null) : DismissalCommand;

/// <summary>Approves the message, and the plan by which it is told (B6, B7).</summary>
/// <param name="Hash">The hash of what was read: <see cref="FarewellMessage.Hash"/>.</param>
/// <param name="PlanVersion">The <see cref="DismissalCase.PlanVersion"/> that was read; nothing for the one that stands there.</param>
public sealed record ApproveMessage(string Hash, long? PlanVersion = null) : DismissalCommand;

/// <summary>Records that the customer was told (B7).</summary>
/// <param name="Channel">How.</param>
/// <param name="Text">What was sent, or read out; its hash must be the approved one.</param>
public sealed record TellCustomer(FarewellChannel Channel, string Text) : DismissalCommand;

/// <summary>Accepts an open obligation as it is (B8).</summary>
/// <param name="ObligationId">Which.</param>
/// <param name="Why">Why.</param>
/// <param name="CustomersWords">How the customer agreed, verbatim; needed for one of ours.</param>
public sealed record AcceptObligation(string ObligationId, string Why, string? CustomersWords = null) : DismissalCommand;

/// <summary>Takes in the customer's appeal.</summary>
/// <param name="Text">Verbatim.</param>
public sealed record LodgeAppeal(string Text) : DismissalCommand;

/// <summary>Decides the appeal; the second reader alone.</summary>
/// <param name="IsUpheld">Whether the dismissal stands.</param>
/// <param name="Grounds">Why.</param>
public sealed record DecideAppeal(bool IsUpheld, string Grounds) : DismissalCommand;

/// <summary>Closes the case with the dismissal.</summary>
public sealed record CloseDismissal : DismissalCommand;

/// <summary>Closes the case without one: the customer stays (B1).</summary>
/// <param name="Why">Why.</param>
public sealed record KeepCustomer(string Why) : DismissalCommand;

/// <summary>Undoes a dismissal that was told.</summary>
/// <param name="Why">Why.</param>
public sealed record UndoDismissal(string Why) : DismissalCommand;

/// <summary>Looks at a closed dismissal again.</summary>
/// <param name="Findings">What was found.</param>
public sealed record ReviewDismissal(string Findings) : DismissalCommand;
