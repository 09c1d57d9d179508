using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>The record on its own, without a host, on either database product.</summary>
public sealed class RecordDatabase : IAsyncDisposable
{
    private readonly TemporaryDirectory _data;
    private readonly ServiceProvider _services;

    private RecordDatabase(TemporaryDirectory data, ServiceProvider services)
    {
        _data = data;
        _services = services;
    }

    public ConversationLog Log => _services.GetRequiredService<ConversationLog>();

    public CaseLog Cases => _services.GetRequiredService<CaseLog>();

    public ConversationIndex Index => _services.GetRequiredService<ConversationIndex>();

    public RecordWriter Writer => _services.GetRequiredService<RecordWriter>();

    public IDbContextFactory<CoachDbContext> Contexts => _services.GetRequiredService<IDbContextFactory<CoachDbContext>>();

    public static async Task<RecordDatabase> OpenAsync(StorageProvider provider, PostgresCluster postgres)
    {
        var data = new TemporaryDirectory();
        var settings = new Dictionary<string, string?>
        {
            ["Storage:Provider"] = provider.ToString(),
            ["Storage:DataDirectory"] = data["data"],
            ["ConnectionStrings:Coach"] = provider == StorageProvider.Postgres ? await postgres.NewDatabaseAsync() : null,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging().AddRecordStorage(configuration).BuildServiceProvider();
        foreach (var starting in services.GetServices<IHostedService>())
        {
            await starting.StartAsync(TestContext.Current.CancellationToken);
        }

        return new RecordDatabase(data, services);
    }

    /// <summary>Changes the tables behind the log's back.</summary>
    public async Task ChangeAsync(Func<CoachDbContext, Task> change)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await change(db);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
    }
}
