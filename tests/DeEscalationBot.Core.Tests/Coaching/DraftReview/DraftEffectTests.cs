using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

public sealed class DraftEffectTests
{
    private static readonly string[] Story = ["Es la tercera vez que llamo por el pedido 88213 y nadie me contesta."];

    // Expected bands: what a support lead would say of these drafts in a tense chat.
    [Theory]
    [InlineData("Cállese de una vez.", LikelyEffect.Raises, EffectSureness.Likely)]
    [InlineData("Es culpa suya por no leer el contrato.", LikelyEffect.Raises, EffectSureness.Likely)]
    [InlineData("Siento que lleve tres llamadas por el pedido 88213. Lo busco ahora y le escribo antes de las 15:00.", LikelyEffect.Lowers, EffectSureness.Likely)]
    [InlineData("Buenos días, soy Carla.", LikelyEffect.Keeps, EffectSureness.Guess)]
    public void Review_Effect_IsTheBandThatAPersonWouldExpect(string draft, LikelyEffect likely, EffectSureness sureness)
    {
        var effect = DraftSamples.Reviewer.Review(new DraftRequest(draft, MessageLanguage.Spanish, CustomerTexts: Story, Tension: 0.7)).Effect!;

        Assert.Equal((likely, sureness), (effect.Likely, effect.Sureness));
        Assert.All(effect.Reasons, r => Assert.Matches("^([A-E][0-9]{1,2}|COMPASSION)$", r.Playbook));
        Assert.InRange(effect.Reasons.Count, 1, 4);
    }

    [Fact]
    public void Review_CalmConversation_HasLittleToLower()
    {
        var effect = DraftSamples.Reviewer.Review(new DraftRequest("I'm sorry about order 88213. I'll check it now and write by 3 pm.", CustomerTexts: ["Where is order 88213, please?"], Tension: 0.05)).Effect!;

        Assert.Equal(LikelyEffect.Keeps, effect.Likely);
        Assert.Equal(LikelyEffect.Keeps, effect.Reasons[0].Direction);
    }

    [Fact]
    public void Review_UnknownConversation_IsOnlyAGuessWhereItCalms()
    {
        var effect = DraftSamples.Reviewer.Review(new DraftRequest("I'm sorry about the parcel. I'll check it now and write by 3 pm. Would you like a replacement?")).Effect!;

        Assert.Equal(EffectSureness.Guess, effect.Sureness);
    }

    [Fact]
    public void Review_EmptyDraft_HasNoEffect() => Assert.Null(DraftSamples.Reviewer.Review(new DraftRequest("")).Effect);

    // A rewrite that heated more than the draft would be no help.
    [Fact]
    public void Review_Rewrites_NeverLookWorseThanTheirDrafts()
    {
        foreach (var line in DraftSamples.Lines(FaultyDrafts.Spanish, FaultyDrafts.English).Select(l => (string)l.Data))
        {
            var result = DraftSamples.Reviewer.Review(DraftSamples.Labelled(line).Request);
            if (result.RewriteEffect is { } after)
            {
                Assert.True(after.Likely != LikelyEffect.Raises || result.Effect!.Likely == LikelyEffect.Raises, $"{result.Effect!.Likely} becomes {after.Likely}: {result.Rewrite}");
            }
        }
    }

    [Fact]
    public void SetAside_Warning_SilencesItsRule_ABlockOnlyItsWords()
    {
        var request = new DraftRequest("Cállese. Como ya le dije, sale el lunes.", MessageLanguage.Spanish);
        var advice = DraftSamples.Reviewer.Review(request).Findings.Select(SetAsideAdvice.Of).ToArray();

        Assert.Empty(DraftSamples.Reviewer.Review(request with { SetAside = advice }).Findings);
        Assert.Null(DraftSamples.Reviewer.Review(request with { SetAside = advice }).Rewrite);
        var other = DraftSamples.Reviewer.Review(request with { Text = "No me grite. Como ya le dije, sale el lunes.", SetAside = advice }).Findings;
        Assert.Equal(["hostile-tone"], other.Select(f => f.Rule));
    }
}
