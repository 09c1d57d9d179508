using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Conversations;

/// <summary>Something that happened in a conversation. The record is the list of these; the state is what follows from them.</summary>
/// <param name="At">When it was recorded, UTC, by the clock of the product.</param>
public abstract record ConversationEvent(DateTimeOffset At);

/// <summary>A message was taken in and judged.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Turn">The message with its judgement.</param>
public sealed record TurnTaken(DateTimeOffset At, Turn Turn) : ConversationEvent(At);

/// <summary>A sentiment service said what it hears in a message that was judged before, or why it says nothing. Changes no score.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The customer's turn.</param>
/// <param name="Opinion">What it said.</param>
public sealed record SecondOpinionGiven(DateTimeOffset At, int TurnIndex, SecondOpinion Opinion) : ConversationEvent(At);

/// <summary>The coach proposed something for the agent to say.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The customer's turn that it answers.</param>
/// <param name="Suggestion">The proposal.</param>
public sealed record SuggestionMade(DateTimeOffset At, int TurnIndex, Suggestion Suggestion) : ConversationEvent(At);

/// <summary>An agent's message did one or more of the seven steps for the first time.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The agent's turn.</param>
/// <param name="Steps">The steps that it added.</param>
public sealed record StepsCompleted(DateTimeOffset At, int TurnIndex, IReadOnlyList<ConversationStep> Steps) : ConversationEvent(At);

/// <summary>A trigger asked for a person's eyes.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The turn that raised it; for a clock trigger (T12) the last turn.</param>
/// <param name="Alert">The alert as raised.</param>
public sealed record AlertRaised(DateTimeOffset At, int TurnIndex, Alert Alert) : ConversationEvent(At);

/// <summary>An open alert became more urgent, or a further trigger joined it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The turn that did it.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Decision">What joined.</param>
/// <param name="DueAt">When the next rung of the ladder is told, when it became more urgent; otherwise nothing.</param>
public sealed record AlertJoined(DateTimeOffset At, int TurnIndex, string AlertId, EscalationDecision Decision, DateTimeOffset? DueAt = null) : ConversationEvent(At);

/// <summary>An alert that waited is raised after all.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="DueAt">When the next rung of the ladder is told, or nothing.</param>
public sealed record AlertReleased(DateTimeOffset At, string AlertId, DateTimeOffset? DueAt) : ConversationEvent(At);

/// <summary>The conversation recovered while an alert waited: nobody is called.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
public sealed record AlertWithdrawn(DateTimeOffset At, string AlertId) : ConversationEvent(At);

/// <summary>What would have raised an alert; the desk calibrates, so nobody is called.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The turn that would have raised it; for a clock trigger the last turn.</param>
/// <param name="Decision">What was decided.</param>
public sealed record AlertWithheld(DateTimeOffset At, int TurnIndex, EscalationDecision Decision) : ConversationEvent(At);

/// <summary>An alert reached a sink or a screen for the first time.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Sink">Which one.</param>
public sealed record AlertDelivered(DateTimeOffset At, string AlertId, string Sink) : ConversationEvent(At);

/// <summary>Nobody answered for an alert in time: the next rung of the ladder is told, or the last one again.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Rung">The rung, from 0.</param>
/// <param name="Name">The rung's name.</param>
/// <param name="OnDuty">Who is on duty there; empty when nobody is, or when the rung names nobody.</param>
/// <param name="Repeats">How often the last rung was told again, 0 when the rung is new.</param>
/// <param name="DueAt">When somebody is told next.</param>
public sealed record AlertEscalated(DateTimeOffset At, string AlertId, int Rung, string Name, IReadOnlyList<string> OnDuty, int Repeats, DateTimeOffset DueAt) : ConversationEvent(At);

/// <summary>A person saw the alert and answers for it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="By">Who.</param>
public sealed record AlertAcknowledged(DateTimeOffset At, string AlertId, string By) : ConversationEvent(At);

/// <summary>A supervisor took the conversation over.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="By">Who.</param>
public sealed record AlertTakenOver(DateTimeOffset At, string AlertId, string By) : ConversationEvent(At);

/// <summary>A supervisor said something to the agent. The customer never sees it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="By">Who.</param>
/// <param name="Text">The words.</param>
public sealed record AlertCoached(DateTimeOffset At, string AlertId, string By, string Text) : ConversationEvent(At);

/// <summary>A supervisor wrote a note for the other supervisors.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="By">Who.</param>
/// <param name="Text">The words.</param>
public sealed record AlertNoted(DateTimeOffset At, string AlertId, string By, string Text) : ConversationEvent(At);

/// <summary>A supervisor dismissed the alert.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">More about it, or nothing.</param>
public sealed record AlertDismissed(DateTimeOffset At, string AlertId, string By, AlertDismissal Reason, string? Note) : ConversationEvent(At);

/// <summary>The matter behind the alert is settled.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="By">Who.</param>
/// <param name="Note">What was done, or nothing.</param>
public sealed record AlertResolved(DateTimeOffset At, string AlertId, string By, string? Note) : ConversationEvent(At);

/// <summary>The agent asked for a person's help; an alert of its own is raised with it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who asked.</param>
public sealed record HandoverRequested(DateTimeOffset At, string By) : ConversationEvent(At);

/// <summary>The agent read advice on a draft and sent it as it was. Recorded so that the advice is not repeated; holds no name and no score.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Advice">What was set aside.</param>
public sealed record AdviceSetAside(DateTimeOffset At, IReadOnlyList<SetAsideAdvice> Advice) : ConversationEvent(At);

/// <summary>The checklist of a big problem (A5) was proposed or edited: this is the whole list from now on.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who edited it.</param>
/// <param name="Items">All items, in order.</param>
public sealed record ChecklistEdited(DateTimeOffset At, string By, IReadOnlyList<ChecklistItem> Items) : ConversationEvent(At);

/// <summary>A step of the checklist was ticked, or its tick taken back.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="ItemId">The step.</param>
/// <param name="IsDone">Whether it is done now.</param>
public sealed record ChecklistTicked(DateTimeOffset At, string By, string ItemId, bool IsDone) : ConversationEvent(At);

/// <summary>A pattern over time (T8) that somebody should look at; never an alert.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The turn that showed it.</param>
/// <param name="Reason">What was seen, with the words.</param>
public sealed record ReviewProposed(DateTimeOffset At, int TurnIndex, string Reason) : ConversationEvent(At);

/// <summary>A follow-up was promised (A12).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="FollowUp">The follow-up.</param>
public sealed record FollowUpPlanned(DateTimeOffset At, FollowUp FollowUp) : ConversationEvent(At);

/// <summary>A follow-up was given another date.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="FollowUpId">The follow-up.</param>
/// <param name="Reason">Its reason from now on.</param>
/// <param name="PromisedFor">Its date from now on, UTC.</param>
/// <param name="RemindAt">When the agent is reminded, UTC.</param>
public sealed record FollowUpMoved(DateTimeOffset At, string By, string FollowUpId, string Reason, DateTimeOffset PromisedFor, DateTimeOffset RemindAt) : ConversationEvent(At);

/// <summary>The agent was reminded of a follow-up.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="FollowUpId">The follow-up.</param>
public sealed record FollowUpReminded(DateTimeOffset At, string FollowUpId) : ConversationEvent(At);

/// <summary>The date of a follow-up passed and nobody had closed it: a supervisor sees it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="FollowUpId">The follow-up.</param>
public sealed record FollowUpMissed(DateTimeOffset At, string FollowUpId) : ConversationEvent(At);

/// <summary>The clock was set back behind what it had said of a follow-up: neither the reminder nor the missed date counts, and the clock says both anew when it is time.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="FollowUpId">The follow-up.</param>
public sealed record FollowUpRewound(DateTimeOffset At, string FollowUpId) : ConversationEvent(At);

/// <summary>A follow-up was done or cancelled.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
/// <param name="FollowUpId">The follow-up.</param>
/// <param name="State">Done or cancelled.</param>
public sealed record FollowUpClosed(DateTimeOffset At, string By, string FollowUpId, FollowUpState State) : ConversationEvent(At);

/// <summary>An agent gave something of the goodwill allowance (B12).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Gesture">What.</param>
public sealed record GoodwillGiven(DateTimeOffset At, GoodwillGesture Gesture) : ConversationEvent(At);

/// <summary>What was given is taken back, before the customer wrote again.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="GestureId">The gesture.</param>
/// <param name="By">Who took it back.</param>
public sealed record GoodwillTakenBack(DateTimeOffset At, string GestureId, string By) : ConversationEvent(At);
