using System.Net;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.BotFramework.Agent;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Channels.BotFramework.Authentication;
using DeEscalationBot.Host.Channels.BotFramework.Chats;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace DeEscalationBot.Host.Channels.BotFramework;

/// <summary>Registers the bot: <c>/api/messages</c>, the connectors, and the agent's conversation.</summary>
public static class BotFrameworkServices
{
    /// <summary>The name of the connections by which keys are fetched.</summary>
    public const string KeyClient = "BotFramework.Keys";

    /// <summary>The name of the connections to the authority that gives the bot its tokens.</summary>
    public const string LoginClient = "BotFramework.Login";

    /// <summary>The name of the connections to connectors.</summary>
    public const string ConnectorHttpClient = "BotFramework.Connector";

    private const int Retries = 3;
    private static readonly TimeSpan KeyTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <summary>Registers it.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddBotFramework(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<BotFrameworkOptions>().Bind(configuration.GetSection(BotFrameworkOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BotFrameworkOptions>, BotFrameworkOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton(_ => new LocalMode(configuration));

        services.AddHttpClient(KeyClient, c => c.Timeout = KeyTimeout).RemoveAllLoggers();
        services.AddHttpClient(LoginClient).RemoveAllLoggers();
        services.AddHttpClient(ConnectorHttpClient, c => c.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
            .AddResilienceHandler("retry", (pipeline, context) =>
            {
                var clock = context.ServiceProvider.GetRequiredService<TimeProvider>();
                pipeline.TimeProvider = clock;
                pipeline.AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = Retries,
                    Delay = FirstPause,
                    MaxDelay = LongestPause,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldRetryAfterHeader = false,
                    DelayGenerator = args => ValueTask.FromResult(RetryPause.Of(args.Outcome.Result, clock.GetUtcNow())),
                    ShouldHandle = args => ValueTask.FromResult(IsWorthRetrying(args.Outcome, args.Context.GetRequestMessage()?.Method, clock.GetUtcNow())),
                });
                pipeline.AddTimeout(context.ServiceProvider.GetRequiredService<IOptions<BotFrameworkOptions>>().Value.ConnectorTimeout);
            });

        services.TryAddSingleton<TokenCheck>();
        services.TryAddSingleton<ChannelDoor>();
        services.TryAddSingleton<ServiceUrlPolicy>();
        services.TryAddSingleton<IConnectorTokens, AzureTokens>();
        services.TryAddSingleton<SendBudget>();
        services.TryAddSingleton<ConnectorClient>();
        services.TryAddSingleton<ConversationReferences>();
        services.TryAddSingleton<AgentMemory>();
        services.TryAddSingleton<AnswerFeedback>();
        services.AddLocalization();
        services.TryAddSingleton<AgentCommands>();
        services.TryAddSingleton<AgentWording>();
        services.TryAddSingleton<IAgentCards, AdaptiveAgentCards>();
        services.TryAddSingleton<AgentConversation>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICardActions, AgentConversation>(p => p.GetRequiredService<AgentConversation>()));
        services.TryAddSingleton<HeldChats>();
        services.TryAddSingleton<ChatAgents>();
        services.TryAddSingleton<AgentChats>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICardActions, AgentChats>(p => p.GetRequiredService<AgentChats>()));
        services.TryAddSingleton<ChatFollower>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ChatFollower>(p => p.GetRequiredService<ChatFollower>()));
        services.AddTeamsAlerts(configuration);
        services.TryAddSingleton<SeenActivities>();
        services.TryAddSingleton<ActivityDispatcher>();
        services.TryAddSingleton<ActivityLanes>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ActivityLanes>(p => p.GetRequiredService<ActivityLanes>()));
        services.TryAddSingleton<MessagesEndpoint>();
#if BOT_BUILDER_SDK
        BotBuilderSdk.SdkMessagesEndpoint.Add(services);
#endif
        return services;
    }

    /// <summary>Maps <c>/api/messages</c>. Who may call it is said by <see cref="BotFrameworkOptions"/>.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapBotFramework(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
#if BOT_BUILDER_SDK
        app.MapPost(MessagesEndpoint.Path, (HttpContext http, BotBuilderSdk.SdkMessagesEndpoint endpoint) => endpoint.HandleAsync(http)).ExcludeFromDescription().AllowAnonymous();
#else
        app.MapPost(MessagesEndpoint.Path, (HttpContext http, MessagesEndpoint endpoint) => endpoint.HandleAsync(http)).ExcludeFromDescription().AllowAnonymous();
#endif
    }

    /// <summary>Whether no connection came about, so that nothing was sent.</summary>
    /// <param name="e">Why a call failed.</param>
    internal static bool CameToNothing(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError };

    // A message that was not answered in time may have been sent: repeating it is left to who asked for it.
    // The same goes for a new message whose connection broke: only where none came about was nothing sent.
    private static bool IsWorthRetrying(Outcome<HttpResponseMessage> outcome, HttpMethod? method, DateTimeOffset now) => outcome switch
    {
        { Exception: TimeoutRejectedException } => false,
        { Exception: HttpRequestException e } =>
            (method is not null && method != HttpMethod.Post) || CameToNothing(e),
        { Result.StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionFailed or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } =>
            (RetryPause.Of(outcome.Result, now) ?? TimeSpan.Zero) <= LongestPause,
        _ => false,
    };
}
