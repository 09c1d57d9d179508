using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Chats;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Pages;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>Customers' chats by Direct Line 3.0, the protocol of Web Chat: tokens, conversations, messages, and a stream or polling for the answers.</summary>
public static class DirectLineEndpoints
{
    /// <summary>Where it is: <c>/v3/directline</c>.</summary>
    public const string Path = "/v3/directline";

    /// <summary>What the ids of conversations that begin here begin with.</summary>
    public const string ConversationPrefix = "dl-";

    /// <summary>The longest activity, in bytes: as everywhere else that messages come in.</summary>
    public const int MaxActivityBytes = JsonBody.MaxBytes;

    private const string ReservedUser = "dl_";
    private const string CorsPolicy = "DirectLine";
    private const string Scheme = "Bearer ";

    /// <summary>Registers it.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddDirectLine(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<DirectLineOptions>().Bind(configuration.GetSection(DirectLineOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DirectLineOptions>, DirectLineOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DirectLineTokens>();
        services.TryAddSingleton<DirectLineOrigins>();
        services.TryAddSingleton<DirectLineActivities>();
        services.TryAddSingleton<ActivityPusher>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<DirectLineOrigins>((cors, origins) => cors.AddPolicy(CorsPolicy, policy => policy
            .SetIsOriginAllowed(origins.MayCall)
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .WithHeaders("authorization", "content-type", "x-ms-bot-agent", "x-requested-with")
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        return services;
    }

    /// <summary>Maps it, unless it is switched off.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapDirectLine(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Services.GetRequiredService<IOptions<DirectLineOptions>>().Value.Enabled)
        {
            return;
        }

        app.UseCors();
        app.UseWebSockets();
        var group = app.MapGroup(Path).RequireCors(CorsPolicy).ExcludeFromDescription().DisableAntiforgery().AllowAnonymous().AddEndpointFilter(TellFailuresAsync);
        group.MapPost("/tokens/generate", GenerateAsync);
        group.MapPost("/tokens/refresh", RefreshAsync);
        group.MapPost("/conversations", StartAsync);
        group.MapGet("/conversations/{conversation}", ReconnectAsync);
        group.MapPost("/conversations/{conversation}/activities", PostAsync);
        group.MapGet("/conversations/{conversation}/activities", PollAsync);
        group.MapPost("/conversations/{conversation}/upload", UploadAsync);
        group.MapGet("/conversations/{conversation}/stream", StreamAsync);
        group.MapGet("/session/getsessionid", SessionAsync);
    }

    /// <summary>Names a new conversation. Nobody can guess it.</summary>
    public static ConversationId NewConversation() => ConversationId.Create(ConversationPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>Whether a conversation began here, so that its customer reads what is answered to it.</summary>
    /// <param name="conversation">The conversation.</param>
    public static bool IsChat(ConversationId conversation) => conversation.Value.StartsWith(ConversationPrefix, StringComparison.Ordinal);

    private static async Task<IResult> GenerateAsync(HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins, IOptions<DirectLineOptions> options, LocalMode local)
    {
        if (options.Value.HasSecret)
        {
            if (Shown(request) is not { } shown || !tokens.IsSecret(shown))
            {
                return DirectLineAnswers.Unauthorized("Send the secret of the setting DirectLine:Secret as 'Authorization: Bearer SECRET'. Only the server of your site is to know it.");
            }
        }
        else if (!local.IsOn)
        {
            // A host that others reach is open to them: a forwarder at this machine would pass for the person at it.
            return DirectLineAnswers.Unauthorized($"{local.ServesOthersBy ?? "SignIn"} is set, so that tokens need a secret. Set DirectLine:Secret.");
        }
        else if (!ThisMachine.Sent(request.HttpContext) || !origins.MayUse(request, null))
        {
            return DirectLineAnswers.Unauthorized("No DirectLine:Secret is set, so that only this machine gets tokens.");
        }

        var (wish, problem) = await ReadAsync<TokenWish>(request);
        if (problem is not null)
        {
            return problem;
        }

        if (wish?.User?.Id is { } user && (!user.StartsWith(ReservedUser, StringComparison.Ordinal) || !IdentifierRules.IsLegal(user, ConversationId.MaxLength)))
        {
            return DirectLineAnswers.BadArgument($"'user.id' must begin with '{ReservedUser}' and have at most {ConversationId.MaxLength} characters.");
        }

        if (wish?.TrustedOrigins is { } trusted && !trusted.All(o => PagesOptions.TryReadOrigin(o, out _)))
        {
            return DirectLineAnswers.BadArgument("'trustedOrigins' must hold origins such as https://www.example.com, without a path or a slash at the end.");
        }

        return DirectLineAnswers.Json(Answer(new DirectLineGrant(NewConversation(), wish?.User?.Id, [.. wish?.TrustedOrigins?.OfType<string>() ?? []]), tokens));
    }

    private static async Task<IResult> RefreshAsync(HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins)
    {
        var (grant, _, problem) = await EnterAsync(request, tokens, origins, secretMayEnter: false);
        return problem ?? DirectLineAnswers.Json(Answer(grant!, tokens));
    }

    private static async Task<IResult> StartAsync(HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins, [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk, IOptions<DirectLineOptions> options)
    {
        var (grant, _, problem) = await EnterAsync(request, tokens, origins, secretMayEnter: true);
        if (problem is not null)
        {
            return problem;
        }

        var (wish, unread) = await ReadAsync<TokenWish>(request);
        if (unread is not null)
        {
            return unread;
        }

        var named = Claimed(wish?.User);
        grant = grant is null ? new DirectLineGrant(NewConversation(), named, []) : grant with { User = grant.User ?? named };
        var exists = await desk.ReadAsync(grant.Conversation, request.HttpContext.RequestAborted) is not null;
        return DirectLineAnswers.Json(Answer(grant, tokens, StreamOf(request, grant, "", tokens, options.Value)), exists ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReconnectAsync(
        string conversation, string? watermark, HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins, IOptions<DirectLineOptions> options)
    {
        var (grant, problem) = await EnterAsync(conversation, request, tokens, origins);
        if (problem is not null)
        {
            return problem;
        }

        return DirectLineActivities.TryReadWatermark(watermark, out _)
            ? DirectLineAnswers.Json(Answer(grant!, tokens, StreamOf(request, grant!, watermark ?? "", tokens, options.Value)))
            : BadWatermark();
    }

    private static async Task<IResult> PostAsync(string conversation, HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins, [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk, ChatFollower follower, TimeProvider clock)
    {
        var (grant, problem) = await EnterAsync(conversation, request, tokens, origins);
        if (problem is not null)
        {
            return problem;
        }

        var (activity, unread) = await ReadAsync<Activity>(request);
        if (unread is not null)
        {
            return unread;
        }

        if (string.IsNullOrEmpty(activity?.Type))
        {
            return DirectLineAnswers.BadArgument("The activity has no 'type'.");
        }

        // Who types, joins or signals an event tells the coach nothing: taken, and not kept.
        // That they leave, the agent who answers from Teams is told.
        if (activity.Type != ActivityTypes.Message)
        {
            if (activity.Type == ActivityTypes.EndOfConversation)
            {
                await follower.CustomerLeavesAsync(grant!.Conversation);
            }

            return DirectLineAnswers.Json(new SentActivity($"{grant!.Conversation.Value}|{activity.Type}"));
        }

        if (string.IsNullOrWhiteSpace(activity.Text))
        {
            return DirectLineAnswers.BadArgument("The message has no 'text'. This chat takes words only, and knows no cards that send values.");
        }

        if (activity.Text.Length > MessageText.MaxLength)
        {
            return DirectLineAnswers.Error(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig", $"A message may have at most {MessageText.MaxLength} UTF-16 units. Send it in parts.");
        }

        var clientId = activity.ChannelData is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("clientActivityID", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        var user = grant!.User ?? Claimed(activity.From);
        var outcome = await desk.ReceiveAsync(
            grant.Conversation,
            new InboundMessage(DirectLineActivities.MessageIdOf(clientId), SpeakerRole.Customer, activity.Text, clock.GetUtcNow(), MessageLanguage.Undetermined, user),
            request.HttpContext.RequestAborted);
        return DirectLineAnswers.Json(new SentActivity(DirectLineActivities.ActivityIdOf(grant.Conversation, outcome.Turn.Index)));
    }

    private static async Task<IResult> PollAsync(
        string conversation, string? watermark, HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins, [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk, DirectLineActivities activities)
    {
        var (grant, problem) = await EnterAsync(conversation, request, tokens, origins);
        if (problem is not null)
        {
            return problem;
        }

        return DirectLineActivities.TryReadWatermark(watermark, out var from)
            ? DirectLineAnswers.Json(activities.From(await desk.ReadAsync(grant!.Conversation, request.HttpContext.RequestAborted), from))
            : BadWatermark();
    }

    private static async Task<IResult> UploadAsync(string conversation, HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins)
    {
        var (_, problem) = await EnterAsync(conversation, request, tokens, origins);
        return problem ?? DirectLineAnswers.Error(
            StatusCodes.Status415UnsupportedMediaType, "AttachmentsNotSupported", "This chat takes words only: files are not taken in, and none was kept. Send the message without its files.");
    }

    private static async Task<IResult> StreamAsync(
        string conversation, string? watermark, string? t, HttpContext context, DirectLineTokens tokens, DirectLineOrigins origins, ActivityPusher pusher)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return DirectLineAnswers.BadArgument("This address is opened as a WebSocket.");
        }

        var (state, grant) = await tokens.ReadAsync(t ?? "");
        if (state == TokenState.Expired)
        {
            return DirectLineAnswers.Expired();
        }

        if (grant is not { IsForStream: true } || grant.Conversation.Value != conversation || !origins.MayUse(context.Request, grant))
        {
            return DirectLineAnswers.Unauthorized("Use the address 'streamUrl' as it was given, within a minute, and from a page that may hold this chat.");
        }

        if (!DirectLineActivities.TryReadWatermark(watermark, out var from))
        {
            return BadWatermark();
        }

        if (!pusher.TryTake(grant.Conversation))
        {
            return DirectLineAnswers.Error(StatusCodes.Status429TooManyRequests, "TooManyStreams", $"A chat may have {ActivityPusher.MostLines} streams open. Close one first.");
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await pusher.RunAsync(socket, grant.Conversation, from, context.RequestAborted);
            return Results.Empty;
        }
        finally
        {
            pusher.Release(grant.Conversation);
        }
    }

    private static async Task<IResult> SessionAsync(HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins)
    {
        var (_, _, problem) = await EnterAsync(request, tokens, origins, secretMayEnter: true);
        return problem ?? DirectLineAnswers.Json(new { sessionId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)) });
    }

    // Who may in, and to which conversation: one token, one conversation; the secret opens all that began here.
    private static async Task<(DirectLineGrant? Grant, IResult? Problem)> EnterAsync(string conversation, HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins)
    {
        var (grant, isSecret, problem) = await EnterAsync(request, tokens, origins, secretMayEnter: true);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (isSecret)
        {
            return ConversationId.TryCreate(conversation, out var id) && IsChat(id)
                ? (new DirectLineGrant(id, null, []), null)
                : (null, DirectLineAnswers.Error(StatusCodes.Status404NotFound, "ConversationNotFound", "There is no such conversation."));
        }

        return grant!.Conversation.Value == conversation ? (grant, null) : (null, DirectLineAnswers.Forbidden("The token is for another conversation."));
    }

    private static async Task<(DirectLineGrant? Grant, bool IsSecret, IResult? Problem)> EnterAsync(HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins, bool secretMayEnter)
    {
        if (Shown(request) is not { } shown)
        {
            return (null, false, DirectLineAnswers.Unauthorized("Send a token as 'Authorization: Bearer TOKEN'."));
        }

        if (tokens.IsSecret(shown))
        {
            return secretMayEnter ? (null, true, null) : (null, true, DirectLineAnswers.Forbidden("A secret needs no renewal; only tokens do."));
        }

        var (state, grant) = await tokens.ReadAsync(shown);
        return state switch
        {
            TokenState.Expired => (null, false, DirectLineAnswers.Expired()),
            TokenState.Valid when !grant!.IsForStream => origins.MayUse(request, grant)
                ? (grant, false, null)
                : (null, false, DirectLineAnswers.Forbidden("This page may not hold the chat: its origin is neither in the token nor in DirectLine:TrustedOrigins.")),
            _ => (null, false, DirectLineAnswers.Unauthorized("The token is none of ours, or was changed.")),
        };
    }

    // Who a token names is who it is. A client may bring another name along, but not a reserved one: that only a token gives.
    private static string? Claimed(ChannelAccount? user) =>
        user?.Id is { Length: > 0 } id && !id.StartsWith(ReservedUser, StringComparison.Ordinal) && IdentifierRules.IsLegal(id, ConversationId.MaxLength) ? id : null;

    private static string? Shown(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.Ordinal) && header.Length > Scheme.Length ? header[Scheme.Length..] : null;

    private static ChatAnswer Answer(DirectLineGrant grant, DirectLineTokens tokens, string? stream = null) => new(grant.Conversation.Value, tokens.Issue(grant), tokens.LifetimeSeconds, stream);

    private static string StreamOf(HttpRequest request, DirectLineGrant grant, string watermark, DirectLineTokens tokens, DirectLineOptions options)
    {
        var (scheme, authority, basePath) = options.PublicAddress.Length > 0 && new Uri(options.PublicAddress) is var address
            ? (address.Scheme, address.Authority, address.AbsolutePath.TrimEnd('/'))
            : (request.Scheme, request.Host.Value, request.PathBase.Value);
        var token = tokens.Issue(grant with { IsForStream = true });
        return $"{(scheme == Uri.UriSchemeHttps ? "wss" : "ws")}://{authority}{basePath}{Path}/conversations/{Uri.EscapeDataString(grant.Conversation.Value)}/stream?watermark={Uri.EscapeDataString(watermark.Length == 0 ? "-" : watermark)}&t={token}";
    }

    private static IResult BadWatermark() => DirectLineAnswers.BadArgument("The watermark is none that this chat gave out. Leave it out to get everything.");

    // A body may be missing; clients send one without a type, too.
    private static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        if (await JsonBody.ReadTextAsync(request) is not { } text)
        {
            return (null, TooBig());
        }

        if (text.Length == 0)
        {
            return (null, null);
        }

        try
        {
            return (JsonSerializer.Deserialize<T>(JsonBody.Mend(text), ActivityJson.Options), null);
        }
        catch (JsonException)
        {
            return (null, DirectLineAnswers.BadArgument("The body is no JSON object of the Activity protocol."));
        }
    }

    private static IResult TooBig() => DirectLineAnswers.Error(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig", $"The body may have at most {MaxActivityBytes} bytes.");

    // Clients try again after 502; a message that is sent again with its id is taken in once.
    private static async ValueTask<object?> TellFailuresAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is RecordUnavailableException or TimeoutException or OrleansException)
        {
            return DirectLineAnswers.Error(StatusCodes.Status502BadGateway, "BotError", "The message could not be taken in now. Send it again.");
        }
        catch (ConversationErasedException)
        {
            return DirectLineAnswers.Error(StatusCodes.Status404NotFound, "BadArgument", "This conversation was erased. Begin a new one.");
        }
        catch (ConversationRecordDamagedException)
        {
            return DirectLineAnswers.Error(StatusCodes.Status500InternalServerError, "ServiceError", "This conversation needs a repair; the log has the details.");
        }
    }

    // What tokens/generate and the start of a conversation bring.
    private sealed record TokenWish(ChannelAccount? User = null, IReadOnlyList<string?>? TrustedOrigins = null, string? Locale = null);
}
