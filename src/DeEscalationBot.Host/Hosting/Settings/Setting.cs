using System.Globalization;
using System.Reflection;

namespace DeEscalationBot.Host.Hosting.Settings;

/// <summary>One setting of the product. Immutable.</summary>
/// <param name="Path">Its name from the root: <c>Storage:DataDirectory</c>. <see cref="AnyNumber"/> stands for the place in a list, <see cref="AnyName"/> for a name that is chosen.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Default">What it is when nobody sets it; nothing when it is empty, or one of several of a kind.</param>
/// <param name="Source">What it is read into, which says what it means; nothing for the few that are read by name.</param>
public sealed record Setting(string Path, Type Type, object? Default, PropertyInfo? Source)
{
    /// <summary>A part of a name that is a number: <c>#</c>.</summary>
    public const string AnyNumber = "#";

    /// <summary>A part of a name that is chosen: <c>*</c>.</summary>
    public const string AnyName = "*";

    private readonly string[] _parts = Path.Split(':');

    /// <summary>The name as a person writes it: <c>Webhooks:0:Url</c>, <c>SignIn:Roles:NAME</c>.</summary>
    public string Name => Path.Replace(AnyNumber, "0", StringComparison.Ordinal).Replace(AnyName, "NAME", StringComparison.Ordinal);

    /// <summary>Whether a name in the configuration is this setting, or what it is part of.</summary>
    /// <param name="parts">The parts of the name.</param>
    public bool Includes(IReadOnlyList<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Count <= _parts.Length && parts.Zip(_parts).All(p => Fits(p.First, p.Second));
    }

    /// <summary>The name with the numbers and chosen names of another one in it, to be compared with that.</summary>
    /// <param name="parts">The parts of the other name.</param>
    internal string Like(IReadOnlyList<string> parts) =>
        string.Join(':', _parts.Select((part, i) => i < parts.Count && (part == AnyName || (part == AnyNumber && Fits(parts[i], part))) ? parts[i] : part))
            .Replace(AnyNumber, "0", StringComparison.Ordinal).Replace(AnyName, "NAME", StringComparison.Ordinal);

    private static bool Fits(string given, string part) => part switch
    {
        AnyName => true,
        AnyNumber => int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        _ => part.Equals(given, StringComparison.OrdinalIgnoreCase),
    };
}
