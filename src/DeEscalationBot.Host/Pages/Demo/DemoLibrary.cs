using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Pages.Demo;

/// <summary>One line of a scripted conversation.</summary>
/// <param name="Speaker">Who says it.</param>
/// <param name="Text">What they say.</param>
public sealed record DemoTurn(SpeakerRole Speaker, string Text);

/// <summary>A scripted conversation that the demo can play.</summary>
/// <param name="Id">Names it in addresses.</param>
/// <param name="Language">Its language.</param>
/// <param name="Title">What it is about, in its language.</param>
/// <param name="Story">How it goes, in one sentence, in its language.</param>
/// <param name="Customer">The customer's name; invented.</param>
/// <param name="Turns">What is said.</param>
public sealed record DemoScript(string Id, MessageLanguage Language, string Title, string Story, string Customer, ImmutableArray<DemoTurn> Turns);

/// <summary>The scripted conversations: the files <c>Pages/Demo/*.json</c>, built into the program.</summary>
/// <remarks>Read once; safe for concurrent use.</remarks>
public sealed class DemoLibrary
{
    private const string Folder = "DeEscalationBot.Host.Pages.Demo.";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads the scripts.</summary>
    /// <exception cref="JsonException">A script is not as it should be.</exception>
    public DemoLibrary()
    {
        var assembly = typeof(DemoLibrary).Assembly;
        Scripts = [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n =>
            {
                using var file = assembly.GetManifestResourceStream(n)!;
                return JsonSerializer.Deserialize<DemoScript>(file, Format) ?? throw new JsonException($"{n} is empty.");
            })];
    }

    /// <summary>All scripts, in the order of their files.</summary>
    public ImmutableArray<DemoScript> Scripts { get; }

    /// <summary>The script with an id; the first one in a language when there is none.</summary>
    /// <param name="id">The id, or nothing.</param>
    /// <param name="language">The language to fall back to.</param>
    public DemoScript Find(string? id, MessageLanguage language) =>
        Scripts.FirstOrDefault(s => s.Id == id) ?? Scripts.FirstOrDefault(s => s.Language == language) ?? Scripts[0];
}
