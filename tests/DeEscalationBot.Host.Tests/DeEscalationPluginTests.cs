using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Plugin;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace DeEscalationBot.Host.Tests;

/// <summary>The functions as an agent of Semantic Kernel calls them: by name, with arguments.</summary>
public sealed class DeEscalationPluginTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly ServiceProvider _services;
    private readonly Kernel _kernel = new();

    public DeEscalationPluginTests()
    {
        var services = new ServiceCollection();
        SharedRules.AddTo(services);
        _services = services.AddDeEscalation(new ConfigurationBuilder().Build()).BuildServiceProvider();
        _kernel.Plugins.AddFromObject(_services.GetRequiredService<DeEscalationPlugin>(), DeEscalationPlugin.Name);
    }

    [Fact]
    public void Functions_AndTheirInputs_AreDescribed()
    {
        var functions = _kernel.Plugins[DeEscalationPlugin.Name];

        Assert.Equal(["next_step", "read_message", "review_draft", "say_back", "sum_up_for_handover"], functions.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(functions, f => Assert.NotEmpty(f.Description));
        Assert.All(functions.SelectMany(f => f.Metadata.Parameters), p => Assert.NotEmpty(p.Description));
    }

    [Fact]
    public async Task ReadMessage_TellsLevelAndEvidence()
    {
        var read = (await CallAsync("read_message", new() { ["text"] = "Third time I write and nobody answers. I want to cancel." })).GetValue<ReadMessage>()!;

        Assert.Equal("en", read.Language);
        Assert.Contains(read.Signals, s => s.Type == "churnIntent" && s.Words.Count > 0);
    }

    [Fact]
    public async Task SayBack_SpeaksFromTheAgentsSide()
    {
        var said = (await CallAsync("say_back", new() { ["text"] = "Llevo tres semanas esperando el reembolso del pedido 88213.", ["address"] = "tú" })).GetValue<string>()!;

        Assert.Contains("88213", said, StringComparison.Ordinal);
        Assert.DoesNotContain("llevo", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ReviewDraft_FindsTheReproach()
    {
        var review = (await CallAsync("review_draft", new() { ["draft"] = "You should have read the terms." })).GetValue<ReviewedDraft>()!;

        Assert.False(review.IsGood);
        Assert.Contains(review.Findings, f => f.Rule == "should-statement");
    }

    [Fact]
    public async Task NextStep_TakesTheConversationAsJson()
    {
        // An agent's function call brings its arguments as JSON.
        const string Messages = """[{"speaker":"customer","text":"I want to speak to your manager, you are all useless idiots"}]""";

        var advice = (await CallAsync("next_step", new() { ["messages"] = Messages })).GetValue<ConversationAdvice>()!;

        Assert.Equal("hostile", advice.Level);
        Assert.NotNull(advice.Escalation);
        Assert.NotNull(advice.Say);
    }

    [Fact]
    public async Task SumUp_QuotesTheCustomer()
    {
        var summary = (await CallAsync("sum_up_for_handover", new() { ["messages"] = new SpokenMessage[] { new("customer", "My order 4471 is late.") } })).GetValue<string>()!;

        Assert.Contains("4471", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownSpeaker_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(() =>
        CallAsync("sum_up_for_handover", new() { ["messages"] = new SpokenMessage[] { new("narrator", "Once upon a time") } }));

    public void Dispose() => _services.Dispose();

    private Task<FunctionResult> CallAsync(string function, KernelArguments arguments) => _kernel.InvokeAsync(DeEscalationPlugin.Name, function, arguments, Token);
}
