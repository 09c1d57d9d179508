using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>
/// Short messages that say one thing outright, as everybody would put it: whoever tries the product types these first. 258 of our own
/// (<c>said-outright.tsv</c>: language, signal, text). Before the outright phrases and the short lines of the corpus the model missed 34.
/// </summary>
public sealed class SaidOutrightTests
{
    private static readonly MlNetScorer Scorer = new(ModelLoader.Load(Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip")), ThePlaybook.Signals);

    // What hurts most when it is heard where nobody said it: the message turns hostile, or somebody is asked whether they are in danger.
    private static readonly SignalType[] Grave = [SignalType.Abuse, SignalType.Threat, SignalType.Vulnerability];

    private static readonly (string Language, SignalType Signal, string Text)[] Said =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Scoring", "said-outright.tsv")).Select(l => l.Split('\t')).Select(c => (c[0], Enum.Parse<SignalType>(c[1], ignoreCase: true), c[2])),
    ];

    [Fact]
    public void Score_SaidOutright_GivesTheSignal()
    {
        var missed = Said.Where(s => !Scorer.Score(s.Text).Has(s.Signal, LevelPolicy.Given)).Select(s => $"{s.Signal}: {s.Text}").ToArray();

        // 5 of 258 is what is reached; "ok" and "vale" alone are curt only to some ears.
        Assert.True(missed.Length <= 5, string.Join(Environment.NewLine, missed));
    }

    // Nobody writes only that. In a corpus that was written to the point a threat before a telephone number was missed: of the 50 grave ones here 19 were.
    [Theory]
    [InlineData("es", "{0} Mi número de pedido es el 4412 y mi teléfono el 612 345 678.")]
    [InlineData("es", "{0} Llámeme mañana al 612 345 678, por favor.")]
    [InlineData("es", "Buenas, me llamo Rosa Peña. {0}")]
    [InlineData("en", "{0} My order number is 4412 and my phone is 555 0134.")]
    [InlineData("en", "{0} Please call me tomorrow on 555 0134.")]
    [InlineData("en", "Hi, this is Rosa Penn. {0}")]
    public void Score_SaidOutright_IsHeardBesideParticulars(string language, string form)
    {
        var said = Said.Where(s => s.Language == language && Grave.Contains(s.Signal)).ToArray();
        var missed = said.Where(s => !Scorer.Score(string.Format(CultureInfo.InvariantCulture, form, s.Text.TrimEnd('.') + ".")).Has(s.Signal, LevelPolicy.Given)).Select(s => $"{s.Signal}: {s.Text}").ToArray();

        Assert.True(missed.Length <= 1, string.Join(Environment.NewLine, missed));
    }

    // A few words of the other language do not make a message a mixed one; what is grave in them counts all the same.
    [Theory]
    [InlineData("te voy a matar motherf, where is my package", SignalType.Threat)]
    [InlineData("i'm done with all of it, ya no quiero vivir", SignalType.Vulnerability)]
    [InlineData("hijo de puta answer the phone when I call you", SignalType.Abuse)]
    [InlineData("llevo dos horas esperando una respuesta de la tienda, fuck you", SignalType.Abuse)]
    [InlineData("no me han devuelto el dinero de la entrada y i will kill you", SignalType.Threat)]
    public void Score_GraveInTheOtherLanguage_IsHeard(string text, SignalType signal) => Assert.True(Scorer.Score(text).Has(signal, LevelPolicy.Given));

    // Eight sentences of nothing around it. The words shown are those of the whole message, not of the part that was read.
    [Theory]
    [InlineData("eres una inútil y no vales para nada", SignalType.Abuse)]
    [InlineData("si no me regalas el mes le digo a tu jefe que me insultaste", SignalType.Blackmail)]
    [InlineData("te juro que te voy a partir la cara", SignalType.Threat)]
    public void Score_GraveInAStory_IsHeardWithItsWords(string grave, SignalType signal)
    {
        var text = "Compré la lavadora en mayo. Vivo en un tercero con ascensor. La trajeron un jueves por la mañana. El color es el que pedí. "
            + $"{char.ToUpperInvariant(grave[0])}{grave[1..]}. Pagué con tarjeta. La factura lleva el nombre de mi madre. Estoy en casa por las tardes. El timbre es el de la derecha.";

        var heard = Assert.Single(Scorer.Score(text).Signals, s => s.Type == signal);

        Assert.All(heard.Evidence, e => Assert.Equal(text.Substring(e.Start, e.Length), e.Text));
        Assert.Contains(heard.Evidence, e => grave.Contains(e.Text, StringComparison.OrdinalIgnoreCase));
    }

    // The same words, said in jest, of a thing, of a name, or by somebody else.
    [Theory]
    [InlineData("me quiero morir de vergüenza, mandé el correo a quien no era")]
    [InlineData("no quiero vivir así con este ruido, ¿cuándo arreglan el ascensor?")]
    [InlineData("el repartidor me dijo que te voy a matar si vuelves a reclamar, quiero denunciarlo")]
    [InlineData("en la última partida me gritó ojalá te mueras, ¿cómo lo reporto?")]
    [InlineData("Adjunto el formulario firmado.\n\nMarta Gil")]
    [InlineData("eres un monstruo, me lo arreglaste en dos minutos!!")]
    [InlineData("muérete de envidia, ya me llegó la consola")]
    [InlineData("the driver asked my daughter what are you wearing, please take this seriously")]
    [InlineData("my wife is going to kill me if I forget the tickets, can you resend them?")]
    [InlineData("How do I make sure the raid boss can't kill you in the second round?")]
    [InlineData("I want to kill myself laughing at your advert")]
    [InlineData("I have got my period tracker subscription twice, time of the month reminders are doubled")]
    public void Score_GraveWordsMeantOtherwise_AreNothingGrave(string text) =>
        Assert.DoesNotContain(Scorer.Score(text).Signals, s => Grave.Contains(s.Type));

    [Fact]
    public void Score_SaidOutright_HearsNothingGraveBesides()
    {
        var heard =
            from said in Said
            where !Grave.Contains(said.Signal) && said.Signal != SignalType.Blackmail
            from signal in Scorer.Score(said.Text).Signals
            where Grave.Contains(signal.Type)
            select $"{signal.Type} {signal.Confidence.Value:0.00}: {said.Text}";

        Assert.Empty(heard);
    }

    [Theory]
    [InlineData("Ya no me fío de ustedes.", SignalType.Distrust)]
    [InlineData("we've lost all faith in you", SignalType.Distrust)]
    [InlineData("me pasan de un departamento a otro", SignalType.Unheard)]
    [InlineData("stop ignoring us", SignalType.Unheard)]
    [InlineData("¿hasta cuándo tengo que esperar?", SignalType.Waiting)]
    [InlineData("How much longer do I have to wait?", SignalType.Waiting)]
    public void Detect_OutrightPhrase_IsMarked(string text, SignalType type) =>
        Assert.Contains(type, ThePlaybook.Signals.Detect(MessageReading.Of(text)).Outright);

    [Theory]
    [InlineData("are you there?")]
    [InlineData("¿Sigue ahí?")]
    [InlineData("Are you a bot?")]
    [InlineData("did you even read my message?")]
    [InlineData("Es un asco")]
    [InlineData("Tengo cáncer y no puedo pagar")]
    [InlineData("I don't trust you anymore")]
    public void Score_FewWordsToTheAgent_AreNoInsultThreatOrDespair(string text) =>
        Assert.DoesNotContain(Scorer.Score(text).Signals, s => Grave.Contains(s.Type));

    [Theory]
    [InlineData("No digo que me hayan mentido, solo pregunto", SignalType.Distrust)]
    [InlineData("Mi vecino dice que \"son unos ladrones\", yo no", SignalType.Distrust)]
    [InlineData("we are not switching to another provider", SignalType.ChurnIntent)]
    [InlineData("My colleague wrote \"see you in court\" as a joke", SignalType.LegalThreat)]
    public void Detect_NegatedOrQuoted_IsNotMarked(string text, SignalType type) =>
        Assert.DoesNotContain(type, ThePlaybook.Signals.Detect(MessageReading.Of(text)).Outright);

    [Fact]
    public void Score_OutrightPhrase_IsAsSureAsItsRule()
    {
        // The confidence of outright-distrust in prompts/playbook/es/outright.yaml, or what the words say when they are surer.
        var signal = Assert.Single(Scorer.Score("Ya no me fío de ustedes.").Signals, s => s.Type == SignalType.Distrust);

        Assert.InRange(signal.Confidence.Value, 0.9, 1);
        Assert.StartsWith("Ya no me fío", Assert.Single(signal.Evidence).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish)]
    [InlineData(MessageLanguage.English)]
    public void OutrightRules_AllAreMarkedAndSure(MessageLanguage language)
    {
        var rules = PlaybookSignals.Read(ThePlaybook.Files, language).Rules.Where(r => r.Id.StartsWith("outright-", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.True(r.Outright && r.Confidence >= 0.85, r.Id));
    }
}
