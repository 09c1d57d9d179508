using CsCheck;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.BeginnersMind;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching.BeginnersMind;

/// <summary>Expected questions follow from <c>notes.yaml</c>: knowing, reading and doing each have one of their own (A3).</summary>
public sealed class NoteReframerTests
{
    private static readonly NoteReframer Reframer = PlaybookLetters.ReadNotes(ThePlaybook.Files);

    [Theory]
    [InlineData("The customer should have read the terms.", "What would have helped them to read the terms?")]
    [InlineData("She should've known that the plan renews every year", "How could they have known that the plan renews every year?")]
    [InlineData("They ought to have told us earlier, we could have helped.", "What made it hard for them to tell us earlier?")]
    [InlineData("He was supposed to call before Friday", "What made it hard for them to call before Friday?")]
    [InlineData("Anyone should know that.", "How could they have known that?")]
    [InlineData("customer shouldn't have opened the box", "What led them to open the box?")]
    [InlineData("Nice lady, but she should have checked the size before ordering", "What would have helped them to check the size before ordering?")]
    [InlineData("El cliente debería haber leído las condiciones.", "¿Qué le habría ayudado a leer las condiciones?")]
    [InlineData("Tendría que haber avisado antes", "¿Qué le hizo difícil avisar antes?")]
    [InlineData("Debió revisar la factura el mismo día", "¿Qué le habría ayudado a revisar la factura el mismo día?")]
    [InlineData("la señora tenía que saber que el contrato se renueva", "¿Cómo podía saber que el contrato se renueva?")]
    [InlineData("Se supone que sabe cómo funciona.", "¿Cómo podía saber cómo funciona?")]
    [InlineData("No debió abrir el paquete", "¿Qué le llevó a abrir el paquete?")]
    [InlineData("Muy amable, pero debería haber preguntado el precio.", "¿Qué le hizo difícil preguntar el precio?")]
    public void Reframe_ShouldThought_BecomesAnOpenQuestion(string note, string question)
    {
        var reframed = Reframer.Reframe(note);

        var thought = Assert.Single(reframed.Thoughts);
        Assert.Equal(question, thought.Reframed);
        Assert.Equal("A3", thought.Playbook);
        Assert.Equal(note.Substring(thought.Evidence.Start, thought.Evidence.Length), thought.Evidence.Text);
        Assert.Contains(question, reframed.Rewrite!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("We should have told her earlier.")]
    [InlineData("I should have checked the order first")]
    [InlineData("The parcel should have arrived on Tuesday")]
    [InlineData("The system should have sent the mail")]
    [InlineData("They should receive the refund tomorrow")]
    [InlineData("Customer should call again if it fails")]
    [InlineData("Our colleague should have called back, customer is right")]
    [InlineData("The customer read the terms and asks for a copy.")]
    [InlineData("Deberíamos haberle avisado antes")]
    [InlineData("El pedido debería haber llegado el martes")]
    [InlineData("El sistema debió enviar el correo")]
    [InlineData("El técnico tenía que haber llamado")]
    [InlineData("Debería recibir la devolución mañana")]
    [InlineData("Tiene que llamar otra vez si falla")]
    [InlineData("")]
    public void Reframe_OursAThingOrAPlan_IsLeftAlone(string note)
    {
        var reframed = Reframer.Reframe(note);

        Assert.Empty(reframed.Thoughts);
        Assert.Null(reframed.Rewrite);
    }

    [Fact]
    public void Reframe_TheRestOfTheNote_StaysAsItWas() =>
        Assert.Equal(
            "Order 70415. What would have helped them to read the mail? Wants a call at 5.",
            Reframer.Reframe("Order 70415. She should have read the mail. Wants a call at 5.").Rewrite);

    [Theory]
    [InlineData("The customer should have read the terms.")]
    [InlineData("El cliente debería haber leído las condiciones.")]
    public void Reframe_ItsOwnQuestion_HasNothingToReframe(string note) => Assert.Empty(Reframer.Reframe(Reframer.Reframe(note).Rewrite!).Thoughts);

    [Fact]
    public void Reframe_AnyText_NamesWordsThatAreThere() =>
        Gen.Select(Gen.String[0, 120], Gen.Int[0, 3]).Sample(
            (text, place) =>
            {
                var note = place switch { 0 => text, 1 => "he should have read " + text, 2 => text + " debería haber leído", _ => "should have \uD83D" + text };
                return Reframer.Reframe(note, MessageLanguage.Undetermined).Thoughts.All(t => MessageText.Mend(note).Substring(t.Evidence.Start, t.Evidence.Length) == t.Evidence.Text);
            },
            iter: 300);
}
