using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Contract;

/// <summary>One follow-up (A12).</summary>
/// <param name="Id">Its id within the conversation.</param>
/// <param name="State"><c>open</c>, <c>done</c> or <c>cancelled</c>.</param>
/// <param name="Reason">Why it cannot be solved now.</param>
/// <param name="PromisedFor">By when the customer hears of us.</param>
/// <param name="RemindAt">When the agent is, or was, reminded.</param>
/// <param name="By">Who promised it.</param>
/// <param name="PlannedAt">When it was promised.</param>
/// <param name="Moves">How often it was given another date.</param>
/// <param name="RemindedAt">When the agent was reminded of the present date, or null.</param>
/// <param name="MissedAt">When the present date was found to have passed, or null.</param>
/// <param name="ClosedBy">Who closed it, or null.</param>
/// <param name="ClosedAt">When, or null.</param>
/// <param name="Conversation">Its conversation, where the answer is not the conversation itself; otherwise left out.</param>
/// <param name="CustomerId">The customer as the desk knows them, in lists; otherwise left out.</param>
public sealed record FollowUpView(
    string Id,
    FollowUpState State,
    string Reason,
    DateTimeOffset PromisedFor,
    DateTimeOffset RemindAt,
    string By,
    DateTimeOffset PlannedAt,
    int Moves,
    DateTimeOffset? RemindedAt,
    DateTimeOffset? MissedAt,
    string? ClosedBy,
    DateTimeOffset? ClosedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Conversation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CustomerId)
{
    /// <summary>The view of a follow-up.</summary>
    /// <param name="f">The follow-up.</param>
    /// <param name="conversation">Its conversation, or nothing where that is clear.</param>
    /// <param name="customerId">The customer, or nothing.</param>
    public static FollowUpView From(FollowUp f, ConversationId? conversation = null, string? customerId = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        return new FollowUpView(
            f.Id, f.State, f.Reason, f.PromisedFor, f.RemindAt, f.By, f.PlannedAt, f.Moves, f.RemindedAt, f.MissedAt, f.ClosedBy, f.ClosedAt, conversation?.Value, customerId);
    }
}

/// <summary>Follow-ups.</summary>
/// <param name="FollowUps">Earliest date first.</param>
public sealed record FollowUpList(IReadOnlyList<FollowUpView> FollowUps)
{
    /// <summary>The list.</summary>
    /// <param name="found">What was found.</param>
    public static FollowUpList From(IReadOnlyList<ConversationFollowUp> found) => new([.. found.Select(f => FollowUpView.From(f.FollowUp, f.Conversation, f.CustomerId))]);
}
