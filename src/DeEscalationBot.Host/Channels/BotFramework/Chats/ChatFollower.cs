using System.Collections.Concurrent;
using System.Threading.Channels;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Channels.DirectLine;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;

namespace DeEscalationBot.Host.Channels.BotFramework.Chats;

/// <summary>Shows agents what happens in the chats that they hold: the customer's messages as coaching cards, whispers, who is coming.</summary>
/// <remarks>
/// <para>
/// The live feed says when to look; what is shown comes from the record, from the place on that was shown last, so that a restart loses and doubles nothing. One chat
/// is shown by one at a time, in order, on one node (<see cref="HeldChats.TryLeaseAsync"/>). A host that dies between sending and writing down sends a card twice: the
/// protocol knows no keys against that.
/// </para>
/// <para>
/// While the channel is away nothing is lost: the chat goes on in the sidebar, which says so, and the agent is told when the channel is back. The chats of an agent who
/// removed or blocked the bot are free for others.
/// </para>
/// </remarks>
/// <param name="desk">The record, and the feed.</param>
/// <param name="index">Whose conversations are.</param>
/// <param name="held">Who holds what.</param>
/// <param name="chats">Builds the cards, and gives chats back.</param>
/// <param name="references">Where agents are.</param>
/// <param name="connector">The way there, with the limits of Teams.</param>
/// <param name="feedback">Whether cards were of use.</param>
/// <param name="rota">Who is on duty.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Kinds of failures only.</param>
public sealed partial class ChatFollower(
    [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk,
    ConversationIndex index,
    HeldChats held,
    AgentChats chats,
    ConversationReferences references,
    ConnectorClient connector,
    AnswerFeedback feedback,
    IDutyRota rota,
    TimeProvider clock,
    ILogger<ChatFollower> logger) : BackgroundService
{
    /// <summary>How often to look at all chats that are held, for what no feed told of and for channels that were away: 15 seconds.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    // How many chats are shown at a time: a connector that is slow for some must not hold back the others.
    private const int AtOnce = 64;
    private const int MostQuoted = 500;
    private const int MostName = 100;

    private readonly Channel<ConversationId> _queue = Channel.CreateUnbounded<ConversationId>();
    private readonly ConcurrentDictionary<ConversationId, int> _wanted = new();
    private readonly ConcurrentDictionary<ConversationId, byte> _leaving = new();

    /// <summary>The customer says that they leave a chat: whoever holds it is told. If they write again it goes on.</summary>
    /// <param name="conversation">The chat.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task CustomerLeavesAsync(ConversationId conversation)
    {
        if (await held.MarkLeftAsync(conversation, hasLeft: true))
        {
            _leaving[conversation] = 0;
            Look(conversation);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                ListenAsync(stoppingToken),
                LookAtAllAsync(stoppingToken),
                Parallel.ForEachAsync(_queue.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, WorkAsync));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. A lease that could not be given back ends by itself.
        }
    }

    // A chat that waits to be looked at, or is being looked at, is looked at once more, and by nobody else.
    private void Look(ConversationId conversation)
    {
        if (_wanted.AddOrUpdate(conversation, 1, (_, n) => n + 1) == 1)
        {
            _queue.Writer.TryWrite(conversation);
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await foreach (var change in desk.SubscribeAsync(null, stopping))
        {
            if (change.Conversation is not { } changed)
            {
                await LookAtAllOnceAsync(stopping);
            }
            else if (DirectLineEndpoints.IsChat(changed))
            {
                Look(changed);
            }
        }
    }

    private async Task LookAtAllAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            await LookAtAllOnceAsync(stopping);
        }
    }

    private async Task LookAtAllOnceAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var chat in await held.ListAsync(stopping))
            {
                Look(chat.Conversation);
            }
        }
        catch (RecordUnavailableException e)
        {
            LogNotShown(e); // The next round looks again.
        }
    }

    private async ValueTask WorkAsync(ConversationId conversation, CancellationToken stopping)
    {
        int wanted;
        do
        {
            wanted = _wanted.GetValueOrDefault(conversation);
            try
            {
                if (await held.FindAsync(conversation, stopping) is { } chat && await held.TryLeaseAsync(chat))
                {
                    await ShowLeasedAsync(chat, stopping);
                }
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogNotShown(e); // The next round looks again. One chat must not stop the others.
            }
        }
        while (!_wanted.TryRemove(KeyValuePair.Create(conversation, wanted)));
    }

    private async Task ShowLeasedAsync(HeldChat leased, CancellationToken stopping)
    {
        try
        {
            // As it stands now that nobody else shows it.
            if (await held.FindAsync(leased.Conversation, stopping) is not { } chat || chat.Agent != leased.Agent)
            {
                return;
            }

            if (await references.FindAsync(chat.ChannelId, chat.Place, stopping) is { } place)
            {
                await ShowAsync(chat, place, stopping);
            }
            else
            {
                await chats.GiveBackAsync(chat.Conversation, chat.Agent);
            }
        }
        finally
        {
            await held.FreeAsync(leased);
        }
    }

    private async Task ShowAsync(HeldChat chat, ConversationReference place, CancellationToken stopping)
    {
        var texts = CardWording.In(chat.Language);
        var code = ChatCode.Of(chat.Conversation);
        if (await desk.ReadAsync(chat.Conversation, stopping) is not { } conversation)
        {
            await EndAsync(texts["Chat.Erased", code]);
            return;
        }

        if ((await index.FindOwnerAsync(chat.Conversation, stopping))?.AgentId != chat.Agent)
        {
            await EndAsync(texts["Chat.WithOthers", code]);
            return;
        }

        foreach (var recorded in await desk.ReadEventsAsync(chat.Conversation, chat.Shown, stopping))
        {
            if (recorded.Event is TurnTaken { Turn.Speaker: SpeakerRole.Customer } && chat.LeftAt is not null)
            {
                await held.MarkLeftAsync(chat.Conversation, hasLeft: false);
                chat = chat with { LeftAt = null };
            }

            if (NoteOf(recorded.Event, conversation, chat, texts) is { } note && !(await IsBackAsync(chat, place, texts, stopping) && await SayAsync(chat, place, note, texts, stopping)))
            {
                return;
            }

            chat = chat with { Shown = recorded.Sequence };
            await held.AdvanceAsync(chat, recorded.Sequence);
        }

        if (_leaving.TryRemove(chat.Conversation, out _) && chat.LeftAt is not null)
        {
            await SayAsync(chat, place, new ChatAnswer(texts["Chat.Left", code]), texts, stopping);
        }

        async Task EndAsync(string sentence)
        {
            await held.DropAsync(chat);
            await connector.SendAsync(place, Addressed(new ChatAnswer(sentence), place), stopping);
        }
    }

    // What an agent is told of an event; nothing of most.
    private ChatAnswer? NoteOf(ConversationEvent recorded, Conversation conversation, HeldChat chat, CardWording texts)
    {
        var code = ChatCode.Of(chat.Conversation);
        return recorded switch
        {
            // What was answered meanwhile, in the sidebar, needs no coaching any more.
            TurnTaken { Turn: { Speaker: SpeakerRole.Customer, Score: not null } turn } => conversation.Turns.Skip(turn.Index + 1).Any(t => t.Speaker == SpeakerRole.Agent) ? null : chats.CardFor(conversation, turn, chat),
            TurnTaken { Turn: { Speaker: SpeakerRole.Agent } turn } when !turn.MessageId.Value.StartsWith(AgentChats.AnswerPrefix, StringComparison.Ordinal) =>
                new ChatAnswer(texts["Chat.AnsweredElsewhere", code, CardWords.Clean(turn.Text, MostQuoted)]),
            AlertCoached whisper => new ChatAnswer(texts["Chat.Whisper", code, Name(whisper.By), CardWords.Clean(whisper.Text, MostQuoted)]),
            AlertAcknowledged { AlertId: var id, By: var by } when IsCall(id) => new ChatAnswer(texts["Chat.Coming", code, Name(by)]),
            AlertTakenOver { By: var by } => new ChatAnswer(texts["Chat.TakenOver", code, Name(by)]),
            AlertResolved { AlertId: var id, By: var by, Note: var note } when IsCall(id) =>
                new ChatAnswer(string.IsNullOrWhiteSpace(note) ? texts["Chat.Settled", code, Name(by)] : texts["Chat.SettledNote", code, Name(by), CardWords.Clean(note, MostQuoted)]),
            AlertRaised { Alert: { Urgency: >= AlertUrgency.Supervisor, State: not AlertState.Waiting } alert } => new ChatAnswer(texts["Chat.Called", code, OnDuty(alert.Rung)]),
            AlertReleased { AlertId: var id } when IsCall(id) => new ChatAnswer(texts["Chat.Called", code, OnDuty(0)]),
            _ => null,
        };

        // A hint to the agent calls nobody.
        bool IsCall(string alertId) => conversation.FindAlert(alertId) is { Urgency: >= AlertUrgency.Supervisor };

        string OnDuty(int rung) => rota.OnDuty(rung, clock.GetUtcNow()) switch
        {
            null => "",
            { Count: 0 } => texts["Alert.NobodyOnDuty"],
            var people => texts["Alert.OnDuty", string.Join(", ", people.Select(Name))],
        };

        static string Name(string name) => CardWords.Clean(name, MostName);
    }

    // Before anything else is said after a time in which the channel took nothing.
    private async Task<bool> IsBackAsync(HeldChat chat, ConversationReference place, CardWording texts, CancellationToken stopping)
    {
        if (chat.AwaySince is not { } since || (await held.FindAsync(chat.Conversation, stopping))?.AwaySince is null)
        {
            return true;
        }

        var minutes = (int)Math.Max(1, Math.Ceiling((clock.GetUtcNow() - since).TotalMinutes));
        if (!await SayAsync(chat, place, new ChatAnswer(texts["Chat.Back", ChatCode.Of(chat.Conversation), minutes]), texts, stopping))
        {
            return false;
        }

        await held.MarkAwayAsync(chat, null);
        return true;
    }

    // Whether the agent was told. Otherwise they are told later, or the chat is theirs no more.
    private async Task<bool> SayAsync(HeldChat chat, ConversationReference place, ChatAnswer note, CardWording texts, CancellationToken stopping)
    {
        var answer = await connector.SendAsync(place, Addressed(note, place), stopping);
        if (answer.Failure is ConnectorFailure.TooLarge or ConnectorFailure.Refused && note.Card is not null)
        {
            // A card that the channel does not want would hold up what follows.
            answer = await connector.SendAsync(place, Addressed(new ChatAnswer(texts["Chat.NotShown", ChatCode.Of(chat.Conversation)]), place), stopping);
        }

        switch (answer.Failure)
        {
            case ConnectorFailure.None:
                if (note.Card is not null && answer.Value?.Id is { Length: > 0 } id)
                {
                    await feedback.NoteAsync(chat.ChannelId, chat.Place, id, note.Technique);
                }

                return true;
            case ConnectorFailure.Gone or ConnectorFailure.Blocked or ConnectorFailure.NotAllowed:
                LogGivenBack(answer.Failure);
                await chats.GiveBackAsync(chat.Conversation, chat.Agent);
                return false;
            default:
                if (chat.AwaySince is null)
                {
                    await held.MarkAwayAsync(chat, clock.GetUtcNow());
                }

                return false;
        }
    }

    private static Activity Addressed(ChatAnswer note, ConversationReference place) => new()
    {
        Type = ActivityTypes.Message,
        ChannelId = place.ChannelId,
        ServiceUrl = place.ServiceUrl,
        From = place.Bot,
        Recipient = place.User,
        Conversation = place.Conversation,
        Text = note.Card is null ? note.Text : null,
        TextFormat = note.Card is null ? "plain" : null,
        Summary = note.Card?.Summary,
        Attachments = note.Card is { } card ? [card.ToAttachment()] : null,
        ChannelData = note.Card is not null && place.ChannelId == ChannelIds.Teams ? ActivityJson.ToElement(new TeamsChannelData(FeedbackLoopEnabled: true)) : null,
    };

    [LoggerMessage(LogLevel.Warning, "What is new in a chat could not be shown to its agent; it is tried again.")]
    private partial void LogNotShown(Exception e);

    [LoggerMessage(LogLevel.Warning, "An agent cannot be reached in their chat with the bot ({Failure}): the customer's chat is free for others.")]
    private partial void LogGivenBack(ConnectorFailure failure);
}
