using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage.Postgres;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Conversations.Storage.Sqlite;
using DeEscalationBot.Host.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Registers the record.</summary>
public static class RecordStorage
{
    /// <summary>The advisory lock of PostgreSQL under which one node at a time makes what all need: an arbitrary number that is the product's.</summary>
    internal const long OpeningLock = 7_331_904_411;

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
            .AddInterceptors(new SqliteConnectionSettings())
            .ConfigureWarnings(LeaveErrorsToCallers));
        services.AddPooledDbContextFactory<PostgresCoachDbContext>((p, options) => options
            .UseNpgsql(p.GetRequiredService<DataDirectory>().ConnectionString)
            .ConfigureWarnings(LeaveErrorsToCallers));
        services.TryAddSingleton<IDbContextFactory<CoachDbContext>>(p => p.GetRequiredService<IOptions<StorageOptions>>().Value.Provider switch
        {
            StorageProvider.Sqlite => new ContextFactory<SqliteCoachDbContext>(p.GetRequiredService<IDbContextFactory<SqliteCoachDbContext>>()),
            StorageProvider.Postgres => new ContextFactory<PostgresCoachDbContext>(p.GetRequiredService<IDbContextFactory<PostgresCoachDbContext>>()),
            var other => throw new StartRefusedException(ErrorCodes.BadSetting, $"Storage:Provider '{other}' is not known."),
        });
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RecordWriter>();
        services.TryAddSingleton<RecordCipher>();
        services.TryAddSingleton<ConversationLog>();
        services.TryAddSingleton<ConversationIndex>();
        services.TryAddSingleton<CaseLog>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Opening>());

        // After the opening, which makes the table that its keys may be in.
        ProtectionKeys.Add(services, configuration);
        return services;
    }

    /// <summary>Makes the tables, or changes them as this version needs them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StartRefusedException">A newer version has changed them already.</exception>
    public static async Task BringUpToDateAsync(CoachDbContext db, CancellationToken cancellationToken)
    {
        await RefuseNewerAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Refuses a database whose tables are not those of this version.</summary>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StartRefusedException">They are older or newer.</exception>
    public static async Task RefuseOtherVersionsAsync(CoachDbContext db, CancellationToken cancellationToken)
    {
        await RefuseNewerAsync(db, cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new StartRefusedException(ErrorCodes.RecordNotOpened, "The database was written by an older version, or there is none yet. Use the version that wrote it, or start the host once to bring it up to date.");
        }
    }

    /// <summary>Refuses a database that a newer version has changed: this one cannot read it, and changing it back would lose what it does not know.</summary>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StartRefusedException">A newer version has.</exception>
    public static async Task RefuseNewerAsync(CoachDbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            throw new StartRefusedException(
                ErrorCodes.RecordFromNewerVersion,
                $"The database was brought up to date by a newer version of the product ('{unknown[^1]}'), which this one cannot read. Start the newer version, or restore the backup from before the upgrade into a database of its own.");
        }
    }

    // A command that fails is an exception, which whoever asked answers or logs, with what it means. Many are expected: the first look into an empty
    // database, a row that another node was faster to write.
    private static void LeaveErrorsToCallers(WarningsConfigurationBuilder warnings) => warnings.Log((RelationalEventId.CommandError, LogLevel.Debug));

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
                await using var alone = await db.BeAloneAsync(OpeningLock, cancellationToken);
                await BringUpToDateAsync(db, cancellationToken);
                await services.GetRequiredService<RecordCipher>().MakeOwnAsync(cancellationToken);
            }
            catch (Exception e) when (e is not StartRefusedException && (DatabaseFailure.IsBehind(e) || e is ArgumentException))
            {
                throw new StartRefusedException(ErrorCodes.RecordNotOpened, $"The database cannot be opened or brought up to date: {e.Message} Look at ConnectionStrings:Coach and Storage:Provider.", e);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
