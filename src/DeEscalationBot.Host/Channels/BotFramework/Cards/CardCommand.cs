using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Activities;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>What somebody pressed, read from what the client sent: the same for Action.Execute and for Action.Submit.</summary>
/// <remarks>It came from outside: the ids are checked for their form here, and have to be checked for what the person may do with them.</remarks>
public sealed record CardCommand
{
    private const int MaxMark = 64;

    private readonly JsonElement? _data;

    private CardCommand(string verb, JsonElement? data, bool isAutomatic)
    {
        Verb = verb;
        _data = data;
        IsAutomatic = isAutomatic;
    }

    /// <summary>One of <see cref="CardVerbs"/>.</summary>
    public string Verb { get; }

    /// <summary>Whether the card refreshed itself, so that nobody pressed anything.</summary>
    public bool IsAutomatic { get; }

    /// <summary>The conversation, or nothing.</summary>
    public ConversationId? Conversation => ConversationId.TryCreate(Text(CardFields.Conversation), out var id) ? id : null;

    /// <summary>The alert's id, or nothing.</summary>
    public string? Alert => Text(CardFields.Alert) is { } id && IdentifierRules.IsLegal(id, ConversationId.MaxLength) ? id : null;

    /// <summary>How many times another way was asked for: 1 to 1000.</summary>
    public int Variant => int.TryParse(Text(CardFields.Variant), NumberStyles.None, CultureInfo.InvariantCulture, out var variant) ? Math.Clamp(variant, 1, 1000) : 1;

    /// <summary>Which answer of a chat's card it is; empty when that was not said in a form of ours.</summary>
    public string Turn => Text(CardFields.Turn) is { } turn && IdentifierRules.IsLegal(turn, MaxMark) ? turn : "";

    /// <summary>The draft of which the agent read what the review says, as <see cref="CardFields.Seen"/> names it; empty when they read none.</summary>
    public string Seen => Text(CardFields.Seen) is { } seen && IdentifierRules.IsLegal(seen, MaxMark) ? seen : "";

    /// <summary>The draft, or nothing when none was typed.</summary>
    public string? Draft => Typed(CardFields.Draft);

    /// <summary>What a supervisor says to the agent, or nothing.</summary>
    public string? Words => Typed(CardFields.Words);

    /// <summary>What a supervisor notes for the record, or nothing.</summary>
    public string? Note => Typed(CardFields.Note);

    /// <summary>Why an alert is dismissed, or nothing when no reason was chosen.</summary>
    public AlertDismissal? Dismissal => Enum.GetValues<AlertDismissal>().Cast<AlertDismissal?>().FirstOrDefault(d => d.ToString() == Text(CardFields.Reason));

    /// <summary>What a supervisor adds to the reason, or nothing.</summary>
    public string? Remark => Typed(CardFields.Remark);

    /// <summary>Whether the coaching was of use; nothing when it was not said.</summary>
    public bool? Useful => Text(CardFields.Useful) switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };

    /// <summary>Reads the action of an <see cref="InvokeNames.AdaptiveCardAction"/>.</summary>
    /// <param name="value">What the invoke brought.</param>
    /// <returns>Nothing when it is no action of ours.</returns>
    public static CardCommand? Read(CardActionValue? value) =>
        value?.Action is { Verb: { } verb } action && CardVerbs.All.Contains(verb, StringComparer.Ordinal) ? new CardCommand(verb, action.Data, value.IsAutomatic) : null;

    /// <summary>Reads the value of a message, or the data of a task, that an Action.Submit sent.</summary>
    /// <param name="data">The value.</param>
    /// <returns>Nothing when it is no action of ours.</returns>
    public static CardCommand? Read(JsonElement? data) =>
        TextOf(data, CardFields.Verb) is { } verb && CardVerbs.All.Contains(verb, StringComparer.Ordinal) ? new CardCommand(verb, data, isAutomatic: false) : null;

    private static string? TextOf(JsonElement? data, string name) =>
        data is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var field)
            ? field.ValueKind switch
            {
                JsonValueKind.String => field.GetString(),
                JsonValueKind.Number => field.GetRawText(),
                _ => null,
            }
            : null;

    private string? Text(string name) => TextOf(_data, name);

    private string? Typed(string name) =>
        Text(name) is { } text && !string.IsNullOrWhiteSpace(text) ? MessageText.Mend(text.Length <= MessageText.MaxLength ? text : text[..MessageText.MaxLength]) : null;
}
