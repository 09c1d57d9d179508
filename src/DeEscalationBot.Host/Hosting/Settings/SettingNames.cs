namespace DeEscalationBot.Host.Hosting.Settings;

/// <summary>Finds what somebody set and nobody reads: a mistyped name is not refused by the configuration, it is just without effect.</summary>
public static class SettingNames
{
    // More differences, and it is another word.
    private const int MostInSection = 2;

    private static readonly HashSet<string> Sections = new(SettingsCatalogue.All.Select(s => s.Path.Split(':')[0]), StringComparer.OrdinalIgnoreCase);

    /// <summary>A sentence for each name in a section of ours that is no setting, with the nearest one that is; also for a section that is one of ours but for a slip.</summary>
    /// <param name="configuration">The configuration, from its root. Names without a section are other programs' (the environment is full of them).</param>
    public static IReadOnlyList<string> Complaints(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return
        [
            .. from entry in configuration.AsEnumerable()
               where entry.Value is not null
               let parts = entry.Key.Split(':')
               where parts.Length > 1 && !SettingsCatalogue.All.Any(s => s.Includes(parts)) && SectionOf(parts[0]) is not null
               orderby entry.Key
               select Complain(entry.Key, parts),
        ];
    }

    private static string Complain(string name, string[] parts)
    {
        string[] mended = [SectionOf(parts[0])!, .. parts[1..]];
        if (SettingsCatalogue.All.Any(s => s.Includes(mended)))
        {
            return $"'{name}' is no setting and has no effect. Did you mean '{string.Join(':', mended)}'?";
        }

        var near = SettingsCatalogue.All.Where(s => s.Path.StartsWith(mended[0] + ":", StringComparison.OrdinalIgnoreCase)).Select(s => s.Like(mended))
            .Select(n => (Name: n, Apart: Spelling.Distance(n, string.Join(':', mended)))).MinBy(n => n.Apart);
        return near.Name is not null && near.Apart <= Math.Max(MostInSection, (name.Length - parts[0].Length) / 3)
            ? $"'{name}' is no setting and has no effect. Did you mean '{near.Name}'?"
            : $"'{name}' is no setting and has no effect. docs/settings.md has all of the section {mended[0]}.";
    }

    private static string? SectionOf(string given) =>
        Sections.TryGetValue(given, out var section) ? section
        : given.Length > 2 * MostInSection && Sections.MinBy(s => Spelling.Distance(s, given)) is { } near && Spelling.Distance(near, given) <= MostInSection ? near
        : null;
}
