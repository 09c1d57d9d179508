using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Host.Contract;

namespace DeEscalationBot.Host.Batch;

/// <summary>A line that cannot be answered, with what is wrong and what would be right.</summary>
internal sealed class BadLineException(string message) : Exception(message);

/// <summary>Reads the fields of one line, strictly: a wrong type or value is said, never guessed.</summary>
internal sealed class LineFields
{
    private readonly JsonObject _fields;

    private LineFields(JsonObject fields) => _fields = fields;

    /// <summary>Reads a line.</summary>
    /// <param name="line">One line of input.</param>
    /// <exception cref="BadLineException">The line is not one JSON object.</exception>
    public static LineFields Parse(string line)
    {
        try
        {
            var node = JsonNode.Parse(ContractJson.MendEscapes(line), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = false, MaxDepth = 16 });
            return node is JsonObject fields ? new LineFields(fields) : throw new BadLineException("The line is JSON, yet not an object. Write one object such as {\"id\":\"1\",\"text\":\"…\"}.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: a property that stands twice.
            throw new BadLineException($"The line is not a JSON object: {e.Message}");
        }
    }

    /// <summary>A field as it came in, for an answer that repeats it; nothing when missing.</summary>
    public JsonNode? Raw(string name) => _fields.TryGetPropertyValue(name, out var value) ? value?.DeepClone() : null;

    /// <summary>The id, which any JSON string or number may be.</summary>
    public JsonNode Id()
    {
        var id = Raw("id");
        return id?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number ? id : throw new BadLineException("The field 'id' is missing; it must be a string or a number.");
    }

    public string Required(string name) => Optional(name) ?? throw new BadLineException($"The field '{name}' is missing; it must be a string.");

    public string? Optional(string name)
    {
        if (!_fields.TryGetPropertyValue(name, out var value) || value is null)
        {
            return null;
        }

        return value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw new BadLineException($"The field '{name}' must be a string.");
    }

    public string Text(string name = "text")
    {
        var text = MessageText.Mend(Required(name));
        return text.Length <= MessageText.MaxLength
            ? text
            : throw new BadLineException($"The field '{name}' has {text.Length} UTF-16 units; at most {MessageText.MaxLength} are read. Send it in parts.");
    }

    public MessageLanguage Language() =>
        MessageLanguageCodes.TryParse(Optional("lang"), out var language) ? language : throw new BadLineException("The field 'lang' must be 'es' or 'en', or be left out.");

    public AddressForm Address() => Optional("address")?.Trim().ToLowerInvariant() switch
    {
        null or "" or "usted" => AddressForm.Usted,
        "tú" or "tu" => AddressForm.Tu,
        "vos" => AddressForm.Vos,
        _ => throw new BadLineException("The field 'address' must be 'usted', 'tú' or 'vos'."),
    };

    public DraftKind Kind() => Optional("kind") switch
    {
        null or "reply" => DraftKind.Reply,
        "farewell" => DraftKind.Farewell,
        _ => throw new BadLineException("The field 'kind' must be 'reply' or 'farewell'."),
    };

    public SpeakerRole Speaker() => Required("speaker") switch
    {
        "customer" => SpeakerRole.Customer,
        "agent" => SpeakerRole.Agent,
        _ => throw new BadLineException("The field 'speaker' must be 'customer' or 'agent'."),
    };

    public DateTimeOffset? At()
    {
        var written = Optional("at");
        if (written is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw new BadLineException("The field 'at' must be an ISO 8601 instant such as 2026-03-02T09:00:00Z.");
    }
}
