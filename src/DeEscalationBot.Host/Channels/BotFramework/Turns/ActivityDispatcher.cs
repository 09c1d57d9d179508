using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Agent;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Channels.BotFramework.Chats;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Turns;

/// <summary>Hands each activity to who takes it, by its type and, for an invoke, by its name. Types that are not known are ignored (A2014).</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="agent">The agent's conversation.</param>
/// <param name="chats">The customers' chats that agents answer.</param>
/// <param name="cards">What the buttons of cards do.</param>
/// <param name="connector">The connectors.</param>
/// <param name="references">Where the bot may go on with conversations.</param>
/// <param name="places">Where supervisors want alerts.</param>
/// <param name="sent">The cards of alerts that stand in conversations.</param>
/// <param name="texts">The sentences of the bot.</param>
/// <param name="options">The deadline.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Names and failures only.</param>
public sealed partial class ActivityDispatcher(
    AgentConversation agent,
    AgentChats chats,
    IEnumerable<ICardActions> cards,
    ConnectorClient connector,
    ConversationReferences references,
    ChosenPlaces places,
    SentCards sent,
    IStringLocalizer<AgentTexts> texts,
    IOptions<BotFrameworkOptions> options,
    TimeProvider clock,
    ILogger<ActivityDispatcher> logger)
{
    /// <summary>Takes an activity, and answers by the channel's connector.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="cancellationToken">The host stops.</param>
    public Task TakeAsync(Activity activity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return TakeAsync(new BotTurn(activity, new ConnectorReplies(activity.Reference, connector)), cancellationToken);
    }

    /// <summary>Takes an activity, and collects the answers.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="cancellationToken">The channel no longer waits.</param>
    public async Task<ExpectedReplies> CollectAsync(Activity activity, CancellationToken cancellationToken)
    {
        var replies = new CollectedReplies();
        await TakeAsync(new BotTurn(activity, replies), cancellationToken);
        return new ExpectedReplies(replies.All);
    }

    /// <summary>Answers an invoke, in time: past the deadline a fallback is answered, and what was begun is stopped.</summary>
    /// <param name="activity">The invoke.</param>
    /// <param name="cancellationToken">The channel no longer waits.</param>
    public async Task<InvokeAnswer> InvokeAsync(Activity activity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var turn = new BotTurn(activity, new ConnectorReplies(activity.Reference, connector));
        CultureInfo.CurrentUICulture = AgentLanguage.Of(activity, null);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => deadline.Cancel(), null, options.Value.InvokeDeadline, Timeout.InfiniteTimeSpan);
        try
        {
            // On another thread: a database, a review or a picture may work without ever giving way, and the channel does not wait for them.
            return await Task.Run(() => AnswerAsync(turn, deadline.Token), deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogLate(activity.Name ?? "");
            return Fallback(activity, texts["Invoke.TooSlow"]);
        }
        catch (Exception e) when (e is RecordUnavailableException or ConversationClosedException or TimeoutException or OrleansException)
        {
            LogAway(e, activity.Name ?? "");
            return Fallback(activity, texts["Record.Away"]);
        }
    }

    private static InvokeAnswer Fallback(Activity activity, string sentence) => activity.Name switch
    {
        InvokeNames.AdaptiveCardAction => Ok(CardActionAnswer.OfMessage(sentence)),
        InvokeNames.MessageSubmitAction => Ok(null),
        _ => Ok(TaskAnswer.OfMessage(sentence)),
    };

    private static InvokeAnswer Ok(object? body) => new(StatusCodes.Status200OK, body);

    private static InvokeAnswer BadCardAction(string code, string message) =>
        new(StatusCodes.Status400BadRequest, CardActionAnswer.OfError(StatusCodes.Status400BadRequest, code, message));

    /// <summary>Takes an activity, and answers as the turn says.</summary>
    /// <param name="turn">The activity and the way to answer it.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    internal async Task TakeAsync(BotTurn turn, CancellationToken cancellationToken)
    {
        var activity = turn.Activity;
        if (IsFarewell(activity))
        {
            await references.ForgetAsync(activity);
            await chats.ForgetAsync(activity, cancellationToken);
            await places.ForgetAsync(activity);
            await sent.ForgetAsync(activity);
            await agent.OnRemovedAsync(turn);
            return;
        }

        await RememberAsync(activity);
        switch (activity.Type)
        {
            case ActivityTypes.Message when CardCommand.Read(activity.Value) is { } pressed:
                await SubmitAsync(turn, pressed, cancellationToken);
                break;
            case ActivityTypes.Message:
                await agent.OnMessageAsync(turn, cancellationToken);
                break;
            case ActivityTypes.MessageReaction:
                await agent.OnReactionAsync(turn);
                break;
            case ActivityTypes.InstallationUpdate when activity.Action == "add":
                await agent.OnInstalledAsync(turn, cancellationToken);
                break;
            case ActivityTypes.ConversationUpdate when activity.ChannelId != ChannelIds.Teams && Holds(activity.MembersAdded, activity.Recipient):
                // Teams tells of an installation by an activity of its own.
                await agent.OnInstalledAsync(turn, cancellationToken);
                break;
        }
    }

    // A button that sends a message, in a client that does not know Action.Execute.
    private async Task SubmitAsync(BotTurn turn, CardCommand pressed, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = AgentLanguage.Of(turn.Activity, null);
        try
        {
            if (cards.FirstOrDefault(c => c.Handles(pressed.Verb)) is { } family)
            {
                await family.SubmitAsync(turn, pressed, cancellationToken);
            }
        }
        catch (Exception e) when (e is RecordUnavailableException or ConversationClosedException or TimeoutException or OrleansException)
        {
            LogAway(e, pressed.Verb);
            await turn.Replies.SendAsync(turn.Activity.Reply(texts["Record.Away"]) with { TextFormat = "plain" }, cancellationToken);
        }
    }

    // What was said counts more than where to go on with it: the next activity brings that again.
    private async Task RememberAsync(Activity activity)
    {
        try
        {
            await references.RememberAsync(activity);
        }
        catch (RecordUnavailableException e)
        {
            LogNotRemembered(e, activity.ChannelId ?? "");
        }
    }

    private async Task<InvokeAnswer> AnswerAsync(BotTurn turn, CancellationToken cancellationToken)
    {
        var activity = turn.Activity;
        switch (activity.Name)
        {
            case InvokeNames.AdaptiveCardAction:
                return await ActAsync(turn, cancellationToken);
            case InvokeNames.ComposeExtensionFetchTask or InvokeNames.ComposeExtensionSubmitAction or InvokeNames.TaskFetch or InvokeNames.TaskSubmit:
                return ActivityJson.TryRead<TaskValue>(activity.Value) is { } task && await agent.OnTaskAsync(turn, activity.Name, task, cancellationToken) is { } answer
                    ? Ok(answer)
                    : InvokeAnswer.NotImplemented;
            case InvokeNames.MessageSubmitAction:
                return ActivityJson.TryRead<FeedbackValue>(activity.Value) is { ActionName: "feedback" } feedback && await agent.OnFeedbackAsync(turn, feedback)
                    ? Ok(null)
                    : InvokeAnswer.NotImplemented;
            default:
                return InvokeAnswer.NotImplemented;
        }
    }

    // Words and order as in Microsoft's own bots: their clients show them.
    private async Task<InvokeAnswer> ActAsync(BotTurn turn, CancellationToken cancellationToken)
    {
        if (turn.Activity.Value is not { ValueKind: not JsonValueKind.Null } value)
        {
            return BadCardAction("BadRequest", "Missing value property");
        }

        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("action", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return BadCardAction("BadRequest", "Missing action property");
        }

        if (ActivityJson.TryRead<CardActionValue>(value) is not { Action: { } action } read)
        {
            return BadCardAction("BadRequest", "The action property is not properly formed");
        }

        if (action.Type != ExecuteAction.ExecuteType)
        {
            return BadCardAction("NotSupported", $"The action '{action.Type}' is not supported.");
        }

        return cards.FirstOrDefault(c => c.Handles(action.Verb ?? "")) is { } family
            ? Ok(await family.ActAsync(turn, action, read.IsAutomatic, cancellationToken))
            : InvokeAnswer.NotImplemented;
    }

    // An upgrade removes the bot only to install it again: "remove-upgrade" is no farewell.
    private static bool IsFarewell(Activity activity) =>
        (activity.Type == ActivityTypes.InstallationUpdate && activity.Action == "remove")
        || (activity.Type == ActivityTypes.ConversationUpdate && Holds(activity.MembersRemoved, activity.Recipient));

    private static bool Holds(IReadOnlyList<ChannelAccount?>? members, ChannelAccount? one) =>
        one?.Id is { Length: > 0 } id && members?.Any(m => m?.Id == id) == true;

    [LoggerMessage(LogLevel.Warning, "Where a conversation of {Channel} can be gone on with was not remembered: the record is away. The activity is taken nevertheless.")]
    private partial void LogNotRemembered(Exception e, string channel);

    [LoggerMessage(LogLevel.Warning, "The invoke {Name} took too long; a fallback was answered.")]
    private partial void LogLate(string name);

    [LoggerMessage(LogLevel.Warning, "What {Name} asks for could not be done: the record is away or damaged.")]
    private partial void LogAway(Exception e, string name);
}
