using DeEscalationBot.Host.Batch;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Batch.Training;

public class RehearseVerbTests
{
    [Fact]
    public async Task Rehearse_SameSeedAndLines_WritesTheSameAndLooksBack()
    {
        string[] args = ["rehearse", "--situation", "parcel", "--seed", "3", "--lang", "en"];
        const string Lines = "Calm down, please.\n/hint\n\nI'm sorry. By when do you need it?\n";

        var (code, first, errors) = await RunAsync(args, Lines);
        var (_, second, _) = await RunAsync(args, Lines);

        Assert.Equal(BatchVerbs.AllAnswered, code);
        Assert.Equal("", errors);
        Assert.Equal(first, second);
        Assert.Contains("[A6]", first, StringComparison.Ordinal);
        Assert.Contains("== Looking back: Stopped ==", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Room.", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_List_NamesEverySituationInTheLanguage()
    {
        var (code, output, _) = await RunAsync(["rehearse", "--list", "--lang", "es"], "");

        Assert.Equal(BatchVerbs.AllAnswered, code);
        Assert.Equal(6, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Tienda en línea", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_UnknownSituation_SaysWhichThereAre()
    {
        var (code, output, errors) = await RunAsync(["rehearse", "--situation", "nowhere"], "");

        Assert.Equal(BatchVerbs.NotStarted, code);
        Assert.Equal("", output);
        Assert.Contains("parcel", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args, string input)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await BatchVerbs.RunAsync(args, new StringReader(input), output, errors, SharedRules.AddTo);
        return (code, output.ToString().ReplaceLineEndings("\n"), errors.ToString());
    }
}
