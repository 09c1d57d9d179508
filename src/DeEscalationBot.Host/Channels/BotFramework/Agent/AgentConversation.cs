using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Channels.BotFramework.Chats;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>The bot's conversation with a support agent: a customer's message comes in, coaching goes out; drafts are reviewed, a supervisor is called.</summary>
/// <remarks>
/// Each agent has a running case in each conversation of a channel, which is a conversation of the product like any other: with alerts,
/// sidebar and record. Cases are named by number; which conversation that is follows from who asks and where, never from what a card sends.
/// Safe for concurrent use.
/// </remarks>
/// <param name="desk">The door to conversations.</param>
/// <param name="memory">The running cases.</param>
/// <param name="feedback">Whether answers were of use.</param>
/// <param name="references">Where an agent is reached alone.</param>
/// <param name="connector">The way there.</param>
/// <param name="commands">Reads commands.</param>
/// <param name="wording">Says things in words.</param>
/// <param name="cards">Shows them on cards.</param>
/// <param name="alerts">Where supervisors want alerts.</param>
/// <param name="chats">The customers' chats that agents answer from here.</param>
/// <param name="coach">Explains suggestions in the agent's language.</param>
/// <param name="texts">The sentences.</param>
/// <param name="options">What may be shown where.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Kinds of failures only.</param>
public sealed partial class AgentConversation(
    [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk,
    AgentMemory memory,
    AnswerFeedback feedback,
    ConversationReferences references,
    ConnectorClient connector,
    AgentCommands commands,
    AgentWording wording,
    IAgentCards cards,
    AlertChoice alerts,
    AgentChats chats,
    TechniqueCoach coach,
    IStringLocalizer<AgentTexts> texts,
    IOptions<BotFrameworkOptions> options,
    TimeProvider clock,
    ILogger<AgentConversation> logger) : ICardActions
{
    /// <summary>The agent wrote, pasted or forwarded.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cancellationToken">The host stops.</param>
    public async Task OnMessageAsync(BotTurn turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, null);
        try
        {
            var state = await memory.ReadAsync(turn.Activity, cancellationToken);
            CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, state.Language);
            await OnWordsAsync(turn, state, CustomerText.Of(turn.Activity), cancellationToken);
        }
        catch (Exception e) when (e is RecordUnavailableException or ConversationClosedException or TimeoutException or OrleansException)
        {
            LogNotTaken(e);
            await SendAsync(turn, new Answer(texts["Record.Away"]), cancellationToken);
        }
    }

    /// <summary>The bot was installed: it says what it does, in the language of the client.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cancellationToken">The host stops.</param>
    public Task OnInstalledAsync(BotTurn turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, null);
        return SendAsync(turn, turn.IsPersonal ? new Answer(texts["Greeting"], cards.Greeting(PlaceOf(turn))) : new Answer(texts["Greeting.Group"]), cancellationToken);
    }

    /// <summary>The bot was removed: it forgets the running case. The coached conversations stay in the record.</summary>
    /// <param name="turn">The turn.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task OnRemovedAsync(BotTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return memory.ForgetAsync(turn.Activity);
    }

    /// <summary>Somebody reacted to an answer of the bot: a thumb or a heart says that it was of use, a sad or angry face that it was not.</summary>
    /// <param name="turn">The turn.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task OnReactionAsync(BotTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (turn.Activity.ReplyToId is not { } answer)
        {
            return;
        }

        foreach (var reaction in turn.Activity.ReactionsRemoved ?? [])
        {
            if (Judgement(reaction?.Type) is not null)
            {
                await feedback.JudgeAsync(turn.Activity.ChannelId!, turn.Activity.Conversation!.Id!, answer, null);
            }
        }

        foreach (var reaction in turn.Activity.ReactionsAdded ?? [])
        {
            if (Judgement(reaction?.Type) is { } judgement)
            {
                await feedback.JudgeAsync(turn.Activity.ChannelId!, turn.Activity.Conversation!.Id!, answer, judgement);
            }
        }
    }

    /// <summary>Somebody used the feedback buttons that Teams puts under a message.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="value">The feedback.</param>
    /// <returns>Whether it is one that the bot understands.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> OnFeedbackAsync(BotTurn turn, FeedbackValue value)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(value);
        if (value.ActionValue?.Reaction is not ("like" or "dislike"))
        {
            return false;
        }

        await JudgeAsync(turn, value.ActionValue.Reaction == "like");
        return true;
    }

    /// <summary>A message extension or a dialogue asks for its next step. Only the agent sees what comes of it, wherever they are.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="name">The invoke's name.</param>
    /// <param name="task">What it brings.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>Nothing when it is not one of this bot's.</returns>
    public async Task<TaskAnswer?> OnTaskAsync(BotTurn turn, string name, TaskValue task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(task);
        var isExtension = name is InvokeNames.ComposeExtensionFetchTask or InvokeNames.ComposeExtensionSubmitAction;
        if (isExtension && task.CommandId is not (AgentVerbs.CoachMessageCommand or AgentVerbs.ReviewDraftCommand))
        {
            return null;
        }

        var state = await memory.ReadAsync(turn.Activity, cancellationToken);
        CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, state.Language);
        return (name, task.CommandId, Field(task.Data, CardFields.Verb)) switch
        {
            (InvokeNames.ComposeExtensionFetchTask, AgentVerbs.CoachMessageCommand, _) => await CoachChosenAsync(turn, state, task.MessagePayload, cancellationToken),
            (InvokeNames.ComposeExtensionFetchTask, _, _) => TaskAnswer.OfCard(texts["Draft.Title"], cards.DraftForm(null)),
            (InvokeNames.ComposeExtensionSubmitAction, _, AgentVerbs.Insert) => Field(task.Data, AgentVerbs.InsertData) is { } words ? TaskAnswer.OfComposed(cards.Composed(words)) : new TaskAnswer(),
            (InvokeNames.ComposeExtensionSubmitAction, AgentVerbs.ReviewDraftCommand, _) => await ComposeAsync(turn, state, Field(task.Data, CardFields.Draft), cancellationToken),
            (InvokeNames.TaskFetch, _, CardVerbs.Review) => TaskAnswer.OfCard(texts["Draft.Title"], cards.DraftForm(null)),
            (_, _, { } verb) when Handles(verb) && CardCommand.Read(task.Data) is { } pressed => Shown(await DoAsync(turn, state, pressed, Dialog(turn), cancellationToken)),
            (InvokeNames.ComposeExtensionSubmitAction, _, _) => new TaskAnswer(),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public bool Handles(string verb) => verb is CardVerbs.Another or CardVerbs.Review or CardVerbs.Help or CardVerbs.Feedback or CardVerbs.Commands;

    /// <inheritdoc/>
    public async Task<CardActionAnswer> ActAsync(BotTurn turn, ExecuteAction action, bool isAutomatic, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(action);
        var state = await memory.ReadAsync(turn.Activity, cancellationToken);
        CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, state.Language);
        var command = CardCommand.Read(new CardActionValue(action)) ?? throw new InvalidOperationException("Only verbs that are handled come here.");
        var answer = await DoAsync(turn, state, command, PlaceOf(turn), cancellationToken);
        return answer.Card?.Attachment.Content is { } card ? CardActionAnswer.OfCard(card) : CardActionAnswer.OfMessage(answer.Text);
    }

    /// <inheritdoc/>
    public async Task SubmitAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(command);
        var state = await memory.ReadAsync(turn.Activity, cancellationToken);
        CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, state.Language);
        await OnPressedAsync(turn, state, command, cancellationToken);
    }

    private static bool? Judgement(string? reaction) => reaction switch
    {
        "like" or "heart" or "plusOne" => true,
        "sad" or "angry" => false,
        _ => null,
    };

    private static string? Field(JsonElement? data, string name) =>
        data is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A card names the conversation that it speaks of: it counts if it is one of this agent's own.
    private static ConversationId CaseOf(AgentState state, CardCommand command) =>
        command.Conversation is { } named && state.Owns(named.Value) is { } own ? own : state.CaseId;

    private static string AgentOf(BotTurn turn) => IdentifierRules.IsLegal(turn.AgentId, 200) ? turn.AgentId : "bot-user";

    // A channel that names no message still has to have it counted once.
    private static MessageId MessageIdOf(string? id, string text, DateTimeOffset at) =>
        MessageId.TryCreate(id, out var given)
            ? given
            : MessageId.Create("h-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{at.UtcTicks}\n{text}")))[..40]);

    private static CardPlace PlaceOf(BotTurn turn) => new(turn.Activity.ChannelId!);

    private static CardPlace Dialog(BotTurn turn) => new(turn.Activity.ChannelId!, IsDialog: true);

    private TaskAnswer Shown(Answer answer) => answer.Card is { } card ? TaskAnswer.OfCard(texts["Task.Title"], card.Attachment) : TaskAnswer.OfMessage(answer.Text);

    private async Task OnWordsAsync(BotTurn turn, AgentState state, string text, CancellationToken cancellationToken)
    {
        var command = commands.Read(text);
        if (state.ExpectsDraft)
        {
            // Whatever comes, it is asked for once.
            state = state with { ExpectsDraft = false };
            await memory.WriteAsync(state);
            command = command.Wish == AgentWish.Coach ? command with { Wish = AgentWish.Review } : command;
        }

        // A mention without words is answered where it was made.
        var isOpen = command.Wish is AgentWish.Help or AgentWish.SpeakSpanish or AgentWish.SpeakEnglish or AgentWish.AlertsHere or AgentWish.AlertsStop
            or AgentWish.ListChats or AgentWish.TakeChat or AgentWish.ReleaseChat || (command.Wish == AgentWish.Coach && command.Text.Length == 0);
        if (!isOpen && OthersMayNotRead(turn))
        {
            await AnswerPrivatelyAsync(turn, (aside, there) => AnswerAsync(aside, there, command, turn.Activity.Id, cancellationToken), cancellationToken);
            return;
        }

        await SendAsync(turn, await AnswerAsync(turn, state, command, turn.Activity.Id, cancellationToken), cancellationToken);
    }

    // A button that sends a message. What it leads to is for the same eyes as what words lead to.
    private async Task OnPressedAsync(BotTurn turn, AgentState state, CardCommand pressed, CancellationToken cancellationToken)
    {
        // These answer with a sentence that holds nothing of a customer, and a judgement is of the message that it hangs on.
        var isOpen = pressed.Verb is CardVerbs.Commands or CardVerbs.Feedback;
        if (!isOpen && OthersMayNotRead(turn))
        {
            await AnswerPrivatelyAsync(turn, (aside, there) => DoAsync(aside, there, pressed, PlaceOf(aside), cancellationToken), cancellationToken);
            return;
        }

        await SendAsync(turn, await DoAsync(turn, state, pressed, PlaceOf(turn), cancellationToken), cancellationToken);
    }

    private bool OthersMayNotRead(BotTurn turn) => !turn.IsPersonal && !options.Value.ShowCustomerTextInChannels;

    // Others read along: the answer goes to where the agent is alone with the bot, as if they had asked there.
    private async Task AnswerPrivatelyAsync(BotTurn turn, Func<BotTurn, AgentState, Task<Answer>> answerAsync, CancellationToken cancellationToken)
    {
        var person = turn.Activity.From?.AadObjectId;
        var tenant = turn.Activity.Conversation?.TenantId ?? ActivityJson.TryRead<TeamsChannelData>(turn.Activity.ChannelData)?.Tenant?.Id;
        if (person is not { Length: > 0 } || await references.FindPersonalAsync(turn.Activity.ChannelId!, tenant, person, cancellationToken) is not { } alone)
        {
            await SendAsync(turn, new Answer(texts["Group.NotHere"]), cancellationToken);
            return;
        }

        var there = turn.Activity with { Id = null, ReplyToId = null, Conversation = alone.Conversation, ServiceUrl = alone.ServiceUrl, From = alone.User ?? turn.Activity.From, Recipient = alone.Bot };
        var aside = new BotTurn(there, new ConnectorReplies(alone, connector));
        var answer = await answerAsync(aside, await memory.ReadAsync(there, cancellationToken));
        await SendAsync(turn, new Answer(texts[await SendAsync(aside, answer, cancellationToken) ? "Group.SentToYou" : "Group.NotHere"]), cancellationToken);
    }

    private async Task<Answer> AnswerAsync(BotTurn turn, AgentState state, AgentCommand command, string? messageId, CancellationToken cancellationToken)
    {
        switch (command.Wish)
        {
            // Who has a customer's chat here and just types, answers it: on its card, where a button sends it.
            case AgentWish.Coach when command is { IsBare: true, Text.Length: > 0 } && turn.IsPersonal && !CustomerText.IsForwarded(turn.Activity) && await chats.ComposeAsync(turn, command.Text, cancellationToken) is { } composed:
                return AnswerOf(composed);
            case AgentWish.Coach:
                return await CoachAsync(turn, state, command.Text, messageId, turn.Activity.Timestamp, PlaceOf(turn), cancellationToken);
            case AgentWish.Review when command.Text.Length == 0:
                await memory.WriteAsync(state with { ExpectsDraft = true });
                return new Answer(texts["Draft.Ask"]);
            case AgentWish.Review:
                return await ReviewAsync(state.CaseId, command.Text, PlaceOf(turn), cancellationToken);
            case AgentWish.Sent:
                return await NoteSentAsync(turn, state, command.Text, messageId, cancellationToken);
            case AgentWish.AnotherWay:
                return await RewordAsync(state.CaseId, 1, PlaceOf(turn), cancellationToken);
            case AgentWish.CallSupervisor:
                return await CallSupervisorAsync(turn, state.CaseId, cancellationToken);
            case AgentWish.Status:
                return new Answer(wording.Status(await desk.ReadAsync(state.CaseId, cancellationToken)));
            case AgentWish.Why:
                var known = await desk.ReadAsync(state.CaseId, cancellationToken);
                return known is { Suggestions.IsEmpty: false } && Explained(known.Suggestions[known.Suggestions.Keys.Max()]) is { } last
                    ? new Answer(texts["Coaching.Why", last.Why, last.Technique])
                    : new Answer(texts["Status.Nothing"]);
            case AgentWish.NewCase:
                await memory.WriteAsync(state with { Case = state.Case + 1 });
                return new Answer(texts["Case.New"]);
            case AgentWish.SpeakSpanish or AgentWish.SpeakEnglish:
                var language = command.Wish == AgentWish.SpeakSpanish ? "es" : "en";
                await memory.WriteAsync(state with { Language = language });
                await chats.SpeakAsync(turn, language == "es" ? MessageLanguage.Spanish : MessageLanguage.English);
                CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, language);
                return new Answer(texts["Language.Chosen"]);
            case AgentWish.AlertsHere:
                return new Answer(texts[await alerts.StartAsync(turn.Activity, state.Language) switch
                {
                    AlertChoiceResult.Done => "Alerts.Here",
                    AlertChoiceResult.NotAllowed => "Alerts.NotAllowed",
                    AlertChoiceResult.SwitchedOff => "Alerts.Off",
                    _ => "Alerts.HereAlready",
                }]);
            case AgentWish.AlertsStop:
                return new Answer(texts[await alerts.StopAsync(turn.Activity) switch
                {
                    AlertChoiceResult.Done => "Alerts.Stopped",
                    AlertChoiceResult.FixedBySettings => "Alerts.BySettings",
                    AlertChoiceResult.NotAllowed => "Alerts.NotAllowed",
                    AlertChoiceResult.SwitchedOff => "Alerts.Off",
                    _ => "Alerts.NotHere",
                }]);
            case AgentWish.ListChats:
                return AnswerOf(await chats.ListAsync(turn, cancellationToken));
            case AgentWish.TakeChat:
                return AnswerOf(await chats.TakeAsync(turn, command.Text, cancellationToken));
            case AgentWish.ReleaseChat:
                return AnswerOf(await chats.ReleaseAsync(turn, command.Text, cancellationToken));
            case AgentWish.Help:
                return new Answer(texts["Greeting"], cards.Commands(PlaceOf(turn)));
            default:
                throw new InvalidOperationException($"The wish {command.Wish} is not known.");
        }
    }

    // Titles and reasons are for the agent, whatever language the customer writes.
    [return: NotNullIfNotNull(nameof(suggestion))]
    private Suggestion? Explained(Suggestion? suggestion) => suggestion is null ? null : coach.Explain(suggestion, AlertPlace.LanguageOf(CultureInfo.CurrentUICulture.Name));

    private static Answer AnswerOf(ChatAnswer chat) =>
        new(chat.Text, chat.Card is { } card ? new AgentCard(card.ToAttachment(), card.Summary) : null, chat.Technique is { } technique ? new Noted(technique) : null);

    private async Task<Answer> CoachAsync(BotTurn turn, AgentState state, string text, string? messageId, DateTimeOffset? at, CardPlace place, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Answer(texts["Message.NoWords"]);
        }

        if (text.Length > MessageText.MaxLength)
        {
            return new Answer(texts["Message.TooLong", MessageText.MaxLength]);
        }

        var written = at ?? clock.GetUtcNow();
        var message = new InboundMessage(MessageIdOf(messageId, text, written), SpeakerRole.Customer, text, written, AgentId: AgentOf(turn));
        var outcome = await desk.ReceiveAsync(state.CaseId, message, cancellationToken);
        return await desk.ReadAsync(state.CaseId, cancellationToken) is { } conversation
            ? Coached(conversation, outcome.Turn, outcome.Suggestion, 0, place)
            : throw new InvalidOperationException("A message that was acknowledged is in the record.");
    }

    private Answer Coached(Conversation conversation, Turn turn, Suggestion? suggestion, int variant, CardPlace place)
    {
        // The message is known already, as one of the agent's own.
        if (turn.Score is null)
        {
            return new Answer(texts["Message.NotCustomers"]);
        }

        var view = new CoachingView(conversation, turn, Explained(suggestion), variant);
        return new Answer(wording.Coaching(view), cards.Coaching(view, place), new Noted(suggestion?.Technique));
    }

    private async Task<Answer> RewordAsync(ConversationId id, int variant, CardPlace place, CancellationToken cancellationToken)
    {
        if (await desk.RewordAsync(id, variant, cancellationToken: cancellationToken) is not { } suggestion || await desk.ReadAsync(id, cancellationToken) is not { } conversation)
        {
            return new Answer(texts["AnotherWay.Nothing"]);
        }

        var turn = conversation.Turns[conversation.Suggestions.Keys.Max()];
        return Coached(conversation, turn, suggestion, variant, place);
    }

    private async Task<Answer> ReviewAsync(ConversationId id, string draft, CardPlace place, CancellationToken cancellationToken)
    {
        if (draft.Length > MessageText.MaxLength)
        {
            return new Answer(texts["Message.TooLong", MessageText.MaxLength]);
        }

        var result = await desk.ReviewDraftAsync(id, draft, DraftKind.Reply, cancellationToken);
        return new Answer(wording.Review(result), cards.Review(new ReviewView(id, draft, result, CanInsert: false), place));
    }

    private async Task<Answer> NoteSentAsync(BotTurn turn, AgentState state, string text, string? messageId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MessageText.MaxLength)
        {
            return new Answer(text.Length > MessageText.MaxLength ? texts["Message.TooLong", MessageText.MaxLength] : texts["Sent.Ask"]);
        }

        if (await desk.ReadAsync(state.CaseId, cancellationToken) is null)
        {
            return new Answer(texts["Status.Nothing"]);
        }

        var at = turn.Activity.Timestamp ?? clock.GetUtcNow();
        await desk.ReceiveAsync(state.CaseId, new InboundMessage(MessageIdOf(messageId, text, at), SpeakerRole.Agent, text, at, AgentId: AgentOf(turn)), cancellationToken);
        return new Answer(texts["Sent.Noted"] + "\n" + wording.Status(await desk.ReadAsync(state.CaseId, cancellationToken)));
    }

    private async Task<Answer> CallSupervisorAsync(BotTurn turn, ConversationId id, CancellationToken cancellationToken) =>
        new(texts[await desk.RequestHandoverAsync(id, AgentOf(turn), cancellationToken) is null ? "Status.Nothing" : "Supervisor.Called"]);

    // What a button says. Cards and numbers in the data are taken as wishes of this agent, for cases of this agent.
    private async Task<Answer> DoAsync(BotTurn turn, AgentState state, CardCommand command, CardPlace place, CancellationToken cancellationToken)
    {
        var id = CaseOf(state, command);
        return command.Verb switch
        {
            CardVerbs.Another => await RewordAsync(id, command.Variant, place, cancellationToken),
            CardVerbs.Help => await CallSupervisorAsync(turn, id, cancellationToken),
            CardVerbs.Feedback => new Answer(texts[await JudgeAsync(turn, command.Useful) ? "Feedback.Thanks" : "Feedback.Unknown"]),
            CardVerbs.Commands => new Answer(texts["Greeting"], cards.Commands(place)),
            CardVerbs.Review when command.Draft is { } draft => await ReviewAsync(id, draft, place, cancellationToken),
            _ => new Answer(texts["Draft.Missing"]),
        };
    }

    private async Task<TaskAnswer> CoachChosenAsync(BotTurn turn, AgentState state, ChosenMessage? chosen, CancellationToken cancellationToken)
    {
        // What a program wrote, this bot included, is nothing that a customer said.
        if (chosen?.From?.Application is { ValueKind: JsonValueKind.Object })
        {
            return TaskAnswer.OfMessage(texts["Message.NotCustomers"]);
        }

        var at = DateTimeOffset.TryParse(chosen?.CreatedDateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written) ? written : (DateTimeOffset?)null;
        return Shown(await CoachAsync(turn, state, chosen is null ? "" : CustomerText.Of(chosen), chosen?.Id, at, Dialog(turn), cancellationToken));
    }

    private async Task<TaskAnswer> ComposeAsync(BotTurn turn, AgentState state, string? draft, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(draft) || draft.Length > MessageText.MaxLength)
        {
            return TaskAnswer.OfCard(texts["Draft.Title"], cards.DraftForm(null));
        }

        var result = await desk.ReviewDraftAsync(state.CaseId, draft, DraftKind.Reply, cancellationToken);
        return result.IsGood ? TaskAnswer.OfComposed(cards.Composed(draft))
            : cards.Review(new ReviewView(state.CaseId, draft, result, CanInsert: true), Dialog(turn)) is { } card ? TaskAnswer.OfCard(texts["Draft.Title"], card.Attachment)
            : result.Rewrite is { } rewrite ? TaskAnswer.OfComposed(cards.Composed(rewrite))
            : TaskAnswer.OfMessage(wording.Review(result));
    }

    private Task<bool> JudgeAsync(BotTurn turn, bool? wasUseful) =>
        turn.Activity.ReplyToId is { } answer ? feedback.JudgeAsync(turn.Activity.ChannelId!, turn.Activity.Conversation!.Id!, answer, wasUseful) : Task.FromResult(false);

    private async Task<bool> SendAsync(BotTurn turn, Answer answer, CancellationToken cancellationToken)
    {
        var reply = answer.Card is { } card
            ? turn.Activity.Reply(null, card.Attachment) with { Summary = card.Summary }
            : turn.Activity.Reply(answer.Text) with { TextFormat = "plain" };
        if (answer.Noted is not null && turn.Activity.ChannelId == ChannelIds.Teams)
        {
            reply = reply with { ChannelData = ActivityJson.ToElement(new TeamsChannelData(FeedbackLoopEnabled: true)) };
        }

        var id = await turn.Replies.SendAsync(reply, cancellationToken);
        if (id is { Length: > 0 } && answer.Noted is { } noted)
        {
            await feedback.NoteAsync(turn.Activity.ChannelId!, turn.Activity.Conversation!.Id!, id, noted.Technique);
        }

        return id is not null;
    }

    private sealed record Answer(string Text, AgentCard? Card = null, Noted? Noted = null);

    private sealed record Noted(string? Technique);

    [LoggerMessage(LogLevel.Warning, "A message to the bot was not taken: the record is away. The agent was asked to send it again.")]
    private partial void LogNotTaken(Exception e);
}
