using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Plugin.LanguageModel;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Host.Tests.LanguageModel;

public sealed class PromptLibraryTests
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "prompts", "functions");

    [Fact]
    public void ShippedPrompts_AreWholeAndEachHasAVersionOfItsOwn()
    {
        var prompts = new PromptLibrary(Shipped).All;

        Assert.Equal(2 * Enum.GetValues<WritingKind>().Length, prompts.Count);
        Assert.Equal(prompts.Count, prompts.Select(p => p.Version).Distinct().Count());
        Assert.All(prompts, p => Assert.Matches("^[0-9a-f]{12}$", p.Version));
    }

    [Fact]
    public void Version_FollowsTheWordsAndNotTheLineEnds()
    {
        using var copy = new TemporaryDirectory();
        Copy(copy.Path);
        var file = Path.Combine(copy.Path, "en", "NextReply", "skprompt.txt");
        var before = new PromptLibrary(Shipped)[WritingKind.NextReply, MessageLanguage.English].Version;

        File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings("\r\n"));
        Assert.Equal(before, new PromptLibrary(copy.Path)[WritingKind.NextReply, MessageLanguage.English].Version);

        File.AppendAllText(file, "One more word.");
        Assert.NotEqual(before, new PromptLibrary(copy.Path)[WritingKind.NextReply, MessageLanguage.English].Version);
    }

    [Theory]
    [InlineData("\"name\": \"mend\"", "\"name\": \"mind\"", "has to declare")]
    [InlineData("\"schema\": 1,", "\"schema\": 1, \"allow_dangerously_set_content\": true,", "has to stay data")]
    [InlineData("{\n  \"schema\"", "{{\n  \"schema\"", "cannot be understood")]
    public void WrongConfiguration_IsRefusedByName(string from, string to, string sentence)
    {
        using var copy = new TemporaryDirectory();
        Copy(copy.Path);
        var file = Path.Combine(copy.Path, "es", "Paraphrase", "config.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

        var refusal = Assert.Throws<PlaybookException>(() => new PromptLibrary(copy.Path));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("es", "Paraphrase"), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingPrompt_IsRefusedByName()
    {
        using var copy = new TemporaryDirectory();
        Copy(copy.Path);
        File.Delete(Path.Combine(copy.Path, "es", "ApologyLetter", "skprompt.txt"));

        Assert.Contains("ApologyLetter", Assert.Throws<PlaybookException>(() => new PromptLibrary(copy.Path)).Message, StringComparison.Ordinal);
    }

    private static void Copy(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Shipped, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(Shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
