using DeEscalationBot.Core.Channels;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>A playbook file that is missing or cannot be understood, with what to do about it.</summary>
public sealed class PlaybookException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">File, place and mend, for the person who edits the playbook.</param>
    /// <param name="innerException">What the reader reported, or nothing.</param>
    public PlaybookException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>Reads the files under <c>prompts/playbook/{es,en}/</c>, strictly: an unknown or missing key is an error that names file and line.</summary>
/// <remarks>Safe for concurrent use. Reads at start only; a change of a file takes effect at the next start.</remarks>
/// <param name="directory">The playbook's folder, which holds <c>es</c> and <c>en</c>.</param>
public sealed class PlaybookFiles(string directory)
{
    private static readonly IDeserializer Reader = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithDuplicateKeyChecking()
        .WithNodeDeserializer(new ReadOnlyCollectionReader(), where => where.OnTop())
        .Build();

    /// <summary>The playbook's folder.</summary>
    public string Directory { get; } = directory;

    /// <summary>The folder beside the running program: <c>prompts/playbook</c>.</summary>
    public static PlaybookFiles BesideProgram() => new(Path.Combine(AppContext.BaseDirectory, "prompts", "playbook"));

    /// <summary>Reads one file of one language.</summary>
    /// <typeparam name="T">What the file holds.</typeparam>
    /// <param name="language">Spanish or English.</param>
    /// <param name="name">The file's name without ending, for instance <c>signals</c>.</param>
    /// <exception cref="PlaybookException">The file is missing or cannot be understood.</exception>
    public T Read<T>(MessageLanguage language, string name)
    {
        var path = Path.Combine(Directory, language.Code(), name + ".yaml");
        if (!File.Exists(path))
        {
            throw new PlaybookException($"The playbook file '{path}' is missing. Restore it from the product's prompts folder, or set Playbook:Directory to the folder that holds 'es' and 'en'.");
        }

        try
        {
            using var file = File.OpenText(path);
            return Reader.Deserialize<T>(file) ?? throw new PlaybookException($"The playbook file '{path}' is empty.");
        }
        catch (YamlException e)
        {
            throw new PlaybookException($"The playbook file '{path}' cannot be understood at line {e.Start.Line}, column {e.Start.Column}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    // The reader fills collections; the records expose them read-only.
    private sealed class ReadOnlyCollectionReader : INodeDeserializer
    {
        public bool Deserialize(IParser reader, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value, ObjectDeserializer rootDeserializer)
        {
            value = null;
            var generic = expectedType.IsGenericType ? expectedType.GetGenericTypeDefinition() : null;
            var filled = generic == typeof(IReadOnlyDictionary<,>) ? typeof(Dictionary<,>) : generic == typeof(IReadOnlyList<>) ? typeof(List<>) : null;
            if (filled is null)
            {
                return false;
            }

            value = nestedObjectDeserializer(reader, filled.MakeGenericType(expectedType.GetGenericArguments()));
            return true;
        }
    }
}
