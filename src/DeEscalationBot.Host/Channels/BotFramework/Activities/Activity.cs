using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>One activity: what a channel tells the bot, or what the bot tells a channel.</summary>
/// <remarks>Every field may be missing; which a type needs is decided where it is taken in. Immutable.</remarks>
public sealed record Activity : ProtocolObject
{
    /// <summary>One of <see cref="ActivityTypes"/>, or one that is not known.</summary>
    public string? Type { get; init; }

    /// <summary>The channel's id for it. A bot does not set it.</summary>
    public string? Id { get; init; }

    /// <summary>When the channel took it in, UTC. A bot does not set it.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When it was sent, by the sender's clock and with the sender's offset.</summary>
    public DateTimeOffset? LocalTimestamp { get; init; }

    /// <summary>The sender's time zone, for instance <c>Europe/Madrid</c>.</summary>
    public string? LocalTimezone { get; init; }

    /// <summary>Which bot called; only between bots.</summary>
    public string? CallerId { get; init; }

    /// <summary>Where the channel's connector is.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>One of <see cref="ChannelIds"/>, or another.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Who sent it.</summary>
    public ChannelAccount? From { get; init; }

    /// <summary>Where.</summary>
    public ConversationAccount? Conversation { get; init; }

    /// <summary>Who is to get it.</summary>
    public ChannelAccount? Recipient { get; init; }

    /// <summary><c>markdown</c>, <c>plain</c> or <c>xml</c>; Markdown when missing.</summary>
    public string? TextFormat { get; init; }

    /// <summary><c>list</c> or <c>carousel</c>.</summary>
    public string? AttachmentLayout { get; init; }

    /// <summary>Who came.</summary>
    public IReadOnlyList<ChannelAccount?>? MembersAdded { get; init; }

    /// <summary>Who went.</summary>
    public IReadOnlyList<ChannelAccount?>? MembersRemoved { get; init; }

    /// <summary>Reactions that were added to the message <see cref="ReplyToId"/>.</summary>
    public IReadOnlyList<MessageReaction?>? ReactionsAdded { get; init; }

    /// <summary>Reactions that were taken away from the message <see cref="ReplyToId"/>.</summary>
    public IReadOnlyList<MessageReaction?>? ReactionsRemoved { get; init; }

    /// <summary>The conversation's new name.</summary>
    public string? TopicName { get; init; }

    /// <summary>Whether what was said before can be seen by who came.</summary>
    public bool? HistoryDisclosed { get; init; }

    /// <summary>The sender's language, for instance <c>es-ES</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>What is to be spoken.</summary>
    public string? Speak { get; init; }

    /// <summary><c>acceptingInput</c>, <c>expectingInput</c> or <c>ignoringInput</c>.</summary>
    public string? InputHint { get; init; }

    /// <summary>A short text for notifications and for clients that cannot show the attachments.</summary>
    public string? Summary { get; init; }

    /// <summary>Buttons under the message.</summary>
    public SuggestedActions? SuggestedActions { get; init; }

    /// <summary>Cards and files.</summary>
    public IReadOnlyList<Attachment?>? Attachments { get; init; }

    /// <summary>What the text mentions, and what describes the message.</summary>
    public IReadOnlyList<Entity?>? Entities { get; init; }

    /// <summary>What only this channel knows, as it came.</summary>
    public JsonElement? ChannelData { get; init; }

    /// <summary>What was done in an installation update: <c>add</c>, <c>remove</c> and others.</summary>
    public string? Action { get; init; }

    /// <summary>The activity that this one answers or speaks of.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>A label of a trace.</summary>
    public string? Label { get; init; }

    /// <summary>The type of <see cref="Value"/>.</summary>
    public string? ValueType { get; init; }

    /// <summary>What a button, an invoke or an event carries, as it came.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The name of an invoke or an event; of an invoke one of <see cref="InvokeNames"/>, or another.</summary>
    public string? Name { get; init; }

    /// <summary>Another conversation that this one belongs to.</summary>
    public ConversationReference? RelatesTo { get; init; }

    /// <summary>Why the conversation ended.</summary>
    public string? Code { get; init; }

    /// <summary>When it is of no use any more.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary><c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public string? Importance { get; init; }

    /// <summary>One of <see cref="DeliveryModes"/>; nothing is the ordinary way.</summary>
    public string? DeliveryMode { get; init; }

    /// <summary>Words that speech recognition should listen for.</summary>
    public IReadOnlyList<string?>? ListenFor { get; init; }

    /// <summary>Parts of the message <see cref="ReplyToId"/> that are stressed.</summary>
    public IReadOnlyList<JsonElement>? TextHighlights { get; init; }

    /// <summary>What a program understood of it, as it came.</summary>
    public JsonElement? SemanticAction { get; init; }

    /// <summary>Whether its conversation may be remembered, to be gone on with later; ours alone, never read or written.</summary>
    [JsonIgnore]
    public bool MayBeReferredTo { get; init; } = true;

    /// <summary>Where this conversation can be gone on with.</summary>
    /// <remarks>
    /// Direct Line and Web Chat do not know an update of a conversation as something to reply to: there the activity's id stays out.
    /// </remarks>
    [JsonIgnore]
    public ConversationReference Reference => new(
        Type == ActivityTypes.ConversationUpdate && ChannelId is ChannelIds.DirectLine or ChannelIds.WebChat ? null : Id,
        From,
        Recipient,
        Conversation,
        ChannelId,
        ServiceUrl,
        Locale);

    /// <summary>A message that answers this activity, addressed back to its sender.</summary>
    /// <param name="text">The text, or nothing.</param>
    /// <param name="attachments">Cards.</param>
    public Activity Reply(string? text, params IReadOnlyList<Attachment> attachments) => new()
    {
        Type = ActivityTypes.Message,
        ServiceUrl = ServiceUrl,
        ChannelId = ChannelId,
        From = Recipient,
        Conversation = Conversation,
        Recipient = From,
        Text = text,
        Locale = Locale,
        InputHint = "acceptingInput",
        ReplyToId = Reference.ActivityId,
        Attachments = attachments is { Count: > 0 } ? [.. attachments] : null,
    };
}
