using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>Where a card is shown: what its buttons may be.</summary>
public enum CardSurface
{
    /// <summary>A message in Teams: buttons are Action.Execute, with Action.Submit for clients that do not know it.</summary>
    Teams,

    /// <summary>A dialogue of Teams (task module, message extension): its form is sent by Action.Submit alone.</summary>
    TeamsDialog,

    /// <summary>Web Chat, which refuses Action.Execute: Action.Submit alone.</summary>
    WebChat,
}

/// <summary>Who reads a card, and where.</summary>
/// <param name="Language">The language of our own words: Spanish for <see cref="MessageLanguage.Spanish"/>, otherwise English.</param>
/// <param name="Surface">Where it is shown.</param>
/// <param name="Site">Where people reach the product's pages, with <c>https</c>; without it a card has no button that opens one.</param>
public sealed record CardAudience(MessageLanguage Language, CardSurface Surface, Uri? Site = null);
