using System.Net;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Host.Tests.LanguageModel;

namespace DeEscalationBot.Host.Tests.Coaching;

public sealed class WritingEndpointTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Complaint = "I have been waiting three weeks for the refund of order 4471 and nobody answers me.";

    private RunningHost Host => fixture.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("paraphrase")]
    [InlineData("nextReply")]
    [InlineData("handoverSummary")]
    [InlineData("apologyLetter")]
    public async Task Text_WithoutLanguageModel_IsOurs(string kind)
    {
        await Host.SayAsync("w1", "m1", "customer", Complaint);

        var (status, body) = await Host.PostAsync("/api/v1/conversations/w1/texts", $$"""{"kind":"{{kind}}"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((kind, "en", "offline", "switchedOff"), ((string?)body!["kind"], (string?)body["language"], (string?)body["origin"], (string?)body["reason"]));
        Assert.NotEmpty((string)body["text"]!);
    }

    [Fact]
    public async Task Letter_SaysWhatIsMissing()
    {
        await Host.SayAsync("w2", "m1", "customer", Complaint);

        var (_, body) = await Host.PostAsync("/api/v1/conversations/w2/texts", """{"kind":"apologyLetter","problem":"the late refund","actions":"we are checking order 4471"}""");

        Assert.Equal(["resultsBy", "contact"], body!["missing"]!.AsArray().Select(m => (string?)m));
        Assert.Contains("the late refund", (string?)body["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/conversations/w3/texts", """{"kind":"poem"}""", 400)]
    [InlineData("/api/v1/conversations/w3/texts", "{}", 400)]
    [InlineData("/api/v1/conversations/w3/texts", """{"kind":"rewriteDraft"}""", 400)]
    [InlineData("/api/v1/conversations/nobody/texts", """{"kind":"paraphrase"}""", 404)]
    [InlineData("/api/v1/conversations/nobody/texts/stream", """{"kind":"paraphrase"}""", 404)]
    public async Task WhatCannotBeAnswered_IsAProblem(string path, string json, int status)
    {
        await Host.SayAsync("w3", "m1", "customer", Complaint);

        Assert.Equal(status, (int)(await Host.PostAsync(path, json)).Status);
    }

    [Fact]
    public async Task LanguageModelSetUp_StreamsOfflineWordsFirstAndTheModelsLast()
    {
        const string Answer = "I am sorry that you have been waiting three weeks for the refund of order 4471 without an answer. What were you told the last time you asked?";
        using var server = new ModelServer().Answering(ModelAnswer.Says(Answer));
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, "--LanguageModel:Enabled=true", $"--LanguageModel:Endpoint={server.Address}", "--LanguageModel:Model=m", "--LanguageModel:AttemptTimeout=00:01:00", "--LanguageModel:TotalTimeout=00:02:00");
        await host.SayAsync("w4", "m1", "customer", Complaint);

        using var content = new StringContent("""{"kind":"nextReply"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await host.Client.PostAsync(new Uri("/api/v1/conversations/w4/texts/stream", UriKind.Relative), content, Token);
        var events = (await response.Content.ReadAsStringAsync(Token)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(e => System.Text.Json.Nodes.JsonNode.Parse(e.Split("data: ")[1])!).ToList();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("offline", (string?)events[0]["result"]!["origin"]);
        Assert.Equal(("languageModel", Answer, true), ((string?)events[^1]["result"]!["origin"], (string?)events[^1]["text"], (bool?)events[^1]["isFinal"]));
    }

    [Fact]
    public async Task LanguageModelWithoutEndpoint_StopsTheStart()
    {
        using var data = new TemporaryDirectory();

        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => RunningHost.StartAsync(data.Path, null, "--LanguageModel:Enabled=true"));

        Assert.Contains("LanguageModel:Endpoint", refusal.Message, StringComparison.Ordinal);
    }
}
