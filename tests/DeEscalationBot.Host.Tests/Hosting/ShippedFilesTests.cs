using DeEscalationBot.Host.Hosting;

namespace DeEscalationBot.Host.Tests.Hosting;

/// <summary>What lies beside the program in a build lies beside it when it is published; deploy/publish looks once more.</summary>
public class ShippedFilesTests
{
    private static readonly string[] Kinds = ["*.yaml", "*.txt", "*.json"];

    [Fact]
    public void EveryPromptAndTheModel_LieBesideTheProgram()
    {
        var root = Repository.PathTo("prompts");
        var files = Kinds.SelectMany(kind => Directory.EnumerateFiles(root, kind, SearchOption.AllDirectories)).Select(f => Path.Combine("prompts", Path.GetRelativePath(root, f)))
            .Concat(Directory.EnumerateFiles(Repository.PathTo("models"), "*.zip").Select(f => Path.Combine("models", Path.GetFileName(f)))).Append("appsettings.json").ToArray();
        Assert.True(files.Length > 50);
        Assert.All(files, f => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, f)), $"{f} is not beside the program."));
    }

    [Fact]
    public void SpanishTexts_AreASatellite() => Assert.NotNull(typeof(CoachHost).Assembly.GetSatelliteAssembly(System.Globalization.CultureInfo.GetCultureInfo("es")));

    // The script and the unit name what they ship and start.
    [Fact]
    public void UnitOfSystemd_StartsTheProgram_AndWaitsLongerThanTheHostDrains()
    {
        var unit = File.ReadAllLines(Repository.PathTo("deploy", "systemd", "deescalationbot.service"));
        Assert.Contains(unit, l => l.StartsWith("ExecStart=", StringComparison.Ordinal) && l.EndsWith(typeof(CoachHost).Assembly.GetName().Name!, StringComparison.Ordinal));
        Assert.Contains("Type=notify", unit);
        Assert.DoesNotContain(unit, l => l.StartsWith("MemoryDenyWriteExecute=", StringComparison.Ordinal));
        Assert.Contains("TimeoutStopSec=60s", unit);
        Assert.True(new Microsoft.Extensions.Hosting.HostOptions().ShutdownTimeout < TimeSpan.FromSeconds(60));
    }
}
