using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Scoring.AzureLanguage;

/// <summary>Microsoft's own client for JavaScript against the server of these tests (tests/azurelanguage): so the server is known to speak the protocol, and our client is compared with theirs.</summary>
public sealed class LanguageClientTests
{
    // An emoji of two units and an accent in front of what is judged: offsets in any other unit than UTF-16 would be wrong.
    private const string English = "👩‍🚀 Hello. Your support is terrible! But thanks for the parcel.";
    private const string Spanish = "¡Qué rabia! El soporte es pésimo.";

    [Fact]
    public async Task Server_SpeaksTheProtocol_AsMicrosoftsClientReadsIt()
    {
        using var node = await NodePackage.InstallAsync("azurelanguage");
        using var server = new LanguageServer();
        var lines = await node.RunAsync(
            "ask.js",
            [server.Address, LanguageServer.Key],
            Question("SentimentAnalysis", ("a", English, "en"), ("b", Spanish, "es"), ("c", "", "en"), ("d", "x", "xx")),
            Question("LanguageDetection", ("a", "La livraison est en retard", null), ("b", "👍", null)),
            Question("SentimentAnalysis", [.. Enumerable.Range(0, 11).Select(i => ($"{i}", "ok", "en"))]));

        var results = JsonNode.Parse(lines[0])!["results"]!.AsArray();
        Assert.Equal(["mixed", "negative"], results.Take(2).Select(r => (string?)r!["sentiment"]));
        var sentence = results[0]!["sentences"]!.AsArray().Single(s => (string?)s!["sentiment"] == "negative")!;
        Assert.Equal(0.95, (double)sentence["confidenceScores"]!["negative"]!);
        var opinion = sentence["opinions"]!.AsArray().Single()!;
        Assert.Equal(("support", "terrible"), ((string)opinion["target"]!["text"]!, (string)opinion["assessments"]![0]!["text"]!));
        Assert.Equal("terrible", English.Substring((int)opinion["assessments"]![0]!["offset"]!, (int)opinion["assessments"]![0]!["length"]!));
        Assert.Equal("pésimo", Spanish.Substring((int)results[1]!["sentences"]![1]!["opinions"]![0]!["assessments"]![0]!["offset"]!, 6));
        Assert.Equal(["InvalidDocument", "UnsupportedLanguageCode"], results.Skip(2).Select(r => (string?)r!["error"]!["code"]));

        var languages = JsonNode.Parse(lines[1])!["results"]!.AsArray();
        Assert.Equal(["fr", "(Unknown)"], languages.Select(r => (string?)r!["primaryLanguage"]!["iso6391Name"]));
        Assert.Equal(400, (int)JsonNode.Parse(lines[2])!["error"]!["status"]!);
    }

    [Fact]
    public async Task Server_Failures_AreWhatMicrosoftsClientExpects()
    {
        using var node = await NodePackage.InstallAsync("azurelanguage");
        using var server = new LanguageServer();
        server.Answering(LanguageAnswer.Fails(429, "TooManyRequests", retryAfter: "1"), LanguageAnswer.Fails(503, "ServiceUnavailable"));
        var question = Question("SentimentAnalysis", ("a", "ok", "en"));

        var lines = await node.RunAsync("ask.js", [server.Address, LanguageServer.Key], question, question);
        var refused = await node.RunAsync("ask.js", [server.Address, "another key"], question);
        Assert.Equal([(429, "TooManyRequests"), (503, "ServiceUnavailable"), (401, "401")], [.. lines.Concat(refused).Select(Error)]);

        static (int, string) Error(string line) => JsonNode.Parse(line)!["error"]! is var e ? ((int)e["status"]!, (string)e["code"]!) : default;
    }

    [Fact]
    public async Task OurClient_AsksAsMicrosoftsDoes()
    {
        using var node = await NodePackage.InstallAsync("azurelanguage");
        using var server = new LanguageServer();
        await node.RunAsync("ask.js", [server.Address, LanguageServer.Key], Question("LanguageDetection", ("0.0", "La livraison", null)), Question("SentimentAnalysis", ("0.0", "La livraison", "fr")));
        var theirs = server.Requests;
        using var ours = new ReaderContext(server.Address);
        await ours.AskAsync("La livraison", MessageLanguage.Undetermined);

        var pairs = theirs.Zip(server.Requests.Skip(theirs.Count)).ToArray();
        Assert.Equal(2, pairs.Length);
        foreach (var (their, our) in pairs)
        {
            Assert.Equal(their.Key, our.Key);
            Assert.Equal((string?)their.Body["kind"], (string?)our.Body["kind"]);
            var document = their.Body["analysisInput"]!["documents"]![0]!.AsObject();
            Assert.Equal(document.Select(p => (p.Key, p.Value?.ToString())).Where(p => p.Key != "countryHint"), our.Body["analysisInput"]!["documents"]![0]!.AsObject().Select(p => (p.Key, p.Value?.ToString())).Where(p => p.Key != "countryHint"));

            // Whatever theirs sets, ours sets to the same; ours names the model besides.
            Assert.All(their.Body["parameters"]!.AsObject(), p => Assert.Equal(p.Value?.ToJsonString(), our.Body["parameters"]![p.Key]?.ToJsonString()));
        }

        Assert.Equal("Utf16CodeUnit", (string?)pairs[1].First.Body["parameters"]!["stringIndexType"]);
        Assert.All(pairs, p => Assert.True((bool)p.Second.Body["parameters"]!["loggingOptOut"]!));
    }

    private static string Question(string kind, params (string Id, string Text, string? Language)[] documents) => new JsonObject
    {
        ["kind"] = kind,
        ["documents"] = new JsonArray([.. documents.Select(d => d.Language is null
            ? new JsonObject { ["id"] = d.Id, ["text"] = d.Text }
            : new JsonObject { ["id"] = d.Id, ["text"] = d.Text, ["language"] = d.Language })]),
    }.ToJsonString();
}
