namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>Why a connector did not do what was asked.</summary>
public enum ConnectorFailure
{
    /// <summary>It did.</summary>
    None,

    /// <summary>The connector is not one that the bot may call; nothing was sent.</summary>
    NotAllowed,

    /// <summary>The bot has no token; nothing was sent.</summary>
    NoToken,

    /// <summary>The conversation or the message is not there, or the bot is no longer part of it.</summary>
    Gone,

    /// <summary>The person does not want messages of the bot.</summary>
    Blocked,

    /// <summary>The message is too large.</summary>
    TooLarge,

    /// <summary>The request cannot be used, or the bot is not let in.</summary>
    Refused,

    /// <summary>The connector is away or busy. A try later may succeed.</summary>
    Away,
}

/// <summary>What came of a call to a connector.</summary>
/// <typeparam name="T">What it gives.</typeparam>
/// <param name="Value">What it gave; nothing after a failure.</param>
/// <param name="Failure">Why not.</param>
/// <param name="Detail">The same in words, without a text of a message.</param>
/// <param name="RetryAfter">How long the connector wants to be left alone, where it said so.</param>
/// <param name="MayHaveArrived">Whether it may have been done all the same: no answer came after it was sent, or one of somebody on the way.</param>
public sealed record ConnectorAnswer<T>(T? Value, ConnectorFailure Failure = ConnectorFailure.None, string? Detail = null, TimeSpan? RetryAfter = null, bool MayHaveArrived = false)
    where T : class
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Failure == ConnectorFailure.None;

    /// <summary>Whether trying again later makes sense.</summary>
    public bool IsWorthRetrying => Failure is ConnectorFailure.Away or ConnectorFailure.NoToken;
}
