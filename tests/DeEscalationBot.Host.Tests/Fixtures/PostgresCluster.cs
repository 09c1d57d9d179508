using System.Diagnostics;
using System.Globalization;
using DeEscalationBot.Host.Tests.Fixtures;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>A temporary PostgreSQL of this test run: made by <c>initdb</c> at its first use, on a free loopback port, deleted at the end.</summary>
/// <remarks>Skips, and says so, only where PostgreSQL's programs are missing: the test command installs them.</remarks>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1);
    private string? _directory;
    private int _port;
    private int _databases;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _once.WaitAsync(Token);
        try
        {
            if (_directory is null)
            {
                await StartAsync();
            }

            var name = "coach" + (++_databases).ToString(CultureInfo.InvariantCulture);
            await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = $"CREATE DATABASE {name}";
            await command.ExecuteNonQueryAsync(Token);
            return ConnectionTo(name);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Throws everybody out of a database and lets nobody in, as when it is away.</summary>
    public static Task CloseAsync(NpgsqlConnectionStringBuilder database) => AdministerAsync(
        database,
        $"ALTER DATABASE {database.Database} ALLOW_CONNECTIONS false",
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.Database}'");

    /// <summary>Lets everybody in again.</summary>
    public static Task OpenAsync(NpgsqlConnectionStringBuilder database) => AdministerAsync(database, $"ALTER DATABASE {database.Database} ALLOW_CONNECTIONS true");

    /// <summary>Stops the server as an administrator does, throwing everybody out, and starts it again. For a server that no other test uses.</summary>
    public async Task RestartAsync()
    {
        await RunAsync("pg_ctl", "-D", _directory!, "-m", "fast", "-w", "stop");
        await StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_directory is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("pg_ctl", "-D", _directory, "-m", "immediate", "-w", "stop");
            Directory.Delete(_directory, recursive: true);
        }

        _once.Dispose();
    }

    private string ConnectionTo(string database) => $"Host=127.0.0.1;Port={_port};Username=coach;Database={database};Maximum Pool Size=20;Connection Idle Lifetime=20;Connection Pruning Interval=5";

    private static async Task AdministerAsync(NpgsqlConnectionStringBuilder database, params string[] commands)
    {
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Token);
        foreach (var text in commands)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            await command.ExecuteNonQueryAsync(Token);
        }
    }

    private async Task StartAsync()
    {
        if (ProgramPath("initdb") is null)
        {
            Assert.Skip("PostgreSQL's programs are not on this machine (Debian: apt-get install postgresql; tests/run does it).");
        }

        _directory = Directory.CreateTempSubdirectory("deb-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await ExecuteAsync("chown", "postgres", _directory);
        }

        await RunAsync("initdb", "-D", _directory, "-U", "coach", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        _port = FreePorts.Next(); // No connection takes it while the server is started anew.
        await StartServerAsync();
    }

    // Hosts that have stopped leave idle connections in their pools for a while, and a run starts a few hundred of them: the default of 100 is not enough.
    private Task StartServerAsync() => RunAsync(
        "pg_ctl", "-D", _directory!, "-w", "-l", Path.Combine(_directory!, "server.log"), "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=500", "start");

    private static Task RunAsync(string program, params string[] args)
    {
        var path = ProgramPath(program)!;
        return Environment.IsPrivilegedProcess ? ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. args]) : ExecuteAsync(path, args);
    }

    private static async Task ExecuteAsync(string path, params string[] args)
    {
        // The server inherits what pg_ctl gets: reading its streams to their end would wait for the server's.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", path, .. args]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{path} {string.Join(' ', args)} ended with {process.ExitCode}.");
        }
    }

    private static string? ProgramPath(string name)
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(path).Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);
    }
}
