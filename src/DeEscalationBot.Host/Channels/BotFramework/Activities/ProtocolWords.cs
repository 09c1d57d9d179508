namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>The types of activities. They are compared exactly.</summary>
public static class ActivityTypes
{
    /// <summary>Somebody wrote, or pressed a button of a card.</summary>
    public const string Message = "message";

    /// <summary>A message was changed.</summary>
    public const string MessageUpdate = "messageUpdate";

    /// <summary>A message was deleted.</summary>
    public const string MessageDelete = "messageDelete";

    /// <summary>Somebody reacted to a message.</summary>
    public const string MessageReaction = "messageReaction";

    /// <summary>Members came or went, or the conversation changed its name.</summary>
    public const string ConversationUpdate = "conversationUpdate";

    /// <summary>The bot was installed or removed.</summary>
    public const string InstallationUpdate = "installationUpdate";

    /// <summary>The client waits for an answer in the response.</summary>
    public const string Invoke = "invoke";

    /// <summary>Somebody is typing.</summary>
    public const string Typing = "typing";

    /// <summary>A program tells the bot something.</summary>
    public const string Event = "event";

    /// <summary>The conversation is over.</summary>
    public const string EndOfConversation = "endOfConversation";

    /// <summary>Diagnosis, for emulators only.</summary>
    public const string Trace = "trace";
}

/// <summary>The names of invokes that are answered, or known and not answered.</summary>
public static class InvokeNames
{
    /// <summary>An Action.Execute of an Adaptive Card.</summary>
    public const string AdaptiveCardAction = "adaptiveCard/action";

    /// <summary>A message extension's action was chosen.</summary>
    public const string ComposeExtensionFetchTask = "composeExtension/fetchTask";

    /// <summary>A message extension's form was sent.</summary>
    public const string ComposeExtensionSubmitAction = "composeExtension/submitAction";

    /// <summary>A button asks for a task module.</summary>
    public const string TaskFetch = "task/fetch";

    /// <summary>A task module's form was sent.</summary>
    public const string TaskSubmit = "task/submit";

    /// <summary>Feedback on one of the bot's messages.</summary>
    public const string MessageSubmitAction = "message/submitAction";
}

/// <summary>The channels that are told apart. They are compared exactly.</summary>
public static class ChannelIds
{
    /// <summary>Microsoft Teams.</summary>
    public const string Teams = "msteams";

    /// <summary>Direct Line, our own or the service's.</summary>
    public const string DirectLine = "directline";

    /// <summary>Web Chat, where the service tells it from Direct Line.</summary>
    public const string WebChat = "webchat";

    /// <summary>The Bot Framework Emulator, or a client that passes for it.</summary>
    public const string Emulator = "emulator";
}

/// <summary>How an answer reaches the client.</summary>
public static class DeliveryModes
{
    /// <summary>The answers are wanted in the response and not by the connector.</summary>
    public const string ExpectReplies = "expectReplies";
}

/// <summary>What kind of conversation it is.</summary>
public static class ConversationTypes
{
    /// <summary>One person and the bot.</summary>
    public const string Personal = "personal";

    /// <summary>Several people.</summary>
    public const string GroupChat = "groupChat";

    /// <summary>A team's channel.</summary>
    public const string Channel = "channel";
}

/// <summary>The forms of content.</summary>
public static class ContentTypes
{
    /// <summary>An Adaptive Card; also in the answer to an Action.Execute, where it replaces the card.</summary>
    public const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";

    /// <summary>The answer to an Action.Execute is a sentence.</summary>
    public const string ActivityMessage = "application/vnd.microsoft.activity.message";

    /// <summary>The answer to an Action.Execute is an error.</summary>
    public const string Error = "application/vnd.microsoft.error";

    /// <summary>A text as HTML, as Teams attaches it to each message.</summary>
    public const string Html = "text/html";

    /// <summary>A message that was forwarded or quoted in Teams.</summary>
    public const string MessageReference = "messageReference";

    /// <summary>A simple card whose preview a message extension shows.</summary>
    public const string ThumbnailCard = "application/vnd.microsoft.card.thumbnail";
}
