using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>The record on its own, without a host, on either database product.</summary>
public sealed class RecordDatabase : IAsyncDisposable
{
    // One for all databases of the run: what one wrote, another one opens that its backup was read into.
    private static readonly EphemeralDataProtectionProvider Protection = new();

    private readonly TemporaryDirectory _data = new();
    private readonly Dictionary<string, string?> _settings;
    private ServiceProvider _services = null!;

    private RecordDatabase(StorageProvider provider, string? connection) => _settings = new Dictionary<string, string?>
    {
        ["Storage:Provider"] = provider.ToString(),
        ["Storage:DataDirectory"] = _data["data"],
        ["ConnectionStrings:Coach"] = connection,
    };

    /// <summary>The folder that the database lies in.</summary>
    public string Folder => _data["data"];

    public RecordCipher Cipher => _services.GetRequiredService<RecordCipher>();

    public ConversationLog Log => _services.GetRequiredService<ConversationLog>();

    public CaseLog Cases => _services.GetRequiredService<CaseLog>();

    public ConversationIndex Index => _services.GetRequiredService<ConversationIndex>();

    public RecordWriter Writer => _services.GetRequiredService<RecordWriter>();

    public IDbContextFactory<CoachDbContext> Contexts => _services.GetRequiredService<IDbContextFactory<CoachDbContext>>();

    public static async Task<RecordDatabase> OpenAsync(StorageProvider provider, PostgresCluster postgres, bool encrypt = true)
    {
        var database = new RecordDatabase(provider, provider == StorageProvider.Postgres ? await postgres.NewDatabaseAsync() : null);
        await database.StartAsync(encrypt, Protection);
        return database;
    }

    /// <summary>Stops using the database and opens it again, as after a restart.</summary>
    public async Task ReopenAsync(bool encrypt = true, IDataProtectionProvider? protection = null)
    {
        await _services.DisposeAsync();
        await StartAsync(encrypt, protection ?? Protection);
    }

    private async Task StartAsync(bool encrypt, IDataProtectionProvider protection)
    {
        _settings["Storage:Encrypt"] = encrypt.ToString();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton(protection).AddRecordStorage(configuration).BuildServiceProvider();
        foreach (var starting in _services.GetServices<IHostedService>())
        {
            await starting.StartAsync(TestContext.Current.CancellationToken);
        }
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
