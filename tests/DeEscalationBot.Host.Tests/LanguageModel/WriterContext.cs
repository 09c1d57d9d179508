using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Plugin;
using DeEscalationBot.Plugin.LanguageModel;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeEscalationBot.Host.Tests.LanguageModel;

/// <summary>A writer as a host has it, with a server of the test's own; what is read from files is read once.</summary>
internal sealed class WriterContext : IDisposable
{
    private static readonly PlaybookFiles Files = PlaybookFiles.BesideProgram();
    private static readonly SignalDetector Signals = PlaybookSignals.ReadDetector(Files);
    private static readonly DraftReviewer Drafts = PlaybookDraftRules.ReadReviewer(Files, ModelLoader.LoadDrafts(Repository.PathTo("models", "drafts.zip")));
    private static readonly ParaphraseEngine Paraphrase = PlaybookParaphrase.ReadEngine(Files, Signals);
    private static readonly GeneratedTextReviewer Reviewer = PlaybookWriting.ReadReviewer(Files, Drafts, Signals);
    private readonly ServiceProvider _services;

    public WriterContext(string? address, TimeProvider? clock = null, params (string Setting, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["LanguageModel:Enabled"] = address is null ? "false" : "true",
            ["LanguageModel:Endpoint"] = address,
            ["LanguageModel:Model"] = "test-model",
            ["LanguageModel:ApiKey"] = "key-of-the-test",
            ["LanguageModel:RetryPause"] = "00:00:00.001",
            ["LanguageModel:AttemptTimeout"] = "00:01:00",
            ["LanguageModel:TotalTimeout"] = "00:02:00",
        };
        foreach (var (setting, value) in settings)
        {
            values["LanguageModel:" + setting] = value;
        }

        var services = new ServiceCollection()
            .AddSingleton(Signals).AddSingleton(Drafts).AddSingleton(Paraphrase).AddSingleton(Reviewer)
            .AddMetrics()
            .AddLogging(l => l.AddProvider(Log));
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        _services = services.AddDeEscalation(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
    }

    public LogRecorder Log { get; } = new();

    public ICoachWriter Writer => _services.GetRequiredService<ICoachWriter>();

    public PromptLibrary Prompts => _services.GetRequiredService<PromptLibrary>();

    public static GeneratedTextReviewer Checks => Reviewer;

    public IServiceProvider Services => _services;

    public static WritingRequest English(string text, WritingKind kind = WritingKind.NextReply) => new(kind, [new(SpeakerRole.Customer, text)], MessageLanguage.English);

    public static WritingRequest Spanish(string text, WritingKind kind = WritingKind.NextReply) => new(kind, [new(SpeakerRole.Customer, text)], MessageLanguage.Spanish);

    public void Dispose() => _services.Dispose();
}
