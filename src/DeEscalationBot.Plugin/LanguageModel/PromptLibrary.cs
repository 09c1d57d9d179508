using System.Security.Cryptography;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Plugin.Playbook;
using Microsoft.SemanticKernel;

namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>One prompt function, as it stands in its files.</summary>
/// <param name="Kind">What it writes.</param>
/// <param name="Language">In which language.</param>
/// <param name="Version">The first twelve digits of the SHA-256 of <c>skprompt.txt</c> and <c>config.json</c>.</param>
/// <param name="Function">The Semantic Kernel function.</param>
public sealed record PromptFunction(WritingKind Kind, MessageLanguage Language, string Version, KernelFunction Function);

/// <summary>The prompt functions under <c>prompts/functions/{es,en}/NAME/</c>: <c>skprompt.txt</c> and <c>config.json</c>, the layout of Semantic Kernel.</summary>
/// <remarks>Read and checked once; safe for concurrent use. A change of a file takes effect at the next start.</remarks>
public sealed class PromptLibrary
{
    /// <summary>What every prompt takes in: the conversation and what belongs to it as JSON, all of it data.</summary>
    public const string DataVariable = "data";

    /// <summary>How the customer is addressed.</summary>
    public const string AddressVariable = "address";

    /// <summary>The most words.</summary>
    public const string WordsVariable = "words";

    /// <summary>What was wrong with the first try; empty at the first.</summary>
    public const string MendVariable = "mend";

    private const int VersionDigits = 12;

    private static readonly string[] Variables = [AddressVariable, DataVariable, MendVariable, WordsVariable];

    private readonly Dictionary<(WritingKind, MessageLanguage), PromptFunction> _functions = [];

    /// <summary>Reads all functions of both languages.</summary>
    /// <param name="directory">The folder that holds <c>es</c> and <c>en</c>.</param>
    /// <exception cref="PlaybookException">A file is missing, cannot be understood, or declares other inputs than the product gives.</exception>
    public PromptLibrary(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        foreach (var language in new[] { MessageLanguage.Spanish, MessageLanguage.English })
        {
            foreach (var kind in Enum.GetValues<WritingKind>())
            {
                _functions[(kind, language)] = Read(Path.Combine(directory, language.Code(), kind.ToString()), kind, language);
            }
        }
    }

    /// <summary>All functions.</summary>
    public IReadOnlyCollection<PromptFunction> All => _functions.Values;

    /// <summary>The function for a text.</summary>
    /// <param name="kind">What is written.</param>
    /// <param name="language">Spanish or English.</param>
    public PromptFunction this[WritingKind kind, MessageLanguage language] => _functions[(kind, language)];

    private static PromptFunction Read(string folder, WritingKind kind, MessageLanguage language)
    {
        var template = Path.Combine(folder, "skprompt.txt");
        var settings = Path.Combine(folder, "config.json");
        try
        {
            // Line ends and a byte order mark depend on how the files were checked out; the version does not.
            var text = File.ReadAllText(template).ReplaceLineEndings("\n");
            var json = File.ReadAllText(settings).ReplaceLineEndings("\n");
            var config = PromptTemplateConfig.FromJson(json);
            config.Name = kind.ToString();
            config.Template = text;
            CheckInputs(config, folder);
            var function = KernelFunctionFactory.CreateFromPrompt(config);
            var version = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text + "\0" + json)))[..VersionDigits];
            return new PromptFunction(kind, language, version, function);
        }
        catch (IOException e)
        {
            throw new PlaybookException($"The prompt function in '{folder}' cannot be read: {e.Message} Restore it from the product's prompts folder, or set LanguageModel:PromptDirectory.", e);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or KernelException or FormatException)
        {
            throw new PlaybookException($"The prompt function in '{folder}' cannot be understood: {e.Message}", e);
        }
    }

    private static void CheckInputs(PromptTemplateConfig config, string folder)
    {
        var declared = config.InputVariables.Select(v => v.Name).Order(StringComparer.Ordinal).ToArray();
        if (!declared.SequenceEqual(Variables, StringComparer.Ordinal))
        {
            throw new PlaybookException($"'{Path.Combine(folder, "config.json")}' has to declare the inputs {string.Join(", ", Variables)}; it declares {string.Join(", ", declared)}.");
        }

        // Somebody's text may become a message of its own, with the system's voice, only by these.
        if (config.AllowDangerouslySetContent || config.InputVariables.Exists(v => v.AllowDangerouslySetContent))
        {
            throw new PlaybookException($"'{Path.Combine(folder, "config.json")}' sets allow_dangerously_set_content. What customers write has to stay data: take it out.");
        }
    }
}
