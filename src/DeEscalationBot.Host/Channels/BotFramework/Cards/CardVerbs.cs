namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>What the buttons of the cards ask for.</summary>
public static class CardVerbs
{
    /// <summary>Other words for the suggestion. Brings <see cref="CardFields.Conversation"/> and <see cref="CardFields.Variant"/>.</summary>
    public const string Another = "coach.another";

    /// <summary>Reviews a draft. Brings <see cref="CardFields.Draft"/>, and <see cref="CardFields.Conversation"/> where there is one.</summary>
    public const string Review = "coach.review";

    /// <summary>Calls a supervisor. Brings <see cref="CardFields.Conversation"/>.</summary>
    public const string Help = "coach.help";

    /// <summary>Says whether the coaching was of use. Brings <see cref="CardFields.Useful"/>, and <see cref="CardFields.Conversation"/> where there is one.</summary>
    public const string Feedback = "coach.feedback";

    /// <summary>Shows what one can ask for.</summary>
    public const string Commands = "coach.commands";

    /// <summary>Answers for an alert. Brings <see cref="CardFields.Alert"/>, as all verbs of alerts.</summary>
    public const string Acknowledge = "alert.acknowledge";

    /// <summary>Takes the conversation over.</summary>
    public const string TakeOver = "alert.takeOver";

    /// <summary>Says something to the agent. Brings <see cref="CardFields.Words"/>.</summary>
    public const string Whisper = "alert.whisper";

    /// <summary>Dismisses an alert. Brings <see cref="CardFields.Reason"/>, and may bring <see cref="CardFields.Remark"/>.</summary>
    public const string Dismiss = "alert.dismiss";

    /// <summary>Settles an alert. May bring <see cref="CardFields.Note"/>.</summary>
    public const string Resolve = "alert.resolve";

    /// <summary>The card shows itself anew; nobody pressed anything.</summary>
    public const string Refresh = "alert.refresh";

    /// <summary>Shows the chats that wait, and those of the agent.</summary>
    public const string Chats = "chat.list";

    /// <summary>Takes a customer's chat. Brings <see cref="CardFields.Conversation"/>, as all verbs of one chat.</summary>
    public const string ChatTake = "chat.take";

    /// <summary>Reviews an answer. Brings <see cref="CardFields.Draft"/> and <see cref="CardFields.Turn"/>.</summary>
    public const string ChatReview = "chat.review";

    /// <summary>Sends an answer to the customer. Brings <see cref="CardFields.Draft"/> and <see cref="CardFields.Turn"/>, and <see cref="CardFields.Seen"/> when the agent read what the review says of it.</summary>
    public const string ChatSend = "chat.send";

    /// <summary>Opens the box for a further answer, on the latest message.</summary>
    public const string ChatMore = "chat.more";

    /// <summary>Other words for the suggestion. Brings <see cref="CardFields.Variant"/> and <see cref="CardFields.Draft"/>.</summary>
    public const string ChatAnother = "chat.another";

    /// <summary>Calls a supervisor to a chat.</summary>
    public const string ChatHelp = "chat.help";

    /// <summary>Gives a chat back, for others to take.</summary>
    public const string ChatRelease = "chat.release";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Another, Review, Help, Feedback, Commands, Acknowledge, TakeOver, Whisper, Dismiss, Resolve, Refresh,
        Chats, ChatTake, ChatReview, ChatSend, ChatMore, ChatAnother, ChatHelp, ChatRelease,
    ];
}

/// <summary>The names of what buttons bring along.</summary>
public static class CardFields
{
    /// <summary>The verb, where the button is an Action.Submit.</summary>
    public const string Verb = "verb";

    /// <summary>The conversation's id.</summary>
    public const string Conversation = "conversation";

    /// <summary>How many times another way was asked for, from 1.</summary>
    public const string Variant = "variant";

    /// <summary>The draft that somebody typed.</summary>
    public const string Draft = "draft";

    /// <summary>Names one answer of one card, so that it counts once however often it is sent.</summary>
    public const string Turn = "turn";

    /// <summary>Names the draft of which the agent read what the review says.</summary>
    public const string Seen = "seen";

    /// <summary>Whether it was of use: <c>yes</c> or <c>no</c>.</summary>
    public const string Useful = "useful";

    /// <summary>The alert's id.</summary>
    public const string Alert = "alert";

    /// <summary>What a supervisor says to the agent.</summary>
    public const string Words = "words";

    /// <summary>What a supervisor notes for the record.</summary>
    public const string Note = "note";

    /// <summary>Why an alert is dismissed: a name of <see cref="Core.Escalation.AlertDismissal"/>.</summary>
    public const string Reason = "reason";

    /// <summary>What a supervisor adds to the reason.</summary>
    public const string Remark = "remark";
}
