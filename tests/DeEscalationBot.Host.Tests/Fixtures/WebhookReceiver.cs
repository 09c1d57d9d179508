using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Delivery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>What came to a receiver.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, string Body, int Status)
{
    public JsonNode Json { get; } = JsonNode.Parse(Body)!;

    public string Type => (string)Json["type"]!;

    public JsonNode Data => Json["data"]!;

    public string Conversation => (string)Data["conversationId"]!;

    public long Sequence => (long)Data["sequence"]!;
}

/// <summary>A receiver of webhooks on this machine that behaves as a test wants.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private int _requests;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>Answers the n-th request, from 0; the default is 200. A negative status breaks the connection off.</summary>
    public Func<int, HttpContext, Task<int>> Behave { get; set; } = (_, _) => Task.FromResult(200);

    /// <summary>What was answered with 2xx, in order.</summary>
    public IReadOnlyList<Received> Taken => [.. _received.Where(r => r.Status is >= 200 and < 300)];

    /// <summary>Everything that came.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("https://127.0.0.1", "https://localhost", StringComparison.Ordinal) + "/hook");

    /// <summary>The settings of a host that posts here.</summary>
    public string[] Settings => [$"--Webhooks:0:Url={Address}", $"--Webhooks:0:Secret={Secret}", "--Webhooks:AllowPrivateNetworks=true"];

    /// <param name="certificate">Of the receiver, which is then reached as localhost by https; nothing for http.</param>
    public static async Task<WebhookReceiver> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Whether a signature is by the secret, as of now by any clock.</summary>
    public static bool IsSigned(Received r, string secret = Secret) => WebhookSignature.Verify(
        WebhookSignature.TryReadSecret(secret)!, r.Id, r.Timestamp, r.Body, r.Signature, DateTimeOffset.FromUnixTimeSeconds(long.Parse(r.Timestamp, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var status = await Behave(Interlocked.Increment(ref _requests) - 1, context);
        string Header(string name) => context.Request.Headers[name].ToString();
        _received.Enqueue(new Received(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body, status));
        if (status < 0)
        {
            context.Abort();
        }
        else
        {
            context.Response.StatusCode = status;
        }
    }
}
