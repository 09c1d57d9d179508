using CsCheck;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Conversations;

/// <summary>Limits are those of the defaults of <see cref="GoodwillSettings"/>; currencies and their decimals those of ISO 4217.</summary>
public sealed class GoodwillAllowanceTests
{
    private static readonly DateTimeOffset Now = ScriptedConversation.Morning;
    private static readonly GoodwillAllowance Allowance = new(new GoodwillSettings(), TimeZoneInfo.Utc);

    [Fact]
    public void Given_TheTensionBeforeAndAfter_AreKept()
    {
        var talk = Talk();
        var c = Give(talk, "click", 12.50m);
        var before = c.Tension.Value;
        var given = Assert.Single(c.Goodwill);
        Assert.Equal((12.5m, "EUR", "2026-03", before), (given.Amount, given.Currency, given.Month, given.TensionBefore));
        Assert.Null(given.TensionAfter);

        c = Say(c, SpeakerRole.Agent, FrustrationLevel.Calm);
        Assert.Null(c.Goodwill[0].TensionAfter);
        c = Say(c, SpeakerRole.Customer, FrustrationLevel.Calm);
        Assert.Equal((c.Turns.Count - 1, c.Tension.Value), (c.Goodwill[0].AnsweredByTurn, c.Goodwill[0].TensionAfter));
        Assert.True(c.Goodwill[0].TensionAfter < before);
        var after = c.Goodwill[0].TensionAfter;
        Assert.Equal(after, Say(c, SpeakerRole.Customer, FrustrationLevel.Hostile).Goodwill[0].TensionAfter);
    }

    [Theory]
    [InlineData("20", GoodwillProblem.None)]
    [InlineData("20.01", GoodwillProblem.ConversationLimit)]
    [InlineData("0.01", GoodwillProblem.None)]
    [InlineData("0.001", GoodwillProblem.Amount)]
    [InlineData("0", GoodwillProblem.Amount)]
    [InlineData("-1", GoodwillProblem.Amount)]
    [InlineData("79228162514264337593543950335", GoodwillProblem.Amount)]
    public void Decide_Amount_AtTheLimits(string amount, GoodwillProblem problem) =>
        Assert.Equal(problem, Allowance.Decide(Talk(), new GoodwillWish("c", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "for the wait", "ana"), Now).Problem);

    [Fact]
    public void Decide_SameClickTwice_GivesOnce()
    {
        var c = Give(Talk(), "click", 5);

        Assert.Equal((null, GoodwillProblem.None), Allowance.Decide(c, new GoodwillWish("click", 5, " for the\nwait ", "ana"), Now));
    }

    // Answered as given, it would look granted and never be.
    [Theory]
    [InlineData(6, "for the wait", "ana")]
    [InlineData(5, "por la espera", "ana")]
    [InlineData(5, "for the wait", "luis")]
    [InlineData(5, "", "ana")]
    public void Decide_SameClickForSomethingElse_IsAConflict(int amount, string reason, string by) =>
        Assert.Equal((null, GoodwillProblem.OtherGesture), Allowance.Decide(Give(Talk(), "click", 5), new GoodwillWish("click", amount, reason, by), Now));

    [Fact]
    public void Decide_WithoutAllowanceConversationOrReason_GivesNothing()
    {
        var none = new GoodwillAllowance(new GoodwillSettings { PerAgent = 0 }, TimeZoneInfo.Utc);
        Assert.False(none.IsOffered);
        Assert.Equal(GoodwillProblem.NoAllowance, none.Decide(Talk(), new GoodwillWish("c", 1, "x", "ana"), Now).Problem);
        Assert.Equal(GoodwillProblem.NotFound, Allowance.Decide(Conversation.Start(ConversationId.Create("c")), new GoodwillWish("c", 1, "x", "ana"), Now).Problem);
        Assert.Equal(GoodwillProblem.Reason, Allowance.Decide(Talk(), new GoodwillWish("c", 1, " \n ", "ana"), Now).Problem);
        Assert.Equal(GoodwillProblem.None, Allowance.Decide(Talk(), new GoodwillWish("c", 1, new string('x', 200), "ana"), Now).Problem);
        Assert.Equal(GoodwillProblem.Reason, Allowance.Decide(Talk(), new GoodwillWish("c", 1, new string('x', 201), "ana"), Now).Problem);
    }

    [Fact]
    public void TakeBack_ByWhoGaveItInTimeAndBeforeAnAnswer()
    {
        var c = Give(Talk(), "click", 20);
        var id = c.Goodwill[0].Id;
        Assert.Equal(GoodwillProblem.NotFound, Allowance.TakeBack(c, "gone", "ana", Now).Problem);
        Assert.Equal(GoodwillProblem.NotYours, Allowance.TakeBack(c, id, "luis", Now).Problem);
        Assert.Equal(GoodwillProblem.None, Allowance.TakeBack(c, id, "ana", Now.AddMinutes(10)).Problem);
        Assert.Equal(GoodwillProblem.TooLate, Allowance.TakeBack(c, id, "ana", Now.AddMinutes(10).AddTicks(1)).Problem);
        Assert.Equal(GoodwillProblem.TooLate, Allowance.TakeBack(Say(c, SpeakerRole.Customer, FrustrationLevel.Calm), id, "ana", Now).Problem);

        // The agent's message may have told of it; a clock that was set back gives no more time.
        Assert.Equal(GoodwillProblem.TooLate, Allowance.TakeBack(Say(c, SpeakerRole.Agent, FrustrationLevel.Calm), id, "ana", Now).Problem);
        Assert.Equal(GoodwillProblem.TooLate, Allowance.TakeBack(c, id, "ana", Now.AddTicks(-1)).Problem);

        c = c.Apply(Allowance.TakeBack(c, id, "ana", Now).Event!);
        Assert.Equal(0, Allowance.SpentIn(c));
        Assert.Equal((null, GoodwillProblem.None), Allowance.TakeBack(c, id, "ana", Now.AddDays(9)));
        Assert.Equal(20, Allowance.SpentIn(Give(c, "another", 20)));
    }

    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("USD", 2)]
    [InlineData("MXN", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 3)]
    [InlineData("eur", null)]
    [InlineData("EURO", null)]
    [InlineData("ZZZ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void DecimalsOf_IsThatOfTheCurrency(string? code, int? decimals) => Assert.Equal(decimals, GoodwillAllowance.DecimalsOf(code));

    // A month begins at midnight where the desk is: in Madrid an hour before UTC in winter.
    [Fact]
    public void MonthOf_IsOnTheDesksCalendar()
    {
        var last = new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.Zero);
        Assert.Equal("2026-01", Allowance.MonthOf(last));
        Assert.Equal("2026-02", new GoodwillAllowance(new GoodwillSettings(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid")).MonthOf(last));
    }

    [Fact]
    public void Settings_ThatCannotBeUsed_AreNamed()
    {
        Assert.Empty(new GoodwillSettings().Problems());
        Assert.Empty(new GoodwillSettings { PerConversation = GoodwillSettings.Most, TakeBackWithin = GoodwillSettings.LongestTakeBack }.Problems());
        var problems = new GoodwillSettings { Currency = "EURO", PerConversation = -1, PerAgent = GoodwillSettings.Most + 1, TakeBackWithin = TimeSpan.FromHours(25) }.Problems();
        Assert.Equal(["Goodwill:Currency", "Goodwill:PerConversation", "Goodwill:PerAgent", "Goodwill:TakeBackWithin"], problems.Select(p => p.Split(' ')[0]));
    }

    // Whatever is wished and taken back in whatever order, a conversation never holds more than its limit.
    [Fact]
    public void Any_OrderOfWishes_StaysWithinTheConversation() => Gen.Select(Gen.Int[1, 1500], Gen.Bool).Array[0, 30].Sample(wishes =>
    {
        var c = Talk();
        var click = 0;
        foreach (var (cents, takesBack) in wishes)
        {
            if (takesBack && c.Goodwill.FindLast(g => g.TakenBackAt is null) is { } last)
            {
                c = c.Apply(Allowance.TakeBack(c, last.Id, "ana", Now).Event!);
            }
            else if (Allowance.Decide(c, new GoodwillWish($"c{click++}", cents / 100m, "x", "ana"), Now).Event is { } e)
            {
                c = c.Apply(e);
            }

            Assert.InRange(Allowance.SpentIn(c), 0, 20);
        }
    });

    private static Conversation Give(Conversation c, string click, decimal amount) => c.Apply(Allowance.Decide(c, new GoodwillWish(click, amount, "for the wait", "ana"), Now).Event!);

    private static Conversation Talk() => new ScriptedConversation(MessageLanguage.English).Customer("this again", FrustrationLevel.Angry).Now;

    private static Conversation Say(Conversation c, SpeakerRole speaker, FrustrationLevel level)
    {
        var score = speaker == SpeakerRole.Agent ? null : ScriptedConversation.Score(MessageLanguage.English, "x", level);
        var tension = score is null ? c.Tension : Tension.After(c.Tension, TimeSpan.FromMinutes(1), score);
        return c.Apply(new TurnTaken(Now, new Turn(c.Turns.Count, MessageId.Create($"s{c.Turns.Count}"), speaker, "x", Now, MessageLanguage.English, score, tension, c.Trend, [], [], [], null)));
    }
}
