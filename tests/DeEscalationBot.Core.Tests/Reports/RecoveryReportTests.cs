using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Reports;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Reports;

/// <summary>Hot is 0.5 and calm 0.25, the defaults of <see cref="EscalationSettings"/>. Counts are made by hand from the scripts: a turn takes a minute.</summary>
public sealed class RecoveryReportTests
{
    private static readonly EscalationSettings Defaults = new();
    private static readonly DateTimeOffset Morning = ScriptedConversation.Morning;

    [Fact]
    public void Episode_FromPeakToCalm_KnowsWhatCameBeforeTheFall()
    {
        var talk = Talk()
            .Customer("hm", FrustrationLevel.Annoyed)
            .Customer("you never answer", FrustrationLevel.Angry).Suggested(Hint("A1")).Decided(EscalationTrigger.T4, AlertUrgency.Supervisor)
            .Agent("I see what happened: three weeks and no answer.", ConversationStep.Repeat, ConversationStep.Calm)
            .Customer("exactly, thank you", FrustrationLevel.Calm, (SignalType.Relief, 0.9, "thank you")).Suggested(Hint("A2"))
            .Agent("I will write to you by three.", ConversationStep.FollowUp)
            .Customer("great, thank you", FrustrationLevel.Calm, (SignalType.Relief, 0.9, "thank you"))
            .Now;

        var episode = Assert.Single(HeatEpisode.Of(talk, 0.5, 0.25));

        // Peak with the second message, at 09:01; the relief takes the tension below 0.25, at 09:03.
        Assert.Equal(talk.Turns[1].Tension.Value, episode.Peak);
        Assert.Equal((Morning.AddMinutes(1), Morning.AddMinutes(1), Morning.AddMinutes(3)), (episode.BeganAt, episode.PeakAt, episode.CalmAt));
        Assert.Equal(TimeSpan.FromMinutes(2), episode.TimeToCalm);
        Assert.Equal("A1", episode.Fall?.Technique);
        Assert.Equal([ConversationStep.Calm, ConversationStep.Repeat], episode.Fall!.Steps);
        Assert.Equal([EscalationTrigger.T4], episode.Triggers);

        var answers = Answer.Of(talk, 0.5);
        Assert.Equal("A1", Assert.Single(answers).Technique);
        Assert.True(answers[0].Calmed);
    }

    [Fact]
    public void Episode_ThatWavers_IsOne_AndOneThatNeverCalmsIsOpen()
    {
        var talk = Talk().Customer("awful", FrustrationLevel.Angry).Customer("hm", FrustrationLevel.Annoyed).Customer("awful again", FrustrationLevel.Hostile).Now;

        var episode = Assert.Single(HeatEpisode.Of(talk, 0.5, 0.25));
        Assert.Null(episode.CalmAt);
        Assert.Null(episode.TimeToCalm);
        Assert.Equal(talk.Turns[2].Tension.Value, episode.Peak);
        Assert.Empty(Answer.Of(talk, 0.5));
    }

    [Fact]
    public void CalmConversation_HasNoEpisode()
    {
        Assert.Empty(HeatEpisode.Of(Talk().Customer("hello", FrustrationLevel.Calm).Now, 0.5, 0.25));
        Assert.Empty(HeatEpisode.Of(Conversation.Start(ConversationId.Create("c")), 0.5, 0.25));
        Assert.Empty(Answer.Of(Conversation.Start(ConversationId.Create("c")), 0.5));
    }

    [Fact]
    public void Report_CountsTechniquesStepsTriggersAndTimes()
    {
        var heat = new[]
        {
            Heat(
                [Episode(0, 4, "A1", EscalationTrigger.T4), Episode(60, 20, "A4", EscalationTrigger.T4, EscalationTrigger.T10)],
                [new Answer(Morning, "A1", [ConversationStep.Thank], -0.4), new Answer(Morning, "A1", [], -0.02), new Answer(Morning, null, [], 0.2)]),
            Heat([Episode(0, null, null, EscalationTrigger.T10), Episode(0, 600, null)], [new Answer(Morning, "A4", [ConversationStep.Thank], -0.05)]),
        };

        var r = RecoveryReport.Of(heat, Morning.AddHours(-1), Morning.AddDays(1));

        Assert.Equal((2, 4, 3), (r.Conversations, r.Episodes, r.Calmed));
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(600)), (r.MedianToCalm, r.NineInTenToCalm));
        Assert.Equal([1, 0, 1, 0, 1, 1], r.ByTime.Select(b => b.Episodes));
        Assert.Equal((4, 2, 0.5), (r.Answers, r.AnswersThatCalmed, r.ShareThatCalmed));
        Assert.Equal([new MoveReport("A1", 2, 1, -0.21, 1), new MoveReport("A4", 1, 1, -0.05, 1)], r.ByTechnique);
        Assert.Equal([new MoveReport("Thank", 2, 2, -0.225, 0)], r.ByStep);

        // Two triggers in one episode are one episode with an alert.
        Assert.Equal((3, 2), (r.WithTrigger, r.CalmedWithTrigger));
        Assert.Equal(
            [new TriggerRecovery(EscalationTrigger.T4, 2, 2, TimeSpan.FromMinutes(4)), new TriggerRecovery(EscalationTrigger.T10, 2, 1, TimeSpan.FromMinutes(20))],
            r.ByTrigger);
    }

    // The time is half open: what lies on its end belongs to the next one.
    [Fact]
    public void Report_CountsWhatLiesInItsTime()
    {
        var heat = new[] { Heat([Episode(0, 5, null), Episode(60, 5, null)], [new Answer(Morning, "A1", [], -1), new Answer(Morning.AddHours(1), "A1", [], -1)]) };

        var r = RecoveryReport.Of(heat, Morning, Morning.AddHours(1));

        Assert.Equal((1, 1), (r.Episodes, r.Answers));
    }

    // The report of the first hour is read when the second one has come and the conversation has grown hotter still: the stretch stays where it began.
    [Fact]
    public void Episode_OverTheEdgeOfATime_IsCountedWhereItBegan()
    {
        var talk = Talk().Customer("awful", FrustrationLevel.Angry).Customer("worse and worse", FrustrationLevel.Hostile).Now;
        var heat = new[] { ConversationHeat.Of(talk, Defaults) };
        var edge = Morning.AddSeconds(30);
        Assert.True(heat[0].Episodes[0].BeganAt < edge && heat[0].Episodes[0].PeakAt >= edge);

        Assert.Equal((1, 0), (RecoveryReport.Of(heat, Morning.AddHours(-1), edge).Episodes, RecoveryReport.Of(heat, edge, Morning.AddHours(1)).Episodes));
    }

    [Fact]
    public void Conversations_OfAReport_AreThoseThatWentOnInItsTime()
    {
        var heat = new[] { ConversationHeat.Of(Talk().Customer("hello", FrustrationLevel.Calm).Customer("bye", FrustrationLevel.Calm).Now, Defaults) };

        Assert.Equal([0, 1, 1, 0], new[] { -60, 0, 1, 60 }.Select(m => RecoveryReport.Of(heat, Morning.AddMinutes(m), Morning.AddMinutes(m + 1)).Conversations));
    }

    // Ana answers the first hot message and Luis the second; the desk names Luis once, and the words that follow are his.
    [Fact]
    public void Own_CountsTheAnswersOfTheirAuthor_NotOfWhoCameLast()
    {
        var talk = Talk()
            .Customer("you never answer", FrustrationLevel.Angry).Suggested(Hint("A1"))
            .AgentNamed("ana", "I see.", ConversationStep.Calm)
            .Customer("still nothing", FrustrationLevel.Angry).Suggested(Hint("A4"))
            .AgentNamed("luis", "I am Luis.")
            .Customer("hopeless", FrustrationLevel.Angry)
            .AgentNamed(null, "One moment.")
            .Customer("fine", FrustrationLevel.Calm, (SignalType.Relief, 0.9, "fine"))
            .Now;
        var heat = ConversationHeat.Of(talk, Defaults);

        Assert.Equal(["ana", "luis", "luis"], heat.Answers.Select(a => a.Author));
        Assert.Equal(["A1"], heat.Of("ana")!.Answers.Select(a => a.Technique));
        Assert.Equal(2, heat.Of("luis")!.Answers.Count);
        Assert.Null(heat.Of("eva"));

        // The episode is of both; what came before its fall is of whoever said it.
        Assert.Equal("luis", heat.Episodes[0].Fall?.Author);
        Assert.NotNull(heat.Of("luis")!.Episodes[0].Fall);
        Assert.Null(heat.Of("ana")!.Episodes[0].Fall);
    }

    // While the desk calibrates, what would have called somebody is counted by trigger; a hint to the agent is not.
    [Fact]
    public void Withheld_IsCountedByTrigger()
    {
        var talk = Talk().Customer("awful", FrustrationLevel.Angry).Now;
        talk = talk.Apply(
        [
            new AlertWithheld(Morning, 0, new EscalationDecision(EscalationTrigger.T4, AlertUrgency.Supervisor, "T4")),
            new AlertWithheld(Morning, 0, new EscalationDecision(EscalationTrigger.T7, AlertUrgency.Advise, "T7")),
        ]);

        Assert.Equal([new WithheldAlerts(EscalationTrigger.T4, 1)], RecoveryReport.Of([ConversationHeat.Of(talk, Defaults)], Morning, Morning.AddHours(1)).Withheld);
        Assert.Empty(RecoveryReport.Of([ConversationHeat.Of(talk, Defaults)], Morning.AddHours(1), Morning.AddHours(2)).Withheld);
    }

    [Fact]
    public void Report_OfNothing_HasNothingInPlaceOfRates()
    {
        var r = RecoveryReport.Of([], Morning, Morning.AddHours(1));

        Assert.Equal((0, null, null), (r.Episodes, r.MedianToCalm, r.ShareThatCalmed));
        Assert.Empty(r.ByTechnique);
    }

    [Fact]
    public void Goodwill_InSum_LeavesOutWhatWasTakenBack()
    {
        var r = GoodwillReport.Of("2026-03", "EUR", 2000, [new(10, false, 0.8, 0.4), new(5.5m, false, 0.6, 0.58), new(20, true, 0.9, null), new(7, false, 0.7, null)]);

        Assert.Equal(new GoodwillReport("2026-03", "EUR", 22.5m, 2000, 3, 1, 2, 1, 0.7, 0.49), r);
        Assert.Equal(new GoodwillReport("2026-03", "EUR", 0, 2000, 0, 0, 0, 0, null, null), GoodwillReport.Of("2026-03", "EUR", 2000, []));
    }

    private static HeatEpisode Episode(int startMinutes, int? minutesToCalm, string? technique, params EscalationTrigger[] triggers) =>
        new(
            Morning.AddMinutes(startMinutes), Morning.AddMinutes(startMinutes), 0.8, minutesToCalm is { } m ? Morning.AddMinutes(startMinutes + m) : null,
            technique is null ? null : new Answer(Morning.AddMinutes(startMinutes), technique, [], -0.4), triggers);

    private static ConversationHeat Heat(IReadOnlyList<HeatEpisode> episodes, IReadOnlyList<Answer> answers) => new(episodes, answers, Morning, Morning.AddHours(2));

    private static Suggestion Hint(string technique) => new(technique, "x", "x", [], "x");

    private static ScriptedConversation Talk() => new(MessageLanguage.English);
}
