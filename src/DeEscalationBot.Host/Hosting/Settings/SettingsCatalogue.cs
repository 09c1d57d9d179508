using System.Reflection;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.Webhooks;
using DeEscalationBot.Plugin;

namespace DeEscalationBot.Host.Hosting.Settings;

/// <summary>Every setting of the product, read off the types that hold them: <c>docs/settings.md</c> and the check of names are made of it.</summary>
/// <remarks>A type with a constant <c>Section</c> is found by itself. Safe for concurrent use.</remarks>
public static class SettingsCatalogue
{
    private const string SectionField = "Section";

    // Types of Core know no configuration, and so name no section.
    private static readonly (string Section, Type Type)[] Others = [(DeEscalationServices.EscalationSection, typeof(EscalationSettings)), (CasePeopleOptions.Section, typeof(CaseSettings))];

    // Read by their names, as a list or before anything else is there.
    private static readonly Setting[] Single =
    [
        new("ConnectionStrings:" + StorageOptions.ConnectionName, typeof(string), null, null),
        new(LocalKey.Setting, typeof(string), null, null),
        new(HostSettings.SecretsDirectory, typeof(string), null, null),
        new($"{KnownProxies.Section}:{Setting.AnyNumber}", typeof(string), null, null),
    ];

    /// <summary>All of them, by section and in the order in which they are declared.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Read()];

    /// <summary>The types that hold settings, each with its section.</summary>
    public static IReadOnlyList<(string Section, Type Type)> Types { get; } = [.. FindTypes()];

    private static IEnumerable<(string Section, Type Type)> FindTypes() =>
        new[] { typeof(SettingsCatalogue).Assembly, typeof(DeEscalationServices).Assembly, typeof(EscalationSettings).Assembly }
            .SelectMany(a => a.GetTypes())
            .Select(t => (Section: t.GetField(SectionField, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string, Type: t))
            .Where(t => t.Section is not null && t.Type != typeof(KnownProxies)).Select(t => (t.Section!, t.Type))
            .Concat(Others).OrderBy(t => t.Item1, StringComparer.Ordinal).ThenBy(t => t.Item2.Name, StringComparer.Ordinal);

    private static IEnumerable<Setting> Read() =>
        FindTypes().SelectMany(t => Members(t.Section, t.Type)).Concat(Members($"{WebhookOptions.Section}:{Setting.AnyNumber}", typeof(WebhookEndpoint))).Concat(Single)
            .OrderBy(s => s.Path.Split(':')[0], StringComparer.Ordinal);

    private static IEnumerable<Setting> Members(string path, Type type)
    {
        var defaults = Activator.CreateInstance(type);
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && (p.SetMethod is { IsPublic: true } || IsCollection(p.PropertyType)))

            // The receivers stand by their numbers in the section itself.
            .Where(p => p.DeclaringType != typeof(WebhookOptions) || p.Name != nameof(WebhookOptions.Endpoints))
            .SelectMany(p => Visit($"{path}:{p.Name}", p.PropertyType, p.GetValue(defaults), p));
    }

    private static IEnumerable<Setting> Visit(string path, Type type, object? value, PropertyInfo source)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (IsPlain(type))
        {
            return [new Setting(path, type, value, source)];
        }

        if (Closed(type, typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)) is { } dictionary)
        {
            return Visit($"{path}:{Setting.AnyName}", dictionary.GetGenericArguments()[1], null, source);
        }

        return Closed(type, typeof(IEnumerable<>)) is { } list ? Visit($"{path}:{Setting.AnyNumber}", list.GetGenericArguments()[0], null, source) : Members(path, type);
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(DateTimeOffset) || type == typeof(Uri);

    private static bool IsCollection(Type type) => type != typeof(string) && Closed(type, typeof(IEnumerable<>)) is not null;

    private static Type? Closed(Type type, params Type[] open) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(i => i.IsGenericType && open.Contains(i.GetGenericTypeDefinition()));
}
