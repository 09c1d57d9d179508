using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching;

/// <summary>Which practice answers which situation follows the playbook's table of practices (A1–A12) and the rulings of the contract.</summary>
public sealed class TechniqueCoachTests
{
    private static readonly TechniqueCoach Coach = Read(atMostEvery: 1);

    [Theory]
    [InlineData(SignalType.Vulnerability, 0.9, "T11")]
    [InlineData(SignalType.Vulnerability, 0.35, "T11")]
    [InlineData(SignalType.SafetyHazard, 0.9, "T11")]
    [InlineData(SignalType.Threat, 0.9, "A11")]
    [InlineData(SignalType.Blackmail, 0.9, "A11")]
    [InlineData(SignalType.Abuse, 0.9, "A11")]
    [InlineData(SignalType.Minor, 0.9, "A7")]
    [InlineData(SignalType.AccountSecurity, 0.9, "A4")]
    [InlineData(SignalType.Hardship, 0.9, "A1")]
    [InlineData(SignalType.HumanRequest, 0.9, "A1")]
    [InlineData(SignalType.ManagerRequest, 0.9, "A6")]
    [InlineData(SignalType.Distrust, 0.9, "A2")]
    [InlineData(SignalType.ChurnIntent, 0.9, "E2")]
    [InlineData(SignalType.Objection, 0.9, "A8")]
    [InlineData(SignalType.Postponement, 0.9, "A8")]
    public void Propose_Signal_AnswersWithItsPracticeInBothLanguages(SignalType signal, double confidence, string technique)
    {
        foreach (var language in new[] { MessageLanguage.Spanish, MessageLanguage.English })
        {
            var talk = new ScriptedConversation(language).Customer("these words", FrustrationLevel.Annoyed, (signal, confidence, "these words"));

            var suggestion = Coach.Propose(talk.Now);

            Assert.Equal(technique, suggestion?.Technique);
            Assert.False(string.IsNullOrWhiteSpace(suggestion!.Text));
        }
    }

    // Expected: what the two books of playbook/ say of one situation.
    [Theory]
    [InlineData(MessageLanguage.Spanish, MessageLanguage.English)]
    [InlineData(MessageLanguage.English, MessageLanguage.Spanish)]
    public void Explain_ForAReaderOfTheOtherLanguage_KeepsTheWordsForTheCustomer(MessageLanguage customer, MessageLanguage reader)
    {
        foreach (var signal in new[] { SignalType.Vulnerability, SignalType.Abuse, SignalType.Minor, SignalType.HumanRequest, SignalType.ManagerRequest, SignalType.Distrust, SignalType.ChurnIntent, SignalType.Objection })
        {
            Suggestion Of(MessageLanguage language) => Coach.Propose(new ScriptedConversation(language).Customer("these words", FrustrationLevel.Annoyed, (signal, 0.9, "these words")).Now)!;
            var (made, told) = (Of(customer), Of(reader));

            var explained = Coach.Explain(made, reader);

            Assert.Equal((made.Technique, made.Text), (explained.Technique, explained.Text));
            Assert.Equal((told.Title, told.Why), (explained.Title, explained.Why));
            Assert.NotEqual(made.Title, explained.Title);
            Assert.Equal(made, Coach.Explain(made, customer));
        }
    }

    [Fact]
    public void Explain_WhatTheBooksKnowNoMore_StaysAsItWas()
    {
        var old = new Suggestion("A1", "A title of last year", "Words", [], "Because.");

        Assert.Same(old, Coach.Explain(old, MessageLanguage.Spanish));
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "Hola, el pedido es el 88213.")]
    [InlineData(MessageLanguage.English, "Hi, the order is 88213.")]
    public void Propose_CalmMessage_StaysQuiet(MessageLanguage language, string text) =>
        Assert.Null(Coach.Propose(new ScriptedConversation(language).Customer(text, FrustrationLevel.Calm).Now));

    [Fact]
    public void Propose_Relief_StaysQuietAlsoInATenseConversation()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish)
            .Customer("Esto es un desastre absoluto", FrustrationLevel.Angry).Agent("Ya está resuelto.")
            .Customer("Vale, ya funciona, gracias", FrustrationLevel.Calm, (SignalType.Relief, 0.9, "ya funciona"));

        Assert.Null(Coach.Propose(talk.Now));
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "Llevo tres semanas esperando el reembolso de 89 euros y nadie me contesta", "89 euros")]
    [InlineData(MessageLanguage.English, "I have been waiting three weeks for my refund of $89 and nobody answers me", "$89")]
    public void Propose_UpsetWithFacts_SaysThemBack(MessageLanguage language, string text, string fact)
    {
        var suggestion = Coach.Propose(new ScriptedConversation(language).Customer(text, FrustrationLevel.Frustrated).Now);

        Assert.Equal("A1", suggestion?.Technique);
        Assert.Contains(fact, suggestion!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_SameMessageAgain_IsNotSaidBackAgain()
    {
        const string Text = "Llevo tres semanas esperando el reembolso de 89 euros y nadie me contesta";
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer(Text, FrustrationLevel.Frustrated).Agent("…").Customer(Text, FrustrationLevel.Frustrated);

        Assert.NotEqual("A1", Coach.Propose(talk.Now)?.Technique);
    }

    [Fact]
    public void Propose_ThievesAtTheCompany_AreNotAskedWhatMakesThemDoubt()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("¡Ladrones!", FrustrationLevel.Angry, (SignalType.Distrust, 0.9, "Ladrones"));

        Assert.NotEqual("A2", Coach.Propose(talk.Now)?.Technique);
    }

    [Fact]
    public void Propose_DangerToLife_OnlyEverSpeaksOfThat()
    {
        var talk = new ScriptedConversation(MessageLanguage.English);
        for (var i = 0; i < 6; i++)
        {
            talk.Customer("I can't go on, and your app is a scam", FrustrationLevel.Angry, (SignalType.Vulnerability, 0.9, "can't go on"), (SignalType.Distrust, 0.9, "scam"));
            var suggestion = Coach.Propose(talk.Now);
            Assert.True(suggestion is null or { Technique: "T11" });
            if (suggestion is not null)
            {
                talk.Suggested(suggestion);
            }
        }
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish)]
    [InlineData(MessageLanguage.English)]
    public void Propose_ManyTurnsAlike_NeverRepeatsItsWords(MessageLanguage language)
    {
        var talk = new ScriptedConversation(language);
        var said = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            talk.Customer("mal / bad", FrustrationLevel.Angry);
            if (Coach.Propose(talk.Now) is { } suggestion)
            {
                said.Add(suggestion.Text);
                talk.Suggested(suggestion);
            }
        }

        Assert.NotEmpty(said);
        Assert.Equal(said.Count, said.Distinct().Count());
    }

    [Fact]
    public void Propose_HeardAndStillTense_TurnsToTheManagerAndThenToThePhone()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish)
            .Customer("a", FrustrationLevel.Hostile).Agent("b", ConversationStep.Listen, ConversationStep.Repeat, ConversationStep.Thank);
        var techniques = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            talk.Customer("mal", FrustrationLevel.Angry);
            var suggestion = Coach.Propose(talk.Now)!;
            techniques.Add(suggestion.Technique);
            talk.Suggested(suggestion);
        }

        Assert.Equal(["A6", "A6", "A7"], techniques);
    }

    [Fact]
    public void Reword_AnotherWay_GivesOtherWordsForTheSameSituation()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("whose catch is this", FrustrationLevel.Annoyed, (SignalType.Distrust, 0.9, "catch"));
        var first = Coach.Propose(talk.Now)!;
        talk.Suggested(first);

        var second = Coach.Reword(talk.Now, 0, 1)!;

        Assert.Equal(first.Technique, second.Technique);
        Assert.NotEqual(first.Text, second.Text);
        Assert.Null(Coach.Reword(talk.Now, 7, 1));
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "¿y dónde está la trampa? ya nadie me dice la verdad con esta tarifa")]
    [InlineData(MessageLanguage.English, "so where is the catch? nobody here tells me the truth about this plan")]
    public void Reword_AgentDoesWithoutTheKind_GivesTheNextBestAndNothingWhenAllAreOff(MessageLanguage language, string text)
    {
        var talk = new ScriptedConversation(language).Customer(text, FrustrationLevel.Frustrated, (SignalType.Distrust, 0.9, text[..5]));
        var made = Coach.Propose(talk.Now)!;
        Assert.Equal("A2", made.Technique);
        talk.Suggested(made);

        var next = Coach.Reword(talk.Now, 0, 0, new HashSet<CoachingSituation> { CoachingSituation.Doubt });

        Assert.NotNull(next);
        Assert.NotEqual("A2", next.Technique);
        Assert.Equal(made, Coach.Reword(talk.Now, 0, 0, new HashSet<CoachingSituation> { CoachingSituation.Chunk }));
        Assert.Null(Coach.Reword(talk.Now, 0, 0, TechniqueCoach.MaySwitchOff.ToHashSet()));
        Assert.Null(Coach.Reword(talk.Now, 0, 3, TechniqueCoach.MaySwitchOff.ToHashSet()));
    }

    [Fact]
    public void Reword_WhatIsPressing_CannotBeSwitchedOff()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("there is smoke coming out of it", FrustrationLevel.Angry, (SignalType.SafetyHazard, 0.9, "smoke"));
        var made = Coach.Propose(talk.Now)!;
        talk.Suggested(made);

        Assert.Equal(made, Coach.Reword(talk.Now, 0, 0, Enum.GetValues<CoachingSituation>().ToHashSet()));
        Assert.DoesNotContain(CoachingSituation.Hazard, TechniqueCoach.MaySwitchOff);
    }

    [Fact]
    public void Propose_SameConversationAndTurn_SaysTheSame()
    {
        Suggestion? Once() => Coach.Propose(new ScriptedConversation(MessageLanguage.English).Customer("bad", FrustrationLevel.Angry).Now);

        Assert.Equal(Once()!.Text, Once()!.Text);
    }

    // Of five upset messages: at every one, at every second, at every fourth.
    [Theory]
    [InlineData(1, "0,1,2,3,4")]
    [InlineData(2, "0,2,4")]
    [InlineData(4, "0,4")]
    [InlineData(TechniqueCoach.MostTurnsApart, "0")]
    public void Propose_AtMostEvery_IsNeverShownMoreOften(int atMostEvery, string expected)
    {
        var coach = Read(atMostEvery);
        var talk = new ScriptedConversation(MessageLanguage.English);
        var shown = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            talk.Customer($"I have been waiting {i + 3} weeks for my refund of ${i + 80} and nobody answers me", FrustrationLevel.Frustrated);
            if (coach.Propose(talk.Now) is { } suggestion)
            {
                shown.Add(i);
                talk.Suggested(suggestion);
            }

            talk.Agent("Let me look into it.");
        }

        Assert.Equal(expected, string.Join(',', shown));
    }

    [Theory]
    [InlineData(SignalType.Vulnerability)]
    [InlineData(SignalType.SafetyHazard)]
    [InlineData(SignalType.Threat)]
    [InlineData(SignalType.Abuse)]
    [InlineData(SignalType.Hardship)]
    public void Propose_AtMostEvery_PressingMattersDoNotWait(SignalType signal)
    {
        var coach = Read(TechniqueCoach.MostTurnsApart);
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("Llevo tres semanas esperando el reembolso de 89 euros y nadie me contesta", FrustrationLevel.Frustrated);
        talk.Suggested(coach.Propose(talk.Now)!).Agent("Lo miro.").Customer("estas palabras", FrustrationLevel.Angry, (signal, 0.9, "estas palabras"));

        Assert.NotNull(coach.Propose(talk.Now));
    }

    private static TechniqueCoach Read(int atMostEvery) =>
        PlaybookCoaching.ReadCoach(ThePlaybook.Files, PlaybookParaphrase.ReadEngine(ThePlaybook.Files, ThePlaybook.Signals), AddressForm.Usted, atMostEvery);
}
