using DeEscalationBot.Host.Channels.BotFramework.Activities;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>What a client gets that starts, renews or goes on with a chat.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Token">A token for it.</param>
/// <param name="ExpiresIn">How long it is valid, in seconds.</param>
/// <param name="StreamUrl">Where its activities are streamed.</param>
internal sealed record ChatAnswer(
    string ConversationId,
    string Token,
    [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn,
    string? StreamUrl = null);

/// <summary>The answers of Direct Line: errors are <c>{"error":{"code","message"}}</c>, as its clients read them.</summary>
internal static class DirectLineAnswers
{
    /// <summary>401: nothing that lets anybody in.</summary>
    public static IResult Unauthorized(string message) => Error(StatusCodes.Status401Unauthorized, "Unauthorized", message);

    /// <summary>403: the client is to get a new token.</summary>
    public static IResult Expired() => Error(StatusCodes.Status403Forbidden, "TokenExpired", "The token has expired. Ask the page's server for a new one and reconnect.");

    /// <summary>403: a valid token, and not for this.</summary>
    public static IResult Forbidden(string message) => Error(StatusCodes.Status403Forbidden, "Forbidden", message);

    /// <summary>400: what was sent cannot be used.</summary>
    public static IResult BadArgument(string message) => Error(StatusCodes.Status400BadRequest, "BadArgument", message);

    /// <summary>Any error.</summary>
    public static IResult Error(int status, string code, string message) => Json(new ErrorEnvelope(new ErrorBody(code, message)), status);

    /// <summary>Any answer.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, ActivityJson.Options, "application/json", status);
}
