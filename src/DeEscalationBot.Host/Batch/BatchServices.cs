using DeEscalationBot.Host.Hosting.Settings;
using DeEscalationBot.Plugin;

namespace DeEscalationBot.Host.Batch;

/// <summary>The product without web and record, as the batch verbs use it.</summary>
internal static class BatchServices
{
    /// <summary>Sets it up from <c>appsettings.json</c> beside the program and the environment.</summary>
    /// <param name="errors">Gets warnings.</param>
    /// <param name="configure">Puts services before the product's own: tests share what takes long to read.</param>
    public static ServiceProvider Build(TextWriter errors, Action<IServiceCollection>? configure)
    {
        var configuration = HostSettings.Read([]);
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLocalization()
            .AddLogging(logging => logging.AddProvider(new ErrorStreamLogger(errors)).SetMinimumLevel(LogLevel.Warning));
        configure?.Invoke(services);
        return services.AddDeEscalation(configuration).BuildServiceProvider();
    }
}
