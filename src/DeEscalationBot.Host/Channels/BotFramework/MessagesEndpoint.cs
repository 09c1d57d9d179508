using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Authentication;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Channels.BotFramework;

/// <summary>Where channels bring activities: <c>POST /api/messages</c>.</summary>
/// <remarks>Answers as Microsoft's own bots do: statuses without a body, except for invokes and expected replies. What was wrong is in the log.</remarks>
internal sealed partial class MessagesEndpoint(
    ChannelDoor door, SeenActivities seen, ActivityLanes lanes, ActivityDispatcher dispatcher, ILogger<MessagesEndpoint> logger)
{
    /// <summary>The address.</summary>
    public const string Path = "/api/messages";

    private const string RetrySeconds = "5";

    /// <summary>Takes one request.</summary>
    /// <param name="http">The request.</param>
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        // Channels expect statuses without a body.
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        if (await door.LookAsync(http) is not { } entrance)
        {
            return Refused(http);
        }

        if (!JsonBody.IsJson(http.Request))
        {
            LogBad("it is not declared as JSON");
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        if (await JsonBody.ReadTextAsync(http.Request) is not { } text)
        {
            LogBad("it is too long");
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (!TryRead(text, out var activity, out var fault))
        {
            LogBad(fault);
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        return entrance.Admits(activity) ? await TakeAsync(entrance.Marked(activity), http) : Refused(http);
    }

    private async Task<IResult> TakeAsync(Activity activity, HttpContext http)
    {
        if (activity.Type == ActivityTypes.Invoke)
        {
            var answer = await dispatcher.InvokeAsync(activity, http.RequestAborted);
            return answer.Body is null ? TypedResults.StatusCode(answer.Status) : TypedResults.Json(answer.Body, ActivityJson.Options, "application/json", answer.Status);
        }

        if (activity.DeliveryMode == DeliveryModes.ExpectReplies)
        {
            return TypedResults.Json(await dispatcher.CollectAsync(activity, http.RequestAborted), ActivityJson.Options, "application/json");
        }

        var (channel, conversation) = (activity.ChannelId!, activity.Conversation!.Id!);
        if (activity.Id is { Length: > 0 } id && !seen.Add(channel, conversation, id))
        {
            LogRepeated(activity.Type!, channel);
        }
        else if (!lanes.TryAdd(activity))
        {
            if (activity.Id is { } again)
            {
                seen.Remove(channel, conversation, again);
            }

            LogFull();
            http.Response.Headers.RetryAfter = RetrySeconds;
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    private static bool TryRead(string text, out Activity activity, out string fault)
    {
        activity = null!;
        try
        {
            activity = JsonSerializer.Deserialize<Activity>(JsonBody.Mend(text), ActivityJson.Options)!;
        }
        catch (JsonException e)
        {
            fault = $"it is not an activity (at {e.Path ?? "its beginning"})";
            return false;
        }

        fault = activity switch
        {
            null => "it is null",
            { Type: null or "" } => "it has no type",
            { ChannelId: null or "" } => "it has no channelId",
            { Conversation: null or { Id: null or "" } } => "it has no conversation.id",
            _ when !Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") => "it has no serviceUrl",
            _ => "",
        };
        return fault.Length == 0;
    }

    private static StatusCodeHttpResult Refused(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
    }

    [LoggerMessage(LogLevel.Warning, "An activity cannot be used: {Fault}.")]
    private partial void LogBad(string fault);

    [LoggerMessage(LogLevel.Information, "An activity of type {Type} from {Channel} came again and was not taken twice.")]
    private partial void LogRepeated(string type, string channel);

    [LoggerMessage(LogLevel.Error, "More activities come in than can be taken; a channel was told to come again.")]
    private partial void LogFull();
}
