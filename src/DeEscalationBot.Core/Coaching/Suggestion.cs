namespace DeEscalationBot.Core.Coaching;

/// <summary>The one thing that the coach proposes after a customer's message.</summary>
/// <param name="Technique">Playbook id of the practice (A1–A12), or of the trigger whose script it is (T11).</param>
/// <param name="Title">What the agent is asked to do, two to five words, in the agent's language.</param>
/// <param name="Text">Words that the agent can say, in the customer's language.</param>
/// <param name="Openers">Questions that invite the customer to tell more; may be empty.</param>
/// <param name="Why">One sentence: why this, now.</param>
public sealed record Suggestion(string Technique, string Title, string Text, IReadOnlyList<string> Openers, string Why);
