using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.Http;

public class TextEndpointTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private RunningHost Host => fixture.Host;

    [Fact]
    public async Task Analyze_Text_AnswersTheFieldsOfTheVerb()
    {
        var (status, answer) = await Host.PostAsync("/api/v1/analyze", """{"id":"a-1","text":"This is the third time I ask and nobody answers me!!!"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["id", "language", "frustration", "level", "signals"], answer!.AsObject().Select(p => p.Key));
        Assert.Equal(("a-1", "en"), ((string?)answer["id"], (string?)answer["language"]));
        Assert.NotEmpty(answer["signals"]!.AsArray());
    }

    [Theory]
    [InlineData("I have asked three times and NOBODY answers!!!", "en")]
    [InlineData("Llevo tres semanas esperando y NADIE contesta 😡", "es")]
    public async Task Analyze_Explain_SaysWhatMadeTheScore(string text, string language)
    {
        var (status, answer) = await Host.PostAsync("/api/v1/analyze", new JsonObject { ["text"] = text, ["explain"] = true }.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["id", "language", "frustration", "level", "signals", "explanation"], answer!.AsObject().Select(p => p.Key));
        Assert.Equal(language, (string?)answer["language"]);
        var reasons = answer["explanation"]!.AsArray();
        Assert.InRange(reasons.Count, 1, ScoreExplanation.MostContributions);
        foreach (var reason in reasons.Select(r => r!.AsObject()))
        {
            // Either a cue alone, or words with perhaps a signal; what does not apply is absent and never null.
            Assert.NotEqual(reason.ContainsKey("cue"), reason.ContainsKey("text"));
            Assert.DoesNotContain(reason, p => p.Value is null);
            if (reason["text"] is { } words)
            {
                Assert.Equal(text.Substring((int)reason["start"]!, (int)reason["length"]!), (string?)words);
            }
        }

        var weights = reasons.Select(r => Math.Abs((double)r!["logOdds"]!)).ToArray();
        Assert.Equal(weights.OrderDescending(), weights);
    }

    [Theory]
    [InlineData("\"text\":\"hola\"")]
    [InlineData("\"text\":\"hola\",\"explain\":false")]
    [InlineData("\"text\":\"hola\",\"explain\":null")]
    public async Task Analyze_NoExplain_AnswersWithoutIt(string fields)
    {
        var (_, answer) = await Host.PostAsync("/api/v1/analyze", $"{{{fields}}}");

        Assert.False(answer!.AsObject().ContainsKey("explanation"));
    }

    [Fact]
    public async Task Analyze_ExplainNothing_IsAnEmptyList()
    {
        var (status, answer) = await Host.PostAsync("/api/v1/analyze", """{"text":"","explain":true}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(answer!["explanation"]!.AsArray());
    }

    [Theory]
    [InlineData("\"yes\"")]
    [InlineData("1")]
    [InlineData("{}")]
    public async Task Analyze_ExplainIsNoYesOrNo_IsRefusedWithASentence(string explain)
    {
        var (status, answer) = await Host.PostAsync("/api/v1/analyze", $$"""{"text":"hola","explain":{{explain}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("must be true or false", answer!["errors"]!["explain"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    public async Task Analyze_AnyId_IsGivenBackAsItCame(string id)
    {
        var (_, answer) = await Host.PostAsync("/api/v1/analyze", $$"""{"id":{{id}},"text":"hola"}""");

        Assert.Equal(id, answer!["id"]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \\t\\n")]
    [InlineData("\\u200b\\u202e\\u0000")]
    public async Task Analyze_TextWithNothingToSee_IsCalmAndUndetermined(string text)
    {
        var (status, answer) = await Host.PostAsync("/api/v1/analyze", $$"""{"text":"{{text}}"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("calm", "und"), ((string?)answer!["level"], (string?)answer["language"]));
    }

    [Fact]
    public async Task Analyze_HintedLanguage_Wins()
    {
        var (_, answer) = await Host.PostAsync("/api/v1/analyze", """{"text":"ok","lang":"es-MX"}""");

        Assert.Equal("es", (string?)answer!["language"]);
    }

    [Fact]
    public async Task Paraphrase_Text_AnswersTheFieldsOfTheVerb()
    {
        var (status, answer) = await Host.PostAsync("/api/v1/paraphrase", """{"id":"p","text":"Llevo tres semanas esperando mi reembolso y nadie me responde","address":"tú"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["id", "language", "paraphrase", "openers"], answer!.AsObject().Select(p => p.Key));
        Assert.False(string.IsNullOrWhiteSpace((string?)answer["paraphrase"]));
    }

    [Fact]
    public async Task ReviewDraft_Draft_AnswersTheFieldsOfTheVerb()
    {
        var (status, answer) = await Host.PostAsync("/api/v1/drafts/review", """{"id":"r","text":"Entiendo el problema.","customerText":"Llevo tres semanas esperando","kind":"reply"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["id", "language", "findings", "rewrite", "effect"], answer!.AsObject().Select(p => p.Key));
    }

    [Theory]
    [InlineData("/api/v1/analyze", "{}", "text")]
    [InlineData("/api/v1/analyze", """{"text":5}""", "text")]
    [InlineData("/api/v1/analyze", """{"text":"x","lang":"de"}""", "lang")]
    [InlineData("/api/v1/paraphrase", """{"text":"x","address":"sie"}""", "address")]
    [InlineData("/api/v1/paraphrase", "{}", "text")]
    [InlineData("/api/v1/drafts/review", """{"text":"x","kind":"joke"}""", "kind")]
    [InlineData("/api/v1/drafts/review", """{"text":"x","customerText":7}""", "customerText")]
    [InlineData("/api/v1/drafts/review", "{}", "text")]
    public async Task Post_FieldThatCannotBeUsed_Answers400WithASentence(string path, string body, string field)
    {
        var (status, problem) = await Host.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotNull(problem!["errors"]![field]);
    }

    [Theory]
    [InlineData("/api/v1/analyze", "text")]
    [InlineData("/api/v1/paraphrase", "text")]
    [InlineData("/api/v1/drafts/review", "text")]
    [InlineData("/api/v1/drafts/review", "customerText")]
    public async Task Post_TextTooLong_Answers413(string path, string field)
    {
        var text = new string('x', MessageText.MaxLength + 1);
        var (status, _) = await Host.PostAsync(path, field == "text" ? $$"""{"text":"{{text}}"}""" : $$"""{"text":"x","{{field}}":"{{text}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Theory]
    [InlineData("/api/v1/analyze")]
    [InlineData("/api/v1/paraphrase")]
    [InlineData("/api/v1/drafts/review")]
    public async Task Post_WrongTypeOrBrokenOrWrongMethod_IsAProblem(string path)
    {
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Host.PostAsync(path, "{}", "text/plain")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync(path, "{")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Host.GetAsync(path)).Status);
    }
}
