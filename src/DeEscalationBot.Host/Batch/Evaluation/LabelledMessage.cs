using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Channels.Http;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>A customer's message beside what the desk says of it.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Id">The desk's own id, or nothing.</param>
/// <param name="Text">What the customer wrote.</param>
/// <param name="Language">The hint; undetermined for none.</param>
/// <param name="Conversation">Its conversation, or nothing.</param>
/// <param name="Level">The level that the desk gave, or nothing.</param>
/// <param name="IsFrustrated">Whether the desk calls it frustrated or worse.</param>
/// <param name="Signals">The signals that the desk gave; nothing when it did not look for any.</param>
public sealed record LabelledMessage(
    int Line,
    string? Id,
    string Text,
    MessageLanguage Language,
    string? Conversation,
    FrustrationLevel? Level,
    bool IsFrustrated,
    IReadOnlySet<SignalType>? Signals)
{
    private static readonly Dictionary<string, FrustrationLevel> Levels = Enum.GetValues<FrustrationLevel>()
        .SelectMany(l => new[] { (Word: l.ToString(), Level: l), (Word: ((int)l).ToString(CultureInfo.InvariantCulture), Level: l) })
        .ToDictionary(p => p.Word, p => p.Level, StringComparer.OrdinalIgnoreCase);

    // As people and spreadsheets write it: Excel in Spanish writes VERDADERO and FALSO.
    private static readonly Dictionary<string, bool> YesAndNo = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = true,
        ["1"] = true,
        ["yes"] = true,
        ["sí"] = true,
        ["si"] = true,
        ["verdadero"] = true,
        ["false"] = false,
        ["0"] = false,
        ["no"] = false,
        ["falso"] = false,
    };

    private static readonly Dictionary<string, SignalType> SignalNames = Enum.GetValues<SignalType>()
        .ToDictionary(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>What it is called in a report.</summary>
    public string Name => Id ?? string.Create(CultureInfo.InvariantCulture, $"line {Line}");

    /// <summary>Messages of one conversation belong together; one without a conversation stands alone.</summary>
    public string Group => Conversation is null ? string.Create(CultureInfo.InvariantCulture, $"line {Line}") : "conversation " + Conversation;

    /// <summary>Reads one; look at <see cref="FieldReader.IsGood"/> first: otherwise the answer is not to be used.</summary>
    /// <param name="fields">The object, or the cells of a row.</param>
    /// <param name="line">Where it begins in the file.</param>
    internal static LabelledMessage Read(FieldReader fields, int line)
    {
        var text = fields.RequiredText("text", mayBeBlank: false);
        var (level, frustrated) = ReadLabel(fields);
        return new LabelledMessage(
            line,
            Identifier(fields, "id"),
            text,
            fields.Language("lang"),
            Identifier(fields, "conversation"),
            level,
            frustrated ?? level >= FrustrationLevel.Frustrated,
            ReadSignals(fields));
    }

    private static (FrustrationLevel? Level, bool? IsFrustrated) ReadLabel(FieldReader fields)
    {
        var level = OneOf(fields, "level", Levels, "must be 0, 1, 2, 3, 4, or calm, annoyed, frustrated, angry, hostile.");
        var frustrated = OneOf(fields, "frustrated", YesAndNo, "must be true or false, 1 or 0, yes or no, sí or no.");
        if (fields.Raw("level") is null && fields.Raw("frustrated") is null)
        {
            fields.Complain("level", "is missing, and 'frustrated' too: one of the two must say how the customer sounds.");
        }
        else if (level is not null && frustrated is not null && frustrated != (level >= FrustrationLevel.Frustrated))
        {
            fields.Complain("frustrated", "contradicts 'level': the levels 2, 3 and 4 are frustrated, 0 and 1 are not.");
        }

        return (level, frustrated);
    }

    private static T? OneOf<T>(FieldReader fields, string name, Dictionary<string, T> words, string problem)
        where T : struct
    {
        if (fields.Raw(name) is not { } value)
        {
            return null;
        }

        if (Word(value) is { } word && words.TryGetValue(word.Trim(), out var found))
        {
            return found;
        }

        fields.Complain(name, problem);
        return null;
    }

    private static HashSet<SignalType>? ReadSignals(FieldReader fields)
    {
        if (fields.Raw("signals") is not { } value)
        {
            return null;
        }

        var names = NamesOf(value);
        var signals = new HashSet<SignalType>();
        foreach (var name in names ?? [])
        {
            if (!SignalNames.TryGetValue(name, out var type))
            {
                // The name is shown only if it looks like one: a row whose cells are shifted has the customer's text here.
                var shown = name.Length <= 30 && name.All(char.IsAsciiLetterOrDigit) ? $"has '{name}', which is no signal" : "has something that is no signal";
                fields.Complain("signals", $"{shown}. The signals are {string.Join(", ", SignalNames.Keys)}.");
                return null;
            }

            // It is of a conversation, never of one message: the scorer cannot find it, so it is not held against it.
            if (type != SignalType.BehaviourChange)
            {
                signals.Add(type);
            }
        }

        if (names is null)
        {
            fields.Complain("signals", "must be names with ; between them, or a JSON array of names.");
        }

        return signals;
    }

    private static List<string>? NamesOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(e => e.GetString()!.Trim())] : null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = value.GetString()!.Trim();
        if (!text.StartsWith('['))
        {
            return [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        }

        try
        {
            using var array = JsonDocument.Parse(text);
            return NamesOf(array.RootElement.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Numbers will do as well: a spreadsheet writes them without quotation marks.
    private static string? Identifier(FieldReader fields, string name) =>
        fields.Raw(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : fields.OptionalIdentifier(name);

    private static string? Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
