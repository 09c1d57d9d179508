using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>Every address of the running host, asked for by everybody: what comes of it is the table in docs/security.md.</summary>
public sealed class AccessMatrixTests(DeskOfPeopleFixture fixture) : IClassFixture<DeskOfPeopleFixture>
{
    private const string Conversation = "matrix-1";
    private const string Customer = "matrix-customer";
    private const string Begin = "<!-- matrix: begin -->";
    private const string End = "<!-- matrix: end -->";

    private readonly DeskOfPeople _desk = fixture.Desk;
    private int _asked;

    // Something of everything, so that every address finds what it asks for.
    private static readonly string Body = new JsonObject
    {
        ["id"] = "CLICK",
        ["speaker"] = "agent",
        ["text"] = "Lo miro ahora mismo.",
        ["reason"] = "The bank answers",
        ["promisedFor"] = TimeProvider.System.GetUtcNow().AddDays(2).ToString("O"),
        ["amount"] = 0.01,
        ["kind"] = "nextReply",
        ["agentId"] = DeskOfPeople.Agent,
        ["person"] = "Sara",
        ["from"] = "2030-01-01T08:00:00Z",
        ["until"] = "2030-01-01T16:00:00Z",
        ["name"] = "Matrix",
        ["since"] = "2025-01-01",
        ["customerId"] = Customer,
        ["why"] = "Asked for",
    }.ToJsonString();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Document => Repository.PathTo("docs", "security.md");

    [Fact]
    public void EveryAddress_HasADecision()
    {
        var without = Endpoints(withFiles: true)
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && !e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => AccessRule.All.Any(r => r.Id == a.Policy)))
            .Select(NameOf).ToArray();
        Assert.True(
            without.Length == 0,
            $"Nobody has decided who may use {string.Join(", ", without)}. Say .RequireAuthorization(AccessRule.…) where it is mapped, or @attribute [Authorize(AccessRule.…)] on a page, or .AllowAnonymous() if it has a door of its own.");
    }

    [Fact]
    public void EveryPage_HasADecisionOfItsOwn()
    {
        // Pages are reached from other pages, too, where only their own attribute counts.
        var without = Endpoints().Select(e => e.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type).OfType<Type>().Distinct()
            .Where(t => t.Namespace!.StartsWith("DeEscalationBot.", StringComparison.Ordinal) && t.GetCustomAttributes(typeof(AuthorizeAttribute), inherit: true).Length == 0).Select(t => t.Name).ToArray();
        Assert.True(without.Length == 0, $"Nobody has decided who may open {string.Join(", ", without)}. Write @attribute [Authorize(AccessRule.…)] below its @page.");
    }

    [Fact]
    public async Task EveryAddress_AnswersEverybodyAsTheTableSays()
    {
        var (alert, followUp, gesture) = await BeginAsync();
        var caseId = await OpenCaseAsync();
        var callers = new (string Name, HttpClient Client)[]
        {
            ("anonymous", _desk.NewClient()),
            ("agent", await _desk.SignInAsync(DeskOfPeople.Agent)),
            ("other agent", await _desk.SignInAsync(DeskOfPeople.OtherAgent)),
            ("supervisor", await _desk.SignInAsync(DeskOfPeople.Supervisor)),
            ("supervisor of another team", await _desk.SignInAsync(DeskOfPeople.OtherSupervisor)),
            ("decision maker", await _desk.SignInAsync(DeskOfPeople.DecisionMaker)),
            ("administrator", await _desk.SignInAsync(DeskOfPeople.Administrator)),
            ("no role", await _desk.SignInAsync(DeskOfPeople.WithoutRole)),
            ("sidebar", await SidebarAsync()),
            ("key without scope", await _desk.WithKeyAsync([AccessRule.ReadMetrics])),
            ("key with scope", await _desk.WithKeyAsync([.. AccessRule.Scopes])),
        };
        using var otherScope = await _desk.WithKeyAsync([AccessRule.UseTexts]);
        var table = new StringBuilder();
        table.Append("| address |").AppendJoin("|", callers.Select(c => $" {c.Name} ")).Append("|\n|---|").Append(string.Concat(callers.Select(_ => "---|"))).Append('\n');
        foreach (var endpoint in Endpoints().OrderBy(PathOf, StringComparer.Ordinal).ThenBy(NameOf, StringComparer.Ordinal))
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{NameOf(endpoint)}` |");
            foreach (var (name, client) in callers)
            {
                var path = PathOf(endpoint).Replace("{conversationId}", Conversation, StringComparison.Ordinal).Replace("{alertId}", alert, StringComparison.Ordinal)
                    .Replace("{followUpId}", followUp, StringComparison.Ordinal).Replace("{gestureId}", gesture, StringComparison.Ordinal).Replace("{language}", "es", StringComparison.Ordinal)
                    .Replace("{customerId}", Customer, StringComparison.Ordinal).Replace("{caseId}", caseId, StringComparison.Ordinal).Replace("{step}", "recordContact", StringComparison.Ordinal)
                    .Replace("{*Conversation}", Conversation, StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal);
                var asker = name == "key without scope" && path == "/metrics" ? otherScope : client;
                table.Append(CultureInfo.InvariantCulture, $" {await AskAsync(asker, endpoint, path)} |");
            }

            table.Append('\n');
        }

        foreach (var (_, client) in callers)
        {
            client.Dispose();
        }

        var text = await File.ReadAllTextAsync(Document, Token);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("DEESCALATION_MATRIX") == "1")
        {
            await File.WriteAllTextAsync(Document, text[..from] + "\n" + table + text[to..], Token);
            return;
        }

        var expected = text[from..to].Trim().Split('\n').ToHashSet(StringComparer.Ordinal);
        var actual = table.ToString().Trim().Split('\n');
        var faults = actual.Where(line => !expected.Contains(line)).Select(line => "now: " + line).Concat(expected.Except(actual).Select(line => "table: " + line)).ToArray();
        Assert.True(faults.Length == 0, "Somebody is let in, or kept out, otherwise than docs/security.md says. When that is meant, write the table anew: DEESCALATION_MATRIX=1 and this test.\n" + string.Join('\n', faults));
    }

    [Fact]
    public async Task ForeignConversation_IsInNoListAndNoReport()
    {
        await BeginAsync();
        using var own = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        using var other = await _desk.SignInAsync(DeskOfPeople.OtherSupervisor);
        using var otherAgent = await _desk.SignInAsync(DeskOfPeople.OtherAgent);
        foreach (var (path, list) in new[] { ("/api/v1/conversations", "conversations"), ("/api/v1/alerts?state=all", "alerts"), ("/api/v1/follow-ups?state=all", "followUps") })
        {
            Assert.NotEmpty((await ReadAsync(own, path))[list]!.AsArray());
            Assert.Empty((await ReadAsync(other, path))[list]!.AsArray());
            Assert.Empty((await ReadAsync(otherAgent, path))[list]!.AsArray());
        }

        Assert.NotEqual(0, (int)(await ReadAsync(own, "/api/v1/reports/alerts"))["raised"]!);
        Assert.Equal(0, (int)(await ReadAsync(other, "/api/v1/reports/alerts"))["raised"]!);
        Assert.Equal(0, (int)(await ReadAsync(other, "/api/v1/reports/goodwill"))["gestures"]!);
        Assert.NotEqual(0, (int)(await ReadAsync(own, "/api/v1/reports/goodwill"))["gestures"]!);
    }

    // A conversation of the agent and the team, with something of everything in it.
    private async Task<(string Alert, string FollowUp, string Gesture)> BeginAsync()
    {
        await _desk.SayAsync(Conversation, "m1", "customer", "Eres una inútil, te voy a buscar y te voy a partir la cara.", DeskOfPeople.Agent, DeskOfPeople.Team);
        await _desk.SayAsync("matrix-of-others", "m1", "customer", "Hola, ¿dónde está mi pedido?", "somebody", "green");
        using var key = await _desk.WithKeyAsync([.. AccessRule.Scopes]);
        var conversation = await ReadAsync(key, $"/api/v1/conversations/{Conversation}");
        var followUp = await PostAsync(key, $"/api/v1/conversations/{Conversation}/follow-ups", new JsonObject { ["reason"] = "The bank answers", ["promisedFor"] = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O") });
        var gesture = await PostAsync(key, $"/api/v1/conversations/{Conversation}/goodwill", new JsonObject { ["id"] = "click", ["amount"] = 1, ["reason"] = "sorry" });
        return ((string)conversation["alerts"]![0]!["id"]!, (string)followUp["id"]!, (string)gesture["id"]!);
    }

    // A case of a customer of the team.
    private async Task<string> OpenCaseAsync()
    {
        using var supervisor = await _desk.SignInAsync(DeskOfPeople.Supervisor);
        await PostAsync(supervisor, "/api/v1/customers", new JsonObject { ["id"] = Customer, ["name"] = "Matrix", ["since"] = "2025-01-01" });
        return (string)(await PostAsync(supervisor, "/api/v1/cases/dismissals", new JsonObject { ["customerId"] = Customer, ["why"] = "They insulted us" }))["dismissal"]!["id"]!;
    }

    private async Task<HttpClient> SidebarAsync()
    {
        var (token, _) = _desk.Host.Services.GetRequiredService<SidebarSession>().Issue(DeskOfPeople.Agent, ConversationId.Create(Conversation));
        var client = _desk.NewClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token });
        using var answer = await client.PostAsync("/sidebar-session", form, Token);
        Assert.Equal($"/sidebar/{Conversation}", answer.Headers.Location?.ToString());
        return client;
    }

    private static async Task<JsonNode> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await DeskOfPeople.BodyOf(answer);
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PostAsync(path, DeskOfPeople.Json(body.ToJsonString()), Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
        return await DeskOfPeople.BodyOf(answer);
    }

    // In, or how not. What is refused for its content was let in.
    private async Task<string> AskAsync(HttpClient client, RouteEndpoint endpoint, string path)
    {
        using var request = new HttpRequestMessage(MethodOf(endpoint) is var method && method == "*" ? HttpMethod.Get : new HttpMethod(method), path);
        if (request.Method == HttpMethod.Get)
        {
            request.Headers.Accept.ParseAdd(path.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html");
        }
        else
        {
            request.Content = DeskOfPeople.Json(Body.Replace("CLICK", $"click-{++_asked}", StringComparison.Ordinal));
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var to = answer.Headers.Location?.ToString() ?? "";
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "401",
            HttpStatusCode.Forbidden when endpoint.RoutePattern.RawText != "/no-access" => "403",

            // Of what is there: of the others, such as dead letters, there is none.
            HttpStatusCode.NotFound when path.Contains(Conversation, StringComparison.Ordinal) || path.StartsWith("/api/v1/alerts/", StringComparison.Ordinal)
                || path.Contains(Customer, StringComparison.Ordinal) || path.StartsWith("/api/v1/cases/", StringComparison.Ordinal) => "404",
            HttpStatusCode.Redirect when to.Contains("/authorize?", StringComparison.Ordinal) && endpoint.RoutePattern.RawText != "/sign-out" => "sign in",
            HttpStatusCode.Redirect when to == "/no-access" => "no",
            _ => "yes",
        };
    }

    private IEnumerable<RouteEndpoint> Endpoints(bool withFiles = false) => _desk.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText != AccessServices.MissingFile && (withFiles || e.Metadata.GetMetadata<StaticAssetDescriptor>() is null))
        .DistinctBy(NameOf);

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static string NameOf(RouteEndpoint endpoint) => $"{MethodOf(endpoint)} {PathOf(endpoint)}";

    // A page takes GET, and POST for forms that none of ours has.
    private static string MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        ? "GET"
        : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "*";
}
