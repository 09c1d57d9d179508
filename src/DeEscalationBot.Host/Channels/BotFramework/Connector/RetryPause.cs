namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>How long a connector wants to be left alone, as it says in <c>Retry-After</c>: in seconds or until an instant.</summary>
internal static class RetryPause
{
    /// <summary>Reads it.</summary>
    /// <param name="response">The answer, or nothing.</param>
    /// <param name="now">The present instant.</param>
    /// <returns>Nothing where it does not say, or names an instant that is past.</returns>
    public static TimeSpan? Of(HttpResponseMessage? response, DateTimeOffset now) => response?.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } until } when until > now => until - now,
        _ => null,
    };
}
