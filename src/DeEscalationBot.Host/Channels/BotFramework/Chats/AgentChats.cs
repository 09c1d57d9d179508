using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Agent;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Channels.DirectLine;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Privacy.Audit;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Chats;

/// <summary>What the agent is told: a card, or a sentence.</summary>
/// <param name="Text">The sentence; of a card, what a notification shows.</param>
/// <param name="Card">The card, or nothing.</param>
/// <param name="Technique">The playbook id of what the card suggests, or nothing.</param>
public sealed record ChatAnswer(string Text, RenderedCard? Card = null, string? Technique = null);

/// <summary>An agent answers customers' web chats from their own chat with the bot: lists those that wait, takes one, answers it, gives it back.</summary>
/// <remarks>
/// By the rule of the sidebar: a chat is its agent's alone; one that nobody has becomes theirs who takes it first. Only in the agent's own chat, and only for
/// <see cref="ChatAgents"/>. An answer is known by its card and its words, so that a click that comes twice sends once. Safe for concurrent use.
/// </remarks>
/// <param name="desk">The door to conversations.</param>
/// <param name="index">Whose conversations are.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="held">Where agents are shown their chats.</param>
/// <param name="agents">Who may.</param>
/// <param name="memory">The language that an agent chose.</param>
/// <param name="references">Where an agent is reached.</param>
/// <param name="coach">Explains suggestions in the agent's language.</param>
/// <param name="audit">Writes down who saw what.</param>
/// <param name="options">Where the sidebar is.</param>
/// <param name="clock">The product's clock.</param>
public sealed class AgentChats(
    [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk,
    ConversationIndex index,
    RecordWriter writer,
    HeldChats held,
    ChatAgents agents,
    AgentMemory memory,
    ConversationReferences references,
    TechniqueCoach coach,
    AuditLog audit,
    IOptions<BotFrameworkOptions> options,
    TimeProvider clock) : ICardActions
{
    /// <summary>What the ids of answers begin with that were sent from here.</summary>
    public const string AnswerPrefix = "teams-";

    private const int MostListed = 20;
    private const int LinesBefore = 3;

    // Nobody waits any more who wrote the day before yesterday.
    private static readonly TimeSpan WaitingFor = TimeSpan.FromHours(24);

    // A card is changed beside the answer to its button, as long as the button's deadline has room for it.
    private static readonly TimeSpan ChangesWithin = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public bool Handles(string verb) =>
        verb is CardVerbs.Chats or CardVerbs.ChatTake or CardVerbs.ChatReview or CardVerbs.ChatSend or CardVerbs.ChatMore or CardVerbs.ChatAnother or CardVerbs.ChatHelp or CardVerbs.ChatRelease;

    /// <inheritdoc/>
    public async Task<CardActionAnswer> ActAsync(BotTurn turn, ExecuteAction action, bool isAutomatic, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var command = CardCommand.Read(new CardActionValue(action)) ?? throw new InvalidOperationException("Only verbs that are handled come here.");
        var answer = await DoAsync(turn, command, cancellationToken);
        if (answer.Card is not { } card)
        {
            return CardActionAnswer.OfMessage(answer.Text);
        }

        // Who sent an answer must not find the empty box again when they scroll back: the message itself changes, too.
        if (command.Verb == CardVerbs.ChatSend)
        {
            using var late = new CancellationTokenSource(ChangesWithin, clock);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            try
            {
                await ChangeAsync(turn, card, ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // The answer was sent; what is shown now is shown by the answer to the button.
            }
        }

        return CardActionAnswer.OfCard(card.Content);
    }

    /// <inheritdoc/>
    public async Task SubmitAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(command);
        var answer = await DoAsync(turn, command, cancellationToken);
        if (answer.Card is not { } card)
        {
            await turn.Replies.SendAsync(turn.Activity.Reply(answer.Text) with { TextFormat = "plain" }, cancellationToken);
        }
        else if (!await ChangeAsync(turn, card, cancellationToken))
        {
            await turn.Replies.SendAsync(MessageOf(turn.Activity, card), cancellationToken);
        }
    }

    /// <summary>The chats that wait, and the agent's own.</summary>
    /// <param name="turn">The agent's turn.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<ChatAnswer> ListAsync(BotTurn turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return IfAllowedAsync(turn, language => ListAsync(turn, language, cancellationToken), cancellationToken);
    }

    /// <summary>The agent takes a chat: the one with a code, or the one that waits longest.</summary>
    /// <param name="turn">The agent's turn.</param>
    /// <param name="code">The code as it was typed; empty for the one that waits longest.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<ChatAnswer> TakeAsync(BotTurn turn, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(code);
        return IfAllowedAsync(turn, language => TakeByCodeAsync(turn, code, language, cancellationToken), cancellationToken);
    }

    /// <summary>The agent gives a chat back: the one with a code, or the only one that they have.</summary>
    /// <param name="turn">The agent's turn.</param>
    /// <param name="code">The code as it was typed; may be empty.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<ChatAnswer> ReleaseAsync(BotTurn turn, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(code);
        return IfAllowedAsync(turn, language => ReleaseByCodeAsync(turn, code, language, cancellationToken), cancellationToken);
    }

    /// <summary>Words that the agent typed without a command while they have a chat: its card, with the words in its box. Nothing is sent by it.</summary>
    /// <param name="turn">The agent's turn.</param>
    /// <param name="text">What they typed.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>Nothing when they have no chat: then the words are a customer's, to be coached on.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<ChatAnswer?> ComposeAsync(BotTurn turn, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(text);
        var language = await LanguageOfAsync(turn, cancellationToken);
        if (Refusal(turn, language) is not null || (await held.ListOfAsync(AgentOf(turn), cancellationToken)).Where(c => c.LeftAt is null).ToArray() is not { Length: > 0 } own)
        {
            return null;
        }

        var texts = CardWording.In(language);
        if (own.Length > 1)
        {
            return new ChatAnswer(texts["Chat.WhichAnswer", string.Join(", ", own.Select(c => ChatCode.Of(c.Conversation)))]);
        }

        return text.Length > ChatCard.MostTyped ? new ChatAnswer(texts["Chat.TooLong", ChatCard.MostTyped])
            : await desk.ReadAsync(own[0].Conversation, cancellationToken) is { } conversation && conversation.CustomerTurns.LastOrDefault() is { Score: not null } last
                ? Shown(ViewOf(conversation, last, language) with { Draft = text }, turn.Activity.ChannelId!, language)
                : null;
    }

    /// <summary>From now on the cards of an agent's chats are in the language that they chose.</summary>
    /// <param name="turn">The agent's turn.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task SpeakAsync(BotTurn turn, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return held.SpeakAsync(AgentOf(turn), language);
    }

    /// <summary>The bot was removed from an agent's chat: what they have is free for others to take.</summary>
    /// <param name="activity">The activity that says so.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task ForgetAsync(Activity activity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        foreach (var chat in (await held.ListAsync(cancellationToken)).Where(c => c.ChannelId == activity.ChannelId && c.Place == activity.Conversation?.Id))
        {
            await GiveBackAsync(chat.Conversation, chat.Agent);
        }
    }

    /// <summary>A chat is its agent's no more, who is shown it no more either: others may take it.</summary>
    /// <param name="conversation">The chat.</param>
    /// <param name="agent">The agent.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task GiveBackAsync(ConversationId conversation, string agent)
    {
        await index.ReleaseAsync(writer, conversation, agent);
        if (await held.FindAsync(conversation) is { } chat && chat.Agent == agent)
        {
            await held.DropAsync(chat);
        }
    }

    /// <summary>The card of one of a chat's messages.</summary>
    /// <param name="conversation">The chat.</param>
    /// <param name="turn">The customer's turn.</param>
    /// <param name="chat">Who holds it.</param>
    internal ChatAnswer CardFor(Conversation conversation, Turn turn, HeldChat chat) =>
        Shown(ViewOf(conversation, turn, chat.Language) with { HasLeft = chat.LeftAt is not null }, chat.ChannelId, chat.Language);

    /// <summary>A message with a card.</summary>
    /// <param name="answered">What it answers.</param>
    /// <param name="card">The card.</param>
    private static Activity MessageOf(Activity answered, RenderedCard card) => answered.Reply(null, card.ToAttachment()) with { Summary = card.Summary };

    private static bool IsCalled(ConversationId id, string code) => ChatCode.Of(id).Equals(code.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string AgentOf(BotTurn turn) => turn.AgentId;

    private static string Hash(params IEnumerable<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..40];

    private async Task<ChatAnswer> IfAllowedAsync(BotTurn turn, Func<MessageLanguage, Task<ChatAnswer>> act, CancellationToken cancellationToken)
    {
        var language = await LanguageOfAsync(turn, cancellationToken);
        return Refusal(turn, language) ?? await act(language);
    }

    private async Task<ChatAnswer> TakeByCodeAsync(BotTurn turn, string code, MessageLanguage language, CancellationToken cancellationToken)
    {
        var texts = CardWording.In(language);
        var waiting = await WaitingAsync(cancellationToken);
        if (code.Length == 0)
        {
            return waiting.Count == 0 ? new ChatAnswer(texts["Chats.None"]) : await TakeAsync(turn, waiting[0].Id, language, cancellationToken);
        }

        var own = await held.ListOfAsync(AgentOf(turn), cancellationToken);
        ConversationId[] named = [.. waiting.Select(w => w.Id).Concat(own.Select(o => o.Conversation)).Distinct().Where(id => IsCalled(id, code))];
        return named switch
        {
            [var one] => await TakeAsync(turn, one, language, cancellationToken),
            [] => new ChatAnswer(texts["Chat.NoSuch", CardWords.Clean(code, MostListed)]),
            _ => await ListAsync(turn, language, cancellationToken),
        };
    }

    private async Task<ChatAnswer> ReleaseByCodeAsync(BotTurn turn, string code, MessageLanguage language, CancellationToken cancellationToken)
    {
        var texts = CardWording.In(language);
        var own = await held.ListOfAsync(AgentOf(turn), cancellationToken);
        HeldChat[] named = [.. own.Where(c => code.Length == 0 || IsCalled(c.Conversation, code))];
        return named switch
        {
            [var one] => await ReleaseAsync(one.Conversation, one.Agent, texts, cancellationToken),
            [] => new ChatAnswer(own.Count == 0 ? texts["Chats.NoneOwn"] : texts["Chat.NoSuch", CardWords.Clean(code, MostListed)]),
            _ => new ChatAnswer(texts["Chat.Which", string.Join(", ", named.Select(c => ChatCode.Of(c.Conversation)))]),
        };
    }

    // Nothing when the agent may.
    private ChatAnswer? Refusal(BotTurn turn, MessageLanguage language)
    {
        var texts = CardWording.In(language);
        return turn.Activity.ChannelId is not (ChannelIds.Teams or ChannelIds.Emulator) ? new ChatAnswer(texts["Chat.TeamsOnly"])
            : !turn.IsPersonal ? new ChatAnswer(texts["Chat.PersonalOnly"])
            : !agents.MayAnswer(turn.Activity.From) || !IdentifierRules.IsLegal(turn.AgentId, 200) ? new ChatAnswer(texts["Chat.NotAllowed"])
            : null;
    }

    private async Task<MessageLanguage> LanguageOfAsync(BotTurn turn, CancellationToken cancellationToken) =>
        AlertPlace.LanguageOf(AgentLanguage.Of(turn.Activity, (await memory.ReadAsync(turn.Activity, cancellationToken)).Language).Name);

    private Task<IReadOnlyList<ConversationSummary>> WaitingAsync(CancellationToken cancellationToken) =>
        index.ListUnownedAsync(DirectLineEndpoints.ConversationPrefix, clock.GetUtcNow() - WaitingFor, MostListed, cancellationToken);

    private static async Task<bool> ChangeAsync(BotTurn turn, RenderedCard card, CancellationToken cancellationToken) =>
        turn.Activity.ReplyToId is { Length: > 0 } original && await turn.Replies.UpdateAsync(original, MessageOf(turn.Activity, card), cancellationToken);

    private async Task<ChatAnswer> DoAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken)
    {
        var language = await LanguageOfAsync(turn, cancellationToken);
        var texts = CardWording.In(language);
        if (Refusal(turn, language) is { } refusal)
        {
            return refusal;
        }

        if (command.Verb == CardVerbs.Chats)
        {
            return await ListAsync(turn, language, cancellationToken);
        }

        // What a client sends names a chat at most; whose it is the record says.
        if (command.Conversation is not { } id || !DirectLineEndpoints.IsChat(id))
        {
            return new ChatAnswer(texts["Chat.Unknown"]);
        }

        if (command.Verb == CardVerbs.ChatTake)
        {
            return await TakeAsync(turn, id, language, cancellationToken);
        }

        var agent = AgentOf(turn);
        if (await desk.ReadAsync(id, cancellationToken) is not { } conversation || conversation.CustomerTurns.LastOrDefault() is not { Score: not null } last)
        {
            return new ChatAnswer(texts["Chat.Unknown"]);
        }

        // A click that comes again, after the chat went to somebody else, was an answer all the same.
        var sent = command is { Verb: CardVerbs.ChatSend, Draft: { } words } ? conversation.FindTurn(AnswerIdOf(agent, command.Turn, words)) : null;
        if (sent is null && (await index.FindOwnerAsync(id, cancellationToken))?.AgentId != agent)
        {
            return new ChatAnswer(texts["Chat.NotYours", ChatCode.Of(id)]);
        }

        var turnShown = TurnOf(conversation, command.Turn) ?? last;
        var view = ViewOf(conversation, turnShown, language) with { Draft = command.Draft, HasLeft = (await held.FindAsync(id, cancellationToken))?.LeftAt is not null };
        view = command.Turn.Length > 0 && turnShown == TurnOf(conversation, command.Turn) ? view with { Turn = command.Turn } : view;
        switch (command.Verb)
        {
            case CardVerbs.ChatRelease:
                return await ReleaseAsync(id, agent, texts, cancellationToken);
            case CardVerbs.ChatHelp:
                await desk.RequestHandoverAsync(id, agent, cancellationToken);
                return new ChatAnswer(texts["Chat.HelpAsked", ChatCode.Of(id)]);
            case CardVerbs.ChatMore:
                return Shown(ViewOf(conversation, last, language) with { HasLeft = view.HasLeft }, turn.Activity.ChannelId!, language);
            case CardVerbs.ChatAnother:
                var other = turnShown == last ? await desk.RewordAsync(id, command.Variant, cancellationToken: cancellationToken) : null;
                return Shown(
                    other is null ? view : view with { Advice = view.Advice with { Suggestion = coach.Explain(other, language), Variant = command.Variant } }, turn.Activity.ChannelId!, language);
            case var _ when sent is not null:
                return Shown(view with { Draft = null, Sent = sent.Text }, turn.Activity.ChannelId!, language);
            case var _ when command.Draft is null:
                return new ChatAnswer(texts["Chat.Missing"]);
            case var _ when command.Draft.Length > ChatCard.MostTyped:
                return new ChatAnswer(texts["Chat.TooLong", ChatCard.MostTyped]);
            case CardVerbs.ChatReview:
                var review = await desk.ReviewDraftAsync(id, command.Draft, DraftKind.Reply, cancellationToken);
                return Shown(view with { Review = review }, turn.Activity.ChannelId!, language);
            case CardVerbs.ChatSend:
                return Shown(await SendAsync(agent, id, command, view, cancellationToken), turn.Activity.ChannelId!, language);
            default:
                throw new InvalidOperationException($"The verb {command.Verb} is not known.");
        }
    }

    // As in the sidebar, nothing is forbidden; but what the review says is read before the customer reads the answer. There it is read while one types.
    private async Task<ChatView> SendAsync(string agent, ConversationId id, CardCommand command, ChatView view, CancellationToken cancellationToken)
    {
        var words = command.Draft!;
        var review = await desk.ReviewDraftAsync(id, words, DraftKind.Reply, cancellationToken);
        DraftFinding[] heating = [.. review.Findings.Where(f => f.Severity != FindingSeverity.Note)];
        if (heating.Length > 0 && command.Seen != Hash(words))
        {
            return view with { Review = review, HeldBack = Hash(words) };
        }

        var message = new InboundMessage(AnswerIdOf(agent, command.Turn, words), SpeakerRole.Agent, words, clock.GetUtcNow(), MessageLanguage.Undetermined, null, agent);
        await desk.ReceiveAsync(id, message, cancellationToken);
        if (heating.Length > 0)
        {
            await desk.SetAdviceAsideAsync(id, heating, cancellationToken);
        }

        return view with { Draft = null, Review = null, Sent = words };
    }

    private async Task<ChatAnswer> ListAsync(BotTurn turn, MessageLanguage language, CancellationToken cancellationToken)
    {
        var own = new List<ListedChat>();
        foreach (var chat in await held.ListOfAsync(AgentOf(turn), cancellationToken))
        {
            if (await desk.ReadAsync(chat.Conversation, cancellationToken) is { } conversation)
            {
                own.Add(Listed(chat.Conversation, conversation.UnansweredSince, conversation.CustomerTurns.LastOrDefault()?.Score?.Level, conversation.Language));
            }
        }

        var waiting = (await WaitingAsync(cancellationToken)).Select(w => Listed(w.Id, w.UnansweredSince, w.Level, w.Language));
        var card = ChatListCard.Build(own, [.. waiting], AudienceOf(turn.Activity.ChannelId!, language));
        return new ChatAnswer(card.Summary, card);

        ListedChat Listed(ConversationId id, DateTimeOffset? since, Core.Scoring.FrustrationLevel? level, MessageLanguage spoken) =>
            new(ChatCode.Of(id), id, since is { } then ? (int)Math.Max(0, (clock.GetUtcNow() - then).TotalMinutes) : null, level, spoken);
    }

    private async Task<ChatAnswer> TakeAsync(BotTurn turn, ConversationId id, MessageLanguage language, CancellationToken cancellationToken)
    {
        var texts = CardWording.In(language);
        var (channel, place, agent) = (turn.Activity.ChannelId!, turn.Activity.Conversation!.Id!, AgentOf(turn));
        if (await desk.ReadAsync(id, cancellationToken) is not { } conversation || conversation.CustomerTurns.LastOrDefault() is not { Score: not null } last)
        {
            return new ChatAnswer(texts["Chat.Unknown"]);
        }

        if (await references.FindAsync(channel, place, cancellationToken) is null)
        {
            return new ChatAnswer(texts["Chat.TeamsOnly"]);
        }

        if (!await index.TryClaimAsync(writer, id, agent))
        {
            return new ChatAnswer(texts["Chat.Taken", ChatCode.Of(id)]);
        }

        var chat = new HeldChat(id, agent, channel, place, language, conversation.Sequence);
        await held.HoldAsync(chat);
        await audit.SeenAsync(agent, id.Value);
        return CardFor(conversation, last, chat);
    }

    private async Task<ChatAnswer> ReleaseAsync(ConversationId id, string agent, CardWording texts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await GiveBackAsync(id, agent);
        return new ChatAnswer(texts["Chat.Released", ChatCode.Of(id)]);
    }

    private ChatAnswer Shown(ChatView view, string channel, MessageLanguage language)
    {
        var card = ChatCard.Build(view, AudienceOf(channel, language));
        return new ChatAnswer(card.Summary, card, view.Advice.Suggestion?.Technique);
    }

    private ChatView ViewOf(Conversation conversation, Turn turn, MessageLanguage language)
    {
        var suggestion = conversation.Suggestions.GetValueOrDefault(turn.Index);
        var advice = new CoachingAdvice(
            turn.Score!, conversation.StepsDone, suggestion is null ? null : coach.Explain(suggestion, language), conversation.Id, turn.Trend);
        var before = conversation.Turns.Take(turn.Index).TakeLast(LinesBefore).Select(t => new ChatLine(t.Speaker == SpeakerRole.Customer, t.Text));
        var answers = conversation.Turns.Skip(turn.Index + 1).Count(t => t.Speaker == SpeakerRole.Agent);
        return new ChatView(ChatCode.Of(conversation.Id), advice, turn.Text, [.. before], string.Create(CultureInfo.InvariantCulture, $"{turn.Index}.{answers}"));
    }

    // The customer's turn that a card was about, as its buttons say it.
    private static Turn? TurnOf(Conversation conversation, string mark) =>
        int.TryParse(mark.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < conversation.Turns.Count && conversation.Turns[number] is { Score: not null } turn ? turn : null;

    private static MessageId AnswerIdOf(string agent, string mark, string words) => MessageId.Create(AnswerPrefix + Hash(agent, mark, words));

    private CardAudience AudienceOf(string channel, MessageLanguage language) =>
        new(language, channel == ChannelIds.Teams ? CardSurface.Teams : CardSurface.WebChat, options.Value.Site);
}
