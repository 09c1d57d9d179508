using System.Text.Json;

namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>A card or a file.</summary>
/// <param name="ContentType">One of <see cref="ContentTypes"/>, or another.</param>
/// <param name="Content">The content as it came, for a card an object.</param>
/// <param name="ContentUrl">Where the content is instead.</param>
/// <param name="Name">A name to show.</param>
/// <param name="ThumbnailUrl">Where a small picture is.</param>
/// <param name="Preview">In the result of a message extension: what stands for it in the list.</param>
public sealed record Attachment(
    string? ContentType = null,
    JsonElement? Content = null,
    string? ContentUrl = null,
    string? Name = null,
    string? ThumbnailUrl = null,
    Attachment? Preview = null) : ProtocolObject
{
    /// <summary>An Adaptive Card.</summary>
    /// <param name="card">The card.</param>
    public static Attachment OfCard(JsonElement card) => new(ContentTypes.AdaptiveCard, card);
}

/// <summary>Something that the text mentions, or that describes the message. What belongs to its type is among the unknown fields.</summary>
/// <param name="Type">The type: <c>mention</c>, <c>clientInfo</c> and others.</param>
public sealed record Entity(string? Type = null) : ProtocolObject
{
    /// <summary>Who is mentioned, where it is a mention.</summary>
    public ChannelAccount? Mentioned { get; init; }

    /// <summary>The mention as it stands in the text, for instance <c>&lt;at&gt;Coach&lt;/at&gt;</c>.</summary>
    public string? Text { get; init; }
}

/// <summary>A reaction to a message.</summary>
/// <param name="Type"><c>like</c>, <c>heart</c>, <c>laugh</c>, <c>surprised</c>, <c>sad</c>, <c>angry</c> and others.</param>
public sealed record MessageReaction(string? Type = null) : ProtocolObject;

/// <summary>Buttons under a message.</summary>
/// <param name="To">Who sees them; everybody when missing.</param>
/// <param name="Actions">The buttons.</param>
public sealed record SuggestedActions(IReadOnlyList<string?>? To = null, IReadOnlyList<CardAction?>? Actions = null) : ProtocolObject;

/// <summary>A button.</summary>
/// <param name="Type">What it does: <c>imBack</c>, <c>postBack</c>, <c>messageBack</c>, <c>openUrl</c> and others.</param>
/// <param name="Title">What it says.</param>
/// <param name="Value">What it sends or opens.</param>
/// <param name="Text">What <c>messageBack</c> sends as text.</param>
/// <param name="DisplayText">What <c>messageBack</c> shows in the conversation.</param>
/// <param name="Image">A picture's address.</param>
public sealed record CardAction(string? Type = null, string? Title = null, JsonElement? Value = null, string? Text = null, string? DisplayText = null, string? Image = null) : ProtocolObject;
