namespace DeEscalationBot.Host.Tests.Journeys;

/// <summary>
/// Three nodes on one PostgreSQL while turns come in: one is killed with -9 and comes back, another is stopped gently and started again, and the database is
/// restarted. No acknowledged turn is lost or doubled, and order is kept. The full run (200 conversations, 50 turns a second for three minutes) is asked for by
/// DEESCALATION_NODE_RUN=full (<c>tests/nodes/run</c>); the tests run a smaller one. What callers meet is counted and printed; how long it takes depends on the machine.
/// </summary>
public class NodeRunTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("DEESCALATION_NODE_RUN") == "full";
    private static readonly int Conversations = IsFull ? 200 : 20;
    private static readonly int Turns = IsFull ? 9000 : 300;
    private static readonly int PerSecond = IsFull ? 50 : 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_KilledStoppedAndCutOff_LoseAndDoubleNothing()
    {
        await using var run = new NodeRun();

        // The small run may share its machine with many other tests, beside which a node that lives may be silent for a while.
        await run.StartAsync(IsFull ? [] : ["--Cluster:ProbeEvery=00:00:03"]);
        var followed = int.MaxValue;
        var following = run.FollowAsync(0, () => Volatile.Read(ref followed));
        var saidNo = false;
        var sent = await run.SendAsync(Conversations, Turns, PerSecond, async turns =>
        {
            await AtAsync(0.15, turns);
            await run.KillAsync(1);
            await AtAsync(0.4, turns);
            await run.StartNodeAsync(1);
            await AtAsync(0.5, turns);
            saidNo = await run.RestartGentlyAsync(2);
            await AtAsync(0.8, turns);
            await run.RestartDatabaseAsync();
        });
        Volatile.Write(ref followed, sent[0]);

        var kept = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(run.IdsAsync));
        var expected = Array.ConvertAll(sent, count => Enumerable.Range(0, count).Select(m => $"m{m}").ToArray());
        var lost = kept.Zip(expected).Sum(p => p.Second.Except(p.First, StringComparer.Ordinal).Count());
        var twice = kept.Sum(ids => ids.Length - ids.Distinct(StringComparer.Ordinal).Count());
        var outOfOrder = kept.Zip(expected).Count(p => !p.First.Distinct(StringComparer.Ordinal).SequenceEqual(p.Second.Intersect(p.First, StringComparer.Ordinal), StringComparer.Ordinal));
        foreach (var line in run.Table(Conversations, Turns, PerSecond, lost, twice, outOfOrder))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }

        Assert.Equal((Turns, 0, 0, 0), (run.Acknowledged, lost, twice, outOfOrder));
        Assert.Equal(expected[0], await following);
        Assert.True(saidNo, "A node that stops gently says so at /health/ready before it is gone.");
        Assert.DoesNotContain("HTTP 500", run.Errors.Keys);

        async Task AtAsync(double share, int turns)
        {
            while (run.Acknowledged < share * turns)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
            }
        }
    }
}
