namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>The bot's own tokens, by which connectors know it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IConnectorTokens
{
    /// <summary>A token that is valid now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Nothing where the bot has no app id: connectors on this machine want none.</returns>
    /// <exception cref="TokenNotGivenException">The authority gives none.</exception>
    ValueTask<string?> GetAsync(CancellationToken cancellationToken);
}

/// <summary>The authority gives the bot no token: the secret is wrong or out of date, or the authority is away.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">What was reported.</param>
public sealed class TokenNotGivenException(string message, Exception? innerException = null) : Exception(message, innerException);
