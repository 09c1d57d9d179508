using System.Globalization;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>Some activities of a chat, and the place up to which they go.</summary>
/// <param name="Activities">Oldest first.</param>
/// <param name="Watermark">The place after them; opaque to clients.</param>
public sealed record ActivitySet(IReadOnlyList<Activity> Activities, string Watermark);

/// <summary>Tells a conversation of the record as the customer's client sees it.</summary>
/// <remarks>
/// The record is all there is: a message is an activity whose number is its place, so that reconnecting, restarts and further nodes need nothing of their
/// own, and whatever the agent answers with, the sidebar, the API or Teams, reaches the customer. What the coach thinks is never among it.
/// </remarks>
/// <param name="options">The settings.</param>
public sealed class DirectLineActivities(IOptions<DirectLineOptions> options)
{
    private const string FromClient = "dl-c-";
    private const string FromUs = "dl-s-";

    /// <summary>The id of a message in the record: it follows from the client's own id, so that a message that is sent again is one.</summary>
    /// <param name="clientActivityId">The client's id, or nothing.</param>
    public static MessageId MessageIdOf(string? clientActivityId) =>
        MessageId.TryCreate(FromClient + clientActivityId, out var id) && clientActivityId is { Length: > 0 } ? id : MessageId.Create(FromUs + Guid.NewGuid().ToString("N"));

    /// <summary>The id of an activity.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="index">The turn's place.</param>
    public static string ActivityIdOf(ConversationId conversation, int index) => string.Create(CultureInfo.InvariantCulture, $"{conversation.Value}|{index:0000000}");

    /// <summary>Reads a watermark.</summary>
    /// <param name="watermark">As the client sent it; nothing, empty or <c>-</c> for the beginning.</param>
    /// <param name="from">The place after it.</param>
    /// <returns>False when it is none of ours.</returns>
    public static bool TryReadWatermark(string? watermark, out int from)
    {
        from = 0;
        return watermark is null or "" or "-" || int.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out from);
    }

    /// <summary>The activities of a conversation from a place on.</summary>
    /// <param name="conversation">The conversation, or nothing before its first message.</param>
    /// <param name="from">The place.</param>
    public ActivitySet From(Conversation? conversation, int from)
    {
        var count = conversation?.Turns.Count ?? 0;
        return new ActivitySet(
            conversation is null ? [] : [.. conversation.Turns.Skip(from).Select(t => Of(conversation.Id, t))],
            Math.Max(count, from).ToString(CultureInfo.InvariantCulture));
    }

    private Activity Of(ConversationId conversation, Turn turn)
    {
        var clientId = turn.MessageId.Value is var id && id.StartsWith(FromClient, StringComparison.Ordinal) ? id[FromClient.Length..] : null;
        var isCustomer = turn.Speaker == SpeakerRole.Customer;
        return new Activity
        {
            Type = ActivityTypes.Message,
            Id = ActivityIdOf(conversation, turn.Index),
            Timestamp = turn.At,
            ChannelId = ChannelIds.DirectLine,
            Conversation = new ConversationAccount(conversation.Value),
            From = isCustomer
                ? new ChannelAccount(turn.AuthorId ?? "customer", Role: "user")
                : new ChannelAccount("agent", options.Value.AgentName is { Length: > 0 } name ? name : null, Role: "bot"),
            Locale = turn.Language == MessageLanguage.Undetermined ? null : turn.Language.Code(),
            Text = turn.Text,
            TextFormat = "plain", // People's words: no client is to read Markdown or markup in them.
            ChannelData = clientId is null ? null : ActivityJson.ToElement(new JsonObject { ["clientActivityID"] = clientId }),
        };
    }
}
