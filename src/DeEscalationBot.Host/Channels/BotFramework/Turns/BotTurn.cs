using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;

namespace DeEscalationBot.Host.Channels.BotFramework.Turns;

/// <summary>How what the bot says reaches the conversation.</summary>
public interface IReplies
{
    /// <summary>Sends a message.</summary>
    /// <param name="reply">The message, addressed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The channel's id for it, or nothing when it was not sent or has none.</returns>
    Task<string?> SendAsync(Activity reply, CancellationToken cancellationToken);

    /// <summary>Changes a message that was sent before.</summary>
    /// <param name="activityId">Its id.</param>
    /// <param name="reply">What it says from now on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it was changed.</returns>
    Task<bool> UpdateAsync(string activityId, Activity reply, CancellationToken cancellationToken);
}

/// <summary>One activity and the way to answer it.</summary>
/// <param name="Activity">The activity; authenticated, with its conversation, channel and connector named.</param>
/// <param name="Replies">The way.</param>
public sealed record BotTurn(Activity Activity, IReplies Replies)
{
    /// <summary>Whether only the agent reads along. A channel that does not say so counts as personal unless it says that it is a group.</summary>
    public bool IsPersonal => Activity.Conversation is { ConversationType: ConversationTypes.Personal } or { ConversationType: null or "", IsGroup: not true };

    /// <summary>The agent, as the desk knows them.</summary>
    public string AgentId => Activity.From?.AadObjectId ?? Activity.From?.Id ?? "bot-user";
}

/// <summary>What is answered to an invoke.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, or nothing.</param>
public sealed record InvokeAnswer(int Status, object? Body = null)
{
    /// <summary>The invoke is not one that this bot answers: 501 without a body, as Microsoft's own bots say it.</summary>
    public static readonly InvokeAnswer NotImplemented = new(StatusCodes.Status501NotImplemented);
}

/// <summary>What the buttons of some of the bot's cards do. Each card's family registers its own.</summary>
public interface ICardActions
{
    /// <summary>Whether a button is one of these.</summary>
    /// <param name="verb">The button's verb.</param>
    bool Handles(string verb);

    /// <summary>Does what the button says.</summary>
    /// <param name="turn">The turn; its sender is who pressed it.</param>
    /// <param name="action">The action. Its data come from the client: nothing in them is to be trusted.</param>
    /// <param name="isAutomatic">Whether the card refreshed itself.</param>
    /// <param name="cancellationToken">Stops it: nobody waits any more.</param>
    /// <returns>What the person sees.</returns>
    Task<CardActionAnswer> ActAsync(BotTurn turn, ExecuteAction action, bool isAutomatic, CancellationToken cancellationToken);

    /// <summary>Does what the button says, where the client sent it as a message (Action.Submit); what the person should know is replied.</summary>
    /// <param name="turn">The turn; its sender is who pressed it.</param>
    /// <param name="command">What was pressed. It comes from the client: nothing in it is to be trusted.</param>
    /// <param name="cancellationToken">The host stops.</param>
    Task SubmitAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken);
}
