using System.Text.Json;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Training.Peers;

/// <summary>A sentiment library of Node that is used as it comes: VADER or nlp.js. The more negative, the likelier whatever is asked for.</summary>
/// <param name="name">Its name in the tables.</param>
/// <param name="key">Its name in what the Node script writes.</param>
/// <param name="negative">The score up to which a text is negative, by the library's own documentation.</param>
/// <param name="script">The Node script.</param>
internal sealed class LexiconPeer(string name, string key, double negative, string script) : IContender
{
    /// <summary>The program.</summary>
    public const string Program = "node";

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Its name in what the Node script writes.</summary>
    public string Key => key;

    /// <inheritdoc/>
    public IReadOnlyList<Verdict> Judge(Question question)
    {
        var lines = PeerProcess.Run(Program, [script, key], [.. question.Texts.Select(t => Ask(t.Text, question.Language))]);
        return [.. PeerScores.ReadJson(lines, key, question.Texts.Count).Select(score => new Verdict(-score, score <= negative))];
    }

    /// <summary>A text as the Node script reads it.</summary>
    public static string Ask(string text, MessageLanguage language) => JsonSerializer.Serialize(new Dictionary<string, string> { ["language"] = language.Code(), ["text"] = text });
}
