using DeEscalationBot.Host.Channels.BotFramework.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.BotBuilderSdk;

/// <summary><c>POST /api/messages</c> by the SDK's adapter: it reads, checks tokens, answers, and calls connectors.</summary>
/// <remarks>Without an app id the SDK lets everybody in; we go on letting in programs at this machine only.</remarks>
internal sealed class SdkMessagesEndpoint(IBotFrameworkHttpAdapter adapter, IBot bot, ChannelDoor door, IOptions<BotFrameworkOptions> options)
{
    private const string GovernmentService = "https://botframework.azure.us";

    /// <summary>Registers it in place of <see cref="MessagesEndpoint"/>.</summary>
    /// <param name="services">Where to register.</param>
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<BotFrameworkOptions>()
            .Validate(o => o.CertificatePath.Length == 0, "BotFramework:CertificatePath cannot be used in a build with the Bot Framework SDK. Use BotFramework:AppPassword or a managed identity.")
            .Validate(o => o.Cloud != BotCloud.China, "BotFramework:Cloud=China cannot be used in a build with the Bot Framework SDK.");
        services.AddSingleton<BotFrameworkAuthentication>(p => new ConfigurationBotFrameworkAuthentication(ConfigurationOf(p.GetRequiredService<IOptions<BotFrameworkOptions>>().Value), httpClientFactory: p.GetRequiredService<IHttpClientFactory>(), logger: p.GetRequiredService<ILogger<CloudAdapter>>()));
        services.AddSingleton<IBotFrameworkHttpAdapter>(p => new CloudAdapter(p.GetRequiredService<BotFrameworkAuthentication>(), p.GetRequiredService<ILogger<CloudAdapter>>()));
        services.AddSingleton<IBot, CoachBot>();
        services.AddSingleton<SdkMessagesEndpoint>();
    }

    /// <summary>Takes one request.</summary>
    /// <param name="http">The request.</param>
    public async Task HandleAsync(HttpContext http)
    {
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        if (!options.Value.IsConfigured && await door.LookAsync(http) is null)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await adapter.ProcessAsync(http.Request, http.Response, bot, http.RequestAborted);
    }

    // The names are those that every bot on the SDK has in its settings.
    private static IConfiguration ConfigurationOf(BotFrameworkOptions bot) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["MicrosoftAppId"] = bot.AppId,
        ["MicrosoftAppType"] = bot.IsConfigured ? bot.AppType.ToString() : nameof(BotAppType.MultiTenant),
        ["MicrosoftAppPassword"] = bot.AppPassword,
        ["MicrosoftAppTenantId"] = bot.TenantId,
        ["ChannelService"] = bot.Cloud == BotCloud.UsGovernment ? GovernmentService : null,
    }).Build();
}
