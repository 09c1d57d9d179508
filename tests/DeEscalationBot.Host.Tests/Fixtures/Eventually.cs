using System.Diagnostics;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Waits for something that happens on its own, instead of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static async Task<T> GetsAsync<T>(Func<Task<T>> look, Func<T, bool> isIt, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isIt(seen))
            {
                return seen;
            }

            Assert.True(watch.Elapsed < Deadline, $"Not within {Deadline}: {what}. Last seen: {seen}");
            await Task.Delay(Poll, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(Func<bool> condition, string what) => GetsAsync(() => Task.FromResult(condition()), x => x, what);
}
