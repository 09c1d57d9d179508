using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>A card that can be sent.</summary>
/// <param name="Content">The Adaptive Card, version 1.5 at most, and at most <see cref="CardBudget.MaxBytes"/> long.</param>
/// <param name="Summary">What a notification shows, and a client that cannot show cards. Never holds words of a customer: it may appear on a locked telephone.</param>
public sealed record RenderedCard(JsonElement Content, string Summary)
{
    /// <summary>The card as an attachment of an activity.</summary>
    public Attachment ToAttachment() => Attachment.OfCard(Content);
}
