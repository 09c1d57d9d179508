using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>What the final heads weigh: the message, and the message again by how foreign it is.</summary>
public sealed class FinalInputsTests
{
    private static readonly FrustrationModel Model = ModelLoader.Load(Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip"));

    [Theory]
    [InlineData("Llevo tres semanas esperando y nadie contesta.", MessageLanguage.Spanish)]
    [InlineData("great, another outage. FANTASTIC!!", MessageLanguage.English)]
    [InlineData("", MessageLanguage.English)]
    public void StackOf_Message_HoldsItsValuesTimesItsForeignShare(string text, MessageLanguage language)
    {
        var reading = MessageReading.Of(text);

        var stack = Model.StackOf(reading, ThePlaybook.Signals.Detect(reading, language), language);

        Assert.Equal(FinalInputs.Count, stack.Length);
        var share = FinalInputs.ForeignShare(stack);
        Assert.InRange(share, 0, 1);
        for (var i = 0; i < FinalInputs.MessageSize; i++)
        {
            Assert.Equal(share * stack[i], stack[FinalInputs.MessageSize + i]);
        }
    }

    [Fact]
    public void Factor_TimesItsValue_AddsUpToTheLogitButForAConstant()
    {
        // Any weights do; these differ from value to value and have both signs.
        var head = new LinearHead([.. Enumerable.Range(0, FinalInputs.Count).Select(i => MathF.Sin(i))], Bias: 0.3f);
        var constant = head.Logit(Nothing());
        foreach (var text in (string[])["Nunca más. La peor empresa con la que he tratado.", "ok", "gracias, ya va", "💩"])
        {
            var reading = MessageReading.Of(text);
            var stack = Model.StackOf(reading, ThePlaybook.Signals.Detect(reading, MessageLanguage.Spanish), MessageLanguage.Spanish);

            var sum = Enumerable.Range(0, FinalInputs.MessageSize).Sum(i => (double)FinalInputs.Factor(head.Weights, stack, i) * stack[i]);

            Assert.Equal(head.Logit(stack), constant + sum, tolerance: 1e-3);
        }

        static float[] Nothing()
        {
            var inputs = new float[FinalInputs.Count];
            FinalInputs.Derive(inputs);
            return inputs;
        }
    }

    [Fact]
    public void Derive_Logit_IsBentWhereItMayChangeItsWeight()
    {
        // By hand: the first logit at 0.5 passes all three bends, by 1.25, 0.75 and 0.25; the second at -1 none.
        var inputs = new float[FinalInputs.Count];
        inputs[0] = 0.5f;
        inputs[1] = -1;

        FinalInputs.Derive(inputs);

        var bent = inputs.AsSpan(2 * FinalInputs.MessageSize);
        var logits = 2 * ModelHeads.Ngram.Count;
        Assert.Equal([1.25f, 0.75f, 0.25f], [bent[0], bent[logits], bent[2 * logits]]);
        Assert.Equal([0f, 0f, 0f], [bent[1], bent[logits + 1], bent[(2 * logits) + 1]]);
    }

    [Theory]
    [InlineData("Hola, mi pedido 88213 no ha llegado y el seguimiento no se actualiza.", "jajaja el capítulo de ayer qué risa, mi hermana lloraba con ese video", MessageLanguage.Spanish)]
    [InlineData("Hi, my order 88213 has not arrived and the tracking does not update.", "lol that episode last night, my sister cried at this video", MessageLanguage.English)]
    public void ForeignShare_OfTalkElsewhere_IsLargerThanOfTalkToADesk(string toADesk, string elsewhere, MessageLanguage language)
    {
        float ShareOf(string text)
        {
            var reading = MessageReading.Of(text);
            return FinalInputs.ForeignShare(Model.StackOf(reading, ThePlaybook.Signals.Detect(reading, language), language));
        }

        Assert.True(ShareOf(toADesk) < 0.5, $"desk {ShareOf(toADesk)}");
        Assert.True(ShareOf(elsewhere) > 0.5, $"elsewhere {ShareOf(elsewhere)}");
    }
}
