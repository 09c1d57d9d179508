using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Contract;

namespace DeEscalationBot.Host.Conversations;

/// <summary>How Core's records are written as JSON in the log and between nodes. Core itself knows nothing of it.</summary>
/// <remarks>
/// <para>
/// The log outlives versions, so: names are camel case, enumerations are words, unknown properties are ignored, and a missing
/// value that has no default is an error. A property that a later version adds to a record therefore needs a default.
/// </para>
/// <para>Not the shape of the HTTP answers: that is in the <c>Contract</c> folder.</para>
/// </remarks>
public static class CoreJson
{
    /// <summary>The options. Read-only; safe for concurrent use.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            IgnoreReadOnlyProperties = true,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        };
        options.Converters.Add(new ConversationIdConverter());
        options.Converters.Add(new MessageIdConverter());
        options.Converters.Add(new ProbabilityConverter());
        options.Converters.Add(new MessageLanguageConverter());
        options.Converters.Add(new JsonStringEnumConverter<EscalationTrigger>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class ConversationIdConverter : JsonConverter<ConversationId>
    {
        public override ConversationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ConversationId.TryCreate(reader.GetString(), out var id) ? id : throw new JsonException("Not a conversation id.");

        public override void Write(Utf8JsonWriter writer, ConversationId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class MessageIdConverter : JsonConverter<MessageId>
    {
        public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            MessageId.TryCreate(reader.GetString(), out var id) ? id : throw new JsonException("Not a message id.");

        public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class ProbabilityConverter : JsonConverter<Probability>
    {
        public override Probability Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble() is >= 0 and <= 1 and var value ? new Probability(value) : throw new JsonException("Not a probability.");

        public override void Write(Utf8JsonWriter writer, Probability value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
