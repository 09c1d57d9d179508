using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Tests.LanguageModel;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Cases;

/// <summary>The farewell in a language model's words: under the rules of ours, without a name, and never in their place without being chosen.</summary>
public sealed class FarewellWordingTests
{
    private const string Spanish = """
        Estimada Gil e Hijos:

        Hemos valorado los tres catálogos que hicimos con usted.

        Hemos decidido terminar nuestra relación el 31 de agosto de 2026. El motivo es que nuestro equipo recibió insultos el 3 de mayo de 2026. Le avisamos el 20 de abril de 2026 de que eso tenía que cambiar. Hasta ese día cumplimos todo lo acordado.

        Puede recurrir esta decisión en 14 días, escribiendo a recursos@estudio.example.

        Clara Montes
        """;

    private const string Better = """
        Nos quedan los tres catálogos que hicimos con usted, y los hemos valorado.

        Hemos decidido terminar nuestra relación el 31 de agosto de 2026, porque nuestro equipo recibió insultos el 3 de mayo de 2026, después del aviso que le dimos el 20 de abril de 2026. Hasta ese día cumplimos todo lo acordado.
        """;

    private static readonly string[] People = ["Gil e Hijos", "Clara Montes"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoodWords_StandBesideOurs_AndNobodysNameWentOut()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Better));
        using var context = new WriterContext(server.Address);

        var worded = await WordingOf(context).WordAsync(Spanish, MessageLanguage.Spanish, AddressForm.Usted, People, Token);

        Assert.True(worded.Text is not null, $"{worded.Written.Reason}: {string.Join(", ", worded.Written.Faults)} {string.Join(", ", worded.BrokenRules)}");
        Assert.StartsWith("Estimada Gil e Hijos:\n\nNos quedan los tres catálogos", worded.Text, StringComparison.Ordinal);
        Assert.EndsWith("escribiendo a recursos@estudio.example.\n\nClara Montes", worded.Text, StringComparison.Ordinal);
        var sent = Assert.Single(server.Requests).Body.ToJsonString();
        Assert.Contains("31 de agosto", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("recursos@", sent, StringComparison.Ordinal);
        Assert.All(People, p => Assert.DoesNotContain(p, sent, StringComparison.Ordinal));
    }

    // B7: no room for reconsidering, no judgement, no fact lost or made up; twice wrong, ours stay and the reason is said.
    [Theory]
    [InlineData("Hemos decidido terminar nuestra relación el 31 de agosto de 2026 por los insultos del 3 de mayo de 2026, después del aviso del 20 de abril de 2026. Si cambia de actitud, la puerta queda abierta.")]
    [InlineData("Hemos decidido terminar nuestra relación el 31 de agosto de 2026 porque usted es una persona maleducada que insultó a nuestro equipo el 3 de mayo de 2026, después del aviso del 20 de abril de 2026.")]
    [InlineData("Hemos decidido terminar nuestra relación porque nuestro equipo recibió insultos, después del aviso que le dimos.")]
    [InlineData("Hemos decidido terminar nuestra relación el 31 de agosto de 2026 por los insultos del 3 de mayo de 2026, después del aviso del 20 de abril de 2026. Le devolvemos 500 euros.")]
    [InlineData("We have decided to end our relationship on 31 August 2026, because our team was insulted on 3 May 2026 after our warning of 20 April 2026.")]
    public async Task WordsThatBreakARule_AreRefused(string words)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(words));
        using var context = new WriterContext(server.Address);

        var worded = await WordingOf(context).WordAsync(Spanish, MessageLanguage.Spanish, AddressForm.Usted, People, Token);

        Assert.Equal((null, OfflineReason.Refused), (worded.Text, worded.Written.Reason));
        Assert.True(worded.Written.Faults.Count + worded.BrokenRules.Count > 0);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task ModelThatIsAway_LeavesOurs_AndSaysWhy()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Fails(503));
        using var context = new WriterContext(server.Address, null, ("Retries", "0"));

        var worded = await WordingOf(context).WordAsync(Spanish, MessageLanguage.Spanish, AddressForm.Usted, People, Token);

        Assert.Equal((null, OfflineReason.Unavailable), (worded.Text, worded.Written.Reason));
    }

    [Fact]
    public async Task ModelThatIsSlow_LeavesOurs_AndSaysWhy()
    {
        using var server = new ModelServer(TimeSpan.FromSeconds(30)).Answering(ModelAnswer.Says(Better));
        using var context = new WriterContext(server.Address, null, ("Retries", "0"), ("AttemptTimeout", "00:00:00.3"), ("TotalTimeout", "00:00:00.6"));

        var worded = await WordingOf(context).WordAsync(Spanish, MessageLanguage.Spanish, AddressForm.Usted, People, Token);

        Assert.Equal((null, OfflineReason.TooSlow), (worded.Text, worded.Written.Reason));
    }

    [Fact]
    public async Task SwitchedOff_AsksNobody()
    {
        using var context = new WriterContext(address: null);
        var wording = WordingOf(context);

        var worded = await wording.WordAsync(Spanish, MessageLanguage.Spanish, AddressForm.Usted, People, Token);

        Assert.False(wording.IsOn);
        Assert.Equal((null, OfflineReason.SwitchedOff), (worded.Text, worded.Written.Reason));
    }

    // Where every paragraph names somebody, nothing is handed out.
    [Fact]
    public async Task TextThatNamesSomebodyEverywhere_IsHandedToNobody()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Better));
        using var context = new WriterContext(server.Address);

        var worded = await WordingOf(context).WordAsync("Estimada Gil e Hijos:\n\nGil e Hijos insultó a Clara Montes.\n\nClara Montes", MessageLanguage.Spanish, AddressForm.Usted, People, Token);

        Assert.Equal((null, 0), (worded.Text, server.Requests.Count));
    }

    private static FarewellWording WordingOf(WriterContext context) => new(context.Writer, new DraftFarewellReader(context.Services.GetRequiredService<DraftReviewer>()));
}
