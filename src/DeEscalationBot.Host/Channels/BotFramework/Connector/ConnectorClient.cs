using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using Polly.Timeout;

namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>Calls the connectors of channels: sends, changes and deletes messages, opens conversations, asks for members.</summary>
/// <remarks>
/// Busy and absent connectors are tried again (429, 412, 502, 504, no connection) as <c>Retry-After</c> says, at most three times; after 502 and 504 a
/// message may arrive twice, for the protocol knows no keys against that. A new message whose connection broke is not sent again. Only connectors of <see cref="ServiceUrlPolicy"/> are called. Safe for concurrent use.
/// </remarks>
/// <param name="clients">Connections, with the retries.</param>
/// <param name="policy">Who may be called.</param>
/// <param name="tokens">The bot's tokens.</param>
/// <param name="budget">The limits of Teams.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Statuses and failures, never a text.</param>
public sealed partial class ConnectorClient(IHttpClientFactory clients, ServiceUrlPolicy policy, IConnectorTokens tokens, SendBudget budget, TimeProvider clock, ILogger<ConnectorClient> logger)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    /// <summary>Sends a message to a conversation; as a reply when it names what it answers.</summary>
    /// <param name="to">Where.</param>
    /// <param name="activity">The message.</param>
    /// <param name="cancellationToken">Stops it; the message may have been sent.</param>
    public Task<ConnectorAnswer<SentActivity>> SendAsync(ConversationReference to, Activity activity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(activity);
        var path = ActivitiesOf(to.Conversation?.Id) + (activity.ReplyToId is { Length: > 0 } replied ? "/" + Escaped(replied) : "");
        return SayAsync(HttpMethod.Post, to, path, activity, cancellationToken);
    }

    /// <summary>Changes a message that the bot sent.</summary>
    /// <param name="to">Where it is.</param>
    /// <param name="activityId">The message's id.</param>
    /// <param name="activity">What it says from now on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ConnectorAnswer<SentActivity>> UpdateAsync(ConversationReference to, string activityId, Activity activity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(activity);
        return SayAsync(HttpMethod.Put, to, $"{ActivitiesOf(to.Conversation?.Id)}/{Escaped(activityId)}", activity with { Id = activityId }, cancellationToken);
    }

    /// <summary>Deletes a message that the bot sent.</summary>
    /// <param name="to">Where it is.</param>
    /// <param name="activityId">The message's id.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ConnectorAnswer<SentActivity>> DeleteAsync(ConversationReference to, string activityId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        return CallAsync<SentActivity>(HttpMethod.Delete, to.ServiceUrl, $"{ActivitiesOf(to.Conversation?.Id)}/{Escaped(activityId)}", null, cancellationToken);
    }

    /// <summary>Opens a conversation with one person, in which messages can then be sent. The app has to be installed for the person.</summary>
    /// <param name="serviceUrl">The connector.</param>
    /// <param name="tenantId">The organisation.</param>
    /// <param name="bot">The bot as the channel knows it.</param>
    /// <param name="user">The person: the channel's id, or the one of the directory.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ConnectorAnswer<OpenedConversation>> OpenPersonalAsync(string serviceUrl, string tenantId, ChannelAccount bot, ChannelAccount user, CancellationToken cancellationToken = default)
    {
        await budget.TakeAsync(tenantId, "open:" + user?.Id, cancellationToken);
        return await CallAsync<OpenedConversation>(
            HttpMethod.Post,
            serviceUrl,
            "v3/conversations",
            JsonSerializer.SerializeToUtf8Bytes(
                new ConversationParameters(false, bot, [user!], TenantId: tenantId, ChannelData: ActivityJson.ToElement(new TeamsChannelData(new TeamsTenant(tenantId)))), ActivityJson.Options),
            cancellationToken);
    }

    /// <summary>Begins a thread in a team's channel. What is sent to the answer's id joins the thread.</summary>
    /// <param name="serviceUrl">The connector.</param>
    /// <param name="tenantId">The organisation, or nothing.</param>
    /// <param name="channelId">The channel, for instance <c>19:…@thread.tacv2</c>.</param>
    /// <param name="bot">The bot as the channel knows it.</param>
    /// <param name="first">The first message.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ConnectorAnswer<OpenedConversation>> PostToChannelAsync(
        string serviceUrl, string? tenantId, string channelId, ChannelAccount? bot, Activity first, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        await budget.TakeAsync(tenantId, channelId, cancellationToken);
        var parameters = new ConversationParameters(
            true, bot, Activity: SizeBudget.Fit(first, out var wasCut), TenantId: tenantId, ChannelData: ActivityJson.ToElement(new TeamsChannelData(Channel: new TeamsChannel(channelId))));
        SayCut(wasCut);
        return await CallAsync<OpenedConversation>(HttpMethod.Post, serviceUrl, "v3/conversations", JsonSerializer.SerializeToUtf8Bytes(parameters, ActivityJson.Options), cancellationToken);
    }

    /// <summary>One member of a conversation.</summary>
    /// <param name="to">The conversation.</param>
    /// <param name="memberId">The member.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ConnectorAnswer<ChannelAccount>> GetMemberAsync(ConversationReference to, string memberId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        return CallAsync<ChannelAccount>(HttpMethod.Get, to.ServiceUrl, $"v3/conversations/{Escaped(to.Conversation?.Id)}/members/{Escaped(memberId)}", null, cancellationToken);
    }

    /// <summary>Some of a conversation's members.</summary>
    /// <param name="to">The conversation.</param>
    /// <param name="continuationToken">What the page before gave, or nothing for the first.</param>
    /// <param name="pageSize">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ConnectorAnswer<MemberPage>> GetMembersAsync(ConversationReference to, string? continuationToken = null, int pageSize = 200, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        var query = string.Create(CultureInfo.InvariantCulture, $"pageSize={pageSize}") + (continuationToken is null ? "" : "&continuationToken=" + Escaped(continuationToken));
        return CallAsync<MemberPage>(HttpMethod.Get, to.ServiceUrl, $"v3/conversations/{Escaped(to.Conversation?.Id)}/pagedmembers?{query}", null, cancellationToken);
    }

    private static string ActivitiesOf(string? conversationId) => $"v3/conversations/{Escaped(conversationId)}/activities";

    // "a:1", "conv|1" and ";messageid=" are parts of ids, not of the address.
    private static string Escaped(string? id) => Uri.EscapeDataString(id ?? "");

    private async Task<ConnectorAnswer<SentActivity>> SayAsync(HttpMethod method, ConversationReference to, string path, Activity activity, CancellationToken cancellationToken)
    {
        if (policy.BaseOf(to.ServiceUrl) is null)
        {
            return NotAllowed<SentActivity>(to.ServiceUrl);
        }

        var fitting = SizeBudget.Fit(activity, out var wasCut);
        SayCut(wasCut);
        await budget.TakeAsync(to.Conversation?.TenantId, to.Conversation?.Id ?? "", cancellationToken);
        return await CallAsync<SentActivity>(method, to.ServiceUrl, path, JsonSerializer.SerializeToUtf8Bytes(fitting, ActivityJson.Options), cancellationToken);
    }

    private async Task<ConnectorAnswer<T>> CallAsync<T>(HttpMethod method, string? serviceUrl, string path, byte[]? body, CancellationToken cancellationToken)
        where T : ProtocolObject
    {
        if (policy.BaseOf(serviceUrl) is not { } connector)
        {
            return NotAllowed<T>(serviceUrl);
        }

        // An id of dots would climb out of its place in the address, and one that is missing would name another.
        if (path.Split('?')[0].Split('/').Any(part => part is "" or "." or ".."))
        {
            return new ConnectorAnswer<T>(null, ConnectorFailure.Refused, "An id of the channel cannot be used in an address.");
        }

        try
        {
            using var request = new HttpRequestMessage(method, connector.AbsoluteUri + path);
            if (await tokens.GetAsync(cancellationToken) is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            if (body is not null)
            {
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
            }

            using var response = await clients.CreateClient(BotFrameworkServices.ConnectorHttpClient).SendAsync(request, cancellationToken);
            return await AnswerOf<T>(response, method, cancellationToken);
        }
        catch (TokenNotGivenException e)
        {
            LogNoToken(e.Message);
            return new ConnectorAnswer<T>(null, ConnectorFailure.NoToken, e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogAway(e.GetType().Name, connector.Host);
            return new ConnectorAnswer<T>(null, ConnectorFailure.Away, $"The connector {connector.Host} cannot be reached: {e.Message}", MayHaveArrived: !BotFrameworkServices.CameToNothing(e));
        }
    }

    private async Task<ConnectorAnswer<T>> AnswerOf<T>(HttpResponseMessage response, HttpMethod method, CancellationToken cancellationToken)
        where T : ProtocolObject
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return new ConnectorAnswer<T>(ActivityJson.TryRead<T>(Parse(text)) ?? JsonSerializer.Deserialize<T>("{}", ActivityJson.Options)!);
        }

        var error = ActivityJson.TryRead<ErrorEnvelope>(Parse(text))?.Error?.Code ?? "";
        var status = response.StatusCode;
        var failure = status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => ConnectorFailure.Gone,
            HttpStatusCode.Forbidden when text.Contains("MessageWritesBlocked", StringComparison.Ordinal) => ConnectorFailure.Blocked,
            HttpStatusCode.Forbidden when error == "BotNotInConversationRoster" => ConnectorFailure.Gone,
            HttpStatusCode.RequestEntityTooLarge => ConnectorFailure.TooLarge,
            HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => ConnectorFailure.Away,
            _ => ConnectorFailure.Refused,
        };
        LogFailed(method.Method, (int)status, error);
        return new ConnectorAnswer<T>(
            null, failure, string.Create(CultureInfo.InvariantCulture, $"The connector answered {(int)status} {error}").TrimEnd() + ".", RetryPause.Of(response, clock.GetUtcNow()),
            MayHaveArrived: status is HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout);
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ConnectorAnswer<T> NotAllowed<T>(string? serviceUrl)
        where T : class
    {
        var host = Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "(no address)";
        LogNotAllowed(host);
        return new ConnectorAnswer<T>(null, ConnectorFailure.NotAllowed, $"The connector {host} is not one that the bot may call. If it is meant, add it to BotFramework:ServiceUrls.");
    }

    private void SayCut(bool wasCut)
    {
        if (wasCut)
        {
            LogCut();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connector {Host} is not one that the bot may call. If it is meant, add it to BotFramework:ServiceUrls.")]
    private partial void LogNotAllowed(string host);

    [LoggerMessage(LogLevel.Error, "Nothing was sent. {Reason}")]
    private partial void LogNoToken(string reason);

    [LoggerMessage(LogLevel.Warning, "The connector {Host} cannot be reached ({Error}).")]
    private partial void LogAway(string error, string host);

    [LoggerMessage(LogLevel.Warning, "A connector answered {Method} with {Status} {Error}.")]
    private partial void LogFailed(string method, int status, string error);

    [LoggerMessage(LogLevel.Warning, "A message was larger than Teams takes, and was cut.")]
    private partial void LogCut();
}
