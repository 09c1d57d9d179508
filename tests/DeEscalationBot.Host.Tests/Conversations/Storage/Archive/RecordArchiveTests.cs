using System.IO.Compression;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Archive;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Conversations.Storage.Archive;

public sealed class RecordArchiveTests(PostgresCluster postgres) : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly RecordArchive _archive = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    // The restored database is archived once more: whatever differed would change a hash.
    [Theory]
    [InlineData(StorageProvider.Sqlite, StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Sqlite, StorageProvider.Postgres)]
    [InlineData(StorageProvider.Postgres, StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres, StorageProvider.Postgres)]
    public async Task WrittenAndRead_IntoEitherProduct_EveryTableIsTheSame(StorageProvider from, StorageProvider to)
    {
        await using var before = await RecordDatabase.OpenAsync(from, postgres);
        await FillAsync(before);
        var written = await WriteAsync(before, "one.zip");

        await using var after = await RecordDatabase.OpenAsync(to, postgres);
        await using (var db = await after.Contexts.CreateDbContextAsync(Token))
        {
            var read = await RecordArchive.ReadAsync(db, _folder["one.zip"], cancellationToken: Token);
            Assert.Equal(written.Rows, read.Rows);
        }

        var again = await WriteAsync(after, "two.zip");
        Assert.Equal(written.Tables.Select(t => (t.Name, t.Rows, t.Sha256)), again.Tables.Select(t => (t.Name, t.Rows, t.Sha256)));
        Assert.True(written.Tables.Single(t => t.Name == "conversation_events").Rows > 20);
        Assert.Equal(
            (await before.Log.LoadAsync(ConversationId.Create("every/kind"), Token)).Sequence,
            (await after.Log.LoadAsync(ConversationId.Create("every/kind"), Token)).Sequence);
        Assert.Equal(SampleCases.Dismissal.Count, (await after.Cases.LoadDismissalAsync("dis-1", Token)).Sequence);
    }

    [Fact]
    public async Task Tables_AllOfTheModel_AreArchived()
    {
        await using var record = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var manifest = await WriteAsync(record, "all.zip");
        await using var db = await record.Contexts.CreateDbContextAsync(Token);
        Assert.Equal(db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Order(StringComparer.Ordinal), manifest.Tables.Select(t => t.Name));

        // A column that the database numbers by itself would go on from 1 after a restore.
        Assert.DoesNotContain(db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()), p => p.ValueGenerated != Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never);
    }

    [Fact]
    public async Task Write_WhileOthersWrite_IsOneMoment()
    {
        await using var record = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        await FillAsync(record);
        await using var db = await record.Contexts.CreateDbContextAsync(Token);
        await db.Database.OpenConnectionAsync(Token);
        await using var snapshot = await db.BeginSnapshotAsync(Token);
        var seen = await CountAsync(db, snapshot);

        var (late, events) = SampleEvents.Begun("late");
        await record.Log.AppendAsync(late, events, null);

        Assert.Equal(seen, await CountAsync(db, snapshot));
    }

    [Fact]
    public async Task Read_DatabaseNotEmpty_IsRefusedAndNothingChanges()
    {
        await using var record = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        await FillAsync(record);
        var before = await WriteAsync(record, "full.zip");

        var refused = await ReadRefusedAsync(record, "full.zip");

        Assert.Contains("not empty", refused, StringComparison.Ordinal);
        Assert.Equal(before.Tables, (await WriteAsync(record, "still.zip")).Tables, (a, b) => a.Sha256 == b.Sha256 && a.Rows == b.Rows);
    }

    public static TheoryData<string, Func<byte[], byte[]>> Damages => new()
    {
        { "cut off", bytes => bytes[..(bytes.Length / 2)] },
        { "no zip", _ => "these are not the rows"u8.ToArray() },
        { "empty", _ => [] },
        { "a word changed", bytes => Rewritten(bytes, "conversation_events", t => t.Replace("every/kind", "other/kind", StringComparison.Ordinal)) },
        { "a line left out", bytes => Rewritten(bytes, "conversation_events", t => t[(t.IndexOf('\n', StringComparison.Ordinal) + 1)..]) },
        { "a value too few", bytes => Rewritten(bytes, "conversation_summaries", t => "[1]\n" + t) },
        { "a value of another kind", bytes => Rewritten(bytes, "conversation_summaries", t => t.Replace(",1,", ",\"one\",", StringComparison.Ordinal)) },
        { "no tables in the manifest", bytes => Rewritten(bytes, "manifest.json", t => t[..t.IndexOf("\"tables\"", StringComparison.Ordinal)] + "\"tables\":[]}") },
        { "null for the tables", bytes => Rewritten(bytes, "manifest.json", t => t[..t.IndexOf("\"tables\"", StringComparison.Ordinal)] + "\"tables\":null}") },
        { "not JSON", bytes => Rewritten(bytes, "conversation_alerts", _ => "DROP TABLE alerts;\n") },
    };

    [Theory]
    [MemberData(nameof(Damages), DisableDiscoveryEnumeration = true)]
    public async Task Read_DamagedFile_IsRefusedAndTheDatabaseStaysEmpty(string damage, Func<byte[], byte[]> harm)
    {
        Assert.NotEmpty(damage);
        await using var source = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        await FillAsync(source);
        await WriteAsync(source, "good.zip");
        await File.WriteAllBytesAsync(_folder["bad.zip"], harm(await File.ReadAllBytesAsync(_folder["good.zip"], Token)), Token);
        await using var target = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var empty = await WriteAsync(target, "empty.zip");
        Assert.Equal(2, empty.Rows); // The product's own keys.

        Assert.Contains("Nothing was restored", await ReadRefusedAsync(target, "bad.zip"), StringComparison.Ordinal);

        Assert.Equal(empty.Tables, (await WriteAsync(target, "still.zip")).Tables, (a, b) => a.Sha256 == b.Sha256 && a.Rows == b.Rows);
    }

    [Fact]
    public async Task Read_ArchiveOfAnotherSchema_SaysWithWhichVersion()
    {
        await using var source = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        await WriteAsync(source, "now.zip");
        var schema = (await WriteAsync(source, "same.zip")).Schema;
        await File.WriteAllBytesAsync(
            _folder["newer.zip"],
            Rewritten(await File.ReadAllBytesAsync(_folder["now.zip"], Token), "manifest.json", t => t.Replace($"\"{schema}\"", "\"TheFuture\"", StringComparison.Ordinal)),
            Token);
        Assert.Contains("TheFuture", await ReadRefusedAsync(source, "newer.zip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_FileIsThere_IsRefusedAndLeftAlone()
    {
        await File.WriteAllTextAsync(_folder["mine.zip"], "mine", Token);
        await using var record = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var refused = await Assert.ThrowsAsync<RecordArchiveException>(() => WriteAsync(record, "mine.zip"));
        Assert.Contains("there already", refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["mine.zip"], Token));
    }

    [Fact]
    public async Task Write_OnUnix_IsForItsOwnerAlone()
    {
        await using var record = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        await WriteAsync(record, "rights.zip");
        if (!OperatingSystem.IsWindows()) // Windows keeps rights otherwise.
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["rights.zip"]));
        }
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Start_DatabaseOfANewerVersion_IsRefusedWithWhatToDo(StorageProvider provider)
    {
        await using var record = await RecordDatabase.OpenAsync(provider, postgres);
        await record.ChangeAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_TheFuture', '99.0.0')""", Token);
            var refused = await Assert.ThrowsAsync<DeEscalationBot.Host.Hosting.StartRefusedException>(() => RecordStorage.BringUpToDateAsync(db, Token));
            Assert.Equal(DeEscalationBot.Host.Hosting.ErrorCodes.RecordFromNewerVersion, refused.Code);
            Assert.Contains("TheFuture", refused.Message, StringComparison.Ordinal);
        });
    }

    // The verbs as a person calls them: beside a host that runs, then into a database of their own, which a host then shows.
    [Fact]
    public async Task Verbs_BesideARunningHost_AndBack_ShowTheSameConversation()
    {
        var (said, restored) = (_folder["said"], _folder["restored"]);
        string before, key;
        await using (var host = await RunningHost.StartAsync(said))
        {
            key = (await host.Services.GetRequiredService<ApiKeys>().AddAsync(new ApiKeyWish("desk", [AccessRule.ReadConversations], [], TimeSpan.FromDays(1), "tests"))).Key;
            await host.SayAsync("kept", "m1", "customer", "Llevo tres semanas esperando y quiero hablar con su jefe. \0");
            await host.SayAsync("kept", "m2", "agent", "Siento la espera.");
            before = (await host.GetAsync("/api/v1/conversations/kept")).Body!.ToJsonString();
            Assert.Equal((ArchiveVerbs.Done, ""), await RunAsync("backup", "--to", _folder["kept.zip"], $"--Storage:DataDirectory={said}"));
            var taken = await RunAsync("restore", "--from", _folder["kept.zip"], $"--Storage:DataDirectory={said}");
            Assert.Equal(ArchiveVerbs.Failed, taken.Code);
            Assert.Contains("Another host is using", taken.Errors, StringComparison.Ordinal);
        }

        Assert.Equal((ArchiveVerbs.Done, ""), await RunAsync("restore", "--from", _folder["kept.zip"], $"--Storage:DataDirectory={restored}"));

        // The keys of the texts are not in the backup: without them nobody reads it, and nothing starts.
        Assert.Equal(ErrorCodes.RecordKeysMissing, (await Assert.ThrowsAsync<StartRefusedException>(() => RunningHost.StartAsync(restored))).Code);
        CopyKeys(said, restored);
        await using (var after = await RunningHost.StartAsync(restored))
        {
            Assert.Equal(before, (await after.GetAsync("/api/v1/conversations/kept")).Body!.ToJsonString());
            Assert.Null(await after.Services.GetRequiredService<ApiKeys>().OpenAsync(key, Token)); // It may have been revoked since.
        }

        var moved = _folder["moved"];
        Assert.Equal((ArchiveVerbs.Done, ""), await RunAsync("restore", "--from", _folder["kept.zip"], "--keep-keys", $"--Storage:DataDirectory={moved}"));
        CopyKeys(said, moved);
        await using var elsewhere = await RunningHost.StartAsync(moved);
        Assert.NotNull(await elsewhere.Services.GetRequiredService<ApiKeys>().OpenAsync(key, Token));
    }

    private static void CopyKeys(string from, string to)
    {
        foreach (var key in Directory.GetFiles(Path.Combine(from, ProtectionKeys.Folder)))
        {
            File.Copy(key, Path.Combine(to, ProtectionKeys.Folder, Path.GetFileName(key)));
        }
    }

    [Fact]
    public async Task Verbs_CalledWrongly_SayHow()
    {
        Assert.Equal(ArchiveVerbs.NotStarted, (await RunAsync("backup")).Code);
        var nothing = await RunAsync("backup", "--to", _folder["x.zip"], $"--Storage:DataDirectory={_folder["nowhere"]}");
        Assert.Equal(ArchiveVerbs.Failed, nothing.Code);
        Assert.Contains("There is no record at", nothing.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["x.zip"]));
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await ArchiveVerbs.RunAsync(args, output, errors);
        return (code, errors.ToString());
    }

    private static async Task FillAsync(RecordDatabase record)
    {
        var after = Conversation.Start(ConversationId.Create("every/kind")).Apply(SampleEvents.OneOfEach);
        await record.Log.AppendAsync(after, SampleEvents.OneOfEach, SampleEvents.At.AddMinutes(5));
        for (var i = 0; i < 3; i++)
        {
            var (begun, events) = SampleEvents.Begun($"ñandú-{i}", i / 3.0);
            await record.Log.AppendAsync(begun, events, null);
        }

        await SampleCases.FillAsync(record.Cases);
    }

    private static async Task<long> CountAsync(CoachDbContext db, System.Data.Common.DbTransaction snapshot)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = snapshot;
        command.CommandText = "SELECT COUNT(*) FROM conversation_events";
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static byte[] Rewritten(byte[] archive, string name, Func<string, string> change)
    {
        using var stream = new MemoryStream();
        stream.Write(archive);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.Entries.Single(e => e.Name == name || e.Name == name + ".jsonl");
            string text;
            using (var reader = new StreamReader(entry.Open(), Encoding.UTF8))
            {
                text = reader.ReadToEnd();
            }

            var path = entry.FullName;
            entry.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(path).Open(), new UTF8Encoding(false));
            writer.Write(change(text));
        }

        return stream.ToArray();
    }

    private async Task<ArchiveManifest> WriteAsync(RecordDatabase record, string file)
    {
        await using var db = await record.Contexts.CreateDbContextAsync(Token);
        return await _archive.WriteAsync(db, _folder[file], cancellationToken: Token);
    }

    private async Task<string> ReadRefusedAsync(RecordDatabase record, string file)
    {
        await using var db = await record.Contexts.CreateDbContextAsync(Token);
        return (await Assert.ThrowsAsync<RecordArchiveException>(() => RecordArchive.ReadAsync(db, _folder[file], cancellationToken: Token))).Message;
    }
}
