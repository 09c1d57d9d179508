using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Conversations;

/// <summary>Something that happened in a conversation. The record is the list of these; the state is what follows from them.</summary>
/// <param name="At">When it was recorded, UTC, by the clock of the product.</param>
public abstract record ConversationEvent(DateTimeOffset At);

/// <summary>A message was taken in and judged.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Turn">The message with its judgement.</param>
public sealed record TurnTaken(DateTimeOffset At, Turn Turn) : ConversationEvent(At);

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
public sealed record AlertJoined(DateTimeOffset At, int TurnIndex, string AlertId, EscalationDecision Decision) : ConversationEvent(At);

/// <summary>A person saw the alert and answers for it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="By">Who.</param>
public sealed record AlertAcknowledged(DateTimeOffset At, string AlertId, string By) : ConversationEvent(At);

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

/// <summary>A pattern over time (T8) that somebody should look at; never an alert.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="TurnIndex">The turn that showed it.</param>
/// <param name="Reason">What was seen, with the words.</param>
public sealed record ReviewProposed(DateTimeOffset At, int TurnIndex, string Reason) : ConversationEvent(At);
