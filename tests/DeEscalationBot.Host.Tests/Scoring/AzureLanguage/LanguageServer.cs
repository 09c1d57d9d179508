using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;
using WireMock;
using WireMock.Server;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;
using Request = WireMock.RequestBuilders.Request;
using Response = WireMock.ResponseBuilders.Response;

namespace DeEscalationBot.Host.Tests.Scoring.AzureLanguage;

/// <summary>What the server answers to one request.</summary>
internal sealed record LanguageAnswer(int Status, string Body, IReadOnlyDictionary<string, string>? Headers = null)
{
    public static Func<JsonNode, LanguageAnswer> Fails(int status, string code = "InternalServerError", string? retryAfter = null) => _ => new LanguageAnswer(
        status,
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "no" } }.ToJsonString(),
        retryAfter is null ? null : new Dictionary<string, string> { ["Retry-After"] = retryAfter });

    public static Func<JsonNode, LanguageAnswer> Sends(string body) => _ => new LanguageAnswer(200, body);

    /// <summary>The answer that the server would give, changed.</summary>
    public static Func<JsonNode, LanguageAnswer> Changed(Action<JsonNode> change) => request =>
    {
        var answer = LanguageServer.Judge(request);
        var body = JsonNode.Parse(answer.Body)!;
        change(body);
        return answer with { Body = body.ToJsonString() };
    };
}

/// <summary>A server on this machine that speaks the protocol of Azure AI Language, with its limits, and judges by a few words of its own.</summary>
/// <remarks>That it speaks the protocol is shown by Microsoft's own client (<see cref="LanguageClientTests"/>).</remarks>
internal sealed class LanguageServer : IDisposable
{
    public const string Key = "0123456789abcdef0123456789abcdef";
    public const string ModelVersion = "2022-11-01";

    private const string Path = "/language/:analyze-text";
    private static readonly string[] Bad = ["terrible", "useless", "pésimo", "inútil", "late"];
    private static readonly string[] Good = ["great", "thanks", "gracias", "excelente"];
    private static readonly string[] Things = ["support", "service", "parcel", "soporte", "servicio", "paquete"];

    private readonly TemporaryDirectory _certificates = new();
    private readonly WireMockServer _server;
    private readonly ConcurrentQueue<Func<JsonNode, LanguageAnswer>> _answers = new();
    private readonly ConcurrentQueue<(JsonNode Body, string? Key, string? Authorization)> _requests = new();
    private Func<JsonNode, LanguageAnswer> _last = Judge;

    public LanguageServer(TimeSpan? delay = null, bool encrypted = false)
    {
        _server = encrypted
            ? WireMockServer.Start(new WireMockServerSettings { UseSSL = true, CertificateSettings = new WireMockCertificateSettings { X509CertificateFilePath = NewCertificate(), X509CertificatePassword = "of-the-test" } })
            : WireMockServer.Start();
        var response = Response.Create().WithCallback(Answer);
        _server.Given(Request.Create().WithPath(Path).WithParam("api-version", "2023-04-01").UsingPost()).RespondWith(delay is { } pause ? response.WithDelay(pause) : response);
    }

    public string Address => _server.Url!;

    public IReadOnlyList<(JsonNode Body, string? Key, string? Authorization)> Requests => [.. _requests];

    /// <summary>All texts that ever left for it.</summary>
    public IEnumerable<string> Texts => Requests.SelectMany(r => r.Body["analysisInput"]!["documents"]!.AsArray()).Select(d => (string)d!["text"]!);

    /// <summary>The answers, one after the other; the last one stays.</summary>
    public LanguageServer Answering(params ReadOnlySpan<Func<JsonNode, LanguageAnswer>> answers)
    {
        _answers.Clear();
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
            _last = answer;
        }

        return this;
    }

    public void Dispose()
    {
        _server.Dispose();
        _certificates.Dispose();
    }

    /// <summary>What the service says, as its description and its limits have it.</summary>
    public static LanguageAnswer Judge(JsonNode request)
    {
        var kind = (string?)request["kind"];
        var documents = request["analysisInput"]?["documents"]?.AsArray();
        if (kind is not ("SentimentAnalysis" or "LanguageDetection") || documents is not { Count: > 0 })
        {
            return Refusal("InvalidRequest", "MissingInputDocuments");
        }

        if (documents.Count > (kind == "SentimentAnalysis" ? 10 : 1000))
        {
            return Refusal("InvalidRequest", "InvalidDocumentBatch");
        }

        var (good, wrong) = (new JsonArray(), new JsonArray());
        foreach (var document in documents)
        {
            var (id, text, language) = ((string)document!["id"]!, (string)document["text"]!, (string?)document["language"]);
            var error = text.Length == 0 || new StringInfo(text).LengthInTextElements > 5120 ? "InvalidDocument" : language is not (null or "en" or "es" or "fr") ? "UnsupportedLanguageCode" : null;
            if (error is not null)
            {
                wrong.Add(new JsonObject { ["id"] = id, ["error"] = new JsonObject { ["code"] = "InvalidArgument", ["message"] = "no", ["innererror"] = new JsonObject { ["code"] = error, ["message"] = "no" } } });
            }
            else
            {
                good.Add(kind == "SentimentAnalysis" ? SentimentOf(id, text, good.Count, (string?)request["parameters"]?["stringIndexType"] ?? "TextElements_v8") : LanguageOf(id, text));
            }
        }

        return new LanguageAnswer(200, new JsonObject
        {
            ["kind"] = kind + "Results",
            ["results"] = new JsonObject { ["documents"] = good, ["errors"] = wrong, ["modelVersion"] = ModelVersion },
        }.ToJsonString());
    }

    private static LanguageAnswer Refusal(string code, string inner) => new(
        400, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "no", ["innererror"] = new JsonObject { ["code"] = inner, ["message"] = "no" } } }.ToJsonString());

    private static JsonObject LanguageOf(string id, string text)
    {
        var (name, code) = text.Contains("livraison", StringComparison.OrdinalIgnoreCase) ? ("French", "fr") : text.Any(char.IsLetter) ? ("English", "en") : ("(Unknown)", "(Unknown)");
        return new JsonObject { ["id"] = id, ["detectedLanguage"] = new JsonObject { ["name"] = name, ["iso6391Name"] = code, ["confidenceScore"] = code.Length == 2 ? 1 : 0 }, ["warnings"] = new JsonArray() };
    }

    private static JsonObject SentimentOf(string id, string text, int index, string indexType)
    {
        var sentences = new JsonArray();
        var from = 0;
        while (from < text.Length)
        {
            var end = text.IndexOfAny(['.', '!', '?'], from);
            end = end < 0 ? text.Length : end + 1;
            sentences.Add(SentenceOf(text, from, end, index, sentences.Count, indexType));
            from = end;
        }

        var tones = sentences.Select(s => (string)s!["sentiment"]!).Where(t => t != "neutral").Distinct().ToArray();
        var tone = tones.Length switch { 0 => "neutral", 1 => tones[0], _ => "mixed" };
        return new JsonObject { ["id"] = id, ["sentiment"] = tone, ["confidenceScores"] = Scores(tone), ["sentences"] = sentences, ["warnings"] = new JsonArray() };
    }

    private static JsonObject SentenceOf(string text, int from, int end, int document, int sentence, string indexType)
    {
        var part = text[from..end];
        var (targets, assessments) = (new JsonArray(), new JsonArray());
        foreach (var (word, tone) in Bad.Select(w => (w, "negative")).Concat(Good.Select(w => (w, "positive"))))
        {
            if (part.IndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                assessments.Add(Placed(text, from + at, word.Length, tone, indexType));
            }
        }

        foreach (var thing in Things)
        {
            if (assessments.Count > 0 && part.IndexOf(thing, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                var target = Placed(text, from + at, thing.Length, (string)assessments[0]!["sentiment"]!, indexType);
                target["relations"] = new JsonArray(new JsonObject { ["relationType"] = "assessment", ["ref"] = $"#/documents/{document}/sentences/{sentence}/assessments/0" });
                targets.Add(target);
            }
        }

        foreach (var assessment in assessments)
        {
            assessment!["isNegated"] = false;
        }

        var whole = assessments.Count == 0 ? "neutral" : (string)assessments[0]!["sentiment"]!;
        var placed = Placed(text, from, end - from, whole, indexType);
        placed["confidenceScores"] = Scores(whole);
        (placed["targets"], placed["assessments"]) = (targets, assessments);
        return placed;
    }

    private static JsonObject Placed(string text, int at, int length, string tone, string indexType)
    {
        int Count(int start, int units) => indexType switch
        {
            "Utf16CodeUnit" => units,
            "UnicodeCodePoint" => text.AsSpan(start, units).ToString().EnumerateRunes().Count(),
            _ => new StringInfo(text.Substring(start, units)).LengthInTextElements,
        };
        return new JsonObject
        {
            ["text"] = text.Substring(at, length),
            ["offset"] = Count(0, at),
            ["length"] = Count(at, length),
            ["sentiment"] = tone,
            ["confidenceScores"] = new JsonObject { ["positive"] = tone == "positive" ? 1 : 0, ["negative"] = tone == "negative" ? 1 : 0 },
        };
    }

    private static JsonObject Scores(string tone) => tone switch
    {
        "negative" => new() { ["positive"] = 0.01, ["neutral"] = 0.04, ["negative"] = 0.95 },
        "positive" => new() { ["positive"] = 0.96, ["neutral"] = 0.03, ["negative"] = 0.01 },
        "mixed" => new() { ["positive"] = 0.4, ["neutral"] = 0.1, ["negative"] = 0.5 },
        _ => new() { ["positive"] = 0.05, ["neutral"] = 0.9, ["negative"] = 0.05 },
    };

    private string NewCertificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = _certificates["server.pfx"];
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, "of-the-test"));
        return file;
    }

    private ResponseMessage Answer(IRequestMessage request)
    {
        var body = JsonNode.Parse(request.Body ?? "{}")!;
        string? Header(string name) => request.Headers?.TryGetValue(name, out var values) == true ? values.ToString() : null;
        var (key, authorization) = (Header("Ocp-Apim-Subscription-Key"), Header("Authorization"));
        _requests.Enqueue((body, key, authorization));
        var answer = key != Key && authorization != "Bearer token-of-the-test"
            ? LanguageAnswer.Fails(401, "401")(body)
            : (_answers.TryDequeue(out var next) ? next : _last)(body);
        var headers = new Dictionary<string, WireMockList<string>> { ["Content-Type"] = new("application/json; charset=utf-8") };
        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>())
        {
            headers[name] = new(value);
        }

        return new ResponseMessage
        {
            StatusCode = answer.Status,
            Headers = headers,
            BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = answer.Body, Encoding = Encoding.UTF8 },
        };
    }
}
