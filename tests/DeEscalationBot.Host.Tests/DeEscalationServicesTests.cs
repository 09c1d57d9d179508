using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests;

/// <summary>What AddDeEscalation registers, for each configuration.</summary>
public sealed class DeEscalationServicesTests
{
    [Fact]
    public void Defaults_Pipeline_IsBuiltWithTheModel()
    {
        using var services = Build([]);

        Assert.NotNull(services.GetRequiredService<ConversationTurnPipeline>());
        Assert.IsType<MlNetScorer>(services.GetRequiredService<IUtteranceScorer>());
    }

    [Fact]
    public void CalledTwice_RegistersOnce()
    {
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection().AddDeEscalation(configuration).AddDeEscalation(configuration);

        Assert.Single(services, s => s.ServiceType == typeof(IUtteranceScorer));
        Assert.Single(services, s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && s.ImplementationType?.DeclaringType == typeof(DeEscalationServices));
    }

    [Fact]
    public void OwnScorer_RegisteredBefore_Stays()
    {
        var own = new Moq.Mock<IUtteranceScorer>().Object;
        using var services = Build([], s => s.AddSingleton(own));

        Assert.Same(own, services.GetRequiredService<IUtteranceScorer>());
    }

    [Fact]
    public void ModelMissing_StopsTheStart()
    {
        using var services = Build(new() { ["Model:Path"] = "models/none.zip" });

        var refusal = Assert.Throws<ModelException>(services.GetRequiredService<IUtteranceScorer>);

        Assert.Contains("Model:AllowSignalsOnly", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelMissing_SignalsOnlyAllowed_WarnsAndScoresBySignals()
    {
        var log = new Lines();
        using var services = Build(
            new() { ["Model:Path"] = "models/none.zip", ["Model:AllowSignalsOnly"] = "true" },
            s => s.AddLogging(l => l.AddProvider(log)));

        var score = services.GetRequiredService<IUtteranceScorer>().Score("ok");

        Assert.Equal(ScoreOrigin.SignalsOnly, score.Origin);
        Assert.Contains(log.Written, l => l.Level == LogLevel.Warning && l.Text.Contains("WITHOUT A MODEL", StringComparison.Ordinal) && l.Text.Contains("none.zip", StringComparison.Ordinal));
    }

    [Fact]
    public void ModelOfDraftsMissing_StopsTheStart()
    {
        using var services = Build(new() { ["Model:DraftsPath"] = "models/none.zip" });

        var refusal = Assert.Throws<ModelException>(services.GetRequiredService<DraftReviewer>);

        Assert.Contains("Model:DraftsPath", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelOfDraftsMissing_SignalsOnlyAllowed_WarnsAndReviewsByPhrases()
    {
        var log = new Lines();
        using var services = Build(
            new() { ["Model:DraftsPath"] = "models/none.zip", ["Model:AllowSignalsOnly"] = "true" },
            s => s.AddLogging(l => l.AddProvider(log)));

        var review = services.GetRequiredService<DraftReviewer>().Review(new DraftRequest("Debería haber leído las condiciones antes de comprar."));

        Assert.Contains(review.Findings, f => f.Rule == "should-statement");
        Assert.Contains(log.Written, l => l.Level == LogLevel.Warning && l.Text.Contains("DRAFTS WITHOUT A MODEL", StringComparison.Ordinal) && l.Text.Contains("none.zip", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Model:Path", " ", "Model:Path")]
    [InlineData("Model:DraftsPath", "", "Model:DraftsPath")]
    [InlineData("Playbook:Directory", "", "Playbook:Directory")]
    [InlineData("Coaching:Address", "7", "Coaching:Address")]
    [InlineData("Coaching:SuggestAtMostEvery", "0", "Coaching:SuggestAtMostEvery")]
    [InlineData("Coaching:SuggestAtMostEvery", "21", "Coaching:SuggestAtMostEvery")]
    [InlineData("Escalation:SignalConfidence", "0.3", "Escalation:SignalConfidence")]
    [InlineData("Escalation:SignalConfidence", "1.01", "Escalation:SignalConfidence")]
    [InlineData("Escalation:WeakSignalConfidence", "0", "Escalation:WeakSignalConfidence")]
    [InlineData("Escalation:WeakSignalConfidence", "0.6", "Escalation:WeakSignalConfidence")]
    [InlineData("Escalation:StubbornTension", "1.1", "Escalation:StubbornTension")]
    [InlineData("Escalation:StubbornAfterSteps", "0", "Escalation:StubbornAfterSteps")]
    [InlineData("Escalation:StubbornAfterSteps", "8", "Escalation:StubbornAfterSteps")]
    [InlineData("Escalation:WaitingAdviseAfter", "00:00:00", "Escalation:WaitingAdviseAfter")]
    [InlineData("Escalation:WaitingSupervisorAfter", "00:05:00", "Escalation:WaitingSupervisorAfter")]
    public void IllegalSetting_IsRefusedByName(string key, string value, string named)
    {
        using var services = Build(new() { [key] = value });

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Escalation:SignalConfidence", "1")]
    [InlineData("Escalation:WeakSignalConfidence", "0.59")]
    [InlineData("Escalation:StubbornTension", "0")]
    [InlineData("Escalation:StubbornTension", "1")]
    [InlineData("Escalation:StubbornAfterSteps", "1")]
    [InlineData("Escalation:StubbornAfterSteps", "7")]
    [InlineData("Escalation:WaitingSupervisorAfter", "00:05:01")]
    [InlineData("Coaching:Address", "Vos")]
    [InlineData("Coaching:SuggestAtMostEvery", "20")]
    public void LastLegalSetting_IsAccepted(string key, string value)
    {
        using var services = Build(new() { [key] = value });

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings, Action<IServiceCollection>? before = null)
    {
        var services = new ServiceCollection();
        before?.Invoke(services);
        return services.AddDeEscalation(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<(LogLevel Level, string Text)> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
