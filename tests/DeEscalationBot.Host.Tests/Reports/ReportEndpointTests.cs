using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Reports;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Reports;

/// <summary>The reports over HTTP in the real host.</summary>
public class ReportEndpointTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recovery_CountsEpisodes_NamesNobody_AndGivesAnAgentTheirOwn()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        await TalkAsync(host, clock, "c1", LocalPeople.Agent);
        await TalkAsync(host, clock, "c2", "luis-secret");

        var (status, report) = await host.GetAsync("/api/v1/reports/recovery");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 2, 2), ((int)report!["conversations"]!, (int)report["episodes"]!, (int)report["calmed"]!));
        Assert.True((int)report["answers"]! >= 2);
        Assert.Equal(1, (int)(await host.GetAsync("/api/v1/reports/recovery?own=" + Uri.EscapeDataString(LocalPeople.Agent))).Body!["episodes"]!);

        // Nobody sees the figures of somebody else.
        foreach (var address in new[] { "recovery", "desk.csv", "desk.xlsx" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await host.GetAsync($"/api/v1/reports/{address}?own=luis-secret")).Status);
        }

        Assert.Equal(0, (int)(await host.GetAsync("/api/v1/reports/recovery?until=2026-03-01T00:00:00Z")).Body!["episodes"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.GetAsync("/api/v1/reports/recovery?since=2026-03-02T00:00:00Z&until=2026-03-01T00:00:00Z")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.GetAsync("/api/v1/reports/recovery?since=soon")).Status);

        await host.PostAsync("/api/v1/conversations/c1/goodwill", """{"id":"k","amount":5,"reason":"x","by":"luis-secret"}""");
        var goodwill = (await host.GetAsync("/api/v1/reports/goodwill")).Body!;
        Assert.Equal(("2026-03", 5m, 1), ((string?)goodwill["month"], (decimal)goodwill["spent"]!, (int)goodwill["gestures"]!));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.GetAsync("/api/v1/reports/goodwill?month=2026-13")).Status);

        var csv = await host.Client.GetStringAsync(new Uri("/api/v1/reports/desk.csv", UriKind.Relative), Token);
        Assert.Contains("recovery,4,value,2\r\n", csv, StringComparison.Ordinal);
        Assert.Contains("goodwill,3,value,5\r\n", csv, StringComparison.Ordinal);
        using var workbook = new ZipArchive(await host.Client.GetStreamAsync(new Uri("/api/v1/reports/desk.xlsx", UriKind.Relative), Token));
        Assert.Contains(workbook.Entries, e => e.FullName == "xl/workbook.xml");
        Assert.All(new[] { report.ToJsonString(), goodwill.ToJsonString(), csv }, text => Assert.DoesNotContain("secret", text, StringComparison.Ordinal));
        Assert.DoesNotContain(LocalPeople.Agent, csv, StringComparison.Ordinal);
    }

    // A month's time ends with the first instant of the next: what is shown beside it is that month's goodwill, by the desk's calendar.
    [Fact]
    public async Task Goodwill_OfAMonthsTime_IsThatMonths()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock, "--Escalation:Calendar:TimeZone=Europe/Madrid");
        var reader = host.Services.GetRequiredService<ReportReader>();
        var march = ReportPeriod.Read("2026-03", reader.Calendar, Start);

        Assert.Equal((new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero)), (march.From, march.Until));
        Assert.Equal("2026-03", (await reader.ReadAsync(ConversationSight.Everything, march.From, march.Until, Token)).Goodwill!.Month);
    }

    // Reading a report again reads what has changed since, and nothing else: an event that is damaged behind its back is not looked at.
    [Fact]
    public async Task Recovery_ReadAgain_ReadsWhatHasChanged()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        await TalkAsync(host, clock, "c1", "ana");
        await TalkAsync(host, clock, "c2", "ana");
        var reader = host.Services.GetRequiredService<ReportReader>();
        Task<DeskReport> ReadAsync() => reader.ReadAsync(ConversationSight.Everything, Start, clock.GetUtcNow().AddMinutes(1), Token);
        Assert.Equal((2, 0), ((await ReadAsync()).Recovery.Episodes, (await ReadAsync()).Unread));

        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token))
        {
            await db.Events.Where(e => e.Sequence == 1).ExecuteUpdateAsync(set => set.SetProperty(e => e.Payload, "{"), Token);
        }

        Assert.Equal((2, 0), ((await ReadAsync()).Recovery.Episodes, (await ReadAsync()).Unread));
        await host.SayAsync("c2", "m9", "customer", "Una cosa más.");
        Assert.Equal((1, 1), ((await ReadAsync()).Recovery.Episodes, (await ReadAsync()).Unread));
    }

    private static async Task TalkAsync(RunningHost host, FakeTimeProvider clock, string conversation, string agent)
    {
        (string Speaker, string Text)[] said =
        [
            ("customer", "Llevo tres semanas esperando y nadie me contesta, es una vergüenza. ¡Estoy harto!"),
            ("agent", "Lleva tres semanas esperando sin respuesta, ¿es así?"),
            ("customer", "Sí, eso es. Muchas gracias por escucharme."),
            ("agent", "Gracias a usted. Le escribo hoy antes de las tres."),
            ("customer", "Perfecto, muchas gracias, muy amable."),
            ("agent", "Quedo pendiente."),
            ("customer", "Genial, todo arreglado, muchísimas gracias."),
        ];
        for (var i = 0; i < said.Length; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            var body = new JsonObject { ["id"] = $"m{i}", ["speaker"] = said[i].Speaker, ["text"] = said[i].Text };
            if (said[i].Speaker == "agent")
            {
                body["agentId"] = agent;
            }

            Assert.Equal(HttpStatusCode.OK, (await host.PostAsync($"/api/v1/conversations/{conversation}/messages", body.ToJsonString())).Status);
        }
    }
}
