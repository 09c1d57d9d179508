using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Chats;

/// <summary>Who may answer customers' chats from Teams: whom <see cref="BotFrameworkOptions.ChatAgents"/> names, or everybody with the app where <see cref="BotFrameworkOptions.ChatsForEverybody"/> says so.</summary>
/// <remarks>In local mode, where only this machine is let in, everybody while nobody is named. Safe for concurrent use.</remarks>
/// <param name="options">The settings.</param>
/// <param name="local">Whether it is local mode.</param>
public sealed class ChatAgents(IOptions<BotFrameworkOptions> options, LocalMode local)
{
    /// <summary>Whether a person may.</summary>
    /// <param name="person">The person, as an authenticated activity names them.</param>
    public bool MayAnswer(ChannelAccount? person) =>
        options.Value.ChatsForEverybody
        || (options.Value.ChatAgents.Count == 0 ? local.IsOn : person?.AadObjectId is { Length: > 0 } id && options.Value.ChatAgents.Contains(id, StringComparer.OrdinalIgnoreCase));
}

/// <summary>What people call a chat by: four letters and figures that follow from its id, for one that nobody can read aloud or type.</summary>
public static class ChatCode
{
    // Without letters that are read as figures.
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>How long it is: 4.</summary>
    public const int Length = 4;

    /// <summary>The code of a chat. Two of the chats of a day may share one; then each is taken by its button.</summary>
    /// <param name="conversation">The chat.</param>
    public static string Of(ConversationId conversation) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(conversation.Value)).Take(Length).Select(b => Letters[b % Letters.Length]));
}
