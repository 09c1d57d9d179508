using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Journeys;

/// <summary>Three real host processes that are one cluster on one PostgreSQL of their own, and callers who send again, at another node, what was not answered.</summary>
internal sealed class NodeRun : IAsyncDisposable
{
    public const int Nodes = 3;

    // What a caller waits for one answer before it asks another node, and before it tries again.
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // A turn that took longer was held up by what was done to the nodes.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    private readonly PostgresCluster _postgres = new();
    private readonly TemporaryDirectory _folder = new();
    private readonly HostProcess?[] _hosts = new HostProcess?[Nodes];
    private readonly Uri?[] _addresses = new Uri?[Nodes];
    private readonly ConcurrentDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(TimeSpan Began, TimeSpan Answered)> _turns = new();
    private readonly List<(string What, TimeSpan At)> _events = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 100, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Timeout.InfiniteTimeSpan };
    private string[] _settings = [];
    private int[] _ports = [];
    private int _acknowledged;
    private int _again;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public IReadOnlyDictionary<string, int> Errors => _errors;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Name(int conversation) => "node-run-" + conversation.ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts all nodes at the same time on an empty database.</summary>
    public async Task StartAsync(params string[] settings)
    {
        var certificate = _folder["cluster.pfx"];
        TestCertificate.Write(certificate);
        _ports = [.. Enumerable.Range(0, Nodes).Select(_ => FreePorts.Next())];
        _settings =
        [
            "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await _postgres.NewDatabaseAsync()}",
            "--DataProtection:KeyStore=Database", $"--DataProtection:CertificatePath={certificate}", $"--DataProtection:CertificatePassword={TestCertificate.Password}",
            "--Cluster:Enabled=true", "--Cluster:Address=127.0.0.1", $"--Cluster:CertificatePath={certificate}", $"--Cluster:CertificatePassword={TestCertificate.Password}",
            "--DirectLine:Enabled=false", .. settings,
        ];
        await Task.WhenAll(Enumerable.Range(0, Nodes).Select(StartNodeAsync));
    }

    /// <summary>Starts a node, or starts it again at its old port.</summary>
    public async Task StartNodeAsync(int node)
    {
        var host = HostProcess.Start(
            _folder.Path, null, ["--urls", "http://127.0.0.1:0", $"--Storage:DataDirectory={_folder[$"node{node}"]}", $"--Cluster:SiloPort={_ports[node]}", .. _settings]);
        _hosts[node] = host;
        _addresses[node] = await host.AddressAsync();
    }

    /// <summary>kill -9. Its address stays known to callers: nobody tells them.</summary>
    public async Task KillAsync(int node)
    {
        Note("one node killed with -9");
        await _hosts[node]!.KillAsync();
    }

    /// <summary>SIGTERM, and a start once it has stopped.</summary>
    /// <returns>Whether <c>/health/ready</c> said no before it was gone.</returns>
    public async Task<bool> RestartGentlyAsync(int node)
    {
        Note("another stopped gently and started again");
        var stopping = _hosts[node]!.StopAsync();
        var saidNo = false;
        while (!stopping.IsCompleted && !saidNo)
        {
            saidNo = await ReadyAsync(node) == HttpStatusCode.ServiceUnavailable;
        }

        var code = await stopping;
        Assert.True(code == 0, $"A node that was stopped gently ended with {code}: {OutputOf(node)}");
        await _hosts[node]!.DisposeAsync();
        await StartNodeAsync(node);
        return saidNo;
    }

    public Task RestartDatabaseAsync()
    {
        Note("PostgreSQL restarted");
        return _postgres.RestartAsync();
    }

    /// <summary>Sends turns at a rate, each conversation's one after the other.</summary>
    /// <returns>How many of each conversation were acknowledged, which is all of them.</returns>
    public async Task<int[]> SendAsync(int conversations, int turns, int perSecond, Func<int, Task> whenAcknowledged)
    {
        var sent = new int[conversations];
        var free = new ConcurrentQueue<int>(Enumerable.Range(0, conversations));
        var flying = new List<Task>();
        var began = _watch.Elapsed;
        var acts = Task.Run(() => whenAcknowledged(turns), Token);
        for (var n = 0; n < turns; n++)
        {
            // By the clock and not after the answer: callers do not wait for each other.
            var due = began + TimeSpan.FromSeconds((double)n / perSecond);
            while (_watch.Elapsed < due || free.IsEmpty)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Token);
            }

            Assert.True(free.TryDequeue(out var conversation));
            var message = sent[conversation]++;
            flying.Add(Task.Run(
                async () =>
                {
                    await TurnAsync(conversation, message, n);
                    free.Enqueue(conversation);
                },
                Token));
            flying.RemoveAll(t => t.IsCompletedSuccessfully);
        }

        await Task.WhenAll(flying);
        await acts;
        return sent;
    }

    /// <summary>The ids of a conversation's messages, in order, as some node tells them.</summary>
    public async Task<string[]> IdsAsync(int conversation)
    {
        var (status, text) = await Eventually.GetsAsync(
            async () =>
            {
                using var answer = await _client.GetAsync(new Uri(_addresses[conversation % Nodes]!, $"/api/v1/conversations/{Name(conversation)}"), Token);
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
            },
            a => a.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound,
            "a node tells the conversation");
        return status == HttpStatusCode.NotFound ? [] : [.. JsonNode.Parse(text)!["turns"]!.AsArray().Select(t => (string)t!["id"]!)];
    }

    /// <summary>Follows a conversation's events from node to node, with the last id, until a number of messages were told.</summary>
    /// <returns>The messages' ids as they were told.</returns>
    public async Task<List<string>> FollowAsync(int conversation, Func<int> most)
    {
        var told = new List<string>();
        var last = "";
        for (var node = 0; told.Count < most(); node = (node + 1) % Nodes)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_addresses[node]!, $"/api/v1/conversations/{Name(conversation)}/events"));
                if (last.Length > 0)
                {
                    request.Headers.Add("Last-Event-ID", last);
                }

                using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
                answer.EnsureSuccessStatusCode();
                using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
                var (id, type) = ("", "");
                while (told.Count < most() && await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token) is { } line)
                {
                    id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
                    type = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : type;
                    if (line.StartsWith("data: ", StringComparison.Ordinal))
                    {
                        last = id;
                        if (type == "turn")
                        {
                            told.Add((string)JsonNode.Parse(line[6..])!["id"]!);
                        }
                    }
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
            {
                await Task.Delay(Pause, TimeProvider.System, Token);
            }
        }

        return told;
    }

    /// <summary>The table of what was seen.</summary>
    public IReadOnlyList<string> Table(int conversations, int turns, int perSecond, int lost, int twice, int outOfOrder)
    {
        string Line(string what, object value) => string.Create(CultureInfo.InvariantCulture, $"| {what} | {value} |");
        var all = _turns.ToArray();
        var took = Array.ConvertAll(all, t => (t.Answered - t.Began).TotalMilliseconds);
        Array.Sort(took);
        double At(double share) => took[Math.Min(took.Length - 1, (int)(share * took.Length))];
        return
        [
            Line("conversations, turns, turns a second asked for", string.Create(CultureInfo.InvariantCulture, $"{conversations}, {turns}, {perSecond}")),
            Line("turns acknowledged", Acknowledged),
            Line("acknowledged turns lost", lost),
            Line("turns doubled", twice),
            Line("conversations out of order", outOfOrder),
            Line("turns that needed more than one try", _again),
            Line("callers' errors by kind", _errors.IsEmpty ? "none" : string.Join(", ", _errors.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Key}: {e.Value}")))),
            Line("p50, p99, longest until acknowledged, tries included", string.Create(CultureInfo.InvariantCulture, $"{At(0.5):0} ms, {At(0.99):0} ms, {took[^1] / 1000:0.0} s")),
            .. _events.Select(e => Line($"{e.What}: seconds until all answer at once again", string.Create(CultureInfo.InvariantCulture, $"{SecondsUntilWell(e.At, all):0.0}"))),
        ];
    }

    /// <summary>What a node wrote.</summary>
    public string OutputOf(int node) => _hosts[node]?.Output ?? "";

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.OfType<HostProcess>())
        {
            await host.DisposeAsync();
        }

        _client.Dispose();
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    private void Note(string what)
    {
        lock (_events)
        {
            _events.Add((what, _watch.Elapsed));
        }
    }

    // Until the last of those turns had its answer that were held up after it, and before the next thing was done.
    private double SecondsUntilWell(TimeSpan at, (TimeSpan Began, TimeSpan Answered)[] turns)
    {
        var next = _events.Where(e => e.At > at).Select(e => e.At).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        return turns.Where(t => t.Answered > at && t.Began < next && t.Answered - t.Began > AtOnce).Select(t => (t.Answered - at).TotalSeconds).DefaultIfEmpty(0).Max();
    }

    private async Task<HttpStatusCode?> ReadyAsync(int node)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(_addresses[node]!, "/health/ready"), Token);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task TurnAsync(int conversation, int message, int n)
    {
        var body = new JsonObject
        {
            ["id"] = $"m{message}",
            ["speaker"] = message % 3 == 2 ? "agent" : "customer",
            ["text"] = $"Es la vez número {message} que escribo y nadie me responde; quiero una solución hoy.",
        };
        var began = _watch.Elapsed;
        for (var attempt = 0; ; attempt++)
        {
            Assert.True(_watch.Elapsed - began < Patience, $"No node took {Name(conversation)} m{message} within {Patience}: {string.Join(", ", _errors)}");
            if (await TryAsync(_addresses[(n + attempt) % Nodes]!, conversation, message, body) is not { } error)
            {
                _turns.Enqueue((began, _watch.Elapsed));
                Interlocked.Increment(ref _acknowledged);
                return;
            }

            if (attempt == 0)
            {
                Interlocked.Increment(ref _again);
            }

            _errors.AddOrUpdate(error, 1, (_, count) => count + 1);
            await Task.Delay(Pause, TimeProvider.System, Token);
        }
    }

    private async Task<string?> TryAsync(Uri node, int conversation, int message, JsonObject body)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Token);
        late.CancelAfter(Attempt);
        try
        {
            using var answer = await _client.PostAsJsonAsync(new Uri(node, $"/api/v1/conversations/{Name(conversation)}/messages"), body, late.Token);
            var text = await answer.Content.ReadAsStringAsync(late.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return $"HTTP {(int)answer.StatusCode}";
            }

            Assert.Equal(message, (int)JsonNode.Parse(text)!["turn"]!);
            return null;
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError == HttpRequestError.ConnectionError ? "refused" : "connection broken";
        }
        catch (IOException)
        {
            return "connection broken";
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            return "no answer in 10 s";
        }
    }
}
