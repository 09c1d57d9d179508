using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Host.Contract;

/// <summary>Something given of the goodwill allowance (B12).</summary>
/// <param name="Id">Its id within the conversation.</param>
/// <param name="Amount">How much.</param>
/// <param name="Currency">The currency, an ISO 4217 code.</param>
/// <param name="Reason">What it is for.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When.</param>
/// <param name="TensionBefore">The tension when it was given, 0 to 1.</param>
/// <param name="TensionAfter">The tension after the customer's next message, or null before it.</param>
/// <param name="TakenBackAt">When it was taken back, or null.</param>
public sealed record GoodwillView(
    string Id, decimal Amount, string Currency, string Reason, string By, DateTimeOffset At, double TensionBefore, double? TensionAfter, DateTimeOffset? TakenBackAt)
{
    /// <summary>The view of a gesture.</summary>
    /// <param name="g">The gesture.</param>
    public static GoodwillView From(GoodwillGesture g)
    {
        ArgumentNullException.ThrowIfNull(g);
        return new GoodwillView(g.Id, g.Amount, g.Currency, g.Reason, g.By, g.At, Math.Round(g.TensionBefore, 4), g.TensionAfter is { } after ? Math.Round(after, 4) : null, g.TakenBackAt);
    }
}

/// <summary>What an agent can give in a conversation now, and what was given in it.</summary>
/// <param name="Currency">The currency, an ISO 4217 code.</param>
/// <param name="LeftNow">The most that can be given now; null when the settings give no allowance.</param>
/// <param name="LeftInConversation">What is left of the conversation's limit.</param>
/// <param name="LeftOfAgent">What is left of the agent's month.</param>
/// <param name="LeftOfMonth">What is left of the desk's month.</param>
/// <param name="Given">What was given, oldest first; also what was taken back.</param>
public sealed record GoodwillStateView(string? Currency, decimal? LeftNow, decimal? LeftInConversation, decimal? LeftOfAgent, decimal? LeftOfMonth, IReadOnlyList<GoodwillView> Given)
{
    /// <summary>The view.</summary>
    /// <param name="left">What is left, or nothing.</param>
    /// <param name="conversation">The conversation.</param>
    public static GoodwillStateView From(GoodwillLeft? left, Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return new GoodwillStateView(left?.Currency, left?.Now, left?.Conversation, left?.Agent, left?.Month, [.. conversation.Goodwill.Select(GoodwillView.From)]);
    }
}
