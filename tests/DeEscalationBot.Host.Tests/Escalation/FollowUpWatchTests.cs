using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Escalation;

/// <summary>Follow-ups in the real host with a fake clock. The reminder comes one hour before the date by default.</summary>
public class FollowUpWatchTests(PostgresCluster postgres)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promise_IsRemindedOf_AlsoAfterARestart_AndSeenWhenItsDateHasPassed()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        string id;
        await using (var host = await RunningHost.StartAsync(data.Path, clock))
        {
            await host.SayAsync("c/1", "m1", "customer", "Hola, ¿cuándo llega mi pedido?");
            var (status, planned) = await PostAsync(host, "", """{"reason":"El almacén responde mañana","promisedFor":"2026-03-03T09:00:00Z","by":"Lucía Vega"}""");
            Assert.Equal(HttpStatusCode.OK, status);
            id = (string)planned!["id"]!;
            Assert.Equal("2026-03-03T08:00:00+00:00", (string?)planned["remindAt"]);
        }

        // The host is down when the reminder becomes due.
        clock.Advance(TimeSpan.FromHours(23.5));
        await using var after = await RunningHost.StartAsync(data.Path, clock);
        clock.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(after, id, f => f.RemindedAt is not null && f.MissedAt is null);
        Assert.Empty((await after.GetAsync("/api/v1/follow-ups?overdue=true")).Body!["followUps"]!.AsArray());

        clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(after, id, f => f.MissedAt is not null);
        var overdue = (await after.GetAsync("/api/v1/follow-ups?overdue=true&by=" + Uri.EscapeDataString(LocalPeople.Agent))).Body!["followUps"]!.AsArray();
        Assert.Equal((id, "c/1"), ((string?)overdue[0]!["id"], (string?)overdue[0]!["conversation"]));

        // What one person promised and missed is for their own eyes.
        Assert.Equal(HttpStatusCode.Forbidden, (await after.GetAsync("/api/v1/follow-ups?by=luis")).Status);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(after, $"/{id}/move", """{"promisedFor":"2026-03-05T09:00:00Z"}""")).Status);
        Assert.Empty((await after.GetAsync("/api/v1/follow-ups?overdue=true")).Body!["followUps"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(after, $"/{id}/done", """{"by":"luis"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(after, $"/{id}/cancel", "{}")).Status);
        Assert.Equal("luis", (string?)(await after.GetAsync("/api/v1/follow-ups?state=done")).Body!["followUps"]![0]!["closedBy"]);
        var events = (await after.Desk.ReadEventsAsync(ConversationId.Create("c/1"), 0, Token)).Select(e => e.Event.GetType().Name).Where(n => n.StartsWith("FollowUp", StringComparison.Ordinal));
        Assert.Equal(["FollowUpPlanned", "FollowUpReminded", "FollowUpMissed", "FollowUpMoved", "FollowUpClosed"], events);
    }

    // RFC 5545: the same UID with a higher SEQUENCE replaces an appointment; CANCEL takes it away.
    [Theory]
    [InlineData("es", "Escribir a un cliente")]
    [InlineData("en", "Write to a customer")]
    public async Task Calendar_FollowsTheFollowUp_InBothLanguages_WithoutPersonalData(string language, string title)
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start));
        await host.SayAsync("c/1", "m1", "customer", "Hola, ¿cuándo llega mi pedido?");
        var (_, planned) = await PostAsync(host, "", """{"reason":"Llamar al 612 34 56 78; falta stock, talla M","promisedFor":"2026-03-03T09:00:00Z","remindMinutesBefore":30}""");
        var id = (string)planned!["id"]!;

        var first = await ReadCalendarAsync(host, id, language);
        Assert.Contains($"SUMMARY:{title}\r\n", first, StringComparison.Ordinal);
        Assert.Contains("METHOD:PUBLISH\r\n", first, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260303T090000Z\r\n", first, StringComparison.Ordinal);
        Assert.Contains("TRIGGER:-PT30M\r\n", first, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:0\r\n", first, StringComparison.Ordinal);
        Assert.Contains("[PHONE]\\; falta stock\\, talla M", first, StringComparison.Ordinal);
        Assert.DoesNotContain("612", first, StringComparison.Ordinal);

        await PostAsync(host, $"/{id}/move", """{"promisedFor":"2026-03-04T10:00:00+01:00"}""");
        var moved = await ReadCalendarAsync(host, id, language);
        Assert.Contains("DTSTART:20260304T090000Z\r\n", moved, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", moved, StringComparison.Ordinal);
        Assert.Equal(UidOf(first), UidOf(moved));

        await PostAsync(host, $"/{id}/cancel", "");
        var cancelled = await ReadCalendarAsync(host, id, language);
        Assert.Contains("METHOD:CANCEL\r\n", cancelled, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:2\r\n", cancelled, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED\r\n", cancelled, StringComparison.Ordinal);
    }

    // What is said to the agent goes to every sink that takes a supervisor's alerts: once each, under an id of its own, without the customer's number.
    [Fact]
    public async Task Reminder_AndMissedDate_GoThroughTheOutbox()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var mails = new MailReceiver();
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(
            data.Path, clock, [.. receiver.Settings, .. mails.Settings, "--Mail:Agents:ana=ana@example.com", "--Mail:ConsoleUrl=http://localhost:5080/console", "--Escalation:Calendar:TimeZone=Europe/Madrid"]);
        await host.SayAsync("c/1", "m1", "customer", "Hola, ¿cuándo llega mi pedido?");
        await host.SayAsync("c/1", "m2", "agent", "Le escribo mañana."); // Nobody waits, so that no alert is mailed.
        var (_, planned) = await PostAsync(host, "", """{"reason":"Llamar al 612 34 56 78 mañana","promisedFor":"2026-03-03T09:00:00Z","by":"ana"}""");
        var id = (string)planned!["id"]!;

        clock.Advance(TimeSpan.FromHours(23));
        await UntilAsync(host, id, f => f.RemindedAt is not null);
        clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(host, id, f => f.MissedAt is not null);
        await PostAsync(host, $"/{id}/move", """{"promisedFor":"2026-03-05T09:00:00Z","by":"ana"}""");
        await PostAsync(host, $"/{id}/done", """{"by":"ana"}"""); // Told of the first date, they hear of the end.
        await Eventually.HoldsAsync(() => Told(receiver).Count == 3 && mails.Taken.Count == 2, "three messages and two mails");

        var told = Told(receiver);
        Assert.Equal(["followUp.reminded", "followUp.missed", "followUp.closed"], told.Select(r => r.Type));
        Assert.Equal(3, told.Select(r => r.Id).Distinct().Count());
        Assert.All(told, r =>
        {
            Assert.True(WebhookReceiver.IsSigned(r));
            Assert.Equal((id, "c/1", "ana"), ((string?)r.Data["followUpId"], r.Conversation, (string?)r.Data["by"]));
            Assert.Contains("[PHONE]", (string?)r.Data["reason"], StringComparison.Ordinal);
            Assert.DoesNotContain("612", r.Body, StringComparison.Ordinal);
        });

        // The reminder is for the agent; that it was missed is for the desk, too. 9:00 UTC is 10:00 in Madrid.
        var (reminder, missed) = (mails.Taken.First(), mails.Taken.Last());
        Assert.Equal(["ana@example.com"], reminder.To.Mailboxes.Select(m => m.Address));
        Assert.Equal(["leads@example.com", "ana@example.com"], missed.To.Mailboxes.Select(m => m.Address));
        Assert.Contains("2026-03-03 10:00 Europe/Madrid", reminder.TextBody, StringComparison.Ordinal);
        Assert.Contains("http://localhost:5080/sidebar/c%2F1", reminder.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("612", reminder.TextBody + missed.TextBody, StringComparison.Ordinal);
    }

    // Somebody sets the machine's clock two days ahead and, an hour later, right again. The reminder that came too early comes again when it is time.
    [Fact]
    public async Task ClockThatJumpsAheadAndBack_LosesNoReminder_AndCallsNothingMissed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var data = new TemporaryDirectory();
        var clock = new SettableClock(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock, receiver.Settings);
        await host.SayAsync("c/1", "m1", "customer", "Hola, ¿cuándo llega mi pedido?");
        await host.SayAsync("c/1", "m2", "agent", "Le escribo mañana.");
        var (_, planned) = await PostAsync(host, "", """{"reason":"El almacén responde mañana","promisedFor":"2026-03-03T09:00:00Z"}""");
        var id = (string)planned!["id"]!;
        clock.Advance(TimeSpan.FromMinutes(10)); // The clock is certain by now.

        clock.Set(TimeSpan.FromDays(2));
        clock.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(host, id, f => f.RemindedAt is not null);
        Assert.Empty((await host.GetAsync("/api/v1/follow-ups?overdue=true")).Body!["followUps"]!.AsArray());

        clock.Set(TimeSpan.FromDays(-2));
        clock.Advance(TimeSpan.FromSeconds(30));
        await UntilAsync(host, id, f => f.RemindedAt is null);

        clock.Advance(TimeSpan.FromHours(23));
        await UntilAsync(host, id, f => f.RemindedAt > Start.AddHours(22) && f.MissedAt is null);
        clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(host, id, f => f.MissedAt is not null);
        await Eventually.HoldsAsync(() => Told(receiver).Count == 4, "four messages");
        Assert.Equal(["followUp.reminded", "followUp.rewound", "followUp.reminded", "followUp.missed"], Told(receiver).Select(r => r.Type));
    }

    [Fact]
    public async Task Plan_WhatCannotBe_IsABadRequest()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start));
        await host.SayAsync("c/1", "m1", "customer", "Hola, ¿cuándo llega mi pedido?");
        string[] bodies =
        [
            """{"promisedFor":"2026-03-03T09:00:00Z"}""", """{"reason":"x"}""", """{"reason":"x","promisedFor":"tomorrow"}""", """{"reason":"x","promisedFor":"2026-03-02T09:00:00Z"}""",
            """{"reason":"x","promisedFor":"2028-03-02T09:00:00Z"}""", """{"reason":" ","promisedFor":"2026-03-03T09:00:00Z"}""",
            """{"reason":"x","promisedFor":"2026-03-03T09:00:00Z","remindMinutesBefore":-5}""",
        ];
        foreach (var body in bodies)
        {
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, (await PostAsync(host, "", body)).Status));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(host, "/gone/done", "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.GetAsync("/api/v1/follow-ups?state=late")).Status);
    }

    // Two nodes look at the same moment: one gets the conversation, and the other gets it when the lease is over.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Claim_TwoNodesAtOnce_GivesEachConversationToOne(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        for (var i = 0; i < 20; i++)
        {
            var (begun, events) = SampleEvents.Begun($"c{i}");
            IReadOnlyList<ConversationEvent> all = [.. events, new FollowUpPlanned(Start, new FollowUp("followup-2", "x", Start.AddHours(2), Start.AddHours(1), "ana", Start))];
            await database.Log.AppendAsync(begun.Apply(all.Skip(events.Count)), all, null);
        }

        var now = Start.AddHours(1);
        Assert.Empty(await database.Index.ClaimDueFollowUpsAsync(database.Writer, now.AddTicks(-1), TimeSpan.FromSeconds(20), 200, Token));
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.Index.ClaimDueFollowUpsAsync(database.Writer, now, TimeSpan.FromSeconds(20), 200, Token)));
        Assert.Equal(20, claims.Sum(c => c.Count));
        Assert.Equal(20, claims.SelectMany(c => c).Distinct().Count());
        Assert.Empty(await database.Index.ClaimDueFollowUpsAsync(database.Writer, now.AddSeconds(19), TimeSpan.FromSeconds(20), 200, Token));
        Assert.Equal(20, (await database.Index.ClaimDueFollowUpsAsync(database.Writer, now.AddSeconds(20), TimeSpan.FromSeconds(20), 200, Token)).Count);
    }

    // What was said by a clock that ran ahead is looked at again when the clock was set back, whether it was the reminder or the missed date.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Claim_AfterTheClockWasSetBack_FindsWhatWasSaidTooEarly(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var ahead = Start.AddDays(2);
        ConversationEvent[][] said = [[new FollowUpReminded(ahead, "followup-2")], [new FollowUpMissed(ahead, "followup-2")], [new FollowUpMissed(ahead, "followup-2"), new FollowUpClosed(ahead, "ana", "followup-2", FollowUpState.Done)]];
        foreach (var (events, i) in said.Select((e, i) => (e, i)))
        {
            var (begun, first) = SampleEvents.Begun($"c{i}");
            IReadOnlyList<ConversationEvent> all = [.. first, new FollowUpPlanned(Start, new FollowUp("followup-2", "x", Start.AddHours(2), Start.AddHours(1), "ana", Start)), .. events];
            await database.Log.AppendAsync(begun.Apply(all.Skip(first.Count)), all, null);
        }

        Assert.Empty(await database.Index.ListFollowUpsAsync(new FollowUpQuery(OverdueAt: Start), Token));
        Assert.Equal("c1", Assert.Single(await database.Index.ListFollowUpsAsync(new FollowUpQuery(OverdueAt: Start.AddHours(3)), Token)).Conversation.Value);
        var claimed = await database.Index.ClaimDueFollowUpsAsync(database.Writer, Start.AddMinutes(1), TimeSpan.FromSeconds(20), 200, Token);
        Assert.Equal(["c0", "c1"], claimed.Select(c => c.Value).Order());
    }

    private static IReadOnlyList<Received> Told(WebhookReceiver receiver) => [.. receiver.Taken.Where(r => r.Type.StartsWith("followUp.", StringComparison.Ordinal)).DistinctBy(r => r.Id)];

    private static Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(RunningHost host, string path, string body) => host.PostAsync("/api/v1/conversations/c%2F1/follow-ups" + path, body);

    private static async Task<string> ReadCalendarAsync(RunningHost host, string id, string language)
    {
        using var answer = await host.Client.GetAsync(new Uri($"/api/v1/conversations/c%2F1/follow-ups/{id}.ics?lang={language}", UriKind.Relative), Token);
        var text = (await answer.Content.ReadAsStringAsync(Token)).Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);

        // RFC 5545, 8.1: the method of the type is the method of the file.
        Assert.Contains($"METHOD:{answer.Content.Headers.ContentType!.Parameters.Single(p => p.Name == "method").Value}\r\n", text, StringComparison.Ordinal);
        return text;
    }

    private static string UidOf(string calendar) => calendar.Split("\r\n").Single(l => l.StartsWith("UID:", StringComparison.Ordinal));

    private static Task<IReadOnlyList<ConversationFollowUp>> UntilAsync(RunningHost host, string id, Func<FollowUp, bool> isIt) => Eventually.GetsAsync<IReadOnlyList<ConversationFollowUp>>(
        () => host.Desk.ListFollowUpsAsync(new FollowUpQuery(State: null), Token), found => found.Any(f => f.FollowUp.Id == id && isIt(f.FollowUp)), "the follow-up");
}
