using System.Text.Json;

namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>What <see cref="InvokeNames.AdaptiveCardAction"/> brings.</summary>
/// <param name="Action">The action.</param>
/// <param name="Trigger"><c>manual</c> when somebody pressed it, <c>automatic</c> when the card refreshed itself; missing counts as manual.</param>
public sealed record CardActionValue(ExecuteAction? Action = null, string? Trigger = null) : ProtocolObject
{
    /// <summary>Whether the card refreshed itself.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsAutomatic => Trigger == "automatic";
}

/// <summary>The action of an Adaptive Card.</summary>
/// <param name="Type"><see cref="ExecuteType"/>; others are refused.</param>
/// <param name="Id">Its id in the card.</param>
/// <param name="Verb">What is to be done.</param>
/// <param name="Data">The action's data with the inputs of the card, as it came.</param>
public sealed record ExecuteAction(string? Type = null, string? Id = null, string? Verb = null, JsonElement? Data = null) : ProtocolObject
{
    /// <summary>The one type that the protocol sends by an invoke.</summary>
    public const string ExecuteType = "Action.Execute";
}

/// <summary>The answer to <see cref="InvokeNames.AdaptiveCardAction"/>.</summary>
/// <param name="StatusCode">200 to 599; the HTTP status is another matter.</param>
/// <param name="Type">One of <see cref="ContentTypes"/>.</param>
/// <param name="Value">The card, the sentence or the error.</param>
public sealed record CardActionAnswer(int StatusCode, string Type, JsonElement? Value)
{
    /// <summary>A card that replaces the one that was acted on, for this person.</summary>
    /// <param name="card">The card.</param>
    public static CardActionAnswer OfCard(JsonElement card) => new(200, ContentTypes.AdaptiveCard, card);

    /// <summary>A sentence.</summary>
    /// <param name="sentence">The sentence.</param>
    public static CardActionAnswer OfMessage(string sentence) => new(200, ContentTypes.ActivityMessage, ActivityJson.ToElement(sentence));

    /// <summary>An error.</summary>
    /// <param name="status">400 when the request cannot be used, 500 when it failed.</param>
    /// <param name="code">A word for programs.</param>
    /// <param name="message">A sentence for people.</param>
    public static CardActionAnswer OfError(int status, string code, string message) => new(status, ContentTypes.Error, ActivityJson.ToElement(new ErrorBody(code, message)));
}
