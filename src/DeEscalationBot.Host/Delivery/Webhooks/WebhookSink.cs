using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery.Webhooks;

/// <summary>Posts alerts to one receiver, signed as the Standard Webhooks specification says.</summary>
/// <remarks>2xx is delivered; 410 is refused (the receiver wants no more); everything else is tried again. Redirects are not followed.</remarks>
/// <param name="endpoint">The receiver.</param>
/// <param name="client">The connections.</param>
/// <param name="options">The time limit.</param>
/// <param name="clock">The product's clock.</param>
public sealed class WebhookSink(WebhookEndpoint endpoint, WebhookClient client, IOptions<WebhookOptions> options, TimeProvider clock) : IDeliverySink
{
    /// <summary>How long before a secret or a certificate expires it is warned: 14 days.</summary>
    public static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);

    private readonly Uri _url = new(endpoint.Url);
    private readonly byte[][] _keys = endpoint.Keys;

    /// <inheritdoc/>
    public string Name => endpoint.Name;

    /// <inheritdoc/>
    public AlertUrgency MinUrgency => endpoint.MinUrgency;

    /// <inheritdoc/>
    public IReadOnlyList<string> Teams => [.. endpoint.Teams];

    /// <inheritdoc/>
    public async Task<DeliveryReceipt> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var late = new CancellationTokenSource(options.Value.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var request = RequestOf(message);
        try
        {
            using var response = await client.SendAsync(request, ending.Token);
            return ReceiptOf(response);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DeliveryReceipt.RetryLater(string.Create(CultureInfo.InvariantCulture, $"No answer within {options.Value.Timeout.TotalSeconds:0.#} s (Webhooks:Timeout)."));
        }
        catch (Exception e) when (Find<PrivateNetworkException>(e) is { } inside)
        {
            return DeliveryReceipt.Refused(inside.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return DeliveryReceipt.RetryLater(Explain(e));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> WarningsAt(DateTimeOffset now)
    {
        var warnings = new List<string>();
        if (endpoint.SecretExpires is { } expires && expires - now < WarnBefore)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{endpoint.Setting}:Secret {(expires <= now ? "expired" : "expires")} on {expires:yyyy-MM-dd}. Put a new one into Secret, this one into OtherSecret, and change it at the receiver."));
        }

        if (_url.Scheme == Uri.UriSchemeHttps && client.CertificateExpiry(_url.IdnHost) is { } until && until - now < WarnBefore)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The certificate of {_url.IdnHost} ({endpoint.Setting}:Url) {(until <= now ? "expired" : "expires")} on {until:yyyy-MM-dd}."));
        }

        if (_url.Scheme == Uri.UriSchemeHttp && !_url.IsLoopback)
        {
            warnings.Add($"{endpoint.Setting}:Url is not encrypted: everybody on the way can read the alerts. Use https.");
        }

        return warnings;
    }

    private HttpRequestMessage RequestOf(OutboxMessage message)
    {
        // The time of the try, so that a receiver that refuses old messages takes a late one.
        var now = clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new StringContent(message.Body, new UTF8Encoding(false), "application/json") };
        request.Headers.Add(WebhookSignature.IdHeader, message.DeliveryId);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(_keys, message.DeliveryId, now, message.Body));
        request.Headers.UserAgent.ParseAdd("DeEscalationBot");
        return request;
    }

    private DeliveryReceipt ReceiptOf(HttpResponseMessage response)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
        if (response.IsSuccessStatusCode)
        {
            return DeliveryReceipt.Delivered(status);
        }

        var after = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - clock.GetUtcNow() : null;
        return response.StatusCode switch
        {
            HttpStatusCode.Gone => DeliveryReceipt.Refused($"{status}: the receiver wants no more messages. Correct {endpoint.Setting}:Url or remove it."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => DeliveryReceipt.RetryLater($"{status}: the receiver does not accept our signature. Compare {endpoint.Setting}:Secret with the receiver's.", after),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => DeliveryReceipt.RetryLater($"{status}: there is no receiver at this address. Look at {endpoint.Setting}:Url.", after),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => DeliveryReceipt.RetryLater($"{status}: redirects are not followed. Set {endpoint.Setting}:Url to where it leads.", after),
            _ => DeliveryReceipt.RetryLater(status, after),
        };
    }

    private string Explain(Exception e) => Find<AuthenticationException>(e) is not null
        ? $"The certificate of {_url.IdnHost} is not accepted. Look at {endpoint.Setting}:Url and at the receiver's certificate."
        : Find<SocketException>(e) is { } socket ? $"{_url.IdnHost} cannot be reached: {socket.SocketErrorCode}. Look at {endpoint.Setting}:Url."
        : $"The connection broke: {e.GetType().Name}.";

    private static T? Find<T>(Exception e)
        where T : Exception
    {
        for (var inner = (Exception?)e; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found)
            {
                return found;
            }
        }

        return null;
    }
}
