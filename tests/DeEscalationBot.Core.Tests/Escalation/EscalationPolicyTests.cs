using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Escalation;

/// <summary>Urgencies come from the table of triggers in the playbook (T1–T12).</summary>
public sealed class EscalationPolicyTests
{
    private static readonly EscalationSettings Settings = new();
    private static readonly EscalationPolicy Policy = PlaybookCoaching.ReadPolicy(ThePlaybook.Files, Settings);

    public static TheoryData<MessageLanguage> Languages => [MessageLanguage.Spanish, MessageLanguage.English];

    // Whatever a model sees in a greeting: the text alone says that there is nothing to see. One word more, and it counts.
    [Theory]
    [InlineData(MessageLanguage.English, "bye bye")]
    [InlineData(MessageLanguage.English, "ok thanks, have a nice day")]
    [InlineData(MessageLanguage.English, "Are you still there?")]
    [InlineData(MessageLanguage.English, "take your own time, I'll wait")]
    [InlineData(MessageLanguage.Spanish, "Muchas gracias, ¡hasta luego!")]
    [InlineData(MessageLanguage.Spanish, "¿sigue ahí?")]
    [InlineData(MessageLanguage.Spanish, "vale, que tenga un buen día")]
    [InlineData(MessageLanguage.Undetermined, "bye")]
    public void Decide_NothingButCourtesy_CallsNobody(MessageLanguage language, string text)
    {
        foreach (var signal in new[] { SignalType.ChurnIntent, SignalType.Abuse, SignalType.Threat, SignalType.AccountSecurity, SignalType.Vulnerability })
        {
            Assert.Empty(Policy.Decide(new ScriptedConversation(language).Customer(text, FrustrationLevel.Calm, (signal, 0.9, text)).Now));
            Assert.NotEmpty(Policy.Decide(new ScriptedConversation(language).Customer(text + " idiot", FrustrationLevel.Calm, (signal, 0.9, text)).Now));
        }
    }

    // A danger to life is never deferred: however faint the sign before, and however much was said in between.
    [Theory]
    [InlineData(MessageLanguage.Spanish, "ya no aguanto más, nadie me va a extrañar", "Adiós, gracias por todo", 0.29)]
    [InlineData(MessageLanguage.Spanish, "ya no aguanto más, nadie me va a extrañar", "Adiós, gracias por todo", 0.05)]
    [InlineData(MessageLanguage.English, "I can't take this any more", "goodbye", 0.29)]
    [InlineData(MessageLanguage.English, "I can't take this any more", "goodbye", 0.8)]
    public void Decide_GoodbyeAfterAnySignOfDespair_IsADangerToLife(MessageLanguage language, string despair, string goodbye, double before)
    {
        ScriptedConversation Talk() => new ScriptedConversation(language)
            .Customer(despair, FrustrationLevel.Frustrated, (SignalType.Vulnerability, before, despair))
            .Customer("ok", FrustrationLevel.Calm);

        var sure = Policy.Decide(Talk().Customer(goodbye, FrustrationLevel.Calm, (SignalType.Vulnerability, 0.9, goodbye)).Now);
        var faint = Policy.Decide(Talk().Customer(goodbye, FrustrationLevel.Calm, (SignalType.Vulnerability, 0.3, goodbye)).Now);

        Assert.Equal((EscalationTrigger.T11, AlertUrgency.Immediate), (sure[0].Trigger, sure[0].Urgency));
        Assert.Equal((EscalationTrigger.T11, AlertUrgency.Supervisor), (faint[0].Trigger, faint[0].Urgency));
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "Ya no aguanto más. Adiós, gracias por todo")]
    [InlineData(MessageLanguage.English, "I can't take this. Goodbye, thanks")]
    public void Decide_DespairAndGoodbyeInOneMessage_IsADangerToLife(MessageLanguage language, string text) => Assert.Equal(
        AlertUrgency.Immediate, Policy.Decide(new ScriptedConversation(language).Customer(text, FrustrationLevel.Calm, (SignalType.Vulnerability, 0.9, text)).Now)[0].Urgency);

    // T12 looks at the clock, and a hazard is one whatever the tone.
    [Fact]
    public void Decide_CourtesyThatWaits_StillSaysSo()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("hello, anyone there", FrustrationLevel.Calm, (SignalType.Waiting, 0.8, "hello")).Now;

        Assert.Equal(EscalationTrigger.T12, Assert.Single(Policy.Decide(talk)).Trigger);
    }

    [Theory]
    [InlineData(SignalType.Vulnerability, EscalationTrigger.T11, AlertUrgency.Immediate)]
    [InlineData(SignalType.SafetyHazard, EscalationTrigger.T11, AlertUrgency.Immediate)]
    [InlineData(SignalType.Threat, EscalationTrigger.T2, AlertUrgency.Immediate)]
    [InlineData(SignalType.Blackmail, EscalationTrigger.T2, AlertUrgency.Immediate)]
    [InlineData(SignalType.ReputationThreat, EscalationTrigger.T3, AlertUrgency.Supervisor)]
    [InlineData(SignalType.Misfit, EscalationTrigger.T5, AlertUrgency.Supervisor)]
    [InlineData(SignalType.ChurnIntent, EscalationTrigger.T9, AlertUrgency.Supervisor)]
    [InlineData(SignalType.ManagerRequest, EscalationTrigger.T10, AlertUrgency.Supervisor)]
    [InlineData(SignalType.LegalThreat, EscalationTrigger.T10, AlertUrgency.Supervisor)]
    [InlineData(SignalType.AccountSecurity, EscalationTrigger.T10, AlertUrgency.Supervisor)]
    [InlineData(SignalType.Minor, EscalationTrigger.T10, AlertUrgency.Supervisor)]
    public void Decide_SureSignal_RaisesItsTriggerInBothLanguages(SignalType signal, EscalationTrigger trigger, AlertUrgency urgency)
    {
        foreach (var language in new[] { MessageLanguage.Spanish, MessageLanguage.English })
        {
            var last = Settings.SignalConfidence;
            var decision = Assert.Single(Policy.Decide(Say(language, signal, last)));
            Assert.Equal((trigger, urgency), (decision.Trigger, decision.Urgency));
            Assert.Contains("exact words", decision.Reason, StringComparison.Ordinal);
            Assert.StartsWith($"{trigger}:", decision.Reason, StringComparison.Ordinal);

            // Just below the setting nothing, except that a possible danger or threat is still shown to a supervisor.
            var below = Policy.Decide(Say(language, signal, last - 0.01));
            Assert.All(below, d => Assert.Equal(AlertUrgency.Supervisor, d.Urgency));
            Assert.Equal(signal is SignalType.Vulnerability or SignalType.Threat, below.Count == 1);
        }
    }

    [Theory]
    [InlineData(SignalType.Vulnerability)]
    [InlineData(SignalType.Threat)]
    public void Decide_UnsureDangerAtTheEdge_IsShownToASupervisor(SignalType signal)
    {
        Assert.Single(Policy.Decide(Say(MessageLanguage.Spanish, signal, Settings.WeakSignalConfidence)));
        Assert.Empty(Policy.Decide(Say(MessageLanguage.Spanish, signal, Settings.WeakSignalConfidence - 0.01)));
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "son todos unos inútiles", "inútiles", AlertUrgency.Supervisor)]
    [InlineData(MessageLanguage.Spanish, "eres un inútil", "inútil", AlertUrgency.Immediate)]
    [InlineData(MessageLanguage.Spanish, "sos una inútil", "inútil", AlertUrgency.Immediate)]
    [InlineData(MessageLanguage.English, "you people are useless", "useless", AlertUrgency.Supervisor)]
    [InlineData(MessageLanguage.English, "you are useless", "useless", AlertUrgency.Immediate)]
    public void Decide_Abuse_IsImmediateWhenAimedAtThePerson(MessageLanguage language, string text, string words, AlertUrgency expected)
    {
        var talk = new ScriptedConversation(language).Customer(text, FrustrationLevel.Hostile, (SignalType.Abuse, 0.9, words));

        var decision = Assert.Single(Policy.Decide(talk.Now));

        Assert.Equal((EscalationTrigger.T1, expected), (decision.Trigger, decision.Urgency));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_GeneralAbuseAgain_IsImmediate(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language)
            .Customer("inútiles / all useless", FrustrationLevel.Hostile, (SignalType.Abuse, 0.9, "useless"))
            .Agent("…")
            .Customer("inútiles / all useless", FrustrationLevel.Hostile, (SignalType.Abuse, 0.9, "useless"));

        Assert.Equal(AlertUrgency.Immediate, Assert.Single(Policy.Decide(talk.Now)).Urgency);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_InsistsAfterARealAnswer_IsT4(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language)
            .Customer("otra vez / again", FrustrationLevel.Frustrated, (SignalType.RepeatContact, 0.8, "again"))
            .Agent("I have passed it on to the workshop today", ConversationStep.Explain)
            .Customer("otra vez / again", FrustrationLevel.Frustrated, (SignalType.RepeatContact, 0.8, "again"));

        Assert.Equal(EscalationTrigger.T4, Assert.Single(Policy.Decide(talk.Now)).Trigger);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_NeverSatisfiedAfterTwoAnswers_IsT4AlsoWithoutSayingItAgain(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language)
            .Customer("tercera vez / third time", FrustrationLevel.Frustrated, (SignalType.RepeatContact, 0.9, "third time"))
            .Agent("I have passed it on to the workshop today")
            .Customer("no me sirve / no use to me", FrustrationLevel.Frustrated);
        Assert.Empty(Policy.Decide(talk.Now));

        talk.Agent("The workshop can also send a technician to you").Customer("nada / nothing", FrustrationLevel.Angry);
        Assert.Equal((EscalationTrigger.T4, AlertUrgency.Supervisor), Only(talk));
    }

    [Fact]
    public void Decide_WaitsForAParcel_IsNotT12() =>
        Assert.Empty(Policy.Decide(new ScriptedConversation(MessageLanguage.English).Customer("still waiting for my parcel", FrustrationLevel.Annoyed, (SignalType.Waiting, 0.9, "still waiting")).Now));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_RepeatsWithoutHavingBeenAnswered_IsNotT4(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language)
            .Customer("otra vez / again", FrustrationLevel.Frustrated, (SignalType.RepeatContact, 0.8, "again"))
            .Agent("…", ConversationStep.Listen)
            .Customer("otra vez / again", FrustrationLevel.Frustrated, (SignalType.RepeatContact, 0.8, "again"));

        Assert.Empty(Policy.Decide(talk.Now));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_AngerThatDoesNotFall_AdvisesThenCallsTheSupervisorAfterTwoMoreTurns(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language).Customer("a", FrustrationLevel.Angry).Agent("b", ConversationStep.Calm, ConversationStep.Listen, ConversationStep.Repeat, ConversationStep.Thank)
            .Customer("c", FrustrationLevel.Angry).Customer("d", FrustrationLevel.Angry);
        Assert.Equal((EscalationTrigger.T6, AlertUrgency.Advise), Only(talk));

        talk.Decided(EscalationTrigger.T6, AlertUrgency.Advise).Customer("e", FrustrationLevel.Angry);
        Assert.Empty(Policy.Decide(talk.Now));

        talk.Customer("f", FrustrationLevel.Angry);
        Assert.Equal((EscalationTrigger.T6, AlertUrgency.Supervisor), Only(talk));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_AngerFallsAfterTheSteps_IsNotT6(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language).Customer("a", FrustrationLevel.Hostile).Agent("b", ConversationStep.Calm, ConversationStep.Listen, ConversationStep.Repeat, ConversationStep.Thank)
            .Customer("c", FrustrationLevel.Angry).Customer("d", FrustrationLevel.Annoyed);

        Assert.Empty(Policy.Decide(talk.Now));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_EarlySignsPileUp_IsT7(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language)
            .Customer("no", FrustrationLevel.Calm, (SignalType.Objection, 0.8, "no"))
            .Customer("no", FrustrationLevel.Calm, (SignalType.Objection, 0.8, "no"));
        Assert.Empty(Policy.Decide(talk.Now));

        talk.Customer("no", FrustrationLevel.Calm, (SignalType.Objection, 0.8, "no"));
        Assert.Equal((EscalationTrigger.T7, AlertUrgency.Advise), Only(talk));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void ProposeReview_Misuse_IsProposedOnceAndNeverAnAlert(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language).Customer("fake receipt", FrustrationLevel.Calm, (SignalType.Misuse, 0.9, "fake receipt"));

        var reason = Policy.ProposeReview(talk.Now);
        Assert.StartsWith("T8:", reason, StringComparison.Ordinal);
        Assert.Empty(Policy.Decide(talk.Now));
        Assert.Null(Policy.ProposeReview(talk.Now.Apply(new ReviewProposed(ScriptedConversation.Morning, 0, reason!))));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void DecideWaiting_ByTheClock_AdvisesThenCallsTheSupervisor(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language).Customer("hello / hola", FrustrationLevel.Calm);
        var since = talk.Now.UnansweredSince!.Value;

        Assert.Null(Policy.DecideWaiting(talk.Now, since + Settings.WaitingAdviseAfter - TimeSpan.FromTicks(1)));
        Assert.Equal(AlertUrgency.Advise, Policy.DecideWaiting(talk.Now, since + Settings.WaitingAdviseAfter)!.Urgency);
        Assert.Equal(AlertUrgency.Supervisor, Policy.DecideWaiting(talk.Now, since + Settings.WaitingSupervisorAfter)!.Urgency);
        Assert.Null(Policy.DecideWaiting(talk.Agent("answer").Now, since + TimeSpan.FromDays(1)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_SaysTheyWait_AdvisesThenCallsTheSupervisorWhenSaidAgain(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language).Customer("still waiting for an answer / sigo esperando respuesta", FrustrationLevel.Annoyed, (SignalType.Waiting, 0.8, "waiting"));
        Assert.Equal((EscalationTrigger.T12, AlertUrgency.Advise), Only(talk));

        talk.Agent("…").Customer("still waiting for an answer / sigo esperando respuesta", FrustrationLevel.Annoyed, (SignalType.Waiting, 0.8, "waiting"));
        Assert.Equal((EscalationTrigger.T12, AlertUrgency.Supervisor), Only(talk));
    }

    [Fact]
    public void NextWaitingCheck_FollowsTheTwoLimits()
    {
        var since = ScriptedConversation.Morning;

        Assert.Equal(since + Settings.WaitingAdviseAfter, Policy.NextWaitingCheck(since, since));
        Assert.Equal(since + Settings.WaitingSupervisorAfter, Policy.NextWaitingCheck(since, since + Settings.WaitingAdviseAfter));
        Assert.Null(Policy.NextWaitingCheck(since, since + Settings.WaitingSupervisorAfter));
        Assert.Null(Policy.NextWaitingCheck(null, since));
    }

    [Fact]
    public void Decide_DangerToLifeBesideAThreat_ComesFirst()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer(
            "threat and despair", FrustrationLevel.Hostile, (SignalType.Threat, 0.95, "threat"), (SignalType.Vulnerability, 0.4, "despair"));

        Assert.Equal([EscalationTrigger.T11, EscalationTrigger.T2], Policy.Decide(talk.Now).Select(d => d.Trigger));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Decide_CalmTurn_LeadsToNothing(MessageLanguage language) =>
        Assert.Empty(Policy.Decide(new ScriptedConversation(language).Customer("hola / hello", FrustrationLevel.Calm).Now));

    private static (EscalationTrigger Trigger, AlertUrgency Urgency) Only(ScriptedConversation talk)
    {
        var decision = Assert.Single(Policy.Decide(talk.Now));
        return (decision.Trigger, decision.Urgency);
    }

    private static Conversation Say(MessageLanguage language, SignalType signal, double confidence) =>
        new ScriptedConversation(language).Customer("some exact words here", FrustrationLevel.Annoyed, (signal, confidence, "exact words")).Now;
}
