using System.Text.Json;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Takes the fields out of one JSON object, and collects a sentence for each that cannot be used.</summary>
/// <remarks>Fields that nobody asks for are ignored; <c>null</c> counts as missing. For one object and one thread.</remarks>
public sealed class FieldReader
{
    private readonly JsonElement _object;
    private readonly List<KeyValuePair<string, string>> _problems = [];

    private FieldReader(JsonElement json) => _object = json;

    /// <summary>What is wrong, by field, in the order in which the fields were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Problems => _problems;

    /// <summary>Whether everything asked for so far could be used.</summary>
    public bool IsGood => _problems.Count == 0;

    /// <summary>Whether a text was longer than <see cref="MessageText.MaxLength"/>.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>All problems in one line.</summary>
    public string Explanation => string.Join(" ", _problems.Select(p => $"'{p.Key}' {p.Value}"));

    /// <summary>Starts with one JSON text.</summary>
    /// <param name="json">The text; broken surrogates are mended.</param>
    /// <param name="problem">What is wrong with it, when the answer is nothing.</param>
    /// <returns>The reader, or nothing when it is not one JSON object.</returns>
    public static FieldReader? Open(string json, out string? problem)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonBody.Mend(json));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                problem = $"A JSON object is expected, this is {KindOf(document.RootElement)}.";
                return null;
            }

            problem = null;
            return new FieldReader(document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            problem = $"This is not JSON: it breaks at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
            return null;
        }
    }

    /// <summary>A field as it came in, to be given back; nothing when it is missing.</summary>
    /// <param name="name">The field.</param>
    public JsonElement? Raw(string name) => Find(name);

    /// <summary>A string that may be missing.</summary>
    /// <param name="name">The field.</param>
    public string? OptionalString(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Complain(name, $"must be a string, this is {KindOf(value)}.");
        return null;
    }

    /// <summary>A string that has to be there; empty after a complaint.</summary>
    /// <param name="name">The field.</param>
    public string RequiredString(string name)
    {
        if (Find(name) is null)
        {
            Complain(name, "is missing.");
            return string.Empty;
        }

        return OptionalString(name) ?? string.Empty;
    }

    /// <summary>A text of legal length that has to be there.</summary>
    /// <param name="name">The field.</param>
    /// <param name="mayBeBlank">Whether nothing but white space will do.</param>
    public string RequiredText(string name, bool mayBeBlank)
    {
        var before = _problems.Count;
        var text = RequiredString(name);
        CheckLength(name, text);
        if (!mayBeBlank && _problems.Count == before && string.IsNullOrWhiteSpace(text))
        {
            Complain(name, "is empty: a message needs at least one character that is not white space.");
        }

        return text;
    }

    /// <summary>A text of legal length that may be missing.</summary>
    /// <param name="name">The field.</param>
    public string? OptionalText(string name)
    {
        var text = OptionalString(name);
        CheckLength(name, text);
        return text;
    }

    /// <summary>A yes or no that may be missing, which is no.</summary>
    /// <param name="name">The field.</param>
    public bool Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Complain(name, $"must be true or false, this is {KindOf(value)}.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A whole number that may be missing.</summary>
    /// <param name="name">The field.</param>
    /// <param name="otherwise">The number when it is missing.</param>
    /// <param name="least">The least legal one.</param>
    /// <param name="most">The greatest legal one.</param>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return otherwise;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Complain(name, $"must be a whole number from {least} to {most}.");
        return otherwise;
    }

    /// <summary>An amount that has to be there; 0 after a complaint.</summary>
    /// <param name="name">The field.</param>
    public decimal RequiredAmount(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var amount))
        {
            return amount;
        }

        Complain(name, Find(name) is null ? "is missing." : "must be a number, with a point.");
        return 0;
    }

    /// <summary>A language tag that may be missing.</summary>
    /// <param name="name">The field.</param>
    public MessageLanguage Language(string name)
    {
        if (MessageLanguageCodes.TryParse(OptionalString(name), out var language))
        {
            return language;
        }

        Complain(name, "must be 'es' or 'en'; leave it out to let the product tell.");
        return MessageLanguage.Undetermined;
    }

    /// <summary>An instant that may be missing.</summary>
    /// <param name="name">The field.</param>
    /// <param name="otherwise">The instant when it is missing.</param>
    public DateTimeOffset Instant(string name, DateTimeOffset otherwise)
    {
        if (OptionalString(name) is not { } text)
        {
            return otherwise;
        }

        if (IsoInstant.TryParse(text, out var instant))
        {
            return instant;
        }

        Complain(name, IsoInstant.Explanation);
        return otherwise;
    }

    /// <summary>An identifier that may be missing.</summary>
    /// <param name="name">The field.</param>
    /// <param name="maxLength">The longest legal one, in UTF-16 units.</param>
    public string? OptionalIdentifier(string name, int maxLength = 200)
    {
        var id = OptionalString(name);
        if (id is not null && !IdentifierRules.IsLegal(id, maxLength))
        {
            Complain(name, "cannot be used. " + IdentifierRules.Explain(name, maxLength));
            return null;
        }

        return id;
    }

    /// <summary>One of several words that may be missing.</summary>
    /// <typeparam name="T">What the words stand for.</typeparam>
    /// <param name="name">The field.</param>
    /// <param name="otherwise">What a missing one stands for.</param>
    /// <param name="words">The words.</param>
    public T OneOf<T>(string name, T otherwise, params ReadOnlySpan<(string Word, T Value)> words)
    {
        var text = OptionalString(name);
        if (text is null)
        {
            return otherwise;
        }

        var known = new List<string>();
        foreach (var (word, value) in words)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return value;
            }

            known.Add($"'{word}'");
        }

        Complain(name, $"must be {string.Join(" or ", known)}.");
        return otherwise;
    }

    /// <summary>Adds a problem.</summary>
    /// <param name="name">The field.</param>
    /// <param name="problem">The end of a sentence that begins with the field's name.</param>
    public void Complain(string name, string problem)
    {
        if (!_problems.Exists(p => p.Key == name))
        {
            _problems.Add(new KeyValuePair<string, string>(name, problem));
        }
    }

    private void CheckLength(string name, string? text)
    {
        if (text?.Length > MessageText.MaxLength)
        {
            IsTooLong = true;
            Complain(name, $"has {text.Length} UTF-16 units; at most {MessageText.MaxLength} are accepted. Send it in parts.");
        }
    }

    private JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a string",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
