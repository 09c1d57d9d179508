using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>What the shipped playbook and model are made into, read once for all hosts of this process: it takes a second each time, and nothing in it ever changes.</summary>
internal static class SharedRules
{
    private static readonly Lazy<ServiceProvider> Shipped = new(() =>
        new ServiceCollection().AddDeEscalation(new ConfigurationBuilder().Build()).BuildServiceProvider());

    /// <summary>Gives a host the shared ones, unless a setting gives it a playbook or a model of its own. <see cref="HostProcess"/> always reads its own.</summary>
    public static void AddTo(IServiceCollection services, IEnumerable<string> settings)
    {
        if (!settings.Any(s => s.StartsWith("--Playbook:", StringComparison.OrdinalIgnoreCase) || s.StartsWith("--Model:", StringComparison.OrdinalIgnoreCase)))
        {
            AddTo(services);
        }
    }

    /// <summary>Gives the shared ones to what is set up from the shipped playbook and model.</summary>
    public static void AddTo(IServiceCollection services) =>
        services
            .AddSingleton(Shipped.Value.GetRequiredService<SignalDetector>())
            .AddSingleton(Shipped.Value.GetRequiredService<IUtteranceScorer>())
            .AddSingleton(Shipped.Value.GetRequiredService<DraftReviewer>())
            .AddSingleton(Shipped.Value.GetRequiredService<ParaphraseEngine>())
            .AddSingleton(Shipped.Value.GetRequiredService<StepRecognizer>());
}
