using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Turns;

/// <summary>Who may wait. The lanes are not started, so that nothing leaves them.</summary>
public class ActivityLanesTests
{
    [Fact]
    public void TryAdd_OneConversationThatFloods_LeavesTheOthersTheirPlaces()
    {
        using var lanes = Of(1000);

        Assert.All(Enumerable.Range(0, ActivityLanes.MostOfOneConversation), _ => Assert.True(lanes.TryAdd(In("a:noisy"))));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.False(lanes.TryAdd(In("a:noisy"))));

        Assert.Equal(ActivityLanes.MostOfOneConversation, lanes.Waiting);
        Assert.True(lanes.TryAdd(In("a:quiet")));
        Assert.True(lanes.TryAdd(In("a:noisy") with { ChannelId = "webchat" })); // Ids are of their channel.
    }

    [Fact]
    public void TryAdd_MoreThanTheSettingOfAll_IsRefused()
    {
        using var lanes = Of(10);

        Assert.All(Enumerable.Range(0, 10), i => Assert.True(lanes.TryAdd(In($"a:{i}"))));
        Assert.False(lanes.TryAdd(In("a:11")));
    }

    private static Activity In(string conversation) => new() { Type = "message", ChannelId = "msteams", Conversation = new ConversationAccount(conversation) };

    private static ActivityLanes Of(int most) => new(Options.Create(new BotFrameworkOptions { QueueLength = most }), null!, NullLogger<ActivityLanes>.Instance);
}
