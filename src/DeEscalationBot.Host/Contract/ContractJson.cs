using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Contract;

/// <summary>How everything that leaves the product by HTTP or by a batch verb is written as JSON, and how what comes in is read.</summary>
public static class ContractJson
{
    /// <summary>Camel case, enumerations as camel-case words, accents as they are. Read-only and safe for concurrent use.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Puts the same rules on options that a framework owns.</summary>
    /// <param name="options">The options to set.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new MessageLanguageConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>Makes text readable that a strict reader refuses: halves of surrogate pairs written as escapes.</summary>
    /// <param name="json">JSON as it came in.</param>
    /// <returns>The same JSON, with each unpaired <c>\uD8xx</c> escape replaced by <c>\uFFFD</c>: one UTF-16 unit for another, so that offsets hold.</returns>
    public static string MendEscapes(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (!json.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return json;
        }

        char[]? mended = null;
        var i = 0;
        while (i < json.Length)
        {
            if (json[i] != '\\' || i + 1 >= json.Length)
            {
                i++;
            }
            else if (!TryReadSurrogate(json, i, out var unit))
            {
                i += 2; // Any other escape, also an escaped backslash.
            }
            else if (char.IsHighSurrogate(unit) && TryReadSurrogate(json, i + 6, out var low) && char.IsLowSurrogate(low))
            {
                i += 12;
            }
            else
            {
                mended ??= json.ToCharArray();
                "FFFD".CopyTo(mended.AsSpan(i + 2));
                i += 6;
            }
        }

        return mended is null ? json : new string(mended);
    }

    private static bool TryReadSurrogate(string json, int at, out char unit)
    {
        unit = '\0';
        if (at + 6 > json.Length || json[at] != '\\' || json[at + 1] is not 'u'
            || !ushort.TryParse(json.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return char.IsSurrogate(unit);
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Writes a language as its code, everywhere.</summary>
internal sealed class MessageLanguageConverter : JsonConverter<MessageLanguage>
{
    public override MessageLanguage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } tag && MessageLanguageCodes.TryParse(tag, out var language) ? language : throw new JsonException("Not a language.");

    public override void Write(Utf8JsonWriter writer, MessageLanguage value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code());
}
