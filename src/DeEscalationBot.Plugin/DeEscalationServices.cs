using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.BeginnersMind;
using DeEscalationBot.Core.Coaching.Chunking;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Coaching.Training;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Coaching;
using DeEscalationBot.Plugin.LanguageModel;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.AzureLanguage;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin;

/// <summary>Puts the de-escalation rules into a host's services: everything but channels, storage and delivery.</summary>
public static class DeEscalationServices
{
    /// <summary>The section that <see cref="EscalationSettings"/> is bound to.</summary>
    public const string EscalationSection = "Escalation";

    private static readonly EventId NoModel = new(1001, nameof(NoModel));

    /// <summary>
    /// Registers the playbook, the scorer, draft review, paraphrase, coach, escalation policy and the
    /// <see cref="ConversationTurnPipeline"/> that joins them, all as singletons that are safe for concurrent use.
    /// </summary>
    /// <remarks>
    /// Idempotent, and whatever the caller has registered before stays. The sections <c>Playbook</c>, <c>Model</c>, <c>Coaching</c>,
    /// <c>Escalation</c>, <c>LanguageModel</c> and <c>AzureLanguage</c> are optional. Options are checked and all files are read when the host starts, so that a fault stops the start
    /// and not the first message; without a started host, at the first use. A model that is missing or damaged is a
    /// <see cref="ModelException"/>; with <c>Model:AllowSignalsOnly</c> the <see cref="SignalOnlyScorer"/> takes its place, and a warning says so.
    /// </remarks>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddDeEscalation(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        AddOptions(services, configuration);

        services.TryAddSingleton(p => new PlaybookFiles(p.GetRequiredService<IOptions<PlaybookOptions>>().Value.FullDirectory));
        services.TryAddSingleton(p => PlaybookSignals.ReadDetector(p.GetRequiredService<PlaybookFiles>()));
        services.TryAddSingleton(CreateScorer);
        services.TryAddSingleton(p => PlaybookCoaching.ReadContext(p.GetRequiredService<PlaybookFiles>()));
        services.TryAddSingleton(p => PlaybookDraftRules.ReadReviewer(p.GetRequiredService<PlaybookFiles>(), CreateJudge(p)));
        services.TryAddSingleton(p => PlaybookParaphrase.ReadEngine(p.GetRequiredService<PlaybookFiles>(), p.GetRequiredService<SignalDetector>()));
        services.TryAddSingleton(p => PlaybookCoaching.ReadSteps(p.GetRequiredService<PlaybookFiles>()));
        services.TryAddSingleton(p => PlaybookCoaching.ReadCoach(
            p.GetRequiredService<PlaybookFiles>(),
            p.GetRequiredService<ParaphraseEngine>(),
            p.GetRequiredService<IOptions<CoachingOptions>>().Value.Address,
            p.GetRequiredService<IOptions<CoachingOptions>>().Value.SuggestAtMostEvery));
        services.TryAddSingleton(p => PlaybookCoaching.ReadPolicy(
            p.GetRequiredService<PlaybookFiles>(),
            p.GetRequiredService<IOptions<EscalationSettings>>().Value));
        services.TryAddSingleton(p => PlaybookCoaching.ReadChecklists(p.GetRequiredService<PlaybookFiles>()));
        services.TryAddSingleton(p => PlaybookLetters.ReadLetter(p.GetRequiredService<PlaybookFiles>(), p.GetRequiredService<ParaphraseEngine>(), p.GetRequiredService<DraftReviewer>()));
        services.TryAddSingleton(p => PlaybookLetters.ReadCall(p.GetRequiredService<PlaybookFiles>()));
        services.TryAddSingleton(p => PlaybookLetters.ReadNotes(p.GetRequiredService<PlaybookFiles>()));
        services.TryAddSingleton(p => PlaybookLetters.ReadFarewell(p.GetRequiredService<PlaybookFiles>(), p.GetRequiredService<DraftReviewer>()));
        services.TryAddSingleton<ConversationTurnPipeline>();
        services.AddCoachWriter(configuration);
        services.AddAzureLanguage(configuration);
        services.TryAddSingleton<DeEscalationPlugin>();
        services.TryAddSingleton(p => PlaybookTraining.ReadRoom(
            p.GetRequiredService<IOptions<TrainingOptions>>().Value.FullDirectory,
            p.GetRequiredService<ConversationTurnPipeline>(),
            p.GetRequiredService<DraftReviewer>(),
            p.GetRequiredService<StepRecognizer>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RuleLoading>());
        return services;
    }

    private static IUtteranceScorer CreateScorer(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ModelOptions>>().Value;
        try
        {
            // The model first: others read the rules meanwhile.
            var model = ModelLoader.Load(options.FullPath);
            return new MlNetScorer(model, provider.GetRequiredService<SignalDetector>());
        }
        catch (ModelException e) when (options.AllowSignalsOnly)
        {
            LogOf(provider).LogWarning(
                NoModel,
                "RUNNING WITHOUT A MODEL, as Model:AllowSignalsOnly permits. Scores come from the signals alone: they are coarse and not calibrated. {Reason}",
                e.Message);
            return new SignalOnlyScorer(provider.GetRequiredService<SignalDetector>());
        }
    }

    private static DraftModel? CreateJudge(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ModelOptions>>().Value;
        try
        {
            return ModelLoader.LoadDrafts(options.FullDraftsPath);
        }
        catch (ModelException e) when (options.AllowSignalsOnly)
        {
            LogOf(provider).LogWarning(
                NoModel,
                "REVIEWING DRAFTS WITHOUT A MODEL, as Model:AllowSignalsOnly permits. Findings come from phrases and examples alone: more is missed and flagged wrongly. {Reason}",
                e.Message);
            return null;
        }
    }

    private static ILogger LogOf(IServiceProvider provider) =>
        provider.GetService<ILoggerFactory>()?.CreateLogger(typeof(DeEscalationServices)) ?? NullLogger.Instance;

    private static void AddOptions(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PlaybookOptions>().Bind(configuration.GetSection(PlaybookOptions.Section)).ValidateOnStart();
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section)).ValidateOnStart();
        services.AddOptions<CoachingOptions>().Bind(configuration.GetSection(CoachingOptions.Section)).ValidateOnStart();
        services.AddOptions<TrainingOptions>().Bind(configuration.GetSection(TrainingOptions.Section)).ValidateOnStart();
        services.AddOptions<EscalationSettings>().Bind(configuration.GetSection(EscalationSection)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PlaybookOptions>, DeEscalationOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, DeEscalationOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CoachingOptions>, DeEscalationOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TrainingOptions>, DeEscalationOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EscalationSettings>, DeEscalationOptionsValidation>());
    }

    /// <summary>Reads playbook and model while the host starts: the four that take long beside each other, then what is made of them.</summary>
    private sealed class RuleLoading(IServiceProvider services) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.WhenAll(
                Task.Run(services.GetRequiredService<SignalDetector>, cancellationToken),
                Task.Run(services.GetRequiredService<IUtteranceScorer>, cancellationToken),
                Task.Run(services.GetRequiredService<DraftReviewer>, cancellationToken),
                Task.Run(services.GetRequiredService<ParaphraseEngine>, cancellationToken)).ConfigureAwait(false);
            services.GetRequiredService<ConversationTurnPipeline>();
            services.GetRequiredService<TrainingRoom>();
            services.GetRequiredService<ChecklistCoach>();
            services.GetRequiredService<ApologyLetter>();
            services.GetRequiredService<CallScript>();
            services.GetRequiredService<NoteReframer>();
            services.GetRequiredService<FarewellWriter>();
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
