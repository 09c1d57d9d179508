using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;

namespace DeEscalationBot.Host.Batch;

/// <summary>Plays conversations line by line through the pipeline, each with its own state, in memory.</summary>
/// <remarks>Waiting (T12) is looked at with each turn, by the clock of the lines. Not safe for concurrent use.</remarks>
/// <param name="pipeline">The way of a message.</param>
internal sealed class ConversationReplay(ConversationTurnPipeline pipeline)
{
    // Lines without a time follow each other at this pace, from a fixed day, so that a replay can be repeated.
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset FirstDay = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<ConversationId, Conversation> _conversations = [];

    /// <summary>Plays one line.</summary>
    /// <param name="fields">The line.</param>
    /// <returns>What came of it; nothing when the fields say what is wrong, and then the conversation stays as it was.</returns>
    public object? Answer(FieldReader fields)
    {
        if (!ConversationId.TryCreate(fields.RequiredString("conversation"), out var id))
        {
            fields.Complain("conversation", "cannot be used. " + IdentifierRules.Explain("conversation id", ConversationId.MaxLength));
        }

        var before = id == default ? null : _conversations.GetValueOrDefault(id);
        var next = before is null ? FirstDay : before.Turns[^1].At + Pace;
        var message = MessageInput.Read(fields, next, ownId: $"line-{before?.Turns.Count ?? 0}");
        if (message is null || !fields.IsGood)
        {
            return null;
        }

        var result = pipeline.Take(before ?? Conversation.Start(id), message, message.At);
        _conversations[id] = result.Conversation;
        return TurnLine.From(result.Outcome);
    }
}
