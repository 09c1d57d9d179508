using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Scoring.AzureLanguage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Scoring.AzureLanguage;

/// <summary>Our client against a server that speaks the service's protocol, well and badly.</summary>
public sealed class AzureLanguageReaderTests : IDisposable
{
    private const string Angry = "Your support is terrible!";

    private readonly LanguageServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Read_NegativeMessage_GivesToneAndOpinion()
    {
        using var context = new ReaderContext(_server.Address);
        var reading = (await context.AskAsync("👩‍🚀 " + Angry)).Reading!;

        Assert.Equal((Sentiment.Negative, 0.95, 0.95, "en", LanguageServer.ModelVersion), (reading.Sentiment, reading.Shares.Negative.Value, reading.SharpestNegative.Value, reading.Language, reading.ModelVersion));
        var opinion = Assert.Single(reading.Opinions);
        Assert.Equal(("terrible", "support", Sentiment.Negative), (opinion.Words.Text, opinion.About?.Text, opinion.Sentiment));
        Assert.Equal(LanguageServer.Key, _server.Requests[0].Key);
    }

    // What is sent holds nothing of the customer's cards and addresses; what comes back lies where it lies in the message as it came in.
    [Fact]
    public async Task Read_PersonalData_StaysHere_AndOffsetsAreThoseOfTheMessage()
    {
        const string Text = "Soy ana.perez@correo.example, tarjeta 4111 1111 1111 1111. El soporte es pésimo. Llame al +34 612 345 678, es inútil.";
        using var context = new ReaderContext(_server.Address);
        var reading = (await context.AskAsync(Text, MessageLanguage.Spanish)).Reading!;

        Assert.Equal("Soy [EMAIL], tarjeta [CARD]. El soporte es pésimo. Llame al [PHONE], es inútil.", Assert.Single(_server.Texts));
        Assert.Equal(["pésimo", "inútil"], reading.Opinions.Select(o => o.Words.Text));
        Assert.All(reading.Opinions, o => Assert.Equal(o.Words.Text, Text.Substring(o.Words.Start, o.Words.Length)));
        Assert.Equal("soporte", reading.Opinions[0].About?.Text);
    }

    [Fact]
    public async Task Read_UnknownLanguage_AsksForItFirst()
    {
        using var context = new ReaderContext(_server.Address);
        var answers = await context.Reader.ReadAsync(
            [
                new SentimentQuestion("La livraison est terrible", MessageLanguage.Undetermined),
                new SentimentQuestion("👍", MessageLanguage.Undetermined, MessageLanguage.Spanish),
                new SentimentQuestion("👍", MessageLanguage.Undetermined),
                new SentimentQuestion("ok", MessageLanguage.English),
            ],
            Token);

        Assert.Equal(["fr", "es", null, "en"], answers.Select(a => a.Reading?.Language));
        Assert.Equal(OpinionFailure.Rejected, answers[2].Failure);
        Assert.Equal(["LanguageDetection", "SentimentAnalysis"], _server.Requests.Select(r => (string?)r.Body["kind"]));
        Assert.Equal(3, _server.Requests[0].Body["analysisInput"]!["documents"]!.AsArray().Count);
    }

    // 23 messages make three requests; a text of three times the limit makes parts of which none is too long and that together are the text.
    [Fact]
    public async Task Read_ManyAndLong_KeepsToTheLimits()
    {
        using var context = new ReaderContext(_server.Address);
        var many = await context.Reader.ReadAsync([.. Enumerable.Range(0, 23).Select(i => new SentimentQuestion($"Message {i}", MessageLanguage.English))], Token);
        Assert.All(many, a => Assert.NotNull(a.Reading));
        Assert.Equal([10, 10, 3], _server.Requests.Select(r => r.Body["analysisInput"]!["documents"]!.AsArray().Count));

        var sentence = "One 👩‍🚀 and a long way home. ";
        var text = string.Concat(Enumerable.Repeat(sentence, 5120 * 3 / new StringInfo(sentence).LengthInTextElements)) + Angry;
        var before = _server.Texts.Count();
        var reading = (await context.AskAsync(text)).Reading!;
        var parts = _server.Texts.Skip(before).ToArray();
        Assert.Equal(text, string.Concat(parts));
        Assert.True(parts.Length >= 3);
        Assert.All(parts.SkipLast(1), p => Assert.EndsWith(". ", p, StringComparison.Ordinal));
        Assert.Equal(0.95, reading.SharpestNegative.Value);
        Assert.Equal(text.IndexOf("terrible", StringComparison.Ordinal), Assert.Single(reading.Opinions).Words.Start);
    }

    [Fact]
    public async Task Read_OneDocumentIsRefused_TheOthersAreRead()
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Changed(body =>
        {
            var documents = body["results"]!["documents"]!.AsArray();
            documents.RemoveAt(0);
            body["results"]!["errors"]!.AsArray().Add(new JsonObject { ["id"] = "0.0", ["error"] = new JsonObject { ["code"] = "InvalidArgument", ["innererror"] = new JsonObject { ["code"] = "UnsupportedLanguageCode" } } });
        }));

        var answers = await context.Reader.ReadAsync([new("first", MessageLanguage.English), new("second", MessageLanguage.English)], Token);
        Assert.Equal([OpinionFailure.Rejected, null], answers.Select(a => a.Failure));
        Assert.NotNull(answers[1].Reading);
    }

    [Theory]
    [InlineData(400, OpinionFailure.Rejected)]
    [InlineData(401, OpinionFailure.Refused)]
    [InlineData(403, OpinionFailure.Refused)]
    [InlineData(404, OpinionFailure.Rejected)]
    [InlineData(408, OpinionFailure.TooLate)]
    [InlineData(429, OpinionFailure.Throttled)]
    [InlineData(500, OpinionFailure.Unavailable)]
    [InlineData(503, OpinionFailure.Unavailable)]
    [InlineData(302, OpinionFailure.Unreadable)]
    public async Task Read_ServiceFails_SaysWhy(int status, OpinionFailure expected)
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Fails(status));
        Assert.Equal(SentimentAnswer.None(expected), await context.AskAsync(Angry));
        Assert.Single(_server.Requests);

        // It is logged once, with what to do, and without the customer's words or the key.
        await context.AskAsync(Angry);
        Assert.Single(context.Log.Lines, l => l.Contains("gives no opinion", StringComparison.Ordinal));
        Assert.DoesNotContain(context.Log.Lines, l => l.Contains("terrible", StringComparison.Ordinal) || l.Contains(LanguageServer.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_WrongKey_IsRefused()
    {
        using var context = new ReaderContext(_server.Address, settings: ("Key", "wrong"));
        Assert.Equal(OpinionFailure.Refused, (await context.AskAsync(Angry)).Failure);
    }

    [Fact]
    public async Task Read_NobodyThere_IsUnavailable()
    {
        using var context = new ReaderContext("http://127.0.0.1:9");
        Assert.Equal(OpinionFailure.Unavailable, (await context.AskAsync(Angry)).Failure);
    }

    [Fact]
    public async Task Read_FaultThatPasses_IsRepeated_WhereNobodyWaits()
    {
        using var context = new ReaderContext(_server.Address, settings: ("Retries", "2"));
        _server.Answering(LanguageAnswer.Fails(503), LanguageAnswer.Fails(429, "TooManyRequests", "0"), LanguageServer.Judge);
        Assert.NotNull((await context.AskAsync(Angry)).Reading);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task Read_Replacement_IsNeverRepeated_AndNeverWaitsLongerThanItsDeadline()
    {
        // A clock that stands still keeps a busy machine from being too late here.
        using var context = new ReaderContext(_server.Address, new FakeTimeProvider(), null, ("Mode", "Replacement"), ("Retries", "5"));
        _server.Answering(LanguageAnswer.Fails(503), LanguageServer.Judge);
        Assert.Equal(OpinionFailure.Unavailable, (await context.AskAsync(Angry)).Failure);
        Assert.Single(_server.Requests);
        Assert.Equal(OpinionUse.Instead, context.Reader.Use);

        using var slow = new LanguageServer(TimeSpan.FromMinutes(1));
        using var waiting = new ReaderContext(slow.Address, null, null, ("Mode", "Replacement"), ("ReplacementDeadline", "00:00:00.100"));
        Assert.Equal(OpinionFailure.TooLate, (await waiting.AskAsync(Angry)).Failure);
    }

    // A service that is always too late must not hold every message: after four it is left alone.
    [Fact]
    public async Task Read_SlowService_IsLeftAlone()
    {
        using var slow = new LanguageServer(TimeSpan.FromMinutes(1));
        using var context = new ReaderContext(slow.Address, null, null, ("Mode", "Replacement"), ("ReplacementDeadline", "00:00:00.100"), ("BreakerPause", "00:10:00"), ("BreakerWindow", "00:10:00"));
        var failures = new List<OpinionFailure?>();
        for (var i = 0; i < 5; i++)
        {
            failures.Add((await context.AskAsync(Angry)).Failure);
        }

        Assert.Equal([OpinionFailure.TooLate, OpinionFailure.TooLate, OpinionFailure.TooLate, OpinionFailure.TooLate, OpinionFailure.LeftAlone], failures);
    }

    [Fact]
    public async Task Read_ServiceAsksForAPause_GetsIt()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
        using var context = new ReaderContext(_server.Address, clock);
        _server.Answering(LanguageAnswer.Fails(429, "TooManyRequests", "60"), LanguageServer.Judge);
        Assert.Equal(OpinionFailure.Throttled, (await context.AskAsync(Angry)).Failure);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(OpinionFailure.Throttled, (await context.AskAsync(Angry)).Failure);
        Assert.Single(_server.Requests);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await context.AskAsync(Angry)).Reading);
        Assert.Contains(context.Log.Lines, l => l.Contains("answers again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_NobodyWantsToKnow_StopsAndIsNoFailure()
    {
        using var slow = new LanguageServer(TimeSpan.FromMinutes(1));
        using var context = new ReaderContext(slow.Address);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = context.Reader.ReadAsync([new SentimentQuestion(Angry, MessageLanguage.English)], gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Empty(context.Log.Lines);
    }

    [Fact]
    public async Task Read_ByEntra_SendsATokenForTheService_AndNoKey()
    {
        var tokens = new ReaderContext.OneToken();
        using var encrypted = new LanguageServer(encrypted: true);
        using var context = new ReaderContext(
            encrypted.Address,
            null,
            s => s.AddKeyedSingleton<TokenCredential>(AzureLanguageServices.ServiceKey, tokens).AddKeyedSingleton<HttpPipelineTransport>(AzureLanguageServices.ServiceKey, (_, _) => ReaderContext.TrustingTransport()),
            ("Key", ""),
            ("UseEntra", "true"));

        Assert.NotNull((await context.AskAsync(Angry)).Reading);
        Assert.Equal([(null, "Bearer token-of-the-test")], encrypted.Requests.Select(r => (r.Key, r.Authorization)));
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], tokens.AskedFor!);
    }

    public static TheoryData<string, string> Nonsense { get; } = new()
    {
        { "no JSON", "<html>welcome to the airport</html>" },
        { "nothing", "" },
        { "null", "null" },
        { "a list", "[]" },
        { "another kind", """{"kind":"LanguageDetectionResults","results":{"documents":[],"errors":[],"modelVersion":"x"}}""" },
        { "no results", """{"kind":"SentimentAnalysisResults"}""" },
        { "no document", """{"kind":"SentimentAnalysisResults","results":{"documents":[],"errors":[],"modelVersion":"x"}}""" },
        { "too deep", """{"kind":"SentimentAnalysisResults","results":""" + new string('[', 100) + new string(']', 100) + "}" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Read_Nonsense_IsUnreadable(string what, string body)
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Sends(body));
        var failure = (await context.AskAsync(Angry)).Failure;
        Assert.True(failure == OpinionFailure.Unreadable, $"{what}: {failure}");
    }

    // Each path leads into the server's own right answer; the value there makes it a lie.
    [Theory]
    [InlineData("results/documents/0/id", "\"1.0\"")]
    [InlineData("results/documents/0/id", "\"\"")]
    [InlineData("results/documents/0/id", "7")]
    [InlineData("results/documents/0/sentiment", "\"furious\"")]
    [InlineData("results/documents/0/confidenceScores/negative", "1.01")]
    [InlineData("results/documents/0/confidenceScores/negative", "-1")]
    [InlineData("results/documents/0/confidenceScores/negative", "\"NaN\"")]
    [InlineData("results/documents/0/confidenceScores", "null")]
    [InlineData("results/documents/0/sentences", "{}")]
    [InlineData("results/documents/0/sentences/0/confidenceScores/negative", "1e300")]
    [InlineData("results/documents/0/sentences/0/assessments/0/offset", "-1")]
    [InlineData("results/documents/0/sentences/0/assessments/0/offset", "18")]
    [InlineData("results/documents/0/sentences/0/assessments/0/offset", "2147483647")]
    [InlineData("results/documents/0/sentences/0/assessments/0/offset", "99999999999")]
    [InlineData("results/documents/0/sentences/0/assessments/0/length", "0")]
    [InlineData("results/documents/0/sentences/0/assessments/0/length", "2147483647")]
    [InlineData("results/documents/0/sentences/0/targets/0/offset", "26")]
    [InlineData("results/documents/0/sentences/0/targets/0/relations/0/ref", "7")]
    public async Task Read_Lie_IsUnreadable(string path, string value)
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Changed(body => Put(body, path.Split('/'), JsonNode.Parse(value))));
        Assert.Equal(OpinionFailure.Unreadable, (await context.AskAsync(Angry)).Failure);
    }

    // What is no lie about the message is passed over: pointers that lead nowhere, versions that are prose, fields that nobody knows.
    [Theory]
    [InlineData("results/documents/0/sentences/0/targets/0/relations/0/ref", "\"#/documents/9/sentences/9/assessments/9\"")]
    [InlineData("results/documents/0/sentences/0/targets/0/relations", "null")]
    [InlineData("results/documents/0/sentences/0/targets", "null")]
    public async Task Read_PointerThatLeadsNowhere_LosesOnlyWhatIsJudged(string path, string value)
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Changed(body => Put(body, path.Split('/'), JsonNode.Parse(value))));
        var opinion = Assert.Single((await context.AskAsync(Angry)).Reading!.Opinions);
        Assert.Equal(("terrible", null), (opinion.Words.Text, opinion.About));
    }

    [Fact]
    public async Task Read_TextsOfTheAnswer_AreNeverKept()
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Changed(body =>
        {
            Put(body, ["results", "documents", "0", "sentences", "0", "assessments", "0", "text"], "<script>alert(1)</script>");
            Put(body, ["results", "modelVersion"], "<script>alert(1)</script>");
            body["results"]!["documents"]![0]!["another"] = "field";
        }));
        var reading = (await context.AskAsync(Angry)).Reading!;
        Assert.Equal(("terrible", ""), (reading.Opinions[0].Words.Text, reading.ModelVersion));
    }

    [Fact]
    public async Task Read_OffsetWithinALetter_IsUnreadable()
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Changed(body => Put(body, ["results", "documents", "0", "sentences", "0", "assessments", "0", "offset"], 1)));
        Assert.Equal(OpinionFailure.Unreadable, (await context.AskAsync("😡 the support is terrible")).Failure);
    }

    [Fact]
    public async Task Read_EndlessAnswer_IsBrokenOff()
    {
        using var context = new ReaderContext(_server.Address);
        _server.Answering(LanguageAnswer.Sends("{\"kind\":\"" + new string('x', 3 << 20)));
        Assert.Equal(OpinionFailure.Unreadable, (await context.AskAsync(Angry)).Failure);
    }

    private static void Put(JsonNode body, string[] path, JsonNode? value)
    {
        var node = path.SkipLast(1).Aggregate(body, (n, step) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? n[i]! : n[step]!);
        node[path[^1]] = value;
    }
}
