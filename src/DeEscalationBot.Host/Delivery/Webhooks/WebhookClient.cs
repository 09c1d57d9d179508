using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery.Webhooks;

/// <summary>Connections to receivers: no redirects, no cookies, no proxy of the environment, no private networks unless the settings allow them.</summary>
/// <remarks>Safe for concurrent use. Remembers when the certificates that it saw expire.</remarks>
public sealed class WebhookClient : IDisposable
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _certificates = new(StringComparer.OrdinalIgnoreCase);
    private readonly HttpClient _client;

    /// <summary>Makes a client.</summary>
    /// <param name="options">The settings.</param>
    public WebhookClient(IOptions<WebhookOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var allowsPrivate = options.Value.AllowPrivateNetworks;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowsPrivate, cancellationToken),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Remember },
        };

        // The limit is the sink's own, by the product's clock.
        _client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1024 };
    }

    /// <summary>Sends a request; the answer's body is not read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>When the certificate of a host expires, as last seen; nothing when none was seen.</summary>
    /// <param name="host">The host.</param>
    public DateTimeOffset? CertificateExpiry(string host) => _certificates.TryGetValue(host, out var at) ? at : null;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowsPrivate, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var usable = allowsPrivate ? addresses : [.. addresses.Where(a => !PrivateNetworks.Contain(a))];
        if (usable.Length == 0 && addresses.Length > 0)
        {
            throw new PrivateNetworkException(target.Host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool Remember(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is X509Certificate2 seen && sender is SslStream { TargetHostName: { Length: > 0 } host })
        {
            _certificates[host] = new DateTimeOffset(seen.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        }

        return errors == SslPolicyErrors.None;
    }
}
