using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>How the Activity protocol is written as JSON: camel case, nothing for null, names compared exactly.</summary>
public static class ActivityJson
{
    /// <summary>Read-only and safe for concurrent use.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Reads a value that was kept as it came.</summary>
    /// <typeparam name="T">What it is read into.</typeparam>
    /// <param name="json">The value.</param>
    /// <returns>Nothing when there is no value, or one of another shape.</returns>
    public static T? TryRead<T>(JsonElement? json)
        where T : ProtocolObject
    {
        if (json is not { ValueKind: JsonValueKind.Object } value)
        {
            return null;
        }

        try
        {
            return value.Deserialize<T>(Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Makes a value for a field that is kept as it comes.</summary>
    /// <typeparam name="T">Of what.</typeparam>
    /// <param name="value">The value.</param>
    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Writes an instant in UTC with the letter Z, as channels do; reads any offset.</summary>
public sealed class UtcInstantConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().ToUniversalTime();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}
