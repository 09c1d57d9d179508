using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Cases;

/// <summary>Customers and cases over HTTP, by people and programs.</summary>
public class CaseEndpointTests(DeskOfPeopleFixture fixture) : IClassFixture<DeskOfPeopleFixture>
{
    private readonly DeskOfPeople _desk = fixture.Desk;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_IsOfItsTeam_AndOfDecisionMakers()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        await AddAsync(supervisor, "seen");
        var id = await OpenAsync(supervisor, "dismissals", "seen");
        using var decider = await _desk.SignInAsync(DeskOfPeople.DecisionMaker);
        using var other = await _desk.SignInAsync(DeskOfPeople.OtherSupervisor);
        using var agent = await _desk.SignInAsync(DeskOfPeople.Agent);
        using var administrator = await _desk.SignInAsync(DeskOfPeople.Administrator);

        foreach (var path in new[] { $"/api/v1/cases/{id}", $"/api/v1/cases/{id}/record", "/api/v1/customers/seen", "/api/v1/customers/seen/dossier" })
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(supervisor, path)).Status);
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(decider, path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(other, path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(agent, path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(administrator, path)).Status);
        }

        Assert.DoesNotContain((await GetAsync(other, "/api/v1/cases?state=all")).Body!["cases"]!.AsArray(), c => (string)c!["id"]! == id);
        Assert.DoesNotContain((await GetAsync(other, "/api/v1/customers?limit=500")).Body!["customers"]!.AsArray(), c => (string)c!["id"]! == "seen");
        Assert.Equal(HttpStatusCode.NotFound, (await StepAsync(other, id, "assessCustomer", new() { ["assessment"] = "bad", ["why"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(other, "/api/v1/cases/departures", new() { ["customerId"] = "seen", ["why"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(other, "/api/v1/customers", new() { ["id"] = "theirs", ["name"] = "X", ["since"] = "2026-01-01", ["team"] = DeskOfPeople.Team })).Status);
    }

    [Fact]
    public async Task Step_ByAPerson_IsUnderTheirOwnNameAndRole()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        await AddAsync(supervisor, "named");
        var id = await OpenAsync(supervisor, "dismissals", "named");

        var (status, body) = await StepAsync(supervisor, id, "assessCustomer", new() { ["assessment"] = "bad", ["why"] = "Went on", ["by"] = "somebody else", ["role"] = "executive" });
        Assert.Equal(HttpStatusCode.OK, status);
        var record = (await GetAsync(supervisor, $"/api/v1/cases/{id}/record")).Body!["events"]!.AsArray();
        Assert.Equal(DeskOfPeople.Supervisor, (string)record[^1]!["by"]!);
        Assert.Equal("bad", (string)record[^1]!["event"]!["assessment"]!);
        Assert.Equal("dismissal.concerns-not-heard", (string)body!["missing"]![0]!["rule"]!);

        // Management undoes, a supervisor does not, whatever role the call names.
        (status, body) = await StepAsync(supervisor, id, "undoDismissal", new() { ["why"] = "x", ["role"] = "manager" });
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal(("case.not-permitted", "B4"), ((string)body!["rule"]!, (string)body["playbook"]!));
    }

    [Fact]
    public async Task Step_Refused_IsAProblemInTheReadersLanguage()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        await AddAsync(supervisor, "refused");
        var id = await OpenAsync(supervisor, "dismissals", "refused");
        await StepAsync(supervisor, id, "assessCustomer", new() { ["assessment"] = "demanding", ["why"] = "Asks a lot" });

        var (status, english) = await StepAsync(supervisor, id, "moveOn", null);
        supervisor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es");
        var (_, spanish) = await StepAsync(supervisor, id, "moveOn", null);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(("dismissal.merely-demanding", "forbidden", "B1"), ((string)english!["rule"]!, (string)english["refusal"]!, (string)english["playbook"]!));
        Assert.StartsWith("A demanding customer", (string)english["detail"]!, StringComparison.Ordinal);
        Assert.NotEqual((string)english["detail"]!, (string)spanish!["detail"]!);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(supervisor, "/api/v1/cases/dismissals", new() { ["customerId"] = "refused", ["why"] = "again" })).Status);
    }

    [Theory]
    [InlineData("doWhatYouLike", "{}", "There is no step 'doWhatYouLike'")]
    [InlineData("assessCustomer", "{}", "assessment (demanding | bad), why (text)")]
    [InlineData("assessCustomer", "{\"assessment\":\"good\",\"why\":\"x\"}", "'assessment' cannot be used")]
    [InlineData("assessCustomer", "{\"assessment\":0,\"why\":\"x\"}", "'assessment' cannot be used")]
    [InlineData("assessCustomer", "[]", "an array")]
    [InlineData("assessCustomer", "{\"why\":", "not JSON")]
    [InlineData("reckonMoney", "{\"refund\":{\"amount\":1,\"currency\":\"euros\"}}", "refund (object: amount (number), currency (text))")]
    [InlineData("answerOptions", "{\"answer\":\"x\",\"options\":null}", "options (list of object: text (text)")]
    public async Task Step_ThatCannotBeRead_SaysWhatItTakes(string step, string json, string expected)
    {
        using var key = await _desk.WithKeyAsync([AccessRule.ReadCases, AccessRule.WorkCases, AccessRule.WriteCustomers]);
        await AddAsync(key, "unread");
        var found = (await GetAsync(key, "/api/v1/cases?customerId=unread")).Body!["cases"]!.AsArray();
        var id = found.Count > 0 ? (string)found[0]!["id"]! : await OpenAsync(key, "dismissals", "unread");

        using var answer = await key.PostAsync($"/api/v1/cases/{id}/steps/{step}", DeskOfPeople.Json(json), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, (string)(await DeskOfPeople.BodyOf(answer))["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_RunsACase_AndDecidesNothing()
    {
        using var key = await _desk.WithKeyAsync([AccessRule.ReadCases, AccessRule.WorkCases, AccessRule.WriteCustomers]);
        using var reading = await _desk.WithKeyAsync([AccessRule.ReadCases]);
        await AddAsync(key, "by-key");
        var id = await OpenAsync(key, "dismissals", "by-key");

        Assert.Equal(HttpStatusCode.OK, (await StepAsync(key, id, "assessCustomer", new() { ["assessment"] = "bad", ["why"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await StepAsync(reading, id, "assessCustomer", new() { ["assessment"] = "bad", ["why"] = "x" })).Status);
        foreach (var (step, body) in new (string, JsonObject)[]
        {
            ("agreeToDismissal", new() { ["round"] = 1, ["grounds"] = "x" }),
            ("sendBack", new() { ["round"] = 1, ["to"] = "concerns", ["grounds"] = "x" }),
            ("approveMessage", new() { ["hash"] = "x" }),
            ("keepCustomer", new() { ["why"] = "x" }),
            ("undoDismissal", new() { ["why"] = "x" }),
        })
        {
            Assert.Equal("case.not-permitted", (string)(await StepAsync(key, id, step, body)).Body!["rule"]!);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(key, $"/api/v1/cases/{id}/comment")).Status);
    }

    // A key of one team sees and enters that team's.
    [Fact]
    public async Task KeyOfATeam_IsKeptToIt()
    {
        using var key = await _desk.WithKeyAsync([AccessRule.ReadCases, AccessRule.WorkCases, AccessRule.WriteCustomers], DeskOfPeople.OtherTeam);
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        using var other = await _desk.SignInAsync(DeskOfPeople.OtherSupervisor);
        await AddAsync(supervisor, "of-blue");
        await AddAsync(key, "of-red");

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(key, "/api/v1/customers/of-blue")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(other, "/api/v1/customers/of-red")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(supervisor, "/api/v1/customers/of-red")).Status);
    }

    [Fact]
    public async Task Comment_ByLink_ForWhoeverWasAsked()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        using var agent = await _desk.SignInAsync(DeskOfPeople.Agent);
        using var otherAgent = await _desk.SignInAsync(DeskOfPeople.OtherAgent);
        await AddAsync(supervisor, "commented");
        var id = await OpenAsync(supervisor, "dismissals", "commented");
        foreach (var (step, body) in new (string, JsonObject?)[]
        {
            ("assessCustomer", new() { ["assessment"] = "bad", ["why"] = "x" }),
            ("hearConcerns", new() { ["wasHeld"] = true, ["notes"] = "Slow" }),
            ("moveOn", null),
            ("chooseReason", new() { ["reasonId"] = "unethical" }),
            ("addEvidence", new()
            {
                ["reasonId"] = "unethical",
                ["evidence"] = new JsonObject { ["id"] = "e1", ["nature"] = "dishonesty", ["occurredAt"] = "2026-01-05T10:00:00Z", ["text"] = "Asked for a false invoice", ["signals"] = new JsonArray("abuse") },
            }),
            ("moveOn", null),
            ("compileDossier", null),
            ("askForComment", new() { ["person"] = DeskOfPeople.Agent }),
        })
        {
            var (status, answer) = await StepAsync(supervisor, id, step, body);
            Assert.True(status == HttpStatusCode.OK, $"{step}: {answer}");
        }

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(otherAgent, $"/api/v1/cases/{id}/comment")).Status);
        Assert.Equal("Acme commented", (string)(await GetAsync(agent, $"/api/v1/cases/{id}/comment?by=somebody")).Body!["customerName"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(otherAgent, $"/api/v1/cases/{id}/comment", new() { ["text"] = "Me too", ["by"] = DeskOfPeople.Agent })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(agent, $"/api/v1/cases/{id}/comment", new() { ["text"] = "I saw it" })).Status);
        Assert.Equal("I saw it", (string)(await GetAsync(supervisor, $"/api/v1/cases/{id}")).Body!["dismissal"]!["comments"]![0]!["text"]!);
    }

    [Fact]
    public async Task Import_Csv_KeepsTheGoodLines_NamesTheOthers_AndDoublesNothing()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        const string csv = """"
            record;customerId;name;since;id;on;amount;currency;start;minutes;side;kind;text;granted
            revenue;imp-1;;;r1;2026-02-01;1200.50;EUR;;;;;;
            customer;imp-1;"Acme; the ""first""";2025-01-01;;;;;;;;;;
            contract;imp-1;;;;;9000;EUR;2025-02-01;;;;;
            contact;imp-1;;;c1;2026-02-03;;;;45;;;;
            obligation;imp-1;;;o1;;;;;;ours;deliverable;=cmd|' /C calc'!A0;
            claim;imp-1;;;g1;2026-02-04;20;EUR;;;;;They waited;true

            customer;imp-2;No day;;;;;;;;;;;
            revenue;imp-3;;;r1;2026-02-01;10;EUR;;;;;;
            revenue;imp-1;;;r2;2026-02-01;1.200;eur;;;;;;
            revenue;imp-1;;;r3;2026-02-01;10;USD;;;;;;
            somebody;imp-1;;;;;;;;;;;;
            customer;;Nobody;2025-01-01;;;;;;;;;;
            customer;imp-4;Too few cells
            """";

        var first = await ImportAsync(supervisor, csv, "text/csv");
        var again = await ImportAsync(supervisor, csv, "text/csv");

        Assert.Equal((13, 6), ((int)first["lines"]!, (int)first["taken"]!));
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        var broken = first["broken"]!.AsArray().ToDictionary(b => (int)b!["line"]!, b => ((string?)b!["rule"], (string)b["problem"]!));
        Assert.Equal([9, 10, 11, 12, 13, 14, 15], broken.Keys.Order());
        Assert.Contains("'since'", broken[9].Item2, StringComparison.Ordinal);
        Assert.Equal("customer.unknown", broken[10].Item1);
        Assert.Contains("'amount'", broken[11].Item2, StringComparison.Ordinal);
        Assert.Contains("'currency'", broken[11].Item2, StringComparison.Ordinal);
        Assert.Equal("case.mixed-currencies", broken[12].Item1);
        Assert.Contains("'record'", broken[13].Item2, StringComparison.Ordinal);
        Assert.Contains("'customerId'", broken[14].Item2, StringComparison.Ordinal);
        Assert.Contains("3 cells", broken[15].Item2, StringComparison.Ordinal);

        var customer = (await GetAsync(supervisor, "/api/v1/customers/imp-1")).Body!;
        Assert.Equal("Acme; the \"first\"", (string)customer["name"]!);
        Assert.Equal(DeskOfPeople.Team, (string)customer["team"]!);
        Assert.Equal((1200.5m, 9000m), ((decimal)Assert.Single(customer["revenue"]!.AsArray())!["amount"]!["amount"]!, (decimal)customer["contract"]!["value"]!["amount"]!));
        Assert.Equal((1, 1, 1), (customer["contacts"]!.AsArray().Count, customer["obligations"]!.AsArray().Count, customer["claims"]!.AsArray().Count));
    }

    // A name twice in another case is read once, the last; no number is without an end.
    [Fact]
    public async Task Import_HostileLines_AreNamed()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);

        var report = await ImportAsync(
            supervisor,
            """[{"customerId":"odd-1","CUSTOMERID":"odd-2","name":"O","since":"2025-01-01"},{"record":"contact","customerId":"odd-2","id":"c1","on":"2026-01-02","minutes":"-Infinity"},{"record":"contact","customerId":"odd-2","id":"c2","on":"2026-01-02","minutes":"NaN"}]""",
            "application/json");

        Assert.Equal((3, 1), ((int)report["lines"]!, (int)report["taken"]!));
        Assert.All(report["broken"]!.AsArray(), b => Assert.Contains("'minutes'", (string)b!["problem"]!, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(supervisor, "/api/v1/customers/odd-2")).Status);
    }

    [Theory]
    [InlineData("?until=0001-01")]
    [InlineData("?from=0001-01&until=0005-01")]
    [InlineData("?until=1899-12")]
    [InlineData("?until=9999-12")]
    public async Task Report_YearsThatNobodyMeans_AreRefused(string query)
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);

        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(supervisor, "/api/v1/reports/cases" + query)).Status);
    }

    [Fact]
    public async Task Import_TheExampleOfTheDocs_IsTakenWhole()
    {
        using var key = await _desk.WithKeyAsync([AccessRule.WriteCustomers]);
        var text = await File.ReadAllTextAsync(Repository.PathTo("docs", "cases.md"), Token);

        var report = await ImportAsync(key, text.Split("```csv\n")[1].Split("```")[0], "text/csv");

        Assert.True((int)report["lines"]! == 6 && (int)report["taken"]! == 6, report.ToJsonString());
    }

    [Fact]
    public async Task Import_Json_IsTheSame_AndWholeFilesThatCannotBeReadAreRefused()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        var report = await ImportAsync(
            supervisor,
            """[{"record":"customer","customerId":"json-1","name":"J","since":"2025-01-01","team":null},{"record":"contact","customerId":"json-1","id":"c1","on":"2026-01-02","minutes":12.5},7,{"customerId":"json-2","name":"K","since":"2025-01-01","team":"red"}]""",
            "application/json");
        Assert.Equal((4, 2), ((int)report["lines"]!, (int)report["taken"]!));
        Assert.Equal([3, 4], report["broken"]!.AsArray().Select(b => (int)b!["line"]!));
        Assert.Contains("'red'", (string)report["broken"]![1]!["problem"]!, StringComparison.Ordinal);

        foreach (var (body, type, status) in new[]
        {
            ("name;since\nA;2025-01-01", "text/csv", HttpStatusCode.BadRequest),
            ("customerId,name,name\n1,A,B", "text/csv", HttpStatusCode.BadRequest),
            ("", "text/csv", HttpStatusCode.BadRequest),
            ("{}", "application/json", HttpStatusCode.BadRequest),
            ("[", "application/json", HttpStatusCode.BadRequest),
            ("x", "text/plain", HttpStatusCode.UnsupportedMediaType),
            ("customerId\n" + new string('x', 4 << 20), "text/csv", HttpStatusCode.RequestEntityTooLarge),
            ("customerId\n" + string.Concat(Enumerable.Repeat("x\n", 20_001)), "text/csv", HttpStatusCode.BadRequest),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
            using var answer = await supervisor.PostAsync("/api/v1/customers/import", content, Token);
            Assert.True(status == answer.StatusCode, $"{type} {body[..Math.Min(20, body.Length)]}: {answer.StatusCode}");
            Assert.True(body.Length > 0 || (await answer.Content.ReadAsStringAsync(Token)).Contains("The file is empty.", StringComparison.Ordinal), "An empty file has no first line to complain about.");
        }
    }

    // T9: who says that they leave is proposed for a departure, once, until somebody opens it.
    [Fact]
    public async Task Proposals_WhoSaysThatTheyLeave_UntilADepartureIsOpened()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        using var other = await _desk.SignInAsync(DeskOfPeople.OtherSupervisor);
        await AddAsync(supervisor, "leaver");
        using (var key = await _desk.WithKeyAsync([AccessRule.WriteTurns]))
        {
            await PostAsync(key, "/api/v1/conversations/leaving/messages", new()
            {
                ["id"] = "m1",
                ["speaker"] = "customer",
                ["text"] = "Quiero darme de baja, cancelen mi contrato.",
                ["customerId"] = "leaver",
                ["agentId"] = DeskOfPeople.Agent,
                ["team"] = DeskOfPeople.Team,
            });
        }

        static IEnumerable<JsonNode?> Of(JsonNode body) => body["proposals"]!.AsArray().Where(p => (string)p!["conversationId"]! == "leaving");
        var proposal = Assert.Single(Of((await GetAsync(supervisor, "/api/v1/cases/proposals")).Body!));
        Assert.Equal(("departure", "leaver", true), ((string)proposal!["kind"]!, (string)proposal["customerId"]!, (bool)proposal["isKnown"]!));
        Assert.Empty(Of((await GetAsync(other, "/api/v1/cases/proposals")).Body!));

        await OpenAsync(supervisor, "departures", "leaver");
        Assert.Empty(Of((await GetAsync(supervisor, "/api/v1/cases/proposals")).Body!));
    }

    // T8, T9: seen, and nothing to do. It holds for what was seen; who says it again is proposed again.
    [Theory]
    [InlineData("joker", "aside-named")]
    [InlineData(null, "aside-unnamed")]
    public async Task Proposals_SetAside_ComeBackForNewEvidenceOnly(string? customer, string conversation)
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        using var other = await _desk.SignInAsync(DeskOfPeople.OtherSupervisor);
        using var key = await _desk.WithKeyAsync([AccessRule.WriteTurns, AccessRule.ReadCases, AccessRule.WorkCases]);
        Task SayAsync(string where, string id) => PostAsync(key, $"/api/v1/conversations/{where}/messages", new()
        {
            ["id"] = id,
            ["speaker"] = "customer",
            ["text"] = "Quiero darme de baja, cancelen mi contrato.",
            ["customerId"] = customer,
            ["agentId"] = DeskOfPeople.Agent,
            ["team"] = DeskOfPeople.Team,
        });
        async Task<JsonNode?[]> ListAsync(string query = "") =>
            [.. (await GetAsync(supervisor, "/api/v1/cases/proposals" + query)).Body!["proposals"]!.AsArray().Where(p => ((string)p!["conversationId"]!).StartsWith(conversation, StringComparison.Ordinal))];
        await SayAsync(conversation, "m1");
        Assert.Single(await ListAsync());
        JsonObject aside = new() { ["kind"] = "departure", ["conversationId"] = conversation, ["why"] = "Bromeaba, lo ha dicho después" };

        // A person says so, of what they see, and why.
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(key, "/api/v1/cases/proposals/set-aside", (JsonObject)aside.DeepClone())).Status);
        Assert.Equal("case.not-found", (string)(await PostAsync(other, "/api/v1/cases/proposals/set-aside", (JsonObject)aside.DeepClone())).Body!["rule"]!);
        Assert.Equal("case.text-missing", (string)(await PostAsync(supervisor, "/api/v1/cases/proposals/set-aside", new() { ["kind"] = "departure", ["conversationId"] = conversation, ["why"] = " " })).Body!["rule"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(supervisor, "/api/v1/cases/proposals/set-aside", new() { ["conversationId"] = conversation, ["why"] = "x" })).Status);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(supervisor, "/api/v1/cases/proposals/set-aside", (JsonObject)aside.DeepClone())).Status);
        }

        Assert.Empty(await ListAsync());
        var seen = Assert.Single(await ListAsync("?setAside=true"))!["setAside"]!;
        Assert.Equal((DeskOfPeople.Supervisor, "Bromeaba, lo ha dicho después"), ((string)seen["by"]!, (string)seen["why"]!));

        await SayAsync(conversation + "-later", "m2");
        Assert.Equal(conversation + "-later", (string)Assert.Single(await ListAsync())!["conversationId"]!);

        if (customer is null)
        {
            return;
        }

        // With the conversations goes what was noted of them: one note for each, under the hash of what it proposes.
        var log = _desk.Host.Services.GetRequiredService<CaseLog>();
        var note = "pro-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"Departure/{conversation}")).AsSpan(0, 16));
        Assert.NotNull(await log.FindAsync(CaseKind.Proposal, note, Token));
        await _desk.Host.Services.GetRequiredService<SubjectEraser>().EraseCustomerAsync(customer, "adam");
        Assert.Empty(await ListAsync("?setAside=true"));
        Assert.Null(await log.FindAsync(CaseKind.Proposal, note, Token));
        Assert.Empty(await log.ReadAsync(CaseKind.Proposal, note, Token));
    }

    // A key that may write and not read is told what came of what it wrote.
    [Fact]
    public async Task Key_ThatOnlyWrites_IsAnsweredFromWhatItWrote()
    {
        using var key = await _desk.WithKeyAsync([AccessRule.WriteCustomers]);
        using var cases = await _desk.WithKeyAsync([AccessRule.WorkCases]);

        var (status, added) = await PostAsync(key, "/api/v1/customers", new() { ["id"] = "written", ["name"] = "W", ["since"] = "2025-01-01" });
        Assert.Equal((HttpStatusCode.OK, "written", true), (status, (string)added!["id"]!, added["name"] is null));
        await PostAsync(key, "/api/v1/customers/written/steps/recordRevenue", new() { ["entry"] = new JsonObject { ["id"] = "r1", ["on"] = "2026-01-01", ["amount"] = new JsonObject { ["amount"] = 100, ["currency"] = "EUR" } } });
        (status, var changed) = await PostAsync(key, "/api/v1/customers/written/steps/recordContact", new() { ["entry"] = new JsonObject { ["id"] = "c1", ["on"] = "2026-01-01", ["duration"] = "00:05:00" } });
        Assert.Equal((HttpStatusCode.OK, "written", true), (status, (string)changed!["id"]!, changed["cases"] is null));

        // A change of nothing does not open what the key may not read.
        (status, changed) = await PostAsync(key, "/api/v1/customers/written/measure-contact", null);
        Assert.Equal((HttpStatusCode.OK, 0, 0, true), (status, changed!["revenue"]!.AsArray().Count, changed["contacts"]!.AsArray().Count, changed["currency"] is null));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(key, "/api/v1/customers/nobody/steps/markLeft", new() { ["on"] = "2026-01-01", ["ending"] = "left" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(key, "/api/v1/customers/written")).Status);

        var id = await OpenAsync(cases, "dismissals", "written");
        Assert.Equal(HttpStatusCode.OK, (await StepAsync(cases, id, "assessCustomer", new() { ["assessment"] = "bad", ["why"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await StepAsync(cases, "nothing", "assessCustomer", new() { ["assessment"] = "bad", ["why"] = "x" })).Status);
    }

    [Fact]
    public async Task List_AfterACaseThatIsNotThere_IsRefused()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);

        var (status, body) = await GetAsync(supervisor, "/api/v1/cases?after=dep-nobody");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("'after'", (string)body!["detail"]!, StringComparison.Ordinal);
    }

    // Whoever sees everything may mistype: in a team that nobody has no supervisor would find the customer again.
    [Fact]
    public async Task Move_ToATeamThatNobodyHas_IsRefused()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        using var other = await _desk.SignInAsync(DeskOfPeople.OtherSupervisor);
        using var decider = await _desk.SignInAsync(DeskOfPeople.DecisionMaker);
        await AddAsync(supervisor, "moves-1");
        await AddAsync(other, "moves-2");
        const string Address = "/api/v1/customers/moves-1/steps/moveCustomer";

        var (status, body) = await PostAsync(decider, Address, new() { ["team"] = "blau", ["why"] = "x" });

        Assert.Equal((HttpStatusCode.BadRequest, "customer.team-unknown"), (status, (string?)body!["rule"]));
        Assert.Equal(DeskOfPeople.Team, (string)(await GetAsync(decider, "/api/v1/customers/moves-1")).Body!["team"]!);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(decider, Address, new() { ["team"] = DeskOfPeople.OtherTeam, ["why"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(decider, "/api/v1/customers/moves-none/steps/moveCustomer", new() { ["team"] = "blau", ["why"] = "x" })).Status);
    }

    // A nightly file that still brings what was put right is not broken; what it brings is not in the record, and it says so.
    [Fact]
    public async Task Import_OfWhatWasCorrectedOrStruckSince_SaysThatItDoesNotCount()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        const string Csv = """
            record,customerId,name,since,id,on,amount,currency
            customer,nightly-1,N,2025-01-01,,,,
            revenue,nightly-1,,,r1,2026-02-01,9000,EUR
            revenue,nightly-1,,,r2,2026-02-02,10,EUR
            """;
        Assert.Equal(3, (int)(await ImportAsync(supervisor, Csv, "text/csv"))["taken"]!);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(supervisor, "/api/v1/customers/nightly-1/steps/correctRevenue", new()
        {
            ["entry"] = new JsonObject { ["id"] = "r1", ["on"] = "2026-02-01", ["amount"] = new JsonObject { ["amount"] = 90, ["currency"] = "EUR" } },
            ["why"] = "Two zeros",
        })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(supervisor, "/api/v1/customers/nightly-1/steps/strikeEntry", new() { ["kind"] = "revenue", ["entryId"] = "r2", ["why"] = "Not theirs" })).Status);

        var report = await ImportAsync(supervisor, Csv, "text/csv");

        Assert.Equal((3, 1), ((int)report["lines"]!, (int)report["taken"]!));
        Assert.Empty(report["broken"]!.AsArray());
        Assert.Equal([3, 4], report["superseded"]!.AsArray().Select(b => (int)b!["line"]!));
        Assert.Contains("another id", (string)report["superseded"]![0]!["problem"]!, StringComparison.Ordinal);
        Assert.Equal(90, (decimal)Assert.Single((await GetAsync(supervisor, "/api/v1/customers/nightly-1")).Body!["revenue"]!.AsArray())!["amount"]!["amount"]!);
    }

    // Notes beside the table: columns without a name are not read.
    [Fact]
    public async Task Import_ColumnsWithoutAName_AreLeftAlone()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);

        var report = await ImportAsync(supervisor, "customerId,name,since,,\nnotes-1,N,2025-01-01,ask Ana,twice", "text/csv");

        Assert.Equal((1, 1), ((int)report["lines"]!, (int)report["taken"]!));
    }

    // Every Excel writes tabs, of whichever region: what can be read in two ways is asked for again.
    [Fact]
    public async Task Import_WithTabs_ReadsNothingThatCouldMeanTwoThings()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        var report = await ImportAsync(
            supervisor,
            """
            record;customerId;name;since;id;on;amount;currency;minutes
            customer;tab-1;T;2025-01-01;;;;;
            revenue;tab-1;;;r1;2026-02-01;1,234;EUR;
            revenue;tab-1;;;r2;2026-02-01;1.234;EUR;
            revenue;tab-1;;;r3;3/4/2026;10;EUR;
            revenue;tab-1;;;r4;2026-02-01;1.234,50;EUR;
            contact;tab-1;;;c1;2026-02-01;;;1.200
            contact;tab-1;;;c2;2026-02-01;;;1,200
            contact;tab-1;;;c3;2026-02-01;;;7,5
            """.Replace(';', '\t'),
            "text/csv");

        Assert.Equal([3, 4, 5, 7, 8], report["broken"]!.AsArray().Select(b => (int)b!["line"]!));
        Assert.Contains("'minutes' is 1.200", (string)report["broken"]![3]!["problem"]!, StringComparison.Ordinal);
        Assert.Equal(1234.5m, (decimal)Assert.Single((await GetAsync(supervisor, "/api/v1/customers/tab-1")).Body!["revenue"]!.AsArray())!["amount"]!["amount"]!);
    }

    // Whichever way a file is sorted, the contract that began last is in force, and the same file again changes nothing.
    [Fact]
    public async Task Import_NewestContractFirst_LeavesItInForce()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        const string csv = "record,customerId,name,since,start,amount,currency\ncontract,two-1,,,2026-01-01,2000,EUR\ncontract,two-1,,,2025-01-01,1000,EUR\ncustomer,two-1,T,2025-01-01,,,";
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(3, (int)(await ImportAsync(supervisor, csv, "text/csv"))["taken"]!);
            Assert.Equal(2000m, (decimal)(await GetAsync(supervisor, "/api/v1/customers/two-1")).Body!["contract"]!["value"]!["amount"]!);
        }

        Assert.Equal(3, (await GetAsync(supervisor, "/api/v1/customers/two-1/record")).Body!["events"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("ñandú/1 2", "%C3%B1and%C3%BA%2F1%202")]
    public async Task Customer_WithASlashInTheirId_IsThatOne(string id, string inAddress)
    {
        using var key = await _desk.WithKeyAsync([AccessRule.ReadCases, AccessRule.WriteCustomers]);
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        await AddAsync(supervisor, "blue-beside-the-slash");
        await AddAsync(key, id);

        var (status, body) = await GetAsync(key, $"/api/v1/customers/{inAddress}");
        Assert.Equal((HttpStatusCode.OK, id), (status, (string?)body!["id"]));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(key, $"/api/v1/customers/{inAddress}/steps/moveCustomer", new() { ["team"] = "blue", ["why"] = "x" })).Status);
        Assert.Equal("customerMoved", (string)(await GetAsync(key, $"/api/v1/customers/{inAddress}/record")).Body!["events"]![1]!["type"]!);
    }

    // As a Spanish Excel saves it: semicolons, commas, days as people write them, "VERDADERO", and Windows-1252.
    [Fact]
    public async Task Import_AsASpanishExcelSavesIt_IsTakenOnceSomebodyHasSeenThatItIsThat()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        supervisor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es");
        const string csv = """
            record;customerId;name;since;id;on;amount;currency;minutes;text;granted
            customer;xl-1;Peña e Hijos;31/03/2025;;;;;;;
            revenue;xl-1;;;r1;1/2/2026;1.200,50;EUR;;;
            revenue;xl-1;;;r2;2026-02-02;12.000;EUR;;;
            contact;xl-1;;;c1;01-02-2026;;;7,5;;
            claim;xl-1;;;g1;3/2/2026;20,00;EUR;;Llegó tarde;VERDADERO
            """;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(1252).GetBytes(csv);
        async Task<(HttpStatusCode, JsonNode)> SendAsync(byte[] file, string query)
        {
            using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
            using var answer = await supervisor.PostAsync("/api/v1/customers/import" + query, content, Token);
            return (answer.StatusCode, await DeskOfPeople.BodyOf(answer));
        }

        var (status, refused) = await SendAsync(bytes, "");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("la línea 2 dice: customer;xl-1;Peña e Hijos", (string)refused["detail"]!, StringComparison.Ordinal);
        Assert.Contains("CSV UTF-8", (string)refused["detail"]!, StringComparison.Ordinal);
        (status, refused) = await SendAsync([.. bytes, 0x81], "?encoding=windows-1252");
        Assert.Equal((HttpStatusCode.BadRequest, true), (status, ((string)refused["detail"]!).Contains("no está en UTF-8", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(bytes, "?encoding=latin1")).Item1);

        (status, var report) = await SendAsync(bytes, "?encoding=windows-1252");
        Assert.Equal((HttpStatusCode.OK, 5, 4), (status, (int)report["lines"]!, (int)report["taken"]!));
        Assert.Contains("pueden ser miles o decimales", (string)report["broken"]![0]!["problem"]!, StringComparison.Ordinal);
        var customer = (await GetAsync(supervisor, "/api/v1/customers/xl-1")).Body!;
        Assert.Equal(("Peña e Hijos", "2025-03-31"), ((string)customer["name"]!, (string)customer["since"]!));
        Assert.Equal((1200.5m, "2026-02-01"), ((decimal)customer["revenue"]![0]!["amount"]!["amount"]!, (string)customer["revenue"]![0]!["on"]!));
        Assert.Equal(("00:07:30", true), ((string)customer["contacts"]![0]!["duration"]!, (bool)customer["claims"]![0]!["wasGranted"]!));

        // UTF-16, as "Unicode text" is, and UTF-8 with its mark, say by themselves what they are.
        Assert.Equal(5, (int)(await SendAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(csv.Replace(';', '\t'))], "")).Item2["lines"]!);
        Assert.Equal(4, (int)(await SendAsync([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv)], "")).Item2["taken"]!);
    }

    [Theory]
    [InlineData("?from=2025-12&until=2026-02", HttpStatusCode.OK, 3)]
    [InlineData("", HttpStatusCode.OK, 6)]
    [InlineData("?from=2026-03&until=2026-02", HttpStatusCode.BadRequest, 0)]
    [InlineData("?from=1900-01&until=2026-02", HttpStatusCode.BadRequest, 0)]
    [InlineData("?until=March", HttpStatusCode.BadRequest, 0)]
    public async Task Report_HasTheMonthsAskedFor(string query, HttpStatusCode expected, int months)
    {
        using var decider = await _desk.SignInAsync(DeskOfPeople.DecisionMaker);
        var (status, body) = await GetAsync(decider, "/api/v1/reports/cases" + query);

        Assert.Equal(expected, status);
        Assert.Equal(months, body!["churn"]?.AsArray().Count ?? 0);
    }

    [Fact]
    public async Task Description_NamesEveryStepWithItsFields()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        var step = (await GetAsync(supervisor, "/openapi/v1.json")).Body!["paths"]!["/api/v1/cases/{caseId}/steps/{step}"]!["post"]!;
        var titles = step["requestBody"]!["content"]!["application/json"]!["schema"]!["oneOf"]!.AsArray().Select(s => (string)s!["title"]!).ToArray();
        Assert.Contains("addEvidence", titles);
        Assert.Contains("fillMatrix", titles);
        Assert.Contains("compileDossier", (string)step["description"]!, StringComparison.Ordinal);
    }

    private static async Task AddAsync(HttpClient client, string id)
    {
        var (status, body) = await PostAsync(client, "/api/v1/customers", new() { ["id"] = id, ["name"] = "Acme " + id, ["since"] = "2025-01-01" });
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
    }

    private static async Task<string> OpenAsync(HttpClient client, string kind, string customer)
    {
        var (status, body) = await PostAsync(client, $"/api/v1/cases/{kind}", new() { ["customerId"] = customer, ["why"] = "They insulted us" });
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
        return (string)(body![kind == "dismissals" ? "dismissal" : "departure"]!["id"]!);
    }

    private static Task<(HttpStatusCode Status, JsonNode? Body)> StepAsync(HttpClient client, string id, string step, JsonObject? body) => PostAsync(client, $"/api/v1/cases/{id}/steps/{step}", body);

    private static async Task<JsonNode> ImportAsync(HttpClient client, string text, string type)
    {
        using var content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var answer = await client.PostAsync("/api/v1/customers/import", content, Token);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}");
        return await DeskOfPeople.BodyOf(answer);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return (answer.StatusCode, await DeskOfPeople.BodyOf(answer));
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(HttpClient client, string path, JsonObject? body)
    {
        using var answer = await client.PostAsync(path, body is null ? null : DeskOfPeople.Json(body.ToJsonString()), Token);
        return (answer.StatusCode, answer.StatusCode == HttpStatusCode.NoContent ? null : await DeskOfPeople.BodyOf(answer));
    }
}
