using System.Net;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Escalation;

public class AlertEndpointTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string WantsManager = "Quiero hablar con su jefe ahora mismo, páseme con su supervisor.";

    private RunningHost Host => fixture.Host;

    [Fact]
    public async Task Alert_FromRaisedToResolved_KeepsWhoWasFirst()
    {
        var alert = await RaiseAsync("a/1");

        var (status, acknowledged) = await Host.PostAsync($"/api/v1/alerts/{alert}/acknowledge", """{"by":"luis"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("acknowledged", "luis", "a/1"), ((string?)acknowledged!["state"], (string?)acknowledged["acknowledgedBy"], (string?)acknowledged["conversation"]));
        Assert.Equal("luis", (string?)(await Host.PostAsync($"/api/v1/alerts/{alert}/acknowledge", """{"by":"eva"}""")).Body!["acknowledgedBy"]);

        var (_, resolved) = await Host.PostAsync($"/api/v1/alerts/{alert}/resolve", """{"by":"eva","note":"Llamé al cliente"}""");
        Assert.Equal(("resolved", "luis", "Llamé al cliente"), ((string?)resolved!["state"], (string?)resolved["acknowledgedBy"], (string?)resolved["resolution"]));
        var (again, unchanged) = await Host.PostAsync($"/api/v1/alerts/{alert}/resolve", """{"by":"eva","note":"otra cosa"}""");
        Assert.Equal((HttpStatusCode.OK, "Llamé al cliente"), (again, (string?)unchanged!["resolution"]));

        var (late, problem) = await Host.PostAsync($"/api/v1/alerts/{alert}/acknowledge", """{"by":"eva"}""");
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("settled", (string?)problem!["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain((await Host.GetAsync("/api/v1/alerts")).Body!["alerts"]!.AsArray(), a => (string?)a!["id"] == alert);
        Assert.Equal("resolved", (string?)(await Host.GetAsync("/api/v1/conversations/a%2F1")).Body!["alerts"]![0]!["state"]);
    }

    [Fact]
    public async Task Alert_WithoutABody_IsActedOnByTheLocalPerson()
    {
        var alert = await RaiseAsync("a2");
        using var response = await Host.Client.PostAsync(new Uri($"/api/v1/alerts/{alert}/acknowledge", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains((await Host.GetAsync("/api/v1/alerts")).Body!["alerts"]!.AsArray(), a => (string?)a!["id"] == alert && (string?)a["acknowledgedBy"] == "local");
    }

    [Fact]
    public async Task Alert_ByStateAndUrgency_IsListed_AndDismissedWithAReason()
    {
        var alert = await RaiseAsync("a3");
        async Task<bool> IsListedAsync(string query) => (await Host.GetAsync("/api/v1/alerts?limit=500&" + query)).Body!["alerts"]!.AsArray().Any(a => (string?)a!["id"] == alert);

        Assert.True(await IsListedAsync("urgency=supervisor"));
        Assert.False(await IsListedAsync("urgency=immediate"));
        Assert.True(await IsListedAsync("state=raised,delivered"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync($"/api/v1/alerts/{alert}/dismiss", "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync($"/api/v1/alerts/{alert}/whisper", """{"by":"eva","text":" "}""")).Status);
        var (status, dismissed) = await Host.PostAsync($"/api/v1/alerts/{alert}/dismiss", """{"who":"eva","reason":"falseAlarm","text":"ironía"}""");
        Assert.Equal((HttpStatusCode.OK, "dismissed", "falseAlarm", "ironía"), (status, (string?)dismissed!["state"], (string?)dismissed["dismissal"], (string?)dismissed["resolution"]));
        Assert.True(await IsListedAsync("state=dismissed"));
        Assert.True(await IsListedAsync("state=all"));
        Assert.False(await IsListedAsync("state=open"));
        Assert.Equal(HttpStatusCode.Conflict, (await Host.PostAsync($"/api/v1/alerts/{alert}/take-over", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Host.PostAsync($"/api/v1/alerts/{alert}/note", """{"text":"para el informe"}""")).Status);
        Assert.Equal("dismissed", (string?)(await Host.GetAsync("/api/v1/alerts/" + alert)).Body!["state"]);

        // The report counts it, in JSON and for a spreadsheet.
        Assert.True((int)(await Host.GetAsync("/api/v1/reports/alerts")).Body!["dismissals"]!["falseAlarm"]! >= 1);
        Assert.Contains("\r\nT10,", await Host.Client.GetStringAsync(new Uri("/api/v1/reports/alerts.csv", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/alerts?state=sleeping")]
    [InlineData("/api/v1/alerts?state=3")]
    [InlineData("/api/v1/alerts?urgency=2")]
    [InlineData("/api/v1/reports/alerts?since=yesterday")]
    [InlineData("/api/v1/deliveries?state=lost")]
    public async Task Lists_BadFilter_Answer400(string path) => Assert.Equal(HttpStatusCode.BadRequest, (await Host.GetAsync(path)).Status);

    [Theory]
    [InlineData("acknowledge")]
    [InlineData("resolve")]
    public async Task Alert_BadRequests_AreProblems(string verb)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Host.PostAsync($"/api/v1/alerts/alr_none/{verb}", "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync($"/api/v1/alerts/alr_none/{verb}", """{"by":7}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync($"/api/v1/alerts/alr_none/{verb}", "{")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Host.PostAsync($"/api/v1/alerts/alr_none/{verb}", "{}", "text/plain")).Status);
    }

    [Theory]
    [InlineData("/api/v1/alerts?limit=0")]
    [InlineData("/api/v1/reviews?limit=x")]
    public async Task Lists_BadLimit_Answer400(string path) => Assert.Equal(HttpStatusCode.BadRequest, (await Host.GetAsync(path)).Status);

    [Fact]
    public async Task Handover_AskedTwice_RaisesOneAlert()
    {
        await Host.SayAsync("h1", "m1", "customer", "Hola, ¿a qué hora abren mañana?");

        var (status, first) = await Host.PostAsync("/api/v1/conversations/h1/handover", """{"by":"ana"}""");
        var (_, second) = await Host.PostAsync("/api/v1/conversations/h1/handover", """{"by":"ana"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(first!["handoverRequestedAt"]);
        Assert.Equal("supervisor", (string?)Assert.Single(first["alerts"]!.AsArray())!["urgency"]);
        Assert.Equal(first.ToJsonString(), second!.ToJsonString());
    }

    [Fact]
    public async Task Handover_BadRequests_AreProblems()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Host.PostAsync("/api/v1/conversations/nobody/handover", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync("/api/v1/conversations/nobody")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync("/api/v1/conversations/nobody/handover", """{"by":""}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync("/api/v1/conversations/%20/handover", "{}")).Status);
    }

    [Fact]
    public async Task Reviews_OfAPattern_AreListedAndAreNoAlert()
    {
        var answer = await Host.SayAsync("r1", "m1", "customer", "Si digo que llegó roto me devuelven el dinero, aunque llegó bien; así lo hice la otra vez.");

        var reviews = (await Host.GetAsync("/api/v1/reviews")).Body!["reviews"]!.AsArray();
        var proposed = reviews.Where(r => (string?)r!["conversation"] == "r1").ToArray();

        // The same rule decides about the line and the list.
        Assert.Equal(answer["review"] is null ? 0 : 1, proposed.Length);
        Assert.All(proposed, r => Assert.StartsWith("T8", (string?)r!["reason"], StringComparison.Ordinal));
        Assert.DoesNotContain((await Host.GetAsync("/api/v1/conversations/r1")).Body!["alerts"]!.AsArray(), a => (string?)a!["trigger"] == "T8");
    }

    private async Task<string> RaiseAsync(string conversation)
    {
        await Host.SayAsync(conversation, "m1", "customer", WantsManager);
        var (_, body) = await Host.GetAsync("/api/v1/conversations/" + Uri.EscapeDataString(conversation));
        return (string)body!["alerts"]!.AsArray().First(a => (string?)a!["trigger"] == "T10")!["id"]!;
    }
}
