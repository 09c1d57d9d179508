using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Cases;

/// <summary>How proposals that were set aside are kept: beside the cases, one for each conversation and kind, with the instant up to which the evidence was seen.</summary>
internal static class SetAsideProposals
{
    private const int IdBytes = 16;

    /// <summary>The id of what a conversation proposes.</summary>
    /// <param name="kind">What is proposed.</param>
    /// <param name="conversation">By which conversation.</param>
    public static string IdOf(CaseProposalKind kind, ConversationId conversation) => $"pro-{HashOf($"{kind}/{conversation.Value}")}";

    /// <summary>All ids that a conversation's proposals can have.</summary>
    /// <param name="conversation">The conversation.</param>
    public static string[] IdsOf(ConversationId conversation) => [.. Enum.GetValues<CaseProposalKind>().Select(k => IdOf(k, conversation))];

    /// <summary>In place of a customer, whom the desk may name later or never: whose key the words are sealed with, and who is erased with the conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    public static string NobodyIn(ConversationId conversation) => $"unnamed/{HashOf(conversation.Value)}";

    /// <summary>What the lists hold of it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="kind">What was proposed.</param>
    /// <param name="customerId">Of whom.</param>
    /// <param name="by">Who set it aside.</param>
    /// <param name="sequence">The last event.</param>
    /// <param name="now">The product's clock.</param>
    /// <param name="evidenceAt">The newest evidence that was seen.</param>
    public static CaseIndexRow RowOf(string id, CaseProposalKind kind, string customerId, string by, long sequence, DateTimeOffset now, DateTimeOffset evidenceAt) => new()
    {
        Kind = CaseKind.Proposal,
        CaseId = id,
        CustomerId = customerId,
        Team = ConversationTeams.Default,
        Owner = by,
        Sequence = sequence,
        Stage = kind.ToString(),
        Outcome = null,
        IsOpen = false,
        OpenedAt = now,
        ClosedAt = evidenceAt,
        DueAt = null,
    };

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes));
}
