using System.Diagnostics.Metrics;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>Registers the writer: offline, or with the language model when the section <c>LanguageModel</c> enables it.</summary>
public static partial class LanguageModelServices
{
    /// <summary>Registers <see cref="ICoachWriter"/> and what it needs, as singletons. Idempotent; what the caller has registered before stays.</summary>
    /// <remarks>Needs the playbook, the paraphrase, the draft review and the signals that <see cref="DeEscalationServices.AddDeEscalation"/> registers, which calls this.</remarks>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddCoachWriter(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<LanguageModelOptions>().Bind(configuration.GetSection(LanguageModelOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LanguageModelOptions>, LanguageModelOptionsValidation>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(p => new LanguageModelMetrics(p.GetService<IMeterFactory>()));
        services.TryAddSingleton<LanguageModelClient>();
        services.TryAddSingleton(p => new PromptLibrary(p.GetRequiredService<IOptions<LanguageModelOptions>>().Value.FullPromptDirectory));
        services.TryAddSingleton(p => PlaybookWriting.ReadWriter(
            p.GetRequiredService<PlaybookFiles>(),
            p.GetRequiredService<ParaphraseEngine>(),
            p.GetRequiredService<DraftReviewer>(),
            p.GetRequiredService<SignalDetector>(),
            p.GetRequiredService<ApologyLetter>()));
        services.TryAddSingleton(p => PlaybookWriting.ReadReviewer(p.GetRequiredService<PlaybookFiles>(), p.GetRequiredService<DraftReviewer>(), p.GetRequiredService<SignalDetector>()));
        services.TryAddSingleton<ICoachWriter>(p => p.GetRequiredService<IOptions<LanguageModelOptions>>().Value.Enabled
            ? ActivatorUtilities.CreateInstance<LanguageModelWriter>(p, LogOf(p))
            : p.GetRequiredService<OfflineWriter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WriterLoading>());
        return services;
    }

    private static ILogger LogOf(IServiceProvider services) => services.GetService<ILoggerFactory>()?.CreateLogger(typeof(LanguageModelServices).Namespace!) ?? NullLogger.Instance;

    /// <summary>Reads the sentences, the checks and the prompts while the host starts, also when the language model is off: a fault in them shows at once.</summary>
    private sealed partial class WriterLoading(IServiceProvider services, IOptions<LanguageModelOptions> options) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<GeneratedTextReviewer>();
            services.GetRequiredService<PromptLibrary>();
            services.GetRequiredService<ICoachWriter>();
            if (options.Value.Enabled)
            {
                LogEnabled(LogOf(services), new Uri(options.Value.Endpoint).Authority, options.Value.Model);
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(2003, LogLevel.Information, "The language model {Model} at {Host} may improve the words. Conversations are sent there without cards, accounts, addresses, telephone numbers and ids.")]
        private static partial void LogEnabled(ILogger logger, string host, string model);
    }
}
