using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Channels.BotFramework.TeamsApp;
using DeEscalationBot.Host.Channels.DirectLine;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Channels.WebChat;
using DeEscalationBot.Host.Coaching;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery;
using DeEscalationBot.Host.Delivery.LiveView;
using DeEscalationBot.Host.Escalation;
using DeEscalationBot.Host.Hosting.Doctor;
using DeEscalationBot.Host.Hosting.Observability;
using DeEscalationBot.Host.Hosting.Settings;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Host.Reports;
using DeEscalationBot.Host.Scoring;
using DeEscalationBot.Plugin;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting;

/// <summary>The deployable: HTTP, record, grains and pages in one process.</summary>
public static partial class CoachHost
{
    /// <summary>Exit code of a host that did not start: 1.</summary>
    public const int NotStarted = 1;

    /// <summary>Builds the host; see <see cref="RunAsync"/>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Changes it before it is built: tests put a clock of their own here.</param>
    /// <exception cref="StartRefusedException">A setting forbids the start.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Settings, playbook and model lie beside the program, wherever it is called from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(CoachHost).Assembly.GetName().Name });
        HostSettings.Add(builder.Configuration, args);
        configure?.Invoke(builder);
        ListeningAddresses.CheckLocal(builder.Configuration);
        KnownProxies.RefuseEverybody(builder.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls(ListeningAddresses.Default);
        }

        // Why a start failed is said once, by RunAsync, as a sentence; what fails later is logged.
        var started = new StrongBox<bool>();
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Information && Volatile.Read(ref started.Value));

        // Script and style files of component packages are found in a build that was not published, too.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AccessServices.LongestBody;
        });

        // Tells systemd when it is ready and when it stops; nothing elsewhere.
        builder.Services.AddSystemd();

        // What asks for something that lives shorter than itself fails at the start, not when the first customer writes.
        builder.Host.UseDefaultServiceProvider(services => services.ValidateScopes = services.ValidateOnBuild = true);

        builder.Services.AddHttpChannel();

        // First, because the keys of sessions may be in its database.
        builder.Services.AddRecordStorage(builder.Configuration);

        // Before all that asks conversations for something: it starts before them, and stops after they have ended what they had begun.
        builder.UseCluster();
        builder.Services.AddAccess(builder.Configuration);
        builder.Services.AddDeEscalation(builder.Configuration);
        builder.Services.AddSecondOpinions();
        builder.Services.AddConversations(builder.Configuration);
        builder.Services.AddDelivery(builder.Configuration);
        builder.Services.AddBotFramework(builder.Configuration);
        builder.Services.AddDirectLine(builder.Configuration);
        builder.Services.AddCases(builder.Configuration);
        builder.Services.AddReports();
        builder.Services.AddPrivacy(builder.Configuration);
        builder.Services.AddLiveView();
        builder.Services.AddHealth();
        builder.Services.AddDoctor();
        builder.Services.AddHostedService<WarmUp>();

        builder.Services.AddPages();
        builder.Services.AddObservability(builder.Configuration);
        var app = builder.Build();
        app.UseDraining();
        app.UseAccess();
        app.MapConversations();
        app.MapFollowUps();
        app.MapGoodwill();
        app.MapEventStream();
        app.MapAnalyze();
        app.MapCoaching();
        app.MapWriting();
        app.MapAlerts();
        app.MapDuty();
        app.MapAlertReports();
        app.MapReports();
        app.MapCustomers();
        app.MapCases();
        app.MapCaseFiles();
        app.MapDeliveries();
        app.MapSubjects();
        app.MapAudit();
        app.MapBotFramework();
        app.MapTeamsTab();
        app.MapDirectLine();
        app.MapWebChat();
        app.MapHealth();
        app.MapSignIn();
        app.MapSidebarTokens();
        app.MapMetrics();
        app.MapApiDescription();

        app.MapPages();
        SayWhenStarted(app, started);
        return app;
    }

    /// <summary>Runs the host until it is asked to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>0, or <see cref="NotStarted"/> after a sentence on standard error that says why.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            ListeningAddresses.CheckFree(app.Configuration);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (ReasonOf(e) is { } reason)
        {
            await Console.Error.WriteLineAsync($"{reason.Code}: {reason.Message}");
            return NotStarted;
        }
    }

    /// <summary>Why a start failed, for a person; nothing for a defect, whose stack trace is wanted.</summary>
    internal static (string Code, string Message)? ReasonOf(Exception e) => e switch
    {
        StartRefusedException refused => (refused.Code, refused.Message),
        OptionsValidationException options => (ErrorCodes.BadSetting, string.Join(Environment.NewLine, options.Failures)),
        PlaybookException or ModelException => (ErrorCodes.KnowledgeNotRead, e.Message),
        InvalidDataException settings => (ErrorCodes.BadSetting, "The settings cannot be read: " + (settings.InnerException?.Message ?? settings.Message)),
        InvalidOperationException binding when binding.Message.Contains("configuration value", StringComparison.OrdinalIgnoreCase) => (ErrorCodes.BadSetting, binding.Message),
        IOException { InnerException: AddressInUseException } taken => (ErrorCodes.AddressInUse, taken.Message + " Stop the other program, or choose another address with --urls."),
        IOException { InnerException: SocketException } address => (ErrorCodes.AddressInUse, address.Message + " Choose another address with --urls."),
        SocketException address => (ErrorCodes.AddressInUse, address.Message + ". Choose another address with --urls."),
        AddressInUseException taken => (ErrorCodes.AddressInUse, taken.Message + " Stop the other program, or choose another port (--urls, Cluster:SiloPort)."),
        OrleansException cluster => (ErrorCodes.BadSetting, $"This host cannot become a node of its cluster: {cluster.Message} Every node has to reach every other at its Cluster:SiloPort, with the same certificate (docs/operations.md, Several nodes)."),
        TargetInvocationException { InnerException: { } inner } => ReasonOf(inner),
        AggregateException { InnerExceptions: [var only] } => ReasonOf(only),
        _ => null,
    };

    // A method of its own, so that the filter above, which logging keeps longer than the host, does not keep the host.
    private static void SayWhenStarted(WebApplication app, StrongBox<bool> started) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        Volatile.Write(ref started.Value, true);
        SayWhere(app);
    });

    private static void SayWhere(WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CoachHost));
        foreach (var complaint in SettingNames.Complaints(app.Configuration))
        {
            LogSetting(logger, complaint);
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (app.Services.GetRequiredService<IOptions<SignInOptions>>().Value is { IsConfigured: true } signIn)
        {
            LogServer(logger, signIn.Provider, signIn.PublicAddress);
            return;
        }

        if (app.Services.GetRequiredService<LocalMode>().ServesOthersBy is { } setting)
        {
            LogClosed(logger, setting);
            return;
        }

        LogLocalMode(logger);
        if (address is not null)
        {
            LogDemo(logger, address.TrimEnd('/'));
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Complaint}")]
    private static partial void LogSetting(ILogger logger, string complaint);

    [LoggerMessage(LogLevel.Information, "Local mode: no sign-in is configured, so only this machine can reach the host.")]
    private static partial void LogLocalMode(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "By {Setting} this host serves others, and no sign-in is configured: pages are closed to everybody, and the API takes a key, also at this machine. See docs/security.md.")]
    private static partial void LogClosed(ILogger logger, string setting);

    [LoggerMessage(LogLevel.Information, "People sign in by {Provider}, at {Address}.")]
    private static partial void LogServer(ILogger logger, SignInProvider provider, string address);

    [LoggerMessage(LogLevel.Information, "Open the demo page: {Address}/demo")]
    private static partial void LogDemo(ILogger logger, string address);
}
