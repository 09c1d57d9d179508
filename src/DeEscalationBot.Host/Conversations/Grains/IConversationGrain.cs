using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Pipeline;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Conversations.Grains;

/// <summary>One conversation, wherever in the cluster it lives: takes one thing after the other, and answers when it is on the disk.</summary>
/// <remarks>The key is the conversation's id. For callers within the host: <see cref="IConversationDesk"/> is the door.</remarks>
[Alias("DeEscalationBot.Conversation")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Takes in a message; a known message id gives the first outcome again.</summary>
    /// <param name="message">The message, checked.</param>
    [Alias("Receive")]
    Task<Immutable<TurnOutcome>> ReceiveAsync(Immutable<InboundMessage> message);

    /// <summary>Somebody answers for an alert.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="by">Who.</param>
    [Alias("Acknowledge")]
    Task<Immutable<AlertChange>> AcknowledgeAsync(string alertId, string by);

    /// <summary>The matter behind an alert is settled.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What was done, or nothing.</param>
    [Alias("Resolve")]
    Task<Immutable<AlertChange>> ResolveAsync(string alertId, string by, string? note);

    /// <summary>The agent asks for a supervisor.</summary>
    /// <param name="by">Who asks.</param>
    /// <returns>False when there is no such conversation.</returns>
    [Alias("RequestHandover")]
    Task<bool> RequestHandoverAsync(string by);

    /// <summary>Looks at the clock: has the customer waited too long (T12)?</summary>
    [Alias("CheckWaiting")]
    Task CheckWaitingAsync();
}
