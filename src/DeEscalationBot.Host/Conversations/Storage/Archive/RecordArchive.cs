using System.Data.Common;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DeEscalationBot.Host.Conversations.Storage.Archive;

/// <summary>An archive that cannot be read, or not into this database. The message says what to do.</summary>
/// <param name="message">For a person.</param>
/// <param name="inner">What was behind it.</param>
public sealed class RecordArchiveException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What an archive holds.</summary>
/// <param name="Format">The version of the archive's own form.</param>
/// <param name="Product">The version of the product that wrote it.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="Schema">The name of the last change of the tables that it knows, without its date.</param>
/// <param name="Tables">What was written, in order.</param>
public sealed record ArchiveManifest(int Format, string Product, DateTimeOffset MadeAt, string Schema, IReadOnlyList<ArchivedTable> Tables)
{
    /// <summary>How many rows there are in all.</summary>
    public long Rows => Tables.Sum(t => t.Rows);
}

/// <summary>One table of an archive.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns, in the order of the values.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Sha256">The hash of its lines, in lower-case hexadecimal.</param>
public sealed record ArchivedTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256);

/// <summary>The whole record as one file, the same for every database product.</summary>
/// <remarks>
/// A zip with a file of JSON lines for each table and a manifest with counts and hashes. It is written from one snapshot while the host goes on,
/// and read into an empty database in one transaction, so that a restore that fails leaves nothing. An archive of SQLite can be read into
/// PostgreSQL and the other way round. It holds the customers' words as the database does: sealed, and readable with the keys of Data Protection, which are not in it unless the settings keep them in the database.
/// </remarks>
/// <param name="clock">The product's clock.</param>
public sealed class RecordArchive(TimeProvider clock)
{
    private const int Format = 1;
    private const string ManifestName = "manifest.json";
    private const int ReportEvery = 5000;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the record to a new file.</summary>
    /// <param name="db">The database.</param>
    /// <param name="file">Where to; nothing may be there.</param>
    /// <param name="progress">Gets the rows written so far, or nothing.</param>
    /// <param name="cancellationToken">Stops; the unfinished file is removed.</param>
    /// <exception cref="RecordArchiveException">The file is there already, or cannot be written.</exception>
    public async Task<ArchiveManifest> WriteAsync(CoachDbContext db, string file, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        FileStream stream;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerAlone;
            }

            stream = new FileStream(file, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordArchiveException(File.Exists(file) ? $"'{file}' is there already. Choose another name; no backup is overwritten." : $"'{file}' cannot be written: {e.Message}", e);
        }

        try
        {
            await using (stream)
            {
                return await WriteAsync(db, stream, progress, cancellationToken);
            }
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    /// <summary>Reads an archive into an empty database.</summary>
    /// <param name="db">The database, with its tables made.</param>
    /// <param name="file">The archive.</param>
    /// <param name="progress">Gets the rows read so far, or nothing.</param>
    /// <param name="cancellationToken">Stops; nothing stays.</param>
    /// <exception cref="RecordArchiveException">It is no whole archive, of another version, or the database is not empty. Nothing was changed.</exception>
    public static async Task<ArchiveManifest> ReadAsync(CoachDbContext db, string file, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        try
        {
            using var zip = await ZipFile.OpenReadAsync(file, cancellationToken);
            return await ReadAsync(db, zip, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or InvalidOperationException or FormatException)
        {
            throw new RecordArchiveException($"'{file}' is not a whole backup: {e.Message} Nothing was restored.", e);
        }
    }

    /// <summary>Holds back, as dead letters that a person may send again, what was on its way when an archive was written: by now somebody may have settled it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many messages were held back, and how many alerts are open.</returns>
    public static async Task<(int Held, int OpenAlerts)> HoldDeliveriesAsync(CoachDbContext db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var held = await db.Outbox.Where(m => m.State == OutboxState.Pending).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, OutboxState.Dead).SetProperty(m => m.LastResult, "Held back by the restore of a backup. Send it again if it is still wanted."),
            cancellationToken);
        return (held, await db.Alerts.CountAsync(a => a.IsOpen, cancellationToken));
    }

    /// <summary>Revokes all keys of programs: an archive does not know which were revoked after it was written.</summary>
    /// <param name="db">The database.</param>
    /// <param name="now">The product's clock.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many were.</returns>
    public static async Task<int> RevokeKeysAsync(CoachDbContext db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        DateTimeOffset? at = now;
        return await db.ApiKeys.Where(k => k.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, at), cancellationToken);
    }

    private static string Product => typeof(RecordArchive).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private async Task<ArchiveManifest> WriteAsync(CoachDbContext db, FileStream stream, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var tables = new List<ArchivedTable>();
        var done = 0L;
        foreach (var table in TablesOf(db))
        {
            var rows = 0L;
            string hash;
            await using (var entry = await zip.CreateEntry(EntryOf(table.Name), CompressionLevel.Fastest).OpenAsync(cancellationToken))
            using (var hashing = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                await using var command = connection.CreateCommand();
                command.Transaction = snapshot;
#pragma warning disable CA2100 // Names of our own tables and columns, delimited by the provider.
                command.CommandText = $"SELECT {string.Join(", ", table.Columns.Select(c => c.Sql))} FROM {table.Sql} ORDER BY {string.Join(", ", table.Key)}";
#pragma warning restore CA2100
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    var line = LineOf(table, reader);
                    hashing.AppendData(line);
                    await entry.WriteAsync(line, cancellationToken);
                    rows++;
                    Report(progress, ++done);
                }

                hash = Convert.ToHexStringLower(hashing.GetHashAndReset());
            }

            tables.Add(new ArchivedTable(table.Name, [.. table.Columns.Select(c => c.Name)], rows, hash));
        }

        var manifest = new ArchiveManifest(Format, Product, clock.GetUtcNow(), SchemaOf(db), tables);
        await using (var entry = await zip.CreateEntry(ManifestName).OpenAsync(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(entry, manifest, ContractJson.Options, cancellationToken);
        }

        await snapshot.RollbackAsync(cancellationToken);
        return manifest;
    }

    private static async Task<ArchiveManifest> ReadAsync(CoachDbContext db, ZipArchive zip, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var manifest = await ManifestOf(zip, cancellationToken);
        var known = TablesOf(db).ToDictionary(t => t.Name, StringComparer.Ordinal);
        var schema = SchemaOf(db);
        if (manifest.Tables is null)
        {
            throw new InvalidDataException("its manifest names no tables.");
        }

        if (manifest.Format != Format || manifest.Schema != schema || manifest.Tables.Count != known.Count
            || !manifest.Tables.All(t => known.TryGetValue(t.Name, out var table) && table.Columns.Select(c => c.Name).SequenceEqual(t.Columns, StringComparer.Ordinal)))
        {
            throw new RecordArchiveException(
                $"The backup was made by version {manifest.Product} with the tables of '{manifest.Schema}'; this is version {Product} with those of '{schema}'. Restore it with the version that made it, then upgrade. Nothing was restored.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The first start makes these; where nothing else is, nothing was written with them. Where something is, they stay: nothing of this is committed.
        var own = KeyOwner.Product("%").Id;
        await db.RecordKeys.Where(k => EF.Functions.Like(k.Owner, own)).ExecuteDeleteAsync(cancellationToken);
        foreach (var table in known.Values)
        {
            if (await ScalarAsync(db, transaction, $"SELECT 1 FROM {table.Sql} LIMIT 1", cancellationToken) is not null)
            {
                throw new RecordArchiveException($"The database is not empty (there are rows in {table.Name}). Restore into a new one: set Storage:DataDirectory or ConnectionStrings:Coach. Nothing was restored.");
            }
        }

        var done = 0L;
        foreach (var archived in manifest.Tables)
        {
            done = await ReadTableAsync(db, transaction, zip, known[archived.Name], archived, done, progress, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return manifest;
    }

    private static async Task<long> ReadTableAsync(
        CoachDbContext db, IDbContextTransaction transaction, ZipArchive zip, Table table, ArchivedTable archived, long done, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(EntryOf(table.Name)) ?? throw new InvalidDataException($"the lines of {table.Name} are missing.");
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
#pragma warning disable CA2100 // As above.
        command.CommandText = $"INSERT INTO {table.Sql} ({string.Join(", ", table.Columns.Select(c => c.Sql))}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
#pragma warning restore CA2100
        foreach (var (column, i) in table.Columns.Select((c, i) => (c, i)))
        {
            var parameter = column.Mapping.CreateParameter(command, $"@p{i}", null, column.Nullable);
            command.Parameters.Add(parameter);
        }

        var rows = 0L;
        using var hashing = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var content = await entry.OpenAsync(cancellationToken))
        using (var lines = new StreamReader(content))
        {
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                hashing.AppendData(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
                using var values = JsonDocument.Parse(line);
                if (values.RootElement.ValueKind != JsonValueKind.Array || values.RootElement.GetArrayLength() != table.Columns.Count)
                {
                    throw new InvalidDataException($"line {rows + 1} of {table.Name} has not the {table.Columns.Count} values of its columns.");
                }

                for (var i = 0; i < table.Columns.Count; i++)
                {
                    command.Parameters[i].Value = ValueOf(values.RootElement[i], table.Columns[i].Type);
                }

                await command.ExecuteNonQueryAsync(cancellationToken);
                rows++;
                Report(progress, ++done);
            }
        }

        return rows == archived.Rows && Convert.ToHexStringLower(hashing.GetHashAndReset()) == archived.Sha256
            ? done
            : throw new InvalidDataException($"the lines of {table.Name} are not those that were written.");
    }

    private static async Task<ArchiveManifest> ManifestOf(ZipArchive zip, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(ManifestName) ?? throw new InvalidDataException("it has no manifest.");
        await using var content = await entry.OpenAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync<ArchiveManifest>(content, ContractJson.Options, cancellationToken) ?? throw new InvalidDataException("its manifest is empty.");
    }

    private static async Task<object?> ScalarAsync(CoachDbContext db, IDbContextTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
#pragma warning disable CA2100 // As above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    // SQLite keeps truth values and whole numbers alike; the mapping knows which it is.
    private static byte[] LineOf(Table table, DbDataReader reader)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (reader.IsDBNull(i))
                {
                    json.WriteNullValue();
                    continue;
                }

                switch (Type.GetTypeCode(table.Columns[i].Type))
                {
                    case TypeCode.Boolean:
                        json.WriteBooleanValue(reader.GetBoolean(i));
                        break;
                    case TypeCode.Double:
                        json.WriteNumberValue(reader.GetDouble(i));
                        break;
                    case TypeCode.Int32 or TypeCode.Int64:
                        json.WriteNumberValue(reader.GetInt64(i));
                        break;
                    case TypeCode.Decimal:
                        json.WriteNumberValue(reader.GetDecimal(i));
                        break;
                    case TypeCode.String:
                        json.WriteStringValue(reader.GetString(i));
                        break;
                    default:
                        json.WriteBase64StringValue((byte[])reader.GetValue(i));
                        break;
                }
            }

            json.WriteEndArray();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static object ValueOf(JsonElement value, Type type) => value.ValueKind == JsonValueKind.Null ? DBNull.Value : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => value.GetBoolean(),
        TypeCode.Double => value.GetDouble(),
        TypeCode.Int32 => value.GetInt32(),
        TypeCode.Int64 => value.GetInt64(),
        TypeCode.Decimal => value.GetDecimal(),
        TypeCode.String => value.GetString()!,
        _ => value.GetBytesFromBase64(),
    };

    private static List<Table> TablesOf(CoachDbContext db)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        return [.. db.Model.GetEntityTypes().OrderBy(e => e.GetTableName(), StringComparer.Ordinal).Select(TableOf)];

        Table TableOf(IEntityType entity) => new(
            entity.GetTableName()!,
            sql.DelimitIdentifier(entity.GetTableName()!),
            [.. entity.GetProperties().OrderBy(p => p.GetColumnName(), StringComparer.Ordinal).Select(p => new Column(
                p.GetColumnName(), sql.DelimitIdentifier(p.GetColumnName()), p.GetRelationalTypeMapping(), ProviderTypeOf(p), p.IsNullable))],
            [.. entity.FindPrimaryKey()!.Properties.Select(p => sql.DelimitIdentifier(p.GetColumnName()))]);
    }

    private static Type ProviderTypeOf(IProperty property)
    {
        var type = property.GetRelationalTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    // Each product has its own migrations, made at other minutes; their names are the same.
    private static string SchemaOf(CoachDbContext db) => db.Database.GetMigrations().Last().Split('_', 2)[1];

    private static string EntryOf(string table) => $"tables/{table}.jsonl";

    private static void Report(IProgress<long>? progress, long done)
    {
        if (done % ReportEvery == 0)
        {
            progress?.Report(done);
        }
    }

    private sealed record Table(string Name, string Sql, IReadOnlyList<Column> Columns, IReadOnlyList<string> Key);

    private sealed record Column(string Name, string Sql, RelationalTypeMapping Mapping, Type Type, bool Nullable);
}
