using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>An object of the Activity protocol. Fields that this product does not know are kept, and written out again as they came.</summary>
public abstract record ProtocolObject
{
    /// <summary>The fields that have no property here, by name; nothing when there are none.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
