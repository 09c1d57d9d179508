using System.Data.Common;
using DeEscalationBot.Host.Hosting;
using Microsoft.Data.Sqlite;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>The folder that one running host has for itself, and the database file in it.</summary>
/// <remarks>
/// The lock is the operating system's, on an open file: it ends with the process however that ends. It is needed because two
/// hosts on one machine would each believe that they own every conversation.
/// </remarks>
public sealed class DataDirectory : IDisposable
{
    private const string LockName = "host.lock";
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly List<FileStream> _locks = [];

    private DataDirectory(string path, string connectionString)
    {
        Path = path;
        ConnectionString = connectionString;
    }

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>How the database is reached.</summary>
    public string ConnectionString { get; }

    /// <summary>Which database it is, for a person: the file, or server and name. Never a password.</summary>
    public string Database
    {
        get
        {
            var settings = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
            return settings.TryGetValue("Data Source", out var file) ? $"'{file}'"
                : $"'{(settings.TryGetValue("Database", out var name) ? name : "?")}' on {(settings.TryGetValue("Host", out var host) ? host : "?")}";
        }
    }

    /// <summary>Creates the folder when missing and takes it, and the database file when it lies elsewhere.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="connectionString"><c>ConnectionStrings:Coach</c>, or nothing.</param>
    /// <exception cref="StartRefusedException">Somebody else has it, it cannot be written, or a setting is wrong.</exception>
    public static DataDirectory Take(StorageOptions options, string? connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = System.IO.Path.GetFullPath(options.DataDirectory);
        if (options.Provider == StorageProvider.Postgres)
        {
            var directory = new DataDirectory(path, PostgresSettings(connectionString));
            directory.Lock(System.IO.Path.Combine(path, LockName), path);
            return directory;
        }

        var sqlite = SqliteSettings(connectionString, path);
        var taken = new DataDirectory(path, sqlite.ConnectionString);
        try
        {
            taken.Lock(System.IO.Path.Combine(path, LockName), path);
            var database = System.IO.Path.GetFullPath(sqlite.DataSource);
            if (!string.Equals(System.IO.Path.GetDirectoryName(database), path, StringComparison.Ordinal))
            {
                taken.Lock(database + ".lock", database);
            }

            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Finds the database without taking the folder: for reading beside a host that runs.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="connectionString"><c>ConnectionStrings:Coach</c>, or nothing.</param>
    /// <exception cref="StartRefusedException">There is none, or a setting is wrong.</exception>
    public static DataDirectory Beside(StorageOptions options, string? connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = System.IO.Path.GetFullPath(options.DataDirectory);
        if (options.Provider == StorageProvider.Postgres)
        {
            return new DataDirectory(path, PostgresSettings(connectionString));
        }

        var sqlite = SqliteSettings(connectionString, path);
        return File.Exists(sqlite.DataSource)
            ? new DataDirectory(path, sqlite.ConnectionString)
            : throw new StartRefusedException(ErrorCodes.RecordNotOpened, $"There is no record at '{sqlite.DataSource}'. Name its folder with --Storage:DataDirectory=FOLDER, or the database with --ConnectionStrings:Coach.");
    }

    /// <inheritdoc/>
    public void Dispose() => _locks.ForEach(l => l.Dispose());

    private static string PostgresSettings(string? connectionString) => string.IsNullOrWhiteSpace(connectionString)
        ? throw new StartRefusedException(ErrorCodes.BadSetting, "Storage:Provider is Postgres, but ConnectionStrings:Coach is missing. Set it, for instance to 'Host=db;Database=coach;Username=coach;Password=…'.")
        : connectionString;

    private static SqliteConnectionStringBuilder SqliteSettings(string? connectionString, string directory)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return new SqliteConnectionStringBuilder { DataSource = System.IO.Path.Combine(directory, "coach.db") };
        }

        SqliteConnectionStringBuilder settings;
        try
        {
            settings = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, "ConnectionStrings:Coach is not a connection string for SQLite. Write 'Data Source=FILE', or set Storage:Provider to Postgres.", e);
        }

        if (string.IsNullOrWhiteSpace(settings.DataSource) || settings.DataSource == ":memory:" || settings.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || settings.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, "ConnectionStrings:Coach must name a file that can be written ('Data Source=FILE'): the record is kept there.");
        }

        settings.DataSource = System.IO.Path.GetFullPath(settings.DataSource);
        return settings;
    }

    private void Lock(string file, string what)
    {
        var folder = System.IO.Path.GetDirectoryName(file)!;
        try
        {
            if (!Directory.Exists(folder))
            {
                _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerAlone);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, e);
        }

        try
        {
            _locks.Add(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw NotWritable(folder, e);
        }
        catch (IOException e)
        {
            throw new StartRefusedException(ErrorCodes.DataDirectoryInUse, $"Another host is using '{what}'. Stop it, or give this one a folder of its own with Storage:DataDirectory (and a database of its own with ConnectionStrings:Coach).", e);
        }
    }

    private static StartRefusedException NotWritable(string folder, Exception e) =>
        new(ErrorCodes.RecordNotOpened, $"The folder '{folder}' cannot be created or written ({e.Message}). Set Storage:DataDirectory to a folder that this user may write.", e);
}
