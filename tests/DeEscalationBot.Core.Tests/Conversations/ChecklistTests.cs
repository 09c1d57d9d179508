using CsCheck;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Conversations;

public sealed class ChecklistTests
{
    private static readonly DateTimeOffset Now = ScriptedConversation.Morning;

    [Fact]
    public void Decide_AddRewordMoveTickRemove_GivesTheListThatFollows()
    {
        var c = Apply(Begun(), new ChecklistChange(ChecklistMove.Add, Texts: ["one", "  two\n lines ", "one", "", "three"]));
        Assert.Equal(["one", "two lines", "three"], Texts(c));

        c = Apply(c, new ChecklistChange(ChecklistMove.MoveUp, c.Checklist[2].Id));
        c = Apply(c, new ChecklistChange(ChecklistMove.Reword, c.Checklist[0].Id, ["first"]));
        c = Apply(c, new ChecklistChange(ChecklistMove.Tick, c.Checklist[0].Id));
        Assert.Equal(["first", "three", "two lines"], Texts(c));
        Assert.True(c.Checklist[0] is { IsDone: true, DoneBy: "ana" } && c.Checklist[0].DoneAt == Now);

        c = Apply(c, new ChecklistChange(ChecklistMove.Untick, c.Checklist[0].Id));
        c = Apply(c, new ChecklistChange(ChecklistMove.Remove, c.Checklist[1].Id));
        Assert.Equal(["first", "two lines"], Texts(c));
        Assert.True(c.Checklist[0] is { IsDone: false, DoneBy: null, DoneAt: null });
    }

    [Theory]
    [InlineData(ChecklistMove.Reword, "gone", "x")]
    [InlineData(ChecklistMove.Remove, "gone", null)]
    [InlineData(ChecklistMove.Tick, "gone", null)]
    [InlineData(ChecklistMove.Add, null, "  \u0007 ")]
    [InlineData(ChecklistMove.Add, null, null)]
    public void Decide_ChangeThatMakesNoSense_ChangesNothing(ChecklistMove move, string? id, string? text) =>
        Assert.Empty(Checklist.Decide(Begun(), new ChecklistChange(move, id, text is null ? null : [text]), "ana", Now));

    [Fact]
    public void Decide_Limits_LastLegalIsTakenAndFirstIllegalIsNot()
    {
        var c = Apply(Begun(), new ChecklistChange(ChecklistMove.Add, Texts: [new string('a', Checklist.LongestText), new string('b', Checklist.LongestText + 1)]));
        Assert.Equal(Checklist.LongestText, Assert.Single(c.Checklist).Text.Length);

        c = Apply(c, new ChecklistChange(ChecklistMove.Add, Texts: [.. Enumerable.Range(0, 30).Select(i => $"step {i}")]));
        Assert.Equal(Checklist.MostItems, c.Checklist.Count);
        Assert.Empty(Checklist.Decide(c, new ChecklistChange(ChecklistMove.Add, Texts: ["one more"]), "ana", Now));
    }

    [Fact]
    public void Decide_AnyChanges_NeverRepeatAnIdAndReplayTheSame() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 25], Gen.String[0, 30]).Array[1, 60].Sample(
            changes =>
            {
                var c = Begun();
                var events = new List<ConversationEvent>();
                foreach (var (move, place, text) in changes)
                {
                    var id = c.Checklist.Count == 0 ? "none" : c.Checklist[place % c.Checklist.Count].Id;
                    var decided = Checklist.Decide(c, new ChecklistChange((ChecklistMove)move, id, [text]), "ana", Now);
                    events.AddRange(decided);
                    c = c.Apply(decided);
                }

                return c.Checklist.DistinctBy(i => i.Id).Count() == c.Checklist.Count
                    && c.Checklist.Count <= Checklist.MostItems
                    && c.Checklist.SequenceEqual(Begun().Apply(events).Checklist);
            },
            iter: 200);

    [Fact]
    public void Apply_TickOfAnUnknownStep_IsADamagedRecord() =>
        Assert.Throws<InvalidOperationException>(() => Begun().Apply(new ChecklistTicked(Now, "ana", "gone", IsDone: true)));

    private static Conversation Begun() => new ScriptedConversation(MessageLanguage.English).Customer("help", FrustrationLevel.Calm).Now;

    private static Conversation Apply(Conversation c, ChecklistChange change) => c.Apply(Checklist.Decide(c, change, "ana", Now));

    private static string[] Texts(Conversation c) => [.. c.Checklist.Select(i => i.Text)];
}
