using System.IO.Compression;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Channels.BotFramework.Agent;
using DeEscalationBot.Host.Channels.BotFramework.TeamsApp;
using DeEscalationBot.Host.Tests.Fixtures;
using SkiaSharp;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.TeamsApp;

public sealed class TeamsPackageVerbTests : IDisposable
{
    private const string Privacy = "https://www.example.com/data-protection";
    private const string Terms = "https://www.example.com/terms-of-use";
    private const string AppId = "1f2e3d4c-5b6a-4789-8a9b-0c1d2e3f4a5b";

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Package_HoldsManifestTextsAndIcons()
    {
        var (code, said, errors) = await RunAsync("--host", "coach.example.com", "--app-id", AppId, "--privacy", Privacy, "--terms", Terms, "--out", _folder["app.zip"], "--developer", "Soporte Ñ");
        Assert.True(code == 0, errors);
        Assert.Contains("coach.example.com", said, StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(_folder["app.zip"]);
        Assert.Equal(["color.png", "es.json", "manifest.json", "outline.png"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));

        var manifest = Json(zip, "manifest.json");
        Assert.Equal(("1.22", "1.0.0", AppId, AppId), ((string)manifest["manifestVersion"]!, (string)manifest["version"]!, (string)manifest["id"]!, (string)manifest["bots"]![0]!["botId"]!));
        Assert.Equal((Privacy, Terms), ((string)manifest["developer"]!["privacyUrl"]!, (string)manifest["developer"]!["termsOfUseUrl"]!));
        Assert.Equal("Soporte Ñ", (string)manifest["developer"]!["name"]!);
        Assert.Equal(["coach.example.com"], manifest["validDomains"]!.AsArray().Select(d => (string)d!));
        Assert.Equal([AgentVerbs.CoachMessageCommand, AgentVerbs.ReviewDraftCommand], manifest["composeExtensions"]![0]!["commands"]!.AsArray().Select(c => (string)c!["id"]!));
        Assert.All(manifest["staticTabs"]!.AsArray(), t => Assert.StartsWith("https://coach.example.com/teams?open=", (string)t!["contentUrl"]!, StringComparison.Ordinal));
        Assert.Equal("es.json", (string)manifest["localizationInfo"]!["additionalLanguages"]![0]!["file"]!);

        AssertIcon(zip, (string)manifest["icons"]!["color"]!, 192, corner: new SKColor(0x0F, 0x6C, 0xBD));
        AssertIcon(zip, (string)manifest["icons"]!["outline"]!, 32, corner: SKColor.Empty);
    }

    [Fact]
    public async Task SpanishTexts_AllHaveTheirPlaceInTheManifest()
    {
        await RunAsync("--host", "coach.example.com", "--app-id", AppId, "--privacy", Privacy, "--terms", Terms, "--out", _folder["app.zip"]);
        using var zip = ZipFile.OpenRead(_folder["app.zip"]);
        var manifest = Json(zip, "manifest.json");
        var spanish = Json(zip, "es.json").AsObject().Where(t => t.Key != "$schema").ToArray();
        Assert.NotEmpty(spanish);
        Assert.All(spanish, t =>
        {
            // bots[0].commandLists[0]… is a path into the manifest.
            JsonNode? node = manifest;
            foreach (var part in t.Key.Replace("]", "", StringComparison.Ordinal).Split('.', '['))
            {
                node = int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) ? node![index] : node![part];
            }

            Assert.NotNull(node);
            Assert.NotEqual((string)node!, (string)t.Value!);
        });
    }

    [Fact]
    public void OwnTexts_AreWithinTheLimitsOfTeams() => Assert.Empty(TeamsManifest.Check());

    [Fact]
    public async Task SameSettings_MakeTheSamePackage()
    {
        await RunAsync("--host", "coach.example.com", "--app-id", AppId, "--privacy", Privacy, "--terms", Terms, "--out", _folder["a.zip"]);
        await RunAsync("--host", "coach.example.com", "--app-id", AppId, "--privacy", Privacy, "--terms", Terms, "--out", _folder["b.zip"]);
        Assert.Equal(await File.ReadAllBytesAsync(_folder["a.zip"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(_folder["b.zip"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--host", "https://coach.example.com")]
    [InlineData("--host", "coach.example.com:5080")]
    [InlineData("--host", "coach.example.com/app")]
    [InlineData("--host", "localhost")]
    [InlineData("--host", "192.168.1.7")]
    [InlineData("--host", "coach_1.example.com")]
    [InlineData("--host", "printer.local")]
    [InlineData("--app-id", "coach")]
    [InlineData("--app-id", "00000000-0000-0000-0000-000000000000")]
    [InlineData("--developer", "A name that is quite a bit too long")]
    [InlineData("--privacy", "http://www.example.com/privacy")]
    [InlineData("--privacy", "")]
    [InlineData("--terms", "")]
    [InlineData("--terms", "www.example.com/terms")]
    [InlineData("--website", "www.example.com")]
    [InlineData("--version-number", "1.0")]
    [InlineData("--version-number", "1.0.0.0")]
    [InlineData("--out", "app.txt")]
    [InlineData("--out", "/no/such/folder/app.zip")]
    public async Task WhatTeamsWouldRefuse_IsSaidAndNothingIsWritten(string option, string value)
    {
        var given = new Dictionary<string, string> { ["--host"] = "coach.example.com", ["--app-id"] = AppId, ["--privacy"] = Privacy, ["--terms"] = Terms, ["--out"] = _folder["app.zip"], [option] = value };
        var (code, _, errors) = await RunAsync([.. given.SelectMany(g => new[] { g.Key, g.Value })]);
        Assert.Equal(TeamsPackageVerb.NotWritten, code);
        Assert.Contains(option == "--out" && value.StartsWith('/') ? "does not exist" : option == "--version-number" ? "--version" : option, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task SeveralFaults_AreAllSaidAtOnce()
    {
        var (_, _, errors) = await RunAsync("--host", "localhost", "--app-id", "x", "--out", "app");
        Assert.All(new[] { "--host", "--app-id", "--privacy", "--terms", "--out" }, o => Assert.Contains(o, errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MissingOption_IsNamed()
    {
        var (code, _, errors) = await RunAsync("--host", "coach.example.com");
        Assert.Equal(TeamsPackageVerb.NotWritten, code);
        Assert.Contains("--app-id", errors, StringComparison.Ordinal);
    }

    // Microsoft's schemas, from the npm package @microsoft/app-manifest (tests/teamsmanifest).
    [Fact]
    public async Task ManifestAndTexts_FitMicrosoftsSchemas()
    {
        using var package = await NodePackage.InstallAsync("teamsmanifest");
        await RunAsync("--host", "coach.example.com", "--app-id", AppId, "--privacy", Privacy, "--terms", Terms, "--out", _folder["app.zip"]);
        using var zip = ZipFile.OpenRead(_folder["app.zip"]);
        var (manifest, spanish) = (Json(zip, "manifest.json"), Json(zip, TeamsManifest.SpanishFile));
        var tooLong = manifest.DeepClone();
        tooLong["name"]!["short"] = new string('x', 31);

        var answers = await package.RunAsync("check.js", [], Asked("MicrosoftTeams.schema.json", manifest), Asked("MicrosoftTeams.Localization.schema.json", spanish), Asked("MicrosoftTeams.schema.json", tooLong));

        Assert.Equal(["[]", "[]"], answers[..2]);
        Assert.Contains("/name/short", answers[2], StringComparison.Ordinal); // It does complain when there is reason to.
    }

    private static string Asked(string schema, JsonNode document) => new JsonObject { ["schema"] = schema, ["version"] = TeamsManifest.Version, ["document"] = document }.ToJsonString();

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await TeamsPackageVerb.RunAsync([TeamsPackageVerb.Name, .. args], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private static JsonNode Json(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        return JsonNode.Parse(stream)!;
    }

    private static void AssertIcon(ZipArchive zip, string name, int size, SKColor corner)
    {
        using var stream = zip.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        using var icon = SKBitmap.Decode(copy.ToArray());
        Assert.Equal((size, size), (icon.Width, icon.Height));
        Assert.Equal(corner, icon.GetPixel(0, 0));
        Assert.Contains(icon.Pixels, p => p == SKColors.White);
    }
}
