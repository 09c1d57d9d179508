using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

/// <summary>What a judge may add to the rules and take back from them, whatever model it is.</summary>
public sealed class DraftJudgeTests
{
    private const float Impossible = 0.001f;
    private const float Sound = 0.05f;
    private const float Unclear = 0.5f;
    private const float Faulty = 0.9f;

    // "Debería haber leído", "you should have read": the plainest phrases of should-statement.
    [Theory]
    [InlineData("Debería haber leído las condiciones.", MessageLanguage.Spanish)]
    [InlineData("You should have read the terms.", MessageLanguage.English)]
    public void Phrase_AgainstTheJudge_StandsUnlessTheDraftLooksSound(string draft, MessageLanguage language)
    {
        Assert.Contains("should-statement", RulesIn(draft, language, Impossible, Unclear));
        Assert.Contains("should-statement", RulesIn(draft, language, Impossible, Faulty));
        Assert.DoesNotContain("should-statement", RulesIn(draft, language, Impossible, Sound));
        Assert.Contains("should-statement", RulesIn(draft, language, confidence: 0.2f, Sound));
    }

    // A placeholder is seen, not understood.
    [Theory]
    [InlineData("Estimado [nombre]: su contrato termina el 3 de mayo por dos facturas sin pagar.", MessageLanguage.Spanish)]
    [InlineData("Dear [name], your contract ends on 3 May because of two unpaid invoices.", MessageLanguage.English)]
    public void Placeholder_AgainstTheJudge_Stands(string draft, MessageLanguage language) =>
        Assert.Contains("untouched-template", RulesIn(draft, language, Impossible, Sound, DraftKind.Farewell));

    // The rules find no reason wherever it is told in words that no phrase foresaw.
    [Theory]
    [InlineData("Ana, el día 30 acaba el reparto en su calle. Pasamos a dar servicio en otra zona.", MessageLanguage.Spanish)]
    [InlineData("Ann, deliveries to your street end on the 30th. We serve another area from then on.", MessageLanguage.English)]
    public void MissingReason_AgainstTheJudge_IsTakenBack(string draft, MessageLanguage language)
    {
        Assert.Contains("vague-reason", RulesIn(draft, language, confidence: 0.2f, Faulty, DraftKind.Farewell));
        Assert.DoesNotContain("vague-reason", RulesIn(draft, language, Impossible, Faulty, DraftKind.Farewell));
    }

    [Theory]
    [InlineData("El paquete sale mañana por la tarde.", MessageLanguage.Spanish)]
    [InlineData("The parcel goes out tomorrow afternoon.", MessageLanguage.English)]
    public void Judge_InADraftThatLooksSound_AddsOnlyWhatItIsSureOf(string draft, MessageLanguage language)
    {
        Assert.DoesNotContain("blame", RulesIn(draft, language, confidence: 0.4f, Unclear));
        Assert.Contains("blame", RulesIn(draft, language, confidence: 0.6f, Unclear));
        Assert.DoesNotContain("blame", RulesIn(draft, language, confidence: 0.6f, Sound));
        Assert.Contains("blame", RulesIn(draft, language, confidence: 0.9f, Sound));
    }

    private static IEnumerable<string> RulesIn(string draft, MessageLanguage language, float confidence, float faulty, DraftKind kind = DraftKind.Reply) =>
        PlaybookDraftRules.ReadReviewer(ThePlaybook.Files, new SteadyJudge(confidence, faulty)).Review(new DraftRequest(draft, language, Kind: kind)).Findings.Select(f => f.Rule);

    /// <summary>Is equally sure of everything.</summary>
    private sealed class SteadyJudge(float confidence, float faulty) : IDraftJudge
    {
        public DraftVerdict Judge(DraftEvidence evidence) => new(
            [.. evidence.Sentences.Select(_ => Enumerable.Repeat(confidence, JudgedRules.OfPassages.Length).ToArray())],
            [.. Enumerable.Repeat(confidence, JudgedRules.OfWholeDrafts.Length)],
            [.. Enumerable.Repeat(0, JudgedRules.OfWholeDrafts.Length)],
            faulty);
    }
}
