using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Hosting.Settings;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Hosting.Settings;

/// <summary>docs/settings.md is read off the types that hold the settings, and holds all of them.</summary>
public partial class SettingsTableTests
{
    private const string Begin = "<!-- settings: begin -->";
    private const string End = "<!-- settings: end -->";

    // What stands in no type of its own.
    private static readonly Dictionary<string, string> Singles = new(StringComparer.Ordinal)
    {
        ["ConnectionStrings:Coach"] = "How the database is reached. Empty: a file in the data directory (SQLite). Holds a password with PostgreSQL: a secret.",
        ["Auth:LocalKey"] = "A key that opens everything, in local mode only; a server refuses to start with it. A secret.",
        ["Secrets:Directory"] = "A folder with a file for each secret, called like the setting with `__` for the colon. Empty: the credentials that systemd gives the service, if it does.",
        ["Proxies:0"] = "Addresses and networks of the proxies before the host whose `X-Forwarded-For` is believed.",
    };

    private static readonly Dictionary<string, XElement> Documentation = ReadDocumentation();

    private static string Document => Repository.PathTo("docs", "settings.md");

    [Fact]
    public async Task Table_HasEverySetting()
    {
        var table = new StringBuilder();
        foreach (var section in SettingsCatalogue.All.GroupBy(s => s.Path.Split(':')[0]))
        {
            table.Append(CultureInfo.InvariantCulture, $"\n## {section.Key}\n\n| setting | type | default | range | meaning |\n|---|---|---|---|---|\n");
            foreach (var setting in section)
            {
                var (meaning, range) = MeaningOf(setting);
                table.Append(CultureInfo.InvariantCulture, $"| `{setting.Name}` | {TypeOf(setting.Type)} | {Written(setting)} | {range} | {meaning} |\n");
            }
        }

        var text = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("DEESCALATION_SETTINGS") == "1")
        {
            await File.WriteAllTextAsync(Document, text[..from] + "\n" + table + text[to..], TestContext.Current.CancellationToken);
            return;
        }

        var expected = text[from..to].Trim().Split('\n').ToHashSet(StringComparer.Ordinal);
        var actual = table.ToString().Trim().Split('\n');
        var faults = actual.Where(line => !expected.Contains(line)).Select(line => "now: " + line).Concat(expected.Except(actual).Select(line => "table: " + line)).ToArray();
        Assert.True(faults.Length == 0, "docs/settings.md is not what the program reads. Write the table anew: DEESCALATION_SETTINGS=1 and this test.\n" + string.Join('\n', faults));
    }

    [Fact]
    public void EverySetting_SaysWhatItMeans()
    {
        var silent = SettingsCatalogue.All.Where(s => MeaningOf(s).Meaning.Length == 0).Select(s => s.Name).ToArray();
        Assert.True(silent.Length == 0, "These settings have no summary: " + string.Join(", ", silent));
    }

    [Fact]
    public void EverySectionThatTheHostReads_IsInTheCatalogue()
    {
        using var data = new TemporaryDirectory();
        IServiceCollection? services = null;
        using var app = (IDisposable)CoachHost.Build(["--Storage:DataDirectory=" + data.Path], builder => services = builder.Services);

        // What is bound to a section says so; only lists that are read by hand do not.
        var bound = services!.Where(d => d.ServiceType.IsGenericType && d.ServiceType.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
            .Select(d => d.ServiceType.GetGenericArguments()[0]).Where(t => t.Namespace!.StartsWith("DeEscalationBot.", StringComparison.Ordinal)).ToHashSet();
        Assert.NotEmpty(bound);
        Assert.Empty(bound.Except(SettingsCatalogue.Types.Select(t => t.Type)).Select(t => t.FullName));
    }

    [Fact]
    public void AppSettings_HasOnlySettings_WithTheirDefaults()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Repository.PathTo("appsettings.json")).Build();
        Assert.Empty(SettingNames.Complaints(file));
        foreach (var setting in SettingsCatalogue.All.Where(s => s.Default is not null && file[s.Path] is not null))
        {
            var value = file[setting.Path]!;
            var converter = System.ComponentModel.TypeDescriptor.GetConverter(setting.Type);
            Assert.True(Equals(setting.Default, converter.ConvertFromInvariantString(value)), $"{setting.Name} is {value} in appsettings.json, and {setting.Default} where nobody sets it.");
        }
    }

    private static string TypeOf(Type type) =>
        type.IsEnum ? "one of a list"
        : type == typeof(string) || type == typeof(Uri) ? "text"
        : type == typeof(bool) ? "yes or no"
        : type == typeof(TimeSpan) ? "time span"
        : type == typeof(DateTimeOffset) ? "instant"
        : type == typeof(DateOnly) ? "day"
        : type == typeof(TimeOnly) ? "time of day"
        : type == typeof(double) || type == typeof(decimal) || type == typeof(float) ? "number"
        : "whole number";

    private static string Written(Setting setting) => setting.Default switch
    {
        null or "" => "",
        bool yes => yes ? "`true`" : "`false`",
        TimeSpan span => $"`{span:c}`",
        IFormattable other => $"`{other.ToString(null, CultureInfo.InvariantCulture)}`",
        var other => $"`{other}`",
    };

    // The range of a number stands beside its default, in either order: "…: 2 seconds; 1 to 90 seconds." or "…: 1 to 90 s; 2 s by default." The default has a column of its own.
    private static (string Meaning, string Range) MeaningOf(Setting setting)
    {
        if (setting.Source is not { } source)
        {
            return (Singles.GetValueOrDefault(setting.Name, ""), "");
        }

        var text = Documentation.GetValueOrDefault($"P:{source.DeclaringType!.FullName!.Replace('+', '.')}.{source.Name}") is { } summary ? Plain(summary) : "";
        var range = setting.Type.IsEnum ? string.Join(", ", Enum.GetNames(setting.Type).Select(n => $"`{n}`")) : setting.Type == typeof(bool) ? "`true`, `false`" : "";
        if (range.Length == 0 && setting.Type != typeof(string) && WithRange().Match(text) is { Success: true } match)
        {
            var (first, second) = (match.Groups["first"].Value, match.Groups["second"].Value);
            range = second.EndsWith(" by default", StringComparison.Ordinal) ? first : second;
            text = match.Groups["before"].Value + match.Groups["after"].Value;
        }

        return (text.Replace("|", "\\|", StringComparison.Ordinal), range.Replace("|", "\\|", StringComparison.Ordinal));
    }

    private static string Plain(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.DescendantNodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } to => NamedBy(to.Value),
                XElement { Name.LocalName: "see" } see when see.Attribute("langword") is { } word => word.Value,
                XText { Parent.Name.LocalName: "c" } code => $"`{code.Value}`",
                XText words => words.Value,
                _ => "",
            });
        }

        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    private static Dictionary<string, XElement> ReadDocumentation() =>
        new[] { "Core", "Plugin", "Host" }.Select(name => Path.Combine(AppContext.BaseDirectory, $"DeEscalationBot.{name}.xml"))
            .SelectMany(file => XDocument.Load(file).Descendants("member"))
            .Where(m => m.Attribute("name")!.Value.StartsWith("P:", StringComparison.Ordinal) && m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => m.Element("summary")!, StringComparer.Ordinal);

    // A limit that is named by its field is told by its value.
    private static string NamedBy(string reference)
    {
        var dot = reference.LastIndexOf('.');
        var field = reference[0] == 'F' ? SettingsCatalogue.Types.Select(t => t.Type.Assembly).Distinct().Select(a => a.GetType(reference[2..dot])).OfType<Type>().FirstOrDefault()?.GetField(reference[(dot + 1)..]) : null;
        return field is { IsStatic: true, FieldType.IsEnum: false } ? string.Create(CultureInfo.InvariantCulture, $"{field.GetValue(null)}") : reference[(dot + 1)..];
    }

    [GeneratedRegex(@"^(?<before>[^;]+?): (?<first>[^:;]+); (?<second>[^;]+?)(?<after>\.(?: .*)?)$")]
    private static partial Regex WithRange();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
