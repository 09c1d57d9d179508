using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
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
    /// <exception cref="BadLineException">The line cannot be played; the conversation stays as it was.</exception>
    public JsonObject Answer(LineFields fields)
    {
        var speaker = fields.Speaker();
        if (!ConversationId.TryCreate(fields.Required("conversation"), out var id))
        {
            throw new BadLineException(IdentifierRules.Explain("field 'conversation'", ConversationId.MaxLength));
        }

        var text = fields.Text();
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new BadLineException("The field 'text' is empty: there is nothing to take in.");
        }

        var before = _conversations.GetValueOrDefault(id) ?? Conversation.Start(id);
        var at = fields.At() ?? (before.Turns.IsEmpty ? FirstDay : before.Turns[^1].At + Pace);
        var message = new InboundMessage(MessageId.Create($"line-{before.Turns.Count}"), speaker, text, at, fields.Language());
        var result = pipeline.Take(before, message, at);
        _conversations[id] = result.Conversation;
        return JsonSerializer.SerializeToNode(TurnLine.From(result.Outcome), ContractJson.Options)!.AsObject();
    }
}
