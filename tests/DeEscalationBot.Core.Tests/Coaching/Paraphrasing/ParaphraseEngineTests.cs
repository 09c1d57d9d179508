using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

public sealed class ParaphraseEngineTests
{
    // The measure that the engine was built to, over messages written down before it was.
    private const double LeastKept = 0.95;

    // Two sentences of facts, the feeling and a question: what an agent still says.
    private const int MostWords = 84;

    private static readonly ParaphraseEngine Engine = PlaybookParaphrase.ReadEngine(ThePlaybook.Files);

    private static readonly HashSet<string> SpanishFirstPerson = Words(
        "yo mi mis mio mia mios mias conmigo nosotros estoy soy tengo quiero necesito puedo llevo sigo pago voy hago debo espero pido exijo pedí pagué compré llamé firmé contraté solicité cancelé envié mandé recibí perdí tuve estuve hice pude fui mí mío mía míos mías");

    private static readonly HashSet<string> EnglishFirstPerson = Words("i im ive i'm i've i'd i'll me my mine myself am");

    private static readonly HashSet<string> Never = Words("pero but mierda puta joder fuck fucking shit idiotas idiots inutiles useless garantizo guarantee");

    public static TheoryData<string, string, AddressForm> Turned() => new()
    {
        // Person, number and tense; the expected forms come from the grammars of the Real Academia.
        { "Pagué la factura el 3 de mayo y no tengo línea desde ayer.", "pagó la factura el 3 de mayo", AddressForm.Usted },
        { "Pagué la factura el 3 de mayo y no tengo línea desde ayer.", "pagaste la factura el 3 de mayo", AddressForm.Tu },
        { "Pagué la factura el 3 de mayo y no tengo línea desde ayer.", "no tenés línea desde ayer", AddressForm.Vos },
        { "No los puedo cancelar desde la app porque me da error.", "no los puede cancelar desde la app porque le da error", AddressForm.Usted },
        { "No los puedo cancelar desde la app porque me da error.", "no los podés cancelar desde la app porque te da error", AddressForm.Vos },
        { "Devuélvanme los 40 euros de la fianza.", "quiere que le devolvamos los 40 euros de la fianza", AddressForm.Usted },
        { "Devuélvanme los 40 euros de la fianza.", "querés que te devolvamos los 40 euros de la fianza", AddressForm.Vos },
        { "Quiero que me devuelvan lo mío antes del viernes.", "quiere que le devolvamos lo suyo antes del viernes", AddressForm.Usted },
        { "Quiero que me devuelvan lo mío antes del viernes.", "quieres que te devolvamos lo tuyo antes del viernes", AddressForm.Tu },
        { "Llevo tres semanas esperando y nadie me lo explica.", "nadie se lo explica", AddressForm.Usted },
        { "Llevo tres semanas esperando y nadie me lo explica.", "nadie te lo explica", AddressForm.Tu },
        { "No me contestáis desde el lunes.", "no le contestamos desde el lunes", AddressForm.Usted },
        { "Me prometiste una llamada el martes a las 10.", "le prometimos una llamada el martes a las 10", AddressForm.Usted },
        { "Hemos pedido la baja dos veces y nos siguen cobrando 20 euros.", "han pedido la baja dos veces", AddressForm.Usted },
        { "Me quejé dos veces en la tienda de Sevilla.", "se quejó dos veces en la tienda de Sevilla", AddressForm.Usted },
        { "Me quejé dos veces en la tienda de Sevilla.", "te quejaste dos veces en la tienda de Sevilla", AddressForm.Tu },
        { "Ustedes me cambiaron el plan en marzo y ahora pago 12 euros más.", "le cambiamos el plan en marzo", AddressForm.Usted },
        { "Os escribí el día 4 y sigo sin respuesta.", "nos escribió el día 4", AddressForm.Usted },
        { "Mi hijo se quedó sin clase porque su plataforma no abre desde el lunes.", "su hijo se quedó sin clase porque nuestra plataforma no abre desde el lunes", AddressForm.Usted },
        { "You charged me $30 twice and I still don't have my order.", "we charged you $30 twice", AddressForm.Usted },
        { "I emailed you on Monday and I was told to wait 5 days.", "you emailed us on Monday and you were told to wait 5 days", AddressForm.Usted },
        { "I'm paying for a line that I haven't been able to use since May 3.", "you're paying for a line that you haven't been able to use since May 3", AddressForm.Usted },
        { "We've been without heating for two weeks and your engineer never came.", "you've been without heating for two weeks and our engineer never came", AddressForm.Usted },
        { "Refund my 20 pounds, the jacket never arrived.", "you'd like us to refund your 20 pounds", AddressForm.Usted },
        { "My card was blocked on Friday and the money in it is mine.", "your card was blocked on Friday", AddressForm.Usted },
        { "Me dicen que pague y luego reclame, llevo 3 meses.", "le dicen que pague y luego reclame", AddressForm.Usted },
        { "Me dicen que pague y luego reclame, llevo 3 meses.", "te dicen que pagues y luego reclames", AddressForm.Tu },
        { "Es inaceptable que mi madre haga cola 3 horas.", "no le parece bien que su madre haga cola 3 horas", AddressForm.Usted },
        { "Lo único que pido es que me quiten el cargo de 89 pesos.", "quiere que le quitemos el cargo de 89 pesos", AddressForm.Usted },
        { "La grúa que mandó la asistencia no encontraba el sitio y esperé 3 horas.", "la grúa que mandó la asistencia no encontraba el sitio", AddressForm.Vos },
        { "pague el envio y llego 4 dias despues", "llegó 4 días después", AddressForm.Usted },
        { "a las 20:05 recibo un SMS y nadie vino", "a las 20:05 recibe un SMS", AddressForm.Usted },
        { "Estamos a -4 grados y su transportista no vino.", "nuestro transportista no vino", AddressForm.Usted },
        { "Quiero que me lo cambien o me voy con otra compañía, es la tercera avería.", "quiere que se lo cambiemos", AddressForm.Usted },
        { "El paquete llegó abierto. Orden 7781-A.", "se trata de la orden 7781-A", AddressForm.Usted },
        { "engineer never came on Tuesday, told 15 days", "the engineer never came on Tuesday", AddressForm.Usted },
        { "Since you changed my meter in January my bill went from 40 to 230.", "since we changed your meter in January, your bill went from 40 to 230", AddressForm.Usted },
        { "The person who helped me, a certain Ann, hung up on me twice.", "the person who helped you, a certain Ann, hung up on you twice", AddressForm.Usted },
        { "I'm sick of getting calls at 8 in the morning.", "you keep getting calls at 8 in the morning", AddressForm.Usted },
        { "Four months now and I want the 60 dollars back.", "it's been four months now", AddressForm.Usted },
        { "We lost the date and were given another in 5 months.", "were given another in 5 months", AddressForm.Usted },
        { "Si no me lo resuelven esta semana me voy con otra.", "quiere que se lo resolvamos esta semana", AddressForm.Usted },
        { "Si me volvéis a subir la tarifa sin avisar me voy.", "no quieres que te volvamos a subir la tarifa sin avisar", AddressForm.Tu },
        { "Es la séptima persona que me dice que \"entiende mi frustración\" y sigo sin gas desde el lunes.", "le dice que entiende su frustración", AddressForm.Usted },
        { "Quiero que alguien me llame antes del jueves y que me devuelvan 20 euros.", "quiere que alguien le llame antes del jueves", AddressForm.Usted },
        { "¿Me pueden mirar la cuenta y decirme el saldo? Pagué 40 euros el lunes.", "quiere que le miremos la cuenta y le digamos el saldo", AddressForm.Usted },
        { "La silla que pedí en mayo no aparece y la mesa que pagué el lunes llegó rota.", "la mesa que pagó el lunes llegó rota", AddressForm.Usted },
        { "Os negáis a cambiarme el diccionario que compré el lunes.", "nos negamos a cambiarle el diccionario", AddressForm.Usted },
        { "If you don't fix it by Friday I'm leaving, order 7781-A.", "you'd like us to fix it by Friday", AddressForm.Usted },
        { "Since the merger my standing order pays my old landlord 640 pounds.", "since the merger, your standing order pays your old landlord", AddressForm.Usted },
        { "I booked a table on Friday, confirmed by Luca in person.", "you booked a table on Friday, confirmed by Luca in person", AddressForm.Usted },
        { "How many times do I have to verify the same email? It's six today.", "you keep having to verify the same email", AddressForm.Usted },
        { "I want it replaced or I'm going elsewhere, order 7781-A.", "you want it replaced", AddressForm.Usted },
    };

    public static TheoryData<string> Hostile() =>
    [
        "", "   ", "?", "!!!", "🙄🙄🙄", "\ud800", "a\0b", "....,,,,;;;", "ok", "yes", "Ni modo.", "Sos un inútil.", "you fucking idiot", "fuck you", "vete a la mierda",
        "me me me me me yo yo mi mi", "I I I my my me", "que que que que", "and and and or or", "asdf qwer zxcv", "Lorem ipsum dolor sit amet", "¿¿¿???", "((((((((((", "\"\"\"\"\"", "''''",
        "no se que hacer estoy desesperado me quiero morir", "I want to kill myself", "Mi padre falleció el lunes y necesito cancelar su línea", "My husband died and I need to close his account",
        "TE VOY A MATAR", "I know where you live", "sé dónde vives y voy a ir con un bate", "reembolso!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "zapatéo flurbé gorgojeáis el mondrio", "yo gafo el trómpico y me zurlo",
        "¿A qué hora abren?", "What time do you open?", "¿Hola?", "hello???", "12345 67890 11121", "https://example.com/a?b=c me@example.com", "Привет, где мой заказ?", "我的订单在哪里",
    ];

    [Fact]
    public void Paraphrase_SpanishComplaints_KeepsWhatAListenerWouldGiveBack() => AssertKept(SpanishComplaints.Lines, MessageLanguage.Spanish);

    [Fact]
    public void Paraphrase_EnglishComplaints_KeepsWhatAListenerWouldGiveBack() => AssertKept(EnglishComplaints.Lines, MessageLanguage.English);

    [Theory]
    [InlineData(AddressForm.Usted)]
    [InlineData(AddressForm.Tu)]
    [InlineData(AddressForm.Vos)]
    public void Paraphrase_SpanishComplaints_LeavesNoFirstPerson(AddressForm address)
    {
        foreach (var message in MessageCase.Read(SpanishComplaints.Lines))
        {
            AssertSaid(message.Text, address, SpanishFirstPerson);
        }
    }

    [Fact]
    public void Paraphrase_EnglishComplaints_LeavesNoFirstPerson()
    {
        foreach (var message in MessageCase.Read(EnglishComplaints.Lines))
        {
            AssertSaid(message.Text, AddressForm.Usted, EnglishFirstPerson);
        }
    }

    [Theory]
    [MemberData(nameof(Turned))]
    public void Paraphrase_Clause_TurnsPersonsRound(string text, string expected, AddressForm address) =>
        Assert.Contains(expected, Engine.Paraphrase(new ParaphraseRequest(text, Address: address)).Text, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Paraphrase_AnyText_SaysSomethingThatCanBeSaid(string text)
    {
        foreach (var address in Enum.GetValues<AddressForm>())
        {
            for (var variant = 0; variant < 3; variant++)
            {
                var result = Engine.Paraphrase(new ParaphraseRequest(text, Address: address, Variant: variant));

                Assert.NotEqual(MessageLanguage.Undetermined, result.Language);
                Assert.EndsWith("?", result.Text, StringComparison.Ordinal);
                Assert.InRange(result.Openers.Count, 2, 3);
                Assert.Equal(result.Openers.Count, result.Openers.Distinct().Count());
                Assert.DoesNotContain(MessageReading.Of(result.Text).Words, w => Never.Contains(w.Form));
            }
        }
    }

    [Theory]
    [InlineData("Sos un inútil de mierda.")]
    [InlineData("you useless idiots")]
    [InlineData("¿A qué hora abren los domingos?")]
    [InlineData("What time do you open on Sundays?")]
    [InlineData("Mi padre falleció el lunes y necesito cancelar su línea")]
    [InlineData("I want to die, nobody cares")]
    [InlineData("zapatéo flurbé gorgojeáis el mondrio")]
    [InlineData("O me devuelven el dinero o pongo una reseña en todas partes")]
    [InlineData("no voy a mentir, vale")]
    public void Paraphrase_NothingSureToGiveBack_AsksAnOpenQuestion(string text) =>
        Assert.True(Engine.Paraphrase(new ParaphraseRequest(text)).IsFallback);

    [Theory]
    [InlineData("Gracias, muy amables.")]
    [InlineData("Thanks a lot, you're a star.")]
    [InlineData("mi gata murio en su clinica el martes y todavia me cobran 340")]
    [InlineData("My cat died in your clinic on Tuesday and you still bill me 340")]
    [InlineData("Ya no puedo más, no quiero seguir viviendo, me cortaron la luz el lunes")]
    [InlineData("I can't go on, I want to die, and you cut my power on Monday")]
    [InlineData("son unos ineptos, pónganse las pilas, qué asco")]
    [InlineData("what a joke, you lot are useless, shame on you")]
    public void Paraphrase_WhatMustNotBeParroted_SaysNoFactBack(string text) =>
        Assert.True(Engine.Paraphrase(new ParaphraseRequest(text)).IsFallback);

    [Theory]
    [InlineData("Mi padre usa un respirador y le cortaron la luz el lunes.", "respirador")]
    [InlineData("My father is on a ventilator and you cut our power on Monday.", "ventilator")]
    public void Paraphrase_DangerToHealth_IsSaidBackGently(string text, string fact)
    {
        var result = Engine.Paraphrase(new ParaphraseRequest(text));

        Assert.Contains(fact, result.Text, StringComparison.Ordinal);
        Assert.Equal(3, result.Text.Count(c => c is '.' or '?')); // facts, worry, question
    }

    [Theory]
    [InlineData("Mi gata murió en su clínica el martes. Me cobraron 640 euros por una operación que no se hizo y nadie me llamó en 9 horas.", "640 euros", "murió")]
    [InlineData("My cat died at your clinic on Tuesday. I was billed $640 for an operation that never happened and nobody called me for 9 hours.", "$640", "died")]
    public void Paraphrase_FactsBesideADeath_AreSaidWithoutTheDeath(string text, string fact, string death)
    {
        var result = Engine.Paraphrase(new ParaphraseRequest(text));

        Assert.False(result.IsFallback);
        Assert.Contains(fact, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(death, result.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Pagué 45 euros el lunes. Lote L3381.", "se trata del lote L3381")]
    [InlineData("Pagué 45 euros el lunes. Expensas pago 210.000 por mes.", "paga 210.000 por mes")]
    [InlineData("tengo dos hijos y cocino en casa de mi madre, desde el lunes no hay gas", "cocina en casa de su madre")]
    [InlineData("Desde enero no hay agua caliente en las duchas.", "no hay agua caliente en las duchas")]
    [InlineData("Pagué el plan de 2 TB en mayo.", "2 TB")]
    [InlineData("Fui a la oficina de la calle Bravo Murillo tres veces en mayo.", "calle Bravo Murillo tres veces")]
    [InlineData("I paid 45 euros on Monday. Lot L3381.", "it's lot L3381")]
    [InlineData("bought a kettle on 3 may, came on the 11th with a dent", "it came on the 11th with a dent")]
    [InlineData("All I'm asking is that you review the film from Monday.", "you'd like us to review the film")]
    [InlineData("I booked a lorry. What turned up was a van with two boys at 11:20.", "what turned up was a van")]
    [InlineData("If I don't pay by Friday they'll give it to somebody else.", "if you don't pay by Friday, they'll give it")]
    public void Paraphrase_WhatWasLeftOutOnce_IsSaid(string text, string expected) =>
        Assert.Contains(expected, Engine.Paraphrase(new ParaphraseRequest(text)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("llevo asi 4 dias seguidos, inutiles", "4 días")]
    [InlineData("been at this 4 days straight you clowns", "4 days")]
    public void Paraphrase_InsultCalledAfterAFact_GoesAlone(string text, string fact) =>
        Assert.Contains(fact, Engine.Paraphrase(new ParaphraseRequest(text)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Pagué 45 euros el lunes. Tengo mejores cosas que hacer.", "mejores")]
    [InlineData("Pagué 45 euros el lunes, todo el mundo se va a enterar", "enterar")]
    [InlineData("Pagué 45 euros el lunes, un aplauso para su soporte", "aplauso")]
    [InlineData("I paid 45 euros on Monday. I wasn't born yesterday.", "born")]
    [InlineData("I paid 45 euros on Monday, slow clap for your support", "clap")]
    [InlineData("I paid 45 euros on Monday, who trains these people", "trains")]
    [InlineData("Pagué 45 euros el lunes. ¿Qué le digo yo a la niña?", "niña")]
    [InlineData("Pagué 45 euros el lunes. ¿Quién borra un disco por cambiar una tecla?", "disco")]
    [InlineData("Pagué 45 euros el lunes. ¿De dónde quieren que saque eso?", "saque")]
    [InlineData("Pagué 45 euros el lunes. No sean malos.", "malos")]
    [InlineData("Pagué 45 euros el lunes. Deberían estar en la cárcel.", "cárcel")]
    [InlineData("Pagué 45 euros el lunes. Se quedan tan anchos.", "anchos")]
    [InlineData("I paid 45 euros on Monday. It's nothing short of theft.", "theft")]
    [InlineData("I paid 45 euros on Monday. The guy on chat was rude.", "rude")]
    public void Paraphrase_TalkBesideAFact_IsLeftOut(string text, string talk)
    {
        var result = Engine.Paraphrase(new ParaphraseRequest(text));

        Assert.False(result.IsFallback);
        Assert.DoesNotContain(talk, result.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Paraphrase_NextVariant_NeverOpensTheSame()
    {
        var openings = Enumerable.Range(0, 60).Select(v => Engine.Paraphrase(new ParaphraseRequest("I paid 45 euros on Monday and I have no line.", Variant: v)).Text[..10]).ToArray();

        Assert.All(openings.Zip(openings.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("x")]
    [InlineData("🙄")]
    [InlineData("1234 ")]
    [InlineData("me cobraron 45 euros y ")]
    [InlineData("I paid you 45 euros and ")]
    [InlineData("que no ")]
    [InlineData("?!.,")]
    public void Paraphrase_TenThousandTimesTheSame_StaysShort(string piece)
    {
        var result = Engine.Paraphrase(new ParaphraseRequest(string.Concat(Enumerable.Repeat(piece, 10_000))));

        Assert.InRange(MessageReading.Of(result.Text).Words.Count, 3, MostWords);
    }

    [Theory]
    [InlineData("Les voy a poner una denuncia, me cobraron 45 euros dos veces.", "denuncia")]
    [InlineData("I'll sue you. You charged me $45 twice.", "sue")]
    [InlineData("¡Ladrones! Me cobraron 45 euros dos veces.", "ladrones")]
    [InlineData("Your fucking router has been dead for 3 days.", "fucking")]
    [InlineData("¿Hasta cuándo van a seguir así? Llevo 3 días sin luz.", "hasta cuándo")]
    [InlineData("How stupid can you be? I've been without power for 3 days.", "stupid")]
    [InlineData("Me dijeron «estamos trabajando en ello» y llevo 3 días sin luz.", "están trabajando")]
    public void Paraphrase_ThreatInsultRhetoric_GivesBackTheFactsOnly(string text, string unwanted)
    {
        var result = Engine.Paraphrase(new ParaphraseRequest(text));

        Assert.False(result.IsFallback);
        Assert.DoesNotContain(unwanted, result.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Estoy furioso, llevo tres días sin luz.", "furios")]
    [InlineData("I'm absolutely livid, I've been without power for three days.", "livid")]
    public void Paraphrase_FeelingShown_IsNamedOneNotchLower(string text, string shown)
    {
        var result = Engine.Paraphrase(new ParaphraseRequest(text));

        Assert.DoesNotContain(shown, result.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, result.Text.Count(c => c is '.' or '?')); // facts, feeling, question
    }

    [Theory]
    [InlineData("Me cobraron 45 euros dos veces este mes.")]
    [InlineData("I was charged 45 euros twice this month.")]
    public void Paraphrase_NoFeelingShown_NamesNone(string text) =>
        Assert.Equal(2, Engine.Paraphrase(new ParaphraseRequest(text)).Text.Count(c => c is '.' or '?'));

    [Fact]
    public void Paraphrase_SameRequest_SameWords()
    {
        foreach (var message in MessageCase.Read(SpanishComplaints.Lines))
        {
            var request = new ParaphraseRequest(message.Text, Variant: 4);

            Assert.Equal(Engine.Paraphrase(request).Text, Engine.Paraphrase(request).Text);
        }
    }

    [Theory]
    [InlineData("Pagué 45 euros el lunes y no tengo línea.")]
    [InlineData("I paid 45 euros on Monday and I have no line.")]
    public void Paraphrase_OtherVariant_OtherOpening(string text)
    {
        var texts = Enumerable.Range(0, 7).Select(v => Engine.Paraphrase(new ParaphraseRequest(text, Variant: v)).Text[..14]).Distinct();

        Assert.True(texts.Count() >= 5);
    }

    [Fact]
    public void Paraphrase_LanguageGiven_WinsOverDetection() =>
        Assert.Equal(MessageLanguage.English, Engine.Paraphrase(new ParaphraseRequest("ok", MessageLanguage.English)).Language);

    [Fact]
    public void Paraphrase_TooShortToTell_TakesTheConversationsLanguage() =>
        Assert.Equal(MessageLanguage.English, Engine.Paraphrase(new ParaphraseRequest("ok", FallbackLanguage: MessageLanguage.English)).Language);

    [Fact]
    public void Paraphrase_GarbledMessages_KeepTheRules()
    {
        // Words of real complaints in a random order: mostly nothing is sure, and what is said must still be sayable.
        var words = MessageCase.Read(SpanishComplaints.Lines).SelectMany(m => m.Text.Split(' ')).ToArray();
        var english = MessageCase.Read(EnglishComplaints.Lines).SelectMany(m => m.Text.Split(' ')).ToArray();
        var random = new Random(20240607);
        for (var i = 0; i < 400; i++)
        {
            AssertSaid(Garble(words, random), (AddressForm)(i % 3), SpanishPronouns);
            AssertSaid(Garble(english, random), AddressForm.Usted, EnglishFirstPerson);
        }
    }

    private static readonly HashSet<string> SpanishPronouns = Words("yo mi mis mio mia mios mias conmigo estoy soy tengo quiero necesito puedo llevo");

    private static string Garble(string[] words, Random random)
    {
        var text = new StringBuilder();
        for (var k = random.Next(1, 40); k > 0; k--)
        {
            text.Append(words[random.Next(words.Length)]).Append(random.Next(6) == 0 ? ", " : " ");
        }

        return text.ToString();
    }

    private static void AssertKept(string lines, MessageLanguage language)
    {
        var messages = MessageCase.Read(lines);
        var report = new StringBuilder();
        var kept = 0;
        foreach (var message in messages)
        {
            var result = Engine.Paraphrase(new ParaphraseRequest(message.Text));
            Assert.Equal(language, result.Language);
            var missing = message.MissingFrom(result.Text);
            kept += missing.Count == 0 ? 1 : 0;
            if (missing.Count > 0)
            {
                report.AppendLine(message.Text).Append("  → ").AppendLine(result.Text).Append("  without ").AppendLine(string.Join("; ", missing));
            }
        }

        Assert.True(messages.Count >= 60);
        Assert.True(kept >= LeastKept * messages.Count, $"{kept} of {messages.Count} keep all facts.\n{report}");
    }

    // What is said of the facts, which stand between the opening and the sentence's end, and of the whole.
    private static void AssertSaid(string text, AddressForm address, HashSet<string> firstPerson)
    {
        var result = Engine.Paraphrase(new ParaphraseRequest(text, Address: address));
        var words = MessageReading.Of(result.Text).Words;
        Assert.DoesNotContain(words, w => Never.Contains(w.Form));
        Assert.True(words.Count <= MostWords, $"{words.Count} words: {result.Text}");
        if (result.IsFallback)
        {
            return;
        }

        var opening = result.Text.IndexOfAny([',', ':']);
        var facts = result.Text[opening..].Split(". ")[0];
        var said = MessageReading.Of(facts).Words;
        Assert.True(!said.Any(w => firstPerson.Contains(facts.Substring(w.Start, w.Length).ToLowerInvariant())), $"A first person is left in: {result.Text}\nof: {text}");
        foreach (var number in said.Where(w => w.Kind == WordKind.Number))
        {
            Assert.Contains(facts.Substring(number.Start, number.Length), text, StringComparison.Ordinal);
        }
    }

    private static HashSet<string> Words(string list) => new(list.Split(' '), StringComparer.Ordinal);
}
