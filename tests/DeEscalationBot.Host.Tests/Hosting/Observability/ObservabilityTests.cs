using System.Collections.Concurrent;
using System.Net;
using System.Text;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DeEscalationBot.Host.Tests.Hosting.Observability;

[Collection(AloneInTheProcess.Name)]
public class ObservabilityTests(PostgresCluster postgres)
{
    // Words that stand nowhere else in the product, so that a search for them finds nothing but a leak.
    private const string Insult = "Eres un inútil, quokkafeliz, y mi tarjeta es la 4111 1111 1111 1111";
    private const string Polite = "Could you tell me where parcel wombatblue is, please?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AfterMessages_CountTurnsAlertsAndScoring_AndHoldNoText()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path);
        await host.SayAsync("metrics-es", "m1", "customer", Insult);
        await host.SayAsync("metrics-en", "m1", "customer", Polite);
        await host.SayAsync("metrics-en", "m1", "customer", Polite);

        // Gauges are counted by a clock of their own; the first count may have come before the alert.
        var text = await Eventually.GetsAsync(() => ScrapeAsync(host), t => t.Contains("deescalation_scoring_duration_seconds_count", StringComparison.Ordinal), "the histogram of scoring");

        Assert.Equal(1, Value(text, "deescalation_turns_total", "speaker=\"customer\"", "language=\"es\"", "level=\"hostile\""));
        Assert.Equal(1, Value(text, "deescalation_turns_total", "speaker=\"customer\"", "language=\"en\"", "level=\"calm\""));
        Assert.Equal(1, Value(text, "deescalation_alerts_raised_total", "trigger=\"T1\""));
        Assert.True(Value(text, "deescalation_scoring_duration_seconds_count", "language=\"es\"") >= 1);
        Assert.Equal(3, Value(text, "deescalation_turn_duration_seconds_count"));
        foreach (var leak in new[] { "quokkafeliz", "wombatblue", "4111", "metrics-es" })
        {
            Assert.DoesNotContain(leak, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Gauges_AreCountedByTheClock_AndAreMissingWhileTheDatabaseIsAway()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var database = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync()) { Timeout = 2, CommandTimeout = 2 };
        await using var host = await RunningHost.StartAsync(
            [$"--Storage:DataDirectory={data.Path}", "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={database.ConnectionString}", "--Observability:CountEvery=00:00:20"],
            clock);
        await host.SayAsync("gauge", "m1", "customer", Insult);
        await CountedAsync(t => Value(t, "deescalation_alerts_open", "urgency=") == 1 && Value(t, "deescalation_customers_waiting") == 1, "one open alert and one customer who waits");

        await PostgresCluster.CloseAsync(database);
        await CountedAsync(t => Value(t, "deescalation_customers_waiting") == -1 && Value(t, "deescalation_alerts_open") == -1, "no figures while nobody can count");

        await PostgresCluster.OpenAsync(database);
        await CountedAsync(t => Value(t, "deescalation_customers_waiting") == 1, "the figures are back");

        Task CountedAsync(Func<string, bool> isSeen, string what) => Eventually.GetsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(20));
                return ScrapeAsync(host);
            },
            isSeen,
            what);
    }

    [Fact]
    public async Task Prometheus_SwitchedOff_IsNotThere()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, settings: "--Observability:Prometheus=false");
        using var answer = await host.Client.GetAsync(new Uri("/metrics", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("--Observability:OtlpEndpoint=collector:4318", "Observability:OtlpEndpoint")]
    [InlineData("--Observability:OtlpEndpoint=ftp://collector", "Observability:OtlpEndpoint")]
    [InlineData("--Observability:TraceShare=1.5", "Observability:TraceShare")]
    [InlineData("--Observability:CountEvery=00:00:00", "Observability:CountEvery")]
    public async Task Start_WrongSetting_IsNamed(string setting, string named)
    {
        using var data = new TemporaryDirectory();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(data.Path, settings: setting));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_GetsTracesAndMetrics_WithoutAnyText()
    {
        await using var collector = await Collector.StartAsync();
        await using var hooks = await Collector.StartAsync();
        using var data = new TemporaryDirectory();
        await using (var host = await RunningHost.StartAsync(
            data.Path,
            null,
            $"--Observability:OtlpEndpoint={collector.Address}",
            $"--Webhooks:0:Url={hooks.Address}/path-that-is-a-secret",
            $"--Webhooks:0:Secret={WebhookReceiver.Secret}",
            "--Webhooks:AllowPrivateNetworks=true"))
        {
            await host.SayAsync("wa-34600111222", "m1", "customer", Insult);
            await Eventually.HoldsAsync(() => !hooks.Got.IsEmpty, "the alert left");
        }

        // Stopping the host sends what is left.
        Assert.Contains(collector.Got, g => g.Path == "/v1/traces" && g.Body.Contains("conversation.receive", StringComparison.Ordinal));
        Assert.Contains(collector.Got, g => g.Path == "/v1/metrics" && g.Body.Contains("deescalation.turns", StringComparison.Ordinal));
        Assert.All(collector.Got, g =>
        {
            Assert.DoesNotContain("34600111222", g.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("path-that-is-a-secret", g.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("quokkafeliz", g.Body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("4111", g.Body, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Collector_Away_HostWorksAllTheSame()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, settings: "--Observability:OtlpEndpoint=http://127.0.0.1:9");
        await host.SayAsync("alone", "m1", "customer", Polite);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/ready")).Status);
    }

    private static Task<string> ScrapeAsync(RunningHost host) => host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);

    // The sum of the series of a name whose line holds all the tags; -1 when there is none.
    private static double Value(string metrics, string name, params string[] tags)
    {
        var lines = metrics.Split('\n')
            .Where(l => l.StartsWith(name, StringComparison.Ordinal) && l.Length > name.Length && l[name.Length] is '{' or ' ' && tags.All(t => l.Contains(t, StringComparison.Ordinal)))
            .ToArray();
        return lines.Length == 0 ? -1 : lines.Sum(l => double.Parse(l[(l.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A collector of the OpenTelemetry protocol on this machine that keeps what comes.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _got = new();

        public ConcurrentQueue<(string Path, string Body)> Got => _got;

        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector.Map();
            return await collector.StartedAsync();
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private void Map() => app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            _got.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
            http.Response.StatusCode = StatusCodes.Status200OK;
        });

        private async Task<Collector> StartedAsync()
        {
            await app.StartAsync(Token);
            return this;
        }
    }
}

/// <summary>Metrics are of the process: another host that is tested beside would be counted in.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "Alone in the process";
}
