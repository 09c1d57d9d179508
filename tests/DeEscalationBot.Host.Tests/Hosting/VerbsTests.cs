using DeEscalationBot.Host.Hosting;

namespace DeEscalationBot.Host.Tests.Hosting;

/// <summary>What the program says of itself, and that a slip does not start a host. What a verb does is tested beside the verb.</summary>
public class VerbsTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("--urls=http://127.0.0.1:0", "--help")]
    public async Task Help_ListsWhatThereIs(params string[] args)
    {
        var (code, output, errors) = await RunAsync(args);

        Assert.Equal((0, ""), (code, errors));
        Assert.All(
            ["analyze", "paraphrase", "review", "replay", "evaluate", "rehearse", "doctor", "self-test", "backup", "restore", "keys", "protection-keys", "export", "erase", "audit", "teams-package"],
            v => Assert.Contains($"\n  {v} ", output, StringComparison.Ordinal));
        Assert.Contains("docs/settings.md", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task Version_IsThatOfTheProduct(string word)
    {
        var (code, output, _) = await RunAsync(word);

        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", output);
    }

    [Theory]
    [InlineData("analyse", "Did you mean 'analyze'?")]
    [InlineData("key", "Did you mean 'keys'?")]
    [InlineData("Doctor", "Did you mean 'doctor'?")]
    [InlineData("serve", "There is no verb 'serve'. 'DeEscalationBot.Host --help'")]
    public async Task WordThatIsNoVerb_IsRefused_WithTheOneThatWasMeant(string word, string said)
    {
        var (code, output, errors) = await RunAsync(word);

        Assert.Equal((Verbs.NotStarted, ""), (code, output));
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    // These two take settings alone, so that nobody else tells of them: asking must not send a test alert.
    [Theory]
    [InlineData("self-test", "self-test", "--help")]
    [InlineData("doctor", "help", "doctor")]
    [InlineData("teams-package [options]", "teams-package", "--help")]
    [InlineData("keys [command]", "help", "keys")]
    public async Task HelpOfAVerb_SaysWhatItDoes_AndDoesNotDoIt(string said, params string[] args)
    {
        var (code, output, errors) = await RunAsync(args);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("ok      ", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await Verbs.RunAsync(args, output, errors), output.ToString(), errors.ToString());
    }
}
