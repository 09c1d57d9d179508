using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Batch;
using DeEscalationBot.Host.Tests.Fixtures;
using SkiaSharp;

namespace DeEscalationBot.Host.Tests.Batch.Evaluation;

/// <summary>Shapes and words come from docs/batch.md; figures are reckoned from what <c>analyze</c> says of the same messages.</summary>
public sealed class EvaluateVerbTests : IDisposable
{
    // Two conversations and two lone messages; the clear cases are clear in both languages.
    private const string Sample = """
        id,conversation,lang,level,signals,text
        m1,c1,es,3,repeatContact;managerRequest,"Es la TERCERA vez que llamo, quiero hablar con su supervisor"
        m2,c1,es,calm,,"Hola, ¿a qué hora abren?"
        m3,c2,en,Angry,managerRequest,"This is the third time I ask!!! Get me your manager NOW"
        m4,c2,en,0,relief,"Thanks, it works now"
        m5,,en,0,,What does the blue button do?
        m6,,es,2,unheard,"Llevo tres semanas esperando y nadie me contesta, es una vergüenza"
        """;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_LevelsAndSignals_AgreesWithWhatAnalyzeSays()
    {
        var (output, code, errors) = await EvaluateAsync(Sample, "--json", "--per-day", "60");

        Assert.Equal((BatchVerbs.AllAnswered, string.Empty), (code, errors));
        var result = JsonNode.Parse(output)!;
        Assert.Equal((6, 3), (Int(result["overall"]!["messages"]), Int(result["overall"]!["frustrated"])));
        Assert.Equal(["en", "es"], result["languages"]!.AsObject().Select(l => l.Key));
        var chances = await AnalyzeAsync(Sample);
        Assert.Equal(Enumerable.Range(1, 19).Select(k => k / 20.0), result["thresholds"]!.AsArray().Select(t => Double(t!["threshold"])));
        foreach (var row in result["thresholds"]!.AsArray())
        {
            var alerted = chances.Where(c => c.Chance >= Double(row!["threshold"])).ToArray();
            Assert.Equal(alerted.Count(c => c.IsFrustrated), Int(row!["hits"]));
            Assert.Equal(alerted.Count(c => !c.IsFrustrated), Int(row["falseAlarms"]));
            Assert.Equal(3 - alerted.Count(c => c.IsFrustrated), Int(row["misses"]));
            Assert.Equal(alerted.Length * 10, Double(row["alertsPerDay"]), 3); // 60 a day, 6 in the file
            Assert.Equal(100.0 * alerted.Count(c => !c.IsFrustrated) / 6, Double(row["falseAlarmsPer100"]), 3);
        }

        Assert.Equal(chances.Average(c => Math.Pow(c.Chance - (c.IsFrustrated ? 1 : 0), 2)), Double(result["overall"]!["brier"]), tolerance: 1e-4); // told with four decimals
        Assert.Equal(6, result["levels"]!["confusion"]!.AsArray().Sum(r => r!.AsArray().Sum(Int)));
        var manager = result["signals"]!["types"]!.AsArray().Single(s => s!["type"]!.ToString() == "managerRequest")!;
        Assert.Equal((2, 2, 0, 1.0), (Int(manager["labelled"]), Int(manager["hits"]), Int(manager["falseAlarms"]), Double(manager["f1"])));
        Assert.Null(result["worst"]);
        Assert.Contains("2 false alarms", result["recommended"]!["reason"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sep=;\r\nText;Frustrated;lang\r\n\"Es la tercera vez; nadie contesta\";VERDADERO;es-MX\r\nHola, buenos días;falso;es\r\n")]
    [InlineData("frustrated\ttext\nSÍ\tEs la tercera vez, nadie contesta\nno\tHola, buenos días\n")]
    [InlineData("{\"text\":\"Es la tercera vez, nadie contesta\",\"frustrated\":true}\n\n{\"text\":\"Hola, buenos días\",\"frustrated\":0}")]
    [InlineData("{\"text\":\"Third time, nobody answers!\",\"level\":2,\"id\":7,\"signals\":[\"repeatContact\"]}\r\n{\"text\":\"Hello\",\"level\":\"calm\",\"signals\":\"\"}")]
    public async Task Json_FilesAsProgramsWriteThem_AreRead(string content)
    {
        var (output, code, errors) = await EvaluateAsync("\uFEFF" + content, "--json");

        Assert.Equal((BatchVerbs.AllAnswered, string.Empty), (code, errors));
        Assert.Equal((2, 1), (Int(JsonNode.Parse(output)!["overall"]!["messages"]), Int(JsonNode.Parse(output)!["overall"]!["frustrated"])));
    }

    [Fact]
    public async Task Csv_BrokenLines_AreAllReportedByNumberWithoutTheirText()
    {
        const string Content = """
            text,level,frustrated,lang,signals,conversation
            "Dos líneas
            en una celda, ¡basta!",3,,es,,

            secreto uno,5,,,,
            secreto dos,,quizá,,,
            secreto tres,,,,,
            secreto cuatro,3,no,,,
            secreto cinco,1,,fr,,
            secreto seis,1,,,annoyance,
            "   ",1,,,,
            secreto siete, sin comillas,1,,,,
            sec"reto ocho,1,,,,
            Hola,0,,,,
            """;

        var (output, code, errors) = await EvaluateAsync(Content, "--json");

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        Assert.Equal((2, 9), (Int(JsonNode.Parse(output)!["overall"]!["messages"]), Int(JsonNode.Parse(output)!["brokenLines"])));
        string[][] expected =
        [
            ["line 5:", "'level'", "0, 1, 2, 3, 4"], ["line 6:", "'frustrated'", "yes or no"], ["line 7:", "missing"], ["line 8:", "contradicts"], ["line 9:", "'lang'"],
            ["line 10:", "'annoyance'", "managerRequest"], ["line 11:", "'text'", "empty"], ["line 12:", "7 cells", "6"], ["line 13:", "quotation mark"],
        ];
        var lines = errors.TrimEnd().Split('\n');
        Assert.Equal(9, lines.Length);
        Assert.All(expected.Zip(lines), p => Assert.All(p.First, word => Assert.Contains(word, p.Second, StringComparison.Ordinal)));
        Assert.DoesNotContain("secreto", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonLines_BrokenOnes_AreReportedByNumber()
    {
        var (_, code, errors) = await EvaluateAsync("""
            {"text":"Ya basta","frustrated":true}
            {"text":"Hola","frustrated":
            {"text":5,"frustrated":false}
            {"text":"Hola","frustrated":false,"signals":{"a":1}}
            {"text":"Hola","frustrated":false}
            """);

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        string[] expected = ["line 2: This is not JSON", "line 3: 'text' must be a string", "line 4: 'signals' must be names"];
        Assert.Equal(expected, errors.TrimEnd().Split('\n').Zip(expected, (line, start) => line[..Math.Min(line.Length, start.Length)]));
    }

    [Fact]
    public async Task Csv_QuoteNeverClosed_SaysWhichLinesItSwallowed()
    {
        var (_, code, errors) = await EvaluateAsync("text,frustrated\nYa basta,1\nHola,0\n\"Hola,0\nAdiós,0\n");

        Assert.Equal(BatchVerbs.SomeLinesBad, code);
        Assert.StartsWith("line 4:", errors, StringComparison.Ordinal);
        Assert.Contains("quotation mark", errors, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string[]> Refusals { get; } = new()
    {
        { [], ["empty"] },
        { "text,level\n"u8.ToArray(), ["no messages"] },
        { "texto;nivel\nhola;1\n"u8.ToArray(), ["'text'", "'texto', 'nivel'"] },
        { "text,nivel\nhola,1\n"u8.ToArray(), ["'level' or 'frustrated'", "'text', 'nivel'"] },
        { "text,level,Level\nhola,1,1\n"u8.ToArray(), ["'level'", "more than once"] },
        { "text,level\nhola,0\nbuenas,calm\n"u8.ToArray(), ["(2)", "labelled not frustrated"] },
        { "text,frustrated\nya basta,1\n"u8.ToArray(), ["labelled frustrated"] },
        { "text,level\nhola,9\n"u8.ToArray(), ["line 2", "No line can be used"] },
        { Encoding.Latin1.GetBytes("text,level\nhola,0\nmañana,2\n"), ["UTF-8", "line 3", "CSV UTF-8"] },
        { Encoding.Unicode.GetBytes("\uFEFFtext,level\nhola,0\n"), ["UTF-16"] },
        { Encoding.Unicode.GetBytes("text,level\nhola,0\n"), ["UTF-16"] },
        { "PK\u0003\u0004 rest of a workbook"u8.ToArray(), ["Excel"] },
        { "[{\"text\":\"hola\",\"level\":0}]"u8.ToArray(), ["one object a line"] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task File_ThatCannotBeEvaluated_IsRefusedWithWhatToDo(byte[] content, string[] words)
    {
        var (output, code, errors) = await EvaluateAsync(content);

        Assert.Equal((BatchVerbs.NotStarted, string.Empty), (code, output));
        Assert.All(words, word => Assert.Contains(word, errors, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--data", "nowhere.csv")]
    [InlineData("--data", "nowhere.csv", "--cost-ratio", "0")]
    [InlineData("--data", "nowhere.csv", "--cost-ratio", "1,5")]
    [InlineData("--data", "nowhere.csv", "--per-day", "NaN")]
    [InlineData("--data", "nowhere.csv", "--what")]
    public async Task Arguments_Wrong_AreRefusedOnStandardErrorAlone(params string[] arguments)
    {
        var (output, code, errors) = await RunAsync(arguments);

        Assert.Equal((BatchVerbs.NotStarted, string.Empty), (code, output));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task CostRatio_DearerMiss_NeverRaisesTheThreshold()
    {
        var thresholds = new List<double>();
        foreach (var ratio in (string[])["0.1", "1", "2", "20"])
        {
            var (output, _, _) = await EvaluateAsync(Sample, "--json", "--cost-ratio", ratio);
            thresholds.Add(Double(JsonNode.Parse(output)!["recommended"]!["threshold"]));
        }

        Assert.Equal(thresholds.OrderDescending(), thresholds);
    }

    [Fact]
    public async Task Table_FewFrustrated_WarnsAndKeepsTheTextToItself()
    {
        var (output, code, _) = await EvaluateAsync(Sample);

        Assert.Equal(BatchVerbs.AllAnswered, code);
        Assert.Contains("Recommended threshold: 0.", output, StringComparison.Ordinal);
        Assert.Contains("Frustrated messages: only 3.", output, StringComparison.Ordinal);
        Assert.Contains("--per-day", output, StringComparison.Ordinal);
        Assert.DoesNotContain("supervisor", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_ThirtyOfEachWithConversationsAndPace_LeaveWhatAlwaysHolds()
    {
        var content = new StringBuilder("text,level,conversation\n");
        for (var i = 0; i < 150; i++)
        {
            content.Append(CultureInfo.InvariantCulture, $"\"{(i % 5 < 2 ? "Hola, tengo una pregunta del pedido" : "¡Es una vergüenza, nadie me contesta sobre el pedido")} {i}\",{i % 5},c{i / 3}\n");
        }

        var (output, _, _) = await EvaluateAsync(content.ToString(), "--json", "--per-day", "300");

        Assert.Equal(["The threshold was chosen", "Precision and alerts hold"], JsonNode.Parse(output)!["warnings"]!.AsArray().Select(w => string.Join(' ', w!.ToString().Split(' ').Take(4))));
    }

    [Fact]
    public async Task ShowWorst_HostileText_IsShownWithoutSteeringTheTerminalOrTheReport()
    {
        var content = new JsonObject { ["text"] = "\u001b[2Jhola\u202E <img src=x> | `a` [b](http://c)\n# d", ["frustrated"] = true }.ToJsonString() + "\n{\"text\":\"Hola\",\"frustrated\":false}";

        var (output, code, _) = await EvaluateAsync(content, "--show-worst", "--out", _folder.Path);
        var report = await File.ReadAllTextAsync(_folder["report.md"], TestContext.Current.CancellationToken);

        Assert.Equal(BatchVerbs.AllAnswered, code);
        Assert.Contains("Worst disagreements", output, StringComparison.Ordinal);
        Assert.Contains("<img", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output + report);
        Assert.DoesNotContain('\u202E', output + report);
        Assert.Contains("&lt;img src=x&gt; \\| \\`a\\` \\[b\\](http://c) \\# d", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_Folder_GetsReportScoresAndPlotsTwiceTheSame()
    {
        var files = new List<Dictionary<string, byte[]>>();
        for (var run = 0; run < 2; run++)
        {
            var folder = Path.Combine(_folder.Path, "out", $"{run}");
            var (_, code, errors) = await EvaluateAsync(Sample.Replace("m1,c1", "=cmd(),+c1", StringComparison.Ordinal), "--out", folder);
            Assert.Equal(BatchVerbs.AllAnswered, code);
            Assert.Contains(folder, errors, StringComparison.Ordinal);
            files.Add(Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes));
        }

        Assert.Equal(["reliability.png", "report.md", "scores.csv", "thresholds.png"], files[0].Keys.Order(StringComparer.Ordinal));
        Assert.All(files[0], f => Assert.Equal(f.Value, files[1][f.Key]));
        var scores = Encoding.UTF8.GetString(files[0]["scores.csv"]).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("line,id,conversation,language,frustrated,level,signals,frustration,scoredLevel,scoredSignals", scores[0]);
        Assert.Contains("'=cmd()", scores[1], StringComparison.Ordinal);
        Assert.Contains("'+c1", scores[1], StringComparison.Ordinal);
        Assert.StartsWith("3,m2,c1,es,false,calm,,0.", scores[2], StringComparison.Ordinal);
        var report = Encoding.UTF8.GetString(files[0]["report.md"]);
        Assert.Contains("![", report, StringComparison.Ordinal);
        Assert.DoesNotContain("vergüenza", report + string.Concat(scores), StringComparison.Ordinal);
        Assert.All(["reliability.png", "thresholds.png"], name => AssertHasTitle(files[0][name]));
    }

    [Fact]
    public async Task Out_IsAFile_IsRefused()
    {
        var file = _folder["taken"];
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);

        var (output, code, errors) = await EvaluateAsync(Sample, "--out", file);

        Assert.Equal((BatchVerbs.NotStarted, string.Empty), (code, output));
        Assert.Contains("--out", errors, StringComparison.Ordinal);
    }

    // Letters leave many changes between paper and ink along a line; a missing font leaves none.
    private static void AssertHasTitle(byte[] png)
    {
        using var image = SKBitmap.Decode(png);
        var most = Enumerable.Range(10, 45).Max(y => Enumerable.Range(1, image.Width - 1).Count(x => image.GetPixel(x, y).Red < 128 != image.GetPixel(x - 1, y).Red < 128));
        Assert.True(most > 20, $"The title has {most} edges of letters along its busiest line.");
    }

    private static async Task<List<(double Chance, bool IsFrustrated)>> AnalyzeAsync(string csv)
    {
        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(r => r.Split(',', 6)).ToArray();
        var input = rows.Select(r => new JsonObject { ["id"] = r[0], ["lang"] = r[2], ["text"] = r[5].Trim('"') }.ToJsonString());
        using var output = new StringWriter();
        Assert.Equal(0, await BatchVerbs.RunAsync(["analyze"], new StringReader(string.Join('\n', input)), output, TextWriter.Null, SharedRules.AddTo));
        return [.. output.ToString().TrimEnd().Split('\n').Zip(rows, (line, row) => (Double(JsonNode.Parse(line)!["frustration"]), row[3] is "2" or "3" or "Angry"))];
    }

    private Task<(string Output, int Code, string Errors)> EvaluateAsync(string content, params string[] arguments) => EvaluateAsync(Encoding.UTF8.GetBytes(content), arguments);

    private async Task<(string Output, int Code, string Errors)> EvaluateAsync(byte[] content, params string[] arguments)
    {
        var file = _folder["labelled"];
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        return await RunAsync(["--data", file, .. arguments]);
    }

    private static async Task<(string Output, int Code, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await BatchVerbs.RunAsync(["evaluate", .. arguments], TextReader.Null, output, errors, SharedRules.AddTo);
        return (output.ToString(), code, errors.ToString());
    }

    private static int Int(JsonNode? node) => node!.GetValue<int>();

    private static double Double(JsonNode? node) => node!.GetValue<double>();
}
