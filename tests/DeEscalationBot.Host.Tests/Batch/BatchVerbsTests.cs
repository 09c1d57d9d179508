using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Batch;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Batch;

/// <summary>Shapes and words come from the contract's table of batch commands (docs/batch.md).</summary>
public sealed class BatchVerbsTests
{
    [Fact]
    public async Task Analyze_SpanishAndEnglish_AnswersTheContractsFieldsInOrder()
    {
        var (lines, code, _) = await RunAsync(
            "analyze",
            """{"id":"a","text":"Quiero hablar con su supervisor, ¡es la TERCERA vez que llamo!"}""",
            """{"id":7,"text":"Hello, when do you open?"}""",
            """{"id":"c","text":"88213"}""");

        Assert.Equal(BatchVerbs.AllAnswered, code);
        Assert.Equal(["a", "7", "c"], lines.Select(l => l["id"]!.ToString()));
        Assert.Equal(["es", "en", "und"], lines.Select(l => l["language"]!.ToString()));
        Assert.All(lines, l => Assert.InRange(l["frustration"]!.GetValue<double>(), 0, 1));
        Assert.All(lines, l => Assert.Contains(l["level"]!.ToString(), (string[])["calm", "annoyed", "frustrated", "angry", "hostile"]));
        Assert.Contains(lines[0]["signals"]!.AsArray(), s => s!["type"]!.ToString() == "managerRequest");
    }

    [Theory]
    [InlineData("¡Qué vergüenza! 😡😡 Quiero hablar con un supervisor YA")]
    [InlineData("😡 I want to speak to your manager NOW!!!")]
    [InlineData("\u202Equiero\u200B hablar con su jefe")]
    public async Task Analyze_Signals_CarryExactlyTheSliceOfTheTextAsItCameIn(string text)
    {
        var (lines, _, _) = await RunAsync("analyze", new JsonObject { ["id"] = "1", ["text"] = text }.ToJsonString());

        Assert.NotEmpty(lines[0]["signals"]!.AsArray());
        foreach (var signal in lines[0]["signals"]!.AsArray())
        {
            Assert.Equal(text.Substring(signal!["start"]!.GetValue<int>(), signal["length"]!.GetValue<int>()), signal["text"]!.ToString());
        }
    }

    [Fact]
    public async Task Analyze_Explain_AddsTheExplanationAndChangesNothingElse()
    {
        string[] input =
        [
            """{"id":"a","text":"Quiero hablar con su supervisor, ¡es la TERCERA vez que llamo!","explain":"a line asks for nothing"}""",
            """{"id":"b","text":"Thanks a lot, that was quick."}""",
            """{"id":"c","text":""}""",
            """{"id":"d"}""",
        ];

        var (plain, plainCode, _) = await RunAsync(["analyze"], input);
        var (explained, code, _) = await RunAsync(["analyze", "--explain"], input);

        Assert.Equal((BatchVerbs.SomeLinesBad, BatchVerbs.SomeLinesBad), (plainCode, code));
        Assert.All(plain, l => Assert.False(l.AsObject().ContainsKey("explanation")));
        Assert.Contains(explained[0]["explanation"]!.AsArray(), r => (double)r!["logOdds"]! > 0);
        Assert.Contains(explained[1]["explanation"]!.AsArray(), r => (double)r!["logOdds"]! < 0);
        Assert.Empty(explained[2]["explanation"]!.AsArray());
        Assert.All(explained, l => l.AsObject().Remove("explanation"));
        Assert.Equal(plain.Select(l => l.ToJsonString()), explained.Select(l => l.ToJsonString()));
    }

    [Theory]
    [InlineData("paraphrase")]
    [InlineData("review")]
    [InlineData("replay")]
    public async Task OtherVerbs_Explain_IsNoOptionOfTheirs(string verb)
    {
        var (lines, code, errors) = await RunAsync([verb, "--explain"], """{"id":"1","text":"hola"}""");

        Assert.Equal(BatchVerbs.NotStarted, code);
        Assert.Empty(lines);
        Assert.Contains("--explain", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", null, "JSON")]
    [InlineData("""[1]""", null, "object")]
    [InlineData("""{"id":"x"}""", "x", "text")]
    [InlineData("""{"text":"hola"}""", null, "id")]
    [InlineData("""{"id":"x","text":5}""", "x", "string")]
    [InlineData("""{"id":"x","text":"hola","lang":"fr"}""", "x", "lang")]
    [InlineData("""{"id":"x","text":"hola" """, null, "JSON")]
    public async Task Analyze_BadLine_GetsAnErrorInItsPlaceAndTheOthersTheirAnswers(string bad, string? id, string names)
    {
        var (lines, code, errors) = await RunAsync("analyze", """{"id":"1","text":"hola"}""", bad, """{"id":"3","text":"hello"}""");

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        Assert.Equal(3, lines.Count);
        Assert.Equal(id, lines[1]["id"]?.ToString());
        Assert.Contains(names, lines[1]["error"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("3", lines[2]["id"]!.ToString());
        Assert.Contains("1 line(s)", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_HostileInput_IsAnsweredOrRefusedLineByLine()
    {
        var (lines, code, _) = await RunAsync(
            "analyze",
            """{"id":"half","text":"mal servicio \ud83d y ya"}""",
            """{"id":"empty","text":""}""",
            """{"id":"blank","text":"   \n\t "}""",
            new JsonObject { ["id"] = "emoji", ["text"] = string.Concat(Enumerable.Repeat("😡", 10_000)) }.ToJsonString(),
            new JsonObject { ["id"] = "controls", ["text"] = "hola\u0000\u0007\u001b[31m" }.ToJsonString(),
            new JsonObject { ["id"] = "long", ["text"] = new string('a', 65_536) }.ToJsonString(),
            new JsonObject { ["id"] = "too long", ["text"] = new string('a', 65_537) }.ToJsonString(),
            new JsonObject { ["id"] = "megabyte", ["text"] = new string('b', 1 << 20) }.ToJsonString());

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        Assert.Equal(["half", "empty", "blank", "emoji", "controls", "long"], lines.Where(l => l["error"] is null).Select(l => l["id"]!.ToString()));
        Assert.All(lines.Skip(6), l => Assert.Contains("65536", l["error"]!.ToString(), StringComparison.Ordinal));
        Assert.Equal("calm", lines[1]["level"]!.ToString());
        Assert.Equal("und", lines[2]["language"]!.ToString());
    }

    [Fact]
    public async Task Analyze_ManyLines_KeepsTheirOrder()
    {
        var input = Enumerable.Range(0, 3000).Select(i => new JsonObject { ["id"] = i, ["text"] = new string('x', i % 97) + " hola" }.ToJsonString()).ToArray();

        var (lines, _, _) = await RunAsync("analyze", input);

        Assert.Equal(Enumerable.Range(0, 3000), lines.Select(l => l["id"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Paraphrase_AddressForms_AreFollowed()
    {
        var (lines, code, _) = await RunAsync(
            "paraphrase",
            """{"id":"1","text":"Llevo tres semanas esperando el reembolso de 89 euros"}""",
            """{"id":"2","text":"Llevo tres semanas esperando el reembolso de 89 euros","address":"tú"}""",
            """{"id":"3","text":"I have been waiting for my refund of $89 for three weeks","address":"vos"}""",
            """{"id":"4","text":"hola","address":"thou"}""");

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        Assert.Contains("89 euros", lines[0]["paraphrase"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("llevas", lines[1]["paraphrase"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("$89", lines[2]["paraphrase"]!.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(lines[0]["openers"]!.AsArray());
        Assert.Contains("address", lines[3]["error"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_DraftWithAFault_FindsItAndRewrites()
    {
        var (lines, code, _) = await RunAsync(
            "review",
            """{"id":"1","text":"Entiendo el problema, pero debería haber leído las condiciones.","customerText":"Me cobraron dos veces el pedido 88213"}""",
            """{"id":"2","text":"I can't promise a date, and I will write to you by 3 pm."}""",
            """{"id":"3","text":"Estimado [nombre], hasta nunca.","kind":"farewell"}""",
            """{"id":"4","text":"hola","kind":"poem"}""");

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        var rules = lines[0]["findings"]!.AsArray().Select(f => f!["rule"]!.ToString()).ToArray();
        Assert.Contains("should-statement", rules);
        Assert.Contains("88213", lines[0]["rewrite"]!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lines[1]["findings"]!.AsArray(), f => f!["severity"]!.ToString() != "note");
        Assert.Contains(lines[2]["findings"]!.AsArray(), f => f!["rule"]!.ToString() == "untouched-template");
        Assert.Contains("kind", lines[3]["error"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_TwoConversationsMixed_KeepsEachItsOwnState()
    {
        var (lines, code, _) = await RunAsync(
            "replay",
            """{"conversation":"a","speaker":"customer","text":"I want to speak to your manager","at":"2026-03-02T09:00:00Z"}""",
            """{"conversation":"b","speaker":"customer","text":"Hola, buenos días, ¿a qué hora abren?"}""",
            """{"conversation":"a","speaker":"agent","text":"I'm sorry that you had to ask. I'll get her now.","at":"2026-03-02T09:01:00Z"}""",
            """{"conversation":"a","speaker":"bot","text":"x"}""",
            """{"conversation":"b","speaker":"agent","text":"   "}""",
            """{"conversation":"a","speaker":"customer","text":"ok","at":"yesterday"}""",
            """{"conversation":"b","speaker":"agent","text":"A las nueve."}""");

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        Assert.Equal([(0, "a"), (0, "b"), (1, "a"), (1, "b")], lines.Where(l => l["error"] is null).Select(l => (l["turn"]!.GetValue<int>(), l["conversation"]!.ToString())));
        Assert.Equal("T10", lines[0]["escalation"]!["trigger"]!.ToString());
        Assert.Equal("supervisor", lines[0]["escalation"]!["urgency"]!.ToString());
        Assert.Null(lines[1]["escalation"]);
        Assert.Contains("explain", lines[2]["stepsDone"]!.AsArray().Select(s => s!.ToString()));
        Assert.Equal(["a", "b", "a"], lines.Where(l => l["error"] is not null).Select(l => l["conversation"]!.ToString()));
    }

    [Fact]
    public async Task Replay_SameInputTwice_GivesTheSameOutput()
    {
        string[] input =
        [
            """{"conversation":"a","speaker":"customer","text":"Llevo tres semanas esperando y nadie me contesta!!!"}""",
            """{"conversation":"a","speaker":"agent","text":"Lamento la espera. Voy a revisar su caso."}""",
            """{"conversation":"a","speaker":"customer","text":"Siempre lo mismo, son unos inútiles"}""",
        ];

        var first = await RunAsync("replay", input);
        var second = await RunAsync("replay", input);

        Assert.Equal(first.Lines.Select(l => l.ToJsonString()), second.Lines.Select(l => l.ToJsonString()));
    }

    [Fact]
    public async Task Process_FromAnotherDirectory_WritesAnswersOnlyToStandardOutput()
    {
        var program = typeof(BatchVerbs).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, "analyze"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync("{\"id\":\"ñ\",\"text\":\"¿Cuándo abren?\"}\n");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.StartsWith("{\"id\":\"ñ\",\"language\":\"es\"", output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd('\n').Split('\n'));
        Assert.Equal(string.Empty, await errors);
    }

    private static async Task<(List<JsonNode> Lines, int Code, string Errors)> RunAsync(string verb, params string[] input) => await RunAsync([verb], input);

    private static async Task<(List<JsonNode> Lines, int Code, string Errors)> RunAsync(string[] args, params string[] input)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await BatchVerbs.RunAsync(args, new StringReader(string.Join('\n', input)), output, errors, SharedRules.AddTo);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        return (lines, code, errors.ToString());
    }
}
