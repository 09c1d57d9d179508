using System.Text.Json.Nodes;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Compares stored payloads across versions.</summary>
public static class EventPayloads
{
    /// <summary>Of what was written, what the first version held, too.</summary>
    public static JsonNode? OnlyWhatIsIn(JsonNode? first, JsonNode? written) => (first, written) switch
    {
        (JsonObject f, JsonObject w) => new JsonObject(f.Select(p => KeyValuePair.Create(p.Key, w.ContainsKey(p.Key) ? OnlyWhatIsIn(p.Value, w[p.Key]) : "missing"))),
        (JsonArray f, JsonArray w) when f.Count == w.Count => new JsonArray([.. f.Zip(w, OnlyWhatIsIn)]),
        _ => written?.DeepClone(),
    };
}
