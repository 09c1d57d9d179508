using System.Globalization;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Plugin;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Escalation;

/// <summary>
/// What deferral does on our own labelled conversations, with the shipped model: each is played with a message every 45 seconds, with and without
/// it, while the clock looks at the alerts every five seconds. An alert is false when the labels name none of its triggers. The figures stand in
/// docs/alerts.md; the test prints them, and fails where deferral would cost more than the documents promise.
/// </summary>
public class DeferralReplayTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    [Fact]
    public void LabelledConversations_WithAndWithoutDeferral()
    {
        var labelled = new[] { "en", "es" }
            .SelectMany(l => File.ReadLines(Repository.PathTo("models", "corpus", l, "conversations-train.jsonl")))
            .Select(line => JsonNode.Parse(line)!).ToArray();
        var with = Play(labelled, new Dictionary<string, string?>());
        var without = Play(labelled, new Dictionary<string, string?> { ["Escalation:DeferAtMost"] = "00:00:00" });
        Tell("with", labelled.Length, with);
        Tell("without", labelled.Length, without);

        // Nothing that the labels name is lost by waiting, and none of it comes later than the longest wait.
        Assert.Equal(Missed(labelled, without), Missed(labelled, with));
        Assert.True(with.Count(c => c.IsFalse) <= without.Count(c => c.IsFalse));
        Assert.All(with, c => Assert.True(c.Delay <= new EscalationSettings().DeferAtMost));
        Assert.All(without, c => Assert.Equal(TimeSpan.Zero, c.Delay));
    }

    private static void Tell(string how, int conversations, IReadOnlyCollection<Call> calls)
    {
        var called = calls.Where(c => !c.WasWithdrawn).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{how} deferral: {conversations} conversations; alerts {calls.Count}, waited {calls.Count(c => c.Waited)}, withdrawn {calls.Count(c => c.WasWithdrawn)}; ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"called somebody {called.Length}, of them false {called.Count(c => c.IsFalse)}; true ones that came later: {string.Join(", ", called.Where(c => !c.IsFalse && c.Delay > TimeSpan.Zero).Select(c => $"{c.Delay.TotalSeconds:0} s"))}"));
    }

    // The conversations of which a label names a trigger and nobody was called for any.
    private static string[] Missed(JsonNode[] labelled, IReadOnlyCollection<Call> calls) =>
        [.. labelled.Where(c => c["escalations"]!.AsArray().Count > 0).Select(c => (string)c["id"]!).Where(id => !calls.Any(c => c.Conversation == id && c is { WasWithdrawn: false, IsFalse: false }))];

    private static List<Call> Play(JsonNode[] labelled, Dictionary<string, string?> settings)
    {
        var collection = new ServiceCollection().AddLogging().AddLocalization();
        SharedRules.AddTo(collection);
        using var services = collection.AddDeEscalation(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        var pipeline = services.GetRequiredService<ConversationTurnPipeline>();
        var rota = new SettingsRota(new EscalationSettings());
        var calls = new List<Call>();
        foreach (var one in labelled)
        {
            var conversation = Conversation.Start(ConversationId.Create((string)one["id"]!));
            var now = Start;
            foreach (var turn in one["turns"]!.AsArray())
            {
                var speaker = (string)turn!["speaker"]! == "agent" ? SpeakerRole.Agent : SpeakerRole.Customer;
                conversation = pipeline.Take(conversation, new InboundMessage(MessageId.Create($"m{conversation.Turns.Count}"), speaker, (string)turn["text"]!, now), now).Conversation;
                for (var end = now + Pace; now < end; now += Look)
                {
                    conversation = conversation.Apply(pipeline.CheckAlerts(conversation, rota, now));
                }
            }

            // Until every wait is over.
            for (var end = now + new EscalationSettings().DeferAtMost + Look; now <= end; now += Look)
            {
                conversation = conversation.Apply(pipeline.CheckAlerts(conversation, rota, now));
            }

            var labels = one["escalations"]!.AsArray().Select(e => Enum.Parse<EscalationTrigger>((string)e!)).ToHashSet();
            calls.AddRange(conversation.Alerts.Where(a => a.Urgency >= AlertUrgency.Supervisor).Select(a => new Call(
                conversation.Id.Value, !labels.Overlaps(a.JoinedTriggers.Append(a.Trigger)), a.Wait is not null, a.WasWithdrawn, (a.ReleasedAt ?? a.RaisedAt) - a.RaisedAt)));
        }

        return calls;
    }

    private sealed record Call(string Conversation, bool IsFalse, bool Waited, bool WasWithdrawn, TimeSpan Delay);
}
