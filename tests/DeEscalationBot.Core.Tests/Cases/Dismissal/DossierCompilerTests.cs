using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Cases.Dismissal;

public sealed class DossierCompilerTests
{
    [Fact]
    public void Compile_ConversationsOfTheCustomer_ListsComplaintsWithWhatWasTried()
    {
        var first = new ScriptedConversation(MessageLanguage.Spanish, "a", "acme", "luis")
            .Customer("Otra vez lo mismo", FrustrationLevel.Frustrated, (SignalType.RepeatContact, 0.9, "Otra vez"))
            .Agent("Lo reviso ahora").Agent("Está corregido")
            .Customer("Gracias, ya funciona", FrustrationLevel.Calm, (SignalType.Relief, 0.9, "ya funciona")).Now;
        var second = new ScriptedConversation(MessageLanguage.English, "b", "acme", "eva")
            .After(TimeSpan.FromDays(40))
            .Customer("How do I export?", FrustrationLevel.Calm)
            .Customer("Hopeless people", FrustrationLevel.Hostile, (SignalType.Abuse, 0.9, "Hopeless")).Now;
        var other = new ScriptedConversation(MessageLanguage.English, "c", "someone").Customer("Broken again", FrustrationLevel.Angry).Now;

        var dossier = DossierCompiler.Compile("acme", [second, other, first]);
        Assert.Equal(["a", "b"], dossier.Conversations.Select(c => c.ConversationId));
        Assert.Equal((2, 2), (dossier.Conversations[0].CustomerTurns, dossier.Conversations[0].AgentTurns));
        Assert.Equal(["a#0", "b#1"], dossier.Complaints.Select(c => c.Id));
        Assert.Equal([1, 2], dossier.Complaints[0].AnswerTurns);
        Assert.Equal([true, false], dossier.Complaints.Select(c => c.WasRelieved));
        Assert.Equal(["luis"], dossier.Agents);
        Assert.Equal([(new DateOnly(2026, 3, 1), 2, 0), (new DateOnly(2026, 4, 1), 2, 1)], dossier.Pattern.Select(p => (p.Month, p.Messages, p.Hot)));
        Assert.Equal(1, dossier.Pattern[1].Signals[SignalType.Abuse]);
        Assert.Equal(4, dossier.Curve.Count);

        // It points at turns and copies no text.
        Assert.DoesNotContain("Hopeless", TheRecord.Read(dossier), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_NoConversations_IsEmpty() => Assert.Empty(DossierCompiler.Compile("acme", []).Conversations);
}
