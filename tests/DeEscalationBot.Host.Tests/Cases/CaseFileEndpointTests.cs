using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Coaching.Letters;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Reports;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Cases;

/// <summary>Files of cases over HTTP: what they are, what they are called, and for whom they are.</summary>
public class CaseFileEndpointTests(DeskOfPeopleFixture fixture) : IClassFixture<DeskOfPeopleFixture>
{
    private readonly DeskOfPeople _desk = fixture.Desk;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dismissals", "record.docx", WordDocument.ContentType, "dismissal", "despedida")]
    [InlineData("departures", "matrix.xlsx", ReportFiles.WorkbookType, "matrix", "matriz-de-motivos")]
    [InlineData("departures", "final-report.docx", WordDocument.ContentType, "final-report", "informe-final")]
    public async Task CaseFile_IsInTheReadersLanguage_ForWhoeverSeesTheCase(string kind, string file, string type, string english, string spanish)
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        var id = await OpenAsync(supervisor, kind, $"file-{file[..5]}");
        var path = $"/api/v1/cases/{id}/{file}";

        var (status, contentType, name, content) = await GetAsync(supervisor, path);
        Assert.Equal((HttpStatusCode.OK, type, $"{english}-{id}{Path.GetExtension(file)}"), (status, contentType, name));
        using (var archive = new ZipArchive(new MemoryStream(content)))
        {
            Assert.NotNull(archive.GetEntry("[Content_Types].xml"));
        }

        supervisor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es");
        Assert.Equal($"{spanish}-{id}{Path.GetExtension(file)}", (await GetAsync(supervisor, path)).Name);

        foreach (var (caller, expected) in new[]
        {
            (DeskOfPeople.DecisionMaker, HttpStatusCode.OK), (DeskOfPeople.OtherSupervisor, HttpStatusCode.NotFound), (DeskOfPeople.Agent, HttpStatusCode.Forbidden), (DeskOfPeople.Administrator, HttpStatusCode.Forbidden),
        })
        {
            using var client = await _desk.SignInAsync(caller);
            Assert.True(expected == (await GetAsync(client, path)).Status, $"{caller}: {path}");
        }

        // A file of the other kind of case is none of this one's.
        var other = await GetAsync(supervisor, $"/api/v1/cases/{id}/{(kind == "dismissals" ? "matrix.xlsx" : "record.docx")}");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (other.Status, other.Type));
    }

    [Fact]
    public async Task CaseFile_OfAnErasedCustomer_IsNotThere()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        var dismissal = await OpenAsync(supervisor, "dismissals", "gone");
        var departure = (string)(await PostAsync(supervisor, "/api/v1/cases/departures", new() { ["customerId"] = "gone", ["why"] = "We leave for Mercer" }))["departure"]!["id"]!;
        await _desk.Host.Services.GetRequiredService<SubjectEraser>().EraseCustomerAsync("gone", "adam");

        foreach (var path in new[] { $"{dismissal}/record.docx", $"{departure}/final-report.docx", $"{departure}/matrix.xlsx" })
        {
            using var answer = await supervisor.GetAsync($"/api/v1/cases/{path}", Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("motives.xlsx", "matrix", "matriz-de-motivos")]
    [InlineData("churn.xlsx", "churn", "abandono")]
    [InlineData("churn.csv", "churn", "churn")]
    [InlineData("dismissals.xlsx", "dismissals", "despedidas")]
    [InlineData("dismissals.csv", "dismissals", "dismissals")]
    [InlineData("customer-kinds.xlsx", "customer-kinds", "clases-de-clientes")]
    [InlineData("customer-kinds.csv", "customer-kinds", "customer-kinds")]
    [InlineData("claims.xlsx", "goodwill", "gestos")]
    [InlineData("claims.csv", "repeated-claims", "repeated-claims")]
    public async Task ReportFile_HasItsTypeAndName_AndIsForThoseWhoSeeCases(string file, string english, string spanish)
    {
        using var key = await _desk.WithKeyAsync([AccessRule.ReadCases]);
        using var without = await _desk.WithKeyAsync([AccessRule.ReadReports]);
        using var agent = await _desk.SignInAsync(DeskOfPeople.Agent);
        var path = $"/api/v1/reports/{file}";
        var ending = Path.GetExtension(file);

        var (status, type, name, content) = await GetAsync(key, path);
        Assert.Equal((HttpStatusCode.OK, ending == ".csv" ? "text/csv" : ReportFiles.WorkbookType, english + ending), (status, type, name));
        Assert.NotEmpty(content);
        key.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es");
        Assert.Equal(spanish + ending, (await GetAsync(key, path)).Name);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(without, path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(agent, path)).Status);
    }

    [Theory]
    [InlineData("?from=2025-12&until=2026-02", HttpStatusCode.OK)]
    [InlineData("?from=2026-03&until=2026-02", HttpStatusCode.BadRequest)]
    [InlineData("?until=0001-01", HttpStatusCode.BadRequest)]
    [InlineData("?until=March", HttpStatusCode.BadRequest)]
    public async Task Churn_HasTheMonthsAskedFor(string query, HttpStatusCode expected)
    {
        using var key = await _desk.WithKeyAsync([AccessRule.ReadCases]);
        var csv = await GetAsync(key, "/api/v1/reports/churn.csv" + query);

        Assert.Equal(expected, csv.Status);
        Assert.Equal(expected, (await GetAsync(key, "/api/v1/reports/churn.xlsx" + query)).Status);
        if (expected == HttpStatusCode.OK)
        {
            // A head and a line for each month.
            Assert.Equal(["month", "2025-12", "2026-01", "2026-02"], Encoding.UTF8.GetString(csv.Content).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')[0].Trim('"')));
        }
    }

    private static async Task<string> OpenAsync(HttpClient client, string kind, string customer)
    {
        await PostAsync(client, "/api/v1/customers", new() { ["id"] = customer, ["name"] = "Acme " + customer, ["since"] = "2025-01-01" });
        return (string)(await PostAsync(client, $"/api/v1/cases/{kind}", new() { ["customerId"] = customer, ["why"] = "They insulted us" }))[kind.TrimEnd('s')]!["id"]!;
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PostAsync(path, DeskOfPeople.Json(body.ToJsonString()), Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
        return await DeskOfPeople.BodyOf(answer);
    }

    private static async Task<(HttpStatusCode Status, string? Type, string? Name, byte[] Content)> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'), await answer.Content.ReadAsByteArrayAsync(Token));
    }

    // Every part of the package, so that nothing hides in one that is not shown.
    private static string TextOf(byte[] package)
    {
        using var archive = new ZipArchive(new MemoryStream(package));
        var text = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
