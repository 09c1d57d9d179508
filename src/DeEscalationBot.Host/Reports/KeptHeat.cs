using System.Text.Json;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Reports;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Reports;

/// <summary>What reports count of a conversation, written down when it is erased, so that their figures stay. Times, tension, techniques and who answered; no words and no customer.</summary>
public static class KeptHeat
{
    private static readonly JsonSerializerOptions Json = new(CoreJson.Options) { IncludeFields = true };

    /// <summary>Writes it down.</summary>
    /// <param name="conversation">The conversation as it was.</param>
    /// <param name="settings">Where hot begins and calm is.</param>
    public static string Write(Conversation conversation, EscalationSettings settings) => JsonSerializer.Serialize(ConversationHeat.Of(conversation, settings), Json);

    /// <summary>Reads it.</summary>
    /// <param name="kept">What was written.</param>
    public static ConversationHeat Read(string kept) => JsonSerializer.Deserialize<ConversationHeat>(kept, Json)!;
}
