using DeEscalationBot.Host.Conversations.Storage.Postgres;
using DeEscalationBot.Host.Conversations.Storage.Sqlite;
using DeEscalationBot.Host.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Registers the record.</summary>
public static class RecordStorage
{
    /// <summary>Registers the log, the lists, the database that the settings choose, and bringing it up to date at start.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddRecordStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section))
            .Validate(o => Enum.IsDefined(o.Provider), "Storage:Provider may be Sqlite or Postgres.")
            .Validate(o => !string.IsNullOrWhiteSpace(o.DataDirectory), "Storage:DataDirectory is empty. Set it to a folder, or leave it out for 'data' under the working directory.")
            .ValidateOnStart();
        services.TryAddSingleton(p => DataDirectory.Take(p.GetRequiredService<IOptions<StorageOptions>>().Value, configuration.GetConnectionString(StorageOptions.ConnectionName)));
        services.AddPooledDbContextFactory<SqliteCoachDbContext>((p, options) => options
            .UseSqlite(p.GetRequiredService<DataDirectory>().ConnectionString)
            .AddInterceptors(new SqliteConnectionSettings()));
        services.AddPooledDbContextFactory<PostgresCoachDbContext>((p, options) => options
            .UseNpgsql(p.GetRequiredService<DataDirectory>().ConnectionString));
        services.TryAddSingleton<IDbContextFactory<CoachDbContext>>(p => p.GetRequiredService<IOptions<StorageOptions>>().Value.Provider switch
        {
            StorageProvider.Sqlite => new ContextFactory<SqliteCoachDbContext>(p.GetRequiredService<IDbContextFactory<SqliteCoachDbContext>>()),
            StorageProvider.Postgres => new ContextFactory<PostgresCoachDbContext>(p.GetRequiredService<IDbContextFactory<PostgresCoachDbContext>>()),
            var other => throw new StartRefusedException(ErrorCodes.BadSetting, $"Storage:Provider '{other}' is not known."),
        });
        services.TryAddSingleton<ConversationLog>();
        services.TryAddSingleton<ConversationIndex>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Opening>());
        return services;
    }

    private sealed class ContextFactory<T>(IDbContextFactory<T> contexts) : IDbContextFactory<CoachDbContext>
        where T : CoachDbContext
    {
        public CoachDbContext CreateDbContext() => contexts.CreateDbContext();
    }

    /// <summary>Takes the data directory and brings the database up to date before anything else starts.</summary>
    private sealed class Opening(IServiceProvider services) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<DataDirectory>();
            try
            {
                await using var db = await services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(cancellationToken);
                await db.Database.MigrateAsync(cancellationToken);
            }
            catch (Exception e) when (DatabaseFailure.IsBehind(e) || e is ArgumentException)
            {
                throw new StartRefusedException(ErrorCodes.RecordNotOpened, $"The database cannot be opened or brought up to date: {e.Message} Look at ConnectionStrings:Coach and Storage:Provider.", e);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
