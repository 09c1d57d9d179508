using System.Diagnostics;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>A folder of <c>tests/</c> with real npm packages, installed as its lock file says, and its programs run in Node.</summary>
/// <remarks>A lock file that does not hold fails the test. Skips, and says so, only where Node or npm's registry is out of reach: the test command installs Node.</remarks>
public sealed class NodePackage : IDisposable
{
    private const int NotThere = -1;

    // What npm says when it gets no answer from the registry.
    private static readonly string[] OutOfReach = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH", "ERR_SOCKET_TIMEOUT"];

    private readonly TemporaryDirectory _work = new();

    private NodePackage(string name) => Name = name;

    public string Name { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<NodePackage> InstallAsync(string name)
    {
        var package = new NodePackage(name);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", name)).Where(f => Path.GetExtension(f) is ".json" or ".js"))
        {
            File.Copy(file, package._work[Path.GetFileName(file)]);
        }

        var (code, _, said) = await package.ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], []);
        if (code != 0)
        {
            package.Dispose();
            Assert.True(IsOutOfReach(code, said), $"npm ci fails in tests/{name}: {said}");
            Assert.Skip($"npm cannot install tests/{name} here (Debian: apt-get install nodejs npm; tests/run does it): {said}");
        }

        return package;
    }

    /// <summary>Whether an installation failed because npm or its registry is missing, and not because of what is to be installed.</summary>
    internal static bool IsOutOfReach(int code, string said) => code == NotThere || OutOfReach.Any(o => said.Contains(o, StringComparison.Ordinal));

    /// <summary>Runs one of its programs.</summary>
    /// <returns>The lines that it wrote.</returns>
    public async Task<string[]> RunAsync(string script, string[] arguments, params IReadOnlyList<string> input)
    {
        var (code, output, said) = await ExecuteAsync("node", [script, .. arguments], input);
        Assert.True(code == 0, $"tests/{Name}/{script} ended with {code}. {output} {said}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Reads a file of an installed package.</summary>
    public Task<string> ReadAsync(params string[] path) => File.ReadAllTextAsync(Path.Combine([_work.Path, "node_modules", .. path]), Token);

    public void Dispose() => _work.Dispose();

    private async Task<(int Code, string Output, string Said)> ExecuteAsync(string program, string[] arguments, IReadOnlyList<string> input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _work.Path,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync(Token);
            var said = process.StandardError.ReadToEndAsync(Token);
            foreach (var line in input)
            {
                await process.StandardInput.WriteLineAsync(line.AsMemory(), Token);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(Token);
            return (process.ExitCode, await output, await said);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (NotThere, "", e.Message);
        }
    }
}
