using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring;
using static DeEscalationBot.Host.Channels.BotFramework.Cards.CardParts;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>A message of a chat.</summary>
/// <param name="IsCustomers">Whether the customer wrote it.</param>
/// <param name="Text">The words.</param>
public sealed record ChatLine(bool IsCustomers, string Text);

/// <summary>What an agent in Teams is shown of a customer's message, and where they answer it.</summary>
/// <param name="Code">What the chat is called by.</param>
/// <param name="Advice">The coaching on the message; of a conversation.</param>
/// <param name="Said">The message.</param>
/// <param name="Before">What was written before it, oldest first.</param>
/// <param name="Turn">Names this answer, so that one that is sent twice counts once: the message's place and how many answers it had.</param>
public sealed record ChatView(string Code, CoachingAdvice Advice, string Said, IReadOnlyList<ChatLine> Before, string Turn)
{
    /// <summary>What the agent has written so far, or nothing.</summary>
    public string? Draft { get; init; }

    /// <summary>What the review says of <see cref="Draft"/>; nothing when it was not asked.</summary>
    public DraftReviewResult? Review { get; init; }

    /// <summary>What <see cref="Draft"/> is known by, when the agent wanted to send it and is shown first what the review says; otherwise nothing.</summary>
    public string? HeldBack { get; init; }

    /// <summary>What the agent sent from this card, or nothing.</summary>
    public string? Sent { get; init; }

    /// <summary>Whether the customer said that they leave.</summary>
    public bool HasLeft { get; init; }
}

/// <summary>A customer's message in a chat that the agent answers from here: coaching, a box for the answer, review and send.</summary>
public static class ChatCard
{
    /// <summary>The longest answer, in UTF-16 units: 1500. It is on the card as it was typed, whole, beside everything else.</summary>
    public const int MostTyped = 1500;

    /// <summary>Builds it.</summary>
    /// <param name="chat">What it shows.</param>
    /// <param name="audience">Who reads it, and where.</param>
    public static RenderedCard Build(ChatView chat, CardAudience audience)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentNullException.ThrowIfNull(audience);
        var texts = CardWording.In(audience.Language);
        var level = texts.Of("Level", chat.Advice.Score.Level);
        var summary = texts["Chat.Summary", chat.Code, level];
        var content = CardBudget.Fit(limits => Card(
            texts,
            summary,
            [
                Text(texts["Chat.Heading", chat.Code], isStrong: true),
                CoachingCard.Head(chat.Advice, texts, level, limits),
                Before(chat, texts, limits),
                Label(texts["Chat.Customer"]),
                Said(chat.Said, limits.Words),
                chat.HasLeft ? Text(texts["Chat.Left", chat.Code]) : null,
                .. chat.Sent is { } sent ? Answered(chat, sent, audience, texts, limits) : ToAnswer(chat, audience, texts, limits),
            ]));
        return new RenderedCard(content, summary);
    }

    private static JsonObject? Before(ChatView chat, CardWording texts, CardLimits limits)
    {
        var lines = chat.Before.TakeLast(limits.Items).ToArray();
        return lines.Length == 0 || chat.Review is not null || !limits.ShowsPictures ? null : Box(
        [
            Label(texts["Chat.Before"]),
            .. lines.Select(l => Line(Run(texts[l.IsCustomers ? "Chat.FromCustomer" : "Chat.FromAgent"] + " ", RunStyle.Quiet), Run("\u2068" + CardWords.Clean(l.Text, Math.Min(limits.Words, 200)) + "\u2069"))),
        ]);
    }

    private static IEnumerable<JsonObject?> ToAnswer(ChatView chat, CardAudience audience, CardWording texts, CardLimits limits)
    {
        // Who has written an answer and looks at what the review says of it, needs no other words.
        var isCoached = chat.Review is null;
        foreach (var part in isCoached ? Coached(chat, audience, texts, limits) : Reviewed(chat, audience, texts, limits))
        {
            yield return part;
        }

        // Not required by the client: one that is, would keep every other button from being pressed while it is empty.
        var input = Input(CardFields.Draft, texts["Chat.Answer"], missing: null, texts["Chat.Hint"]);
        input["maxLength"] = MostTyped;
        input["value"] = chat.Draft;

        yield return input;

        // What was typed goes along with every button, and comes back on the card.
        yield return Buttons(
            Press(audience.Surface, CardVerbs.ChatReview, texts["Chat.Review"], About(chat), sendsInputs: true),
            Press(audience.Surface, CardVerbs.ChatSend, texts[chat.HeldBack is null ? "Chat.Send" : "Chat.SendAnyway"], About(chat), sendsInputs: true, style: "positive"));
        var next = About(chat);
        next[CardFields.Variant] = chat.Advice.Variant + 1;
        yield return Buttons(
            chat.Advice.Suggestion is null || !isCoached ? null : Press(audience.Surface, CardVerbs.ChatAnother, texts["Coaching.Another"], next, sendsInputs: true),
            isCoached ? CoachingCard.ShowWhy(chat.Advice, texts) : null,
            Press(audience.Surface, CardVerbs.ChatHelp, texts["Coaching.Help"], About(chat), sendsInputs: true));
        yield return Last(chat, audience, texts);
    }

    private static IEnumerable<JsonObject?> Coached(ChatView chat, CardAudience audience, CardWording texts, CardLimits limits) =>
    [
        limits.ShowsPictures ? CoachingCard.Evidence(chat.Advice.Score, texts, limits) : null,
        .. CoachingCard.Advice(chat.Advice, texts, limits),
        CoachingCard.Step(chat.Advice, texts),
        CoachingCard.Why(chat.Advice, audience, texts, limits),
    ];

    private static IEnumerable<JsonObject?> Answered(ChatView chat, string sent, CardAudience audience, CardWording texts, CardLimits limits)
    {
        yield return Label(texts["Chat.YouAnswered"]);
        yield return Said(sent, limits.Words);
        yield return Buttons(Press(audience.Surface, CardVerbs.ChatMore, texts["Chat.More"], About(chat)));
        yield return Last(chat, audience, texts);
    }

    private static IEnumerable<JsonObject?> Reviewed(ChatView chat, CardAudience audience, CardWording texts, CardLimits limits)
    {
        if (chat.Review is not { } review)
        {
            yield break;
        }

        if (review.Findings.Count == 0)
        {
            yield return Text(texts["Draft.IsGood"]);
            yield break;
        }

        yield return Text(texts[chat.HeldBack is null ? "Draft.Findings" : "Chat.HeldBack", review.Findings.Count], isStrong: chat.HeldBack is not null);
        foreach (var part in DraftReviewCard.Findings(review, texts, limits))
        {
            yield return part;
        }

        if (review.Rewrite is { Length: > 0 and <= MostTyped } rewrite && rewrite.Length <= limits.Words)
        {
            var use = About(chat);
            use[CardFields.Draft] = rewrite;
            yield return Buttons(Press(audience.Surface, CardVerbs.ChatReview, texts["Chat.UseRewrite"], use));
        }
    }

    private static JsonObject? Last(ChatView chat, CardAudience audience, CardWording texts) => Buttons(
        Press(audience.Surface, CardVerbs.ChatRelease, texts["Chat.Release"], About(chat)),
        chat.Advice.Conversation is { } id ? Open(audience, texts["Coaching.Open"], "/sidebar/" + Uri.EscapeDataString(id.Value)) : null);

    private static JsonObject About(ChatView chat)
    {
        var about = CoachingCard.About(chat.Advice.Conversation);
        about[CardFields.Turn] = chat.Turn;
        if (chat.HeldBack is { } seen)
        {
            about[CardFields.Seen] = seen;
        }

        return about;
    }
}

/// <summary>A chat in a list: without a word of the customer's, whose chat is nobody's yet.</summary>
/// <param name="Code">What it is called by.</param>
/// <param name="Conversation">The chat.</param>
/// <param name="WaitingMinutes">For how long the customer waits for an answer; nothing when they do not.</param>
/// <param name="Level">The level of their last message, or nothing.</param>
/// <param name="Language">Their language.</param>
public sealed record ListedChat(string Code, ConversationId Conversation, int? WaitingMinutes, FrustrationLevel? Level, MessageLanguage Language);

/// <summary>The chats that wait for somebody, and those that the agent has.</summary>
public static class ChatListCard
{
    /// <summary>Builds it.</summary>
    /// <param name="own">Those of the agent.</param>
    /// <param name="waiting">Those that are nobody's, longest waiting first.</param>
    /// <param name="audience">Who reads it, and where.</param>
    public static RenderedCard Build(IReadOnlyList<ListedChat> own, IReadOnlyList<ListedChat> waiting, CardAudience audience)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(audience);
        var texts = CardWording.In(audience.Language);
        var summary = texts["Chats.Summary", waiting.Count];
        var content = CardBudget.Fit(limits => Card(
            texts,
            summary,
            [
                Heading(texts["Chats.Heading"]),
                waiting.Count == 0 ? Text(texts["Chats.None"]) : null,
                .. waiting.Take(limits.Items).Select(c => Row(c, CardVerbs.ChatTake, texts["Chats.Take"], audience, texts)),
                waiting.Count > limits.Items ? Text(texts["Chats.More", waiting.Count - limits.Items], isQuiet: true) : null,
                own.Count == 0 ? null : Label(texts["Chats.Own"]),
                .. own.Take(limits.Items).Select(c => Row(c, CardVerbs.ChatMore, texts["Chats.Open"], audience, texts)),
                Buttons(Press(audience.Surface, CardVerbs.Chats, texts["Chats.Again"], [])),
            ]));
        return new RenderedCard(content, summary);
    }

    private static JsonObject Row(ListedChat chat, string verb, string title, CardAudience audience, CardWording texts) => Box(
        [
            Line(
                Run(chat.Code + "  ", RunStyle.Strong),
                Run(chat.WaitingMinutes switch { null => texts["Chats.Answered"], 0 => texts["Chats.WaitsNow"], { } minutes => texts["Chats.Waits", minutes] }),
                Run(chat.Level is { } level ? " · " + texts.Of("Level", level) : ""),
                Run(chat.Language switch { MessageLanguage.Spanish => " · " + texts["Chats.Spanish"], MessageLanguage.English => " · " + texts["Chats.English"], _ => "" }, RunStyle.Quiet)),
            Buttons(Press(audience.Surface, verb, title, CoachingCard.About(chat.Conversation))),
        ],
        style: chat.Level >= FrustrationLevel.Angry ? "warning" : "default");
}
