using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Conversations.Storage;

/// <summary>Where the record is, as whoever starts the product sees it.</summary>
public sealed class RecordStorageTests(PostgresCluster postgres)
{
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task FirstStart_OnAnEmptyDatabase_TellsOfNoError(StorageProvider provider)
    {
        using var data = new TemporaryDirectory();
        var connection = provider == StorageProvider.Postgres ? await postgres.NewDatabaseAsync() : null;

        await using var host = await RunningHost.StartAsync(data.Path, null, $"--Storage:Provider={provider}", $"--ConnectionStrings:Coach={connection}");

        Assert.DoesNotContain(host.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal));
    }
}
