using System.Globalization;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using static DeEscalationBot.Host.Channels.BotFramework.Cards.CardParts;

namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>The agent's cards, in channels that show cards; elsewhere everything is said in words.</summary>
/// <param name="texts">The sentences.</param>
/// <param name="options">Where the sidebar is.</param>
public sealed class AdaptiveAgentCards(IStringLocalizer<AgentTexts> texts, IOptions<BotFrameworkOptions> options) : IAgentCards
{
    // The most that a button carries along.
    private const int MostInserted = 4000;

    private readonly Uri? _site = options.Value.Site;

    private static MessageLanguage Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es" ? MessageLanguage.Spanish : MessageLanguage.English;

    /// <inheritdoc/>
    public AgentCard? Greeting(CardPlace place) => In(place, GreetingCard.Build);

    /// <inheritdoc/>
    public AgentCard? Commands(CardPlace place) => In(place, CommandsCard.Build);

    /// <inheritdoc/>
    public AgentCard? Coaching(CoachingView view, CardPlace place)
    {
        ArgumentNullException.ThrowIfNull(view);
        var advice = new CoachingAdvice(view.Score, view.Conversation.StepsDone, view.Suggestion, view.Conversation.Id, view.Turn.Trend, Variant: view.Variant);
        return In(place, audience => CoachingCard.Build(advice, audience));
    }

    /// <inheritdoc/>
    public AgentCard? Review(ReviewView view, CardPlace place)
    {
        ArgumentNullException.ThrowIfNull(view);
        var card = In(place, audience => DraftReviewCard.Build(view.Result, view.Conversation, audience));
        if (card is null || !view.CanInsert || view.Result.Rewrite is not { Length: <= MostInserted } rewrite)
        {
            return card;
        }

        var content = JsonNode.Parse(card.Attachment.Content!.Value.GetRawText())!.AsObject();
        content["body"]!.AsArray().Add(Buttons(Press(
            CardSurface.TeamsDialog, AgentVerbs.Insert, texts["Draft.Insert"], new JsonObject { [AgentVerbs.InsertData] = rewrite }, style: "positive")));
        return card with { Attachment = Attachment.OfCard(ActivityJson.ToElement(content)) };
    }

    /// <inheritdoc/>
    public Attachment DraftForm(string? draft)
    {
        var words = CardWording.In(Language);
        var input = Input(CardFields.Draft, words["Draft.Label"], words["Draft.Missing"], words["Draft.Hint"]);
        input["value"] = draft;
        return Attachment.OfCard(ActivityJson.ToElement(Card(
            words, words["Draft.Heading"], input, Buttons(Press(CardSurface.TeamsDialog, CardVerbs.Review, words["Draft.Send"], [], sendsInputs: true)))));
    }

    /// <inheritdoc/>
    public Attachment Composed(string text)
    {
        var words = CardWording.In(Language);
        return Attachment.OfCard(ActivityJson.ToElement(Card(words, texts["Composed.Title"], Said(text, int.MaxValue)))) with
        {
            Preview = new Attachment(ContentTypes.ThumbnailCard, ActivityJson.ToElement(new { title = texts["Composed.Title"].Value, text })),
        };
    }

    private AgentCard? In(CardPlace place, Func<CardAudience, RenderedCard> build)
    {
        CardSurface? surface = place switch
        {
            { IsDialog: true } => CardSurface.TeamsDialog,
            { ChannelId: ChannelIds.Teams } => CardSurface.Teams,
            { ChannelId: ChannelIds.DirectLine or ChannelIds.WebChat or ChannelIds.Emulator } => CardSurface.WebChat,
            _ => null,
        };
        if (surface is not { } shown)
        {
            return null;
        }

        var card = build(new CardAudience(Language, shown, _site));
        return new AgentCard(card.ToAttachment(), card.Summary);
    }
}
