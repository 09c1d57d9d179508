using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Escalation;

/// <summary>Expected values come from the rules in the remarks of <see cref="AlertIntake"/> and from the defaults of <see cref="EscalationSettings"/>.</summary>
public sealed class AlertIntakeTests
{
    private static readonly EscalationSettings Defaults = new();
    private static readonly DateTimeOffset Now = ScriptedConversation.Morning.AddHours(1);

    [Theory]
    [InlineData(EscalationTrigger.T3, true)]
    [InlineData(EscalationTrigger.T4, true)]
    [InlineData(EscalationTrigger.T6, true)]
    [InlineData(EscalationTrigger.T1, false)]
    [InlineData(EscalationTrigger.T2, false)]
    [InlineData(EscalationTrigger.T5, false)]
    [InlineData(EscalationTrigger.T9, false)]
    [InlineData(EscalationTrigger.T10, false)]
    [InlineData(EscalationTrigger.T11, false)]
    [InlineData(EscalationTrigger.T12, false)]
    public void Take_WhileRecovering_OnlyAMoodWaits(EscalationTrigger trigger, bool waits)
    {
        var alert = Raised(Take(Defaults, Recovering(), trigger));

        Assert.Equal(waits ? AlertState.Waiting : AlertState.Raised, alert.State);
        Assert.Equal(waits ? new AlertWait(AlertWaitCause.Recovery, Now.AddMinutes(3)) : null, alert.Wait);
    }

    [Fact]
    public void Take_WhileRising_RaisesAtOnce()
    {
        var rising = Talk().Customer("hm", FrustrationLevel.Annoyed).Customer("this again", FrustrationLevel.Frustrated).Now;

        Assert.Equal(AlertState.Raised, Raised(Take(Defaults, rising, EscalationTrigger.T4)).State);
    }

    [Fact]
    public void Take_FallingButStillHot_RaisesAtOnce()
    {
        var hot = Talk().Customer("you thieves", FrustrationLevel.Hostile).Customer("hm", FrustrationLevel.Frustrated).Now;
        Assert.True(hot.Tension.Value >= Defaults.StubbornTension);

        Assert.Equal(AlertState.Raised, Raised(Take(Defaults, hot, EscalationTrigger.T4)).State);
    }

    [Fact]
    public void Take_AskedForByTheTeam_NeverWaits() =>
        Assert.Equal(AlertState.Raised, Raised(new AlertIntakeOf(Defaults).Intake.Take(Recovering(), -1, Decision(EscalationTrigger.T6), Now, isAskedFor: true)).State);

    [Fact]
    public void Waiting_NextTurnBringsRelief_IsWithdrawn()
    {
        var state = Waiting();
        var after = Say(state, "great, thank you, that works", FrustrationLevel.Calm, SignalType.Relief);

        Assert.Equal("alr_w", Assert.IsType<AlertWithdrawn>(Assert.Single(Intake(Defaults).AfterCustomerTurn(after, Now.AddMinutes(1)))).AlertId);
        Assert.True(after.Apply(new AlertWithdrawn(Now, "alr_w")).Alerts[^1].WasWithdrawn);
    }

    [Fact]
    public void Waiting_NextTurnIsAngry_IsRaised()
    {
        var after = Say(Waiting(), "this is outrageous", FrustrationLevel.Angry);

        var released = Assert.IsType<AlertReleased>(Assert.Single(Intake(Defaults).AfterCustomerTurn(after, Now)));
        Assert.Equal(Now.AddMinutes(10), released.DueAt);
    }

    [Theory]
    [InlineData(179, 0)]
    [InlineData(180, 1)]
    public void Waiting_AtTheEndOfTheWait_IsRaisedByTheClock(int seconds, int events) =>
        Assert.Equal(events, Intake(Defaults).Look(Waiting(), Nobody.Named, Now.AddSeconds(seconds)).OfType<AlertReleased>().Count());

    [Fact]
    public void Waiting_JoinedByATriggerThatMayNotWait_IsRaised()
    {
        var events = Intake(Defaults).Take(Waiting(), 2, Decision(EscalationTrigger.T10), Now);

        Assert.Collection(events, e => Assert.IsType<AlertJoined>(e), e => Assert.IsType<AlertReleased>(e));
        Assert.Equal(AlertState.Raised, Waiting().Apply(events).Alerts[^1].State);
    }

    [Fact]
    public void DangerToLife_BesideOneThatIsUnanswered_StandsOnceAndJoinsNothing()
    {
        var first = Recovering().Apply(Take(Defaults, Recovering(), EscalationTrigger.T11, AlertUrgency.Supervisor));

        // More urgent than the one that stands: an alert of its own.
        var second = first.Apply(Take(Defaults, first, EscalationTrigger.T11, AlertUrgency.Immediate));
        Assert.Equal(2, second.Alerts.Count);
        Assert.Empty(Take(Defaults, second, EscalationTrigger.T11, AlertUrgency.Immediate));

        // Answered for: what comes then is news again.
        var answered = second.Apply(AlertLifeCycle.Acknowledge(second.Alerts[1], "eva", Now)!);
        Assert.IsType<AlertRaised>(Assert.Single(Take(Defaults, answered, EscalationTrigger.T11, AlertUrgency.Immediate)));
    }

    [Fact]
    public void Settled_SameTriggerWithinTheCoolDown_IsQuietUnlessItWasCalmOrIsMoreUrgent()
    {
        var hot = Talk().Customer("this again", FrustrationLevel.Angry).Now;
        var settled = Settle(hot, EscalationTrigger.T6, Now);
        var soon = Now.AddMinutes(9.9);

        Assert.Empty(Intake(Defaults).Take(settled, 0, Decision(EscalationTrigger.T6), soon));
        Assert.Single(Intake(Defaults).Take(settled, 0, Decision(EscalationTrigger.T6, AlertUrgency.Immediate), soon));
        Assert.Single(Intake(Defaults).Take(settled, 0, Decision(EscalationTrigger.T6), Now.AddMinutes(10)));
        Assert.Single(Intake(Defaults).Take(settled, 0, Decision(EscalationTrigger.T12), soon));

        var calmSince = settled.Apply(new TurnTaken(Now.AddMinutes(5), Turn(settled, "fine", FrustrationLevel.Calm, Now.AddMinutes(5)) with { Tension = new Probability(Defaults.CalmTension) }));
        Assert.Single(Intake(Defaults).Take(calmSince, 1, Decision(EscalationTrigger.T6), soon));
    }

    [Fact]
    public void Calibration_RecordsOnceAndRaisesNothingButADangerToLife()
    {
        var settings = new EscalationSettings { Calibration = true };
        var first = Take(settings, Recovering(), EscalationTrigger.T10);
        Assert.IsType<AlertWithheld>(Assert.Single(first));

        var after = Recovering().Apply(first);
        Assert.Empty(after.Alerts);
        Assert.Contains(after.Decisions.Values.SelectMany(d => d), d => d.Trigger == EscalationTrigger.T10);
        Assert.Empty(Take(settings, after, EscalationTrigger.T10));
        Assert.IsType<AlertRaised>(Assert.Single(Take(settings, after, EscalationTrigger.T11, AlertUrgency.Immediate)));
    }

    [Fact]
    public void OutsideHours_ATriggerThatMay_WaitsForTheDeskToOpen()
    {
        // The scripted morning is Monday, 2 March 2026, 9:00 UTC; Now is 10:00.
        var settings = new EscalationSettings
        {
            Calendar = new CalendarSettings { TimeZone = "Europe/Madrid", Hours = new() { ["Monday"] = "14:00-18:00" } },
            Triggers = new() { ["T9"] = new TriggerSettings { WaitsForHours = true } },
        };

        // 14:00 in Madrid is 13:00 UTC in winter.
        Assert.Equal(new AlertWait(AlertWaitCause.Hours, new(2026, 3, 2, 13, 0, 0, TimeSpan.Zero)), Raised(Take(settings, Recovering(), EscalationTrigger.T9)).Wait);
        Assert.Null(Raised(Take(settings, Recovering(), EscalationTrigger.T10)).Wait);
    }

    [Fact]
    public void Brief_TellsSignalsWordsAndThreeLines()
    {
        var talk = Talk()
            .Customer("my parcel is late", FrustrationLevel.Annoyed)
            .Agent("Thank you for telling me.", ConversationStep.Thank)
            .Customer("this is the third time I ask", FrustrationLevel.Angry, (SignalType.RepeatContact, 0.9, "the third time"))
            .Now;

        var brief = Raised(Take(Defaults, talk, EscalationTrigger.T4)).Brief!;

        Assert.Equal("T4", brief.Playbook);
        Assert.Equal((SignalType.RepeatContact, "the third time"), (brief.Signs[0].Type, brief.Signs[0].Words[0]));
        Assert.Equal([ConversationStep.Thank], brief.Tried);
        Assert.Equal(3, brief.Summary.Count);
        Assert.Contains("my parcel is late", brief.Summary[0], StringComparison.Ordinal);
        Assert.Contains("this is the third time I ask", brief.Summary[1], StringComparison.Ordinal);
        Assert.Contains("thanks", brief.Summary[2], StringComparison.Ordinal);
        Assert.All(brief.Summary, line => Assert.DoesNotContain("{", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(140, 140)]
    [InlineData(141, 141)]
    public void Brief_LongWord_IsCutAtTheLimit(int letters, int length)
    {
        // The cut adds an ellipsis to 140 units.
        var talk = Talk().Customer(new string('x', letters), FrustrationLevel.Calm).Now;

        Assert.Contains('“' + (letters > 140 ? new string('x', 140) + "…" : new string('x', letters)) + '”', Raised(Take(Defaults, talk, EscalationTrigger.T10)).Brief!.Summary[0], StringComparison.Ordinal);
        Assert.Equal(letters, length);
    }

    // The card is an issuer's test number. The quotation is cut after 140 units, in the middle of it.
    [Fact]
    public void Brief_PersonalDataAtTheCut_IsTakenOutBefore()
    {
        var text = new string('x', 128) + " 4111 1111 1111 1111 you thieves, write to ana@b.example";
        var talk = Talk().Customer(text, FrustrationLevel.Angry, (SignalType.Distrust, 0.9, "1111 you thieves, write to ana@b.example")).Now;

        var brief = Raised(Take(Defaults, talk, EscalationTrigger.T10)).Brief!;

        Assert.Equal(["[CARD] you thieves, write to [EMAIL]"], brief.Signs[0].Words);
        Assert.EndsWith("x [CARD] you…”", brief.Summary[0], StringComparison.Ordinal);
        Assert.All(brief.Summary, line => Assert.DoesNotContain("1111", line, StringComparison.Ordinal));
    }

    private static AlertIntake Intake(EscalationSettings settings) => new AlertIntakeOf(settings).Intake;

    private static IReadOnlyList<ConversationEvent> Take(EscalationSettings settings, Conversation c, EscalationTrigger trigger, AlertUrgency urgency = AlertUrgency.Supervisor) =>
        Intake(settings).Take(c, c.Turns.Count - 1, Decision(trigger, urgency), Now);

    private static Alert Raised(IReadOnlyList<ConversationEvent> events) => Assert.IsType<AlertRaised>(Assert.Single(events)).Alert;

    private static EscalationDecision Decision(EscalationTrigger trigger, AlertUrgency urgency = AlertUrgency.Supervisor) => new(trigger, urgency, "because");

    private static ScriptedConversation Talk() => new(MessageLanguage.English);

    private static Conversation Recovering()
    {
        var c = Talk().Customer("this again", FrustrationLevel.Frustrated).Customer("hm, fine", FrustrationLevel.Annoyed).Customer("ok", FrustrationLevel.Annoyed).Now;
        Assert.Equal(TensionTrend.Falling, c.Trend);
        return c;
    }

    private static Conversation Waiting() => Recovering().Apply(new AlertRaised(Now, 2, new Alert("alr_w", EscalationTrigger.T4, AlertUrgency.Supervisor, AlertState.Waiting, "because", Now, [])
    {
        Wait = new AlertWait(AlertWaitCause.Recovery, Now.AddMinutes(3)),
        DueAt = Now.AddMinutes(3),
    }));

    private static Conversation Settle(Conversation c, EscalationTrigger trigger, DateTimeOffset at) => c.Apply(
    [
        new AlertRaised(at, 0, new Alert("alr_s", trigger, AlertUrgency.Supervisor, AlertState.Raised, "because", at, [])),
        new AlertResolved(at, "alr_s", "eva", null),
    ]);

    private static Conversation Say(Conversation c, string text, FrustrationLevel level, params SignalType[] signals) =>
        c.Apply(new TurnTaken(Now, Turn(c, text, level, Now, signals)));

    private static Turn Turn(Conversation c, string text, FrustrationLevel level, DateTimeOffset at, params SignalType[] signals)
    {
        var score = ScriptedConversation.Score(MessageLanguage.English, text, level, [.. signals.Select(s => (s, 0.9, text))]);
        var tension = Tension.After(c.Tension, TimeSpan.FromMinutes(1), score);
        return new Turn(
            c.Turns.Count, MessageId.Create($"x{c.Turns.Count}"), SpeakerRole.Customer, text, at, MessageLanguage.English, score, tension,
            Tension.TrendOf([.. c.CustomerTurns.Select(t => t.Tension)], tension), [], [], [], null);
    }

    private sealed class AlertIntakeOf(EscalationSettings settings)
    {
        public AlertIntake Intake { get; } = PlaybookCoaching.ReadPolicy(ThePlaybook.Files, settings).Intake;
    }
}

/// <summary>A rota on which rungs name nobody.</summary>
internal sealed class Nobody : IDutyRota
{
    public static Nobody Named { get; } = new();

    public IReadOnlyList<string>? OnDuty(int rung, DateTimeOffset at) => null;
}
