using System.Collections.Frozen;
using System.Security.Claims;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;

namespace DeEscalationBot.Host.Channels.BotFramework.Authentication;

/// <summary>A token whose signature, issuer, audience and lifetime are right. It still has to fit the activity: <see cref="Vouches"/>.</summary>
/// <param name="ServiceUrl">The connector that it vouches for; nothing for a token of the organisation.</param>
/// <param name="Channels">The channels that its key may sign for; nothing for a token of the organisation.</param>
internal sealed record ValidToken(string? ServiceUrl, IReadOnlySet<string>? Channels)
{
    // The channels of Azure, whose activities Azure signs: nobody else speaks for them.
    private static readonly FrozenSet<string> OfAzure = new[]
    {
        ChannelIds.Teams, ChannelIds.WebChat, ChannelIds.DirectLine, "directlinespeech", "alexa", "cortana", "email", "facebook", "groupme", "kik", "line", "m365extensions",
        "omni", "outlook", "search", "skype", "skypeforbusiness", "slack", "sms", "telegram", "telephony", "test", "twilio-sms",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a channel of Azure sent it, and not an app of the organisation.</summary>
    public bool IsOfChannel => Channels is not null;

    /// <summary>Whether the token vouches for an activity: for its connector and its channel. An app of the organisation speaks for no channel of Azure.</summary>
    /// <param name="activity">The activity.</param>
    public bool Vouches(Activity activity) =>
        Channels is null
            ? activity.ChannelId is { } own && !OfAzure.Contains(own)
            : ServiceUrl is { Length: > 0 } url
                && string.Equals(url, activity.ServiceUrl, StringComparison.OrdinalIgnoreCase)
                && activity.ChannelId is { } channel
                && Channels.Contains(channel);
}

/// <summary>Checks the token that a channel sends with an activity.</summary>
/// <remarks>
/// As the Bot Connector's authentication demands, and stricter where Microsoft's own packages differ: a key that is not among the
/// authority's by its id is not tried, a key without endorsements signs for nobody. Safe for concurrent use.
/// </remarks>
internal sealed partial class TokenCheck : IDisposable
{
    /// <summary>How far clocks may differ: 5 minutes, as the protocol says.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private const string Scheme = "Bearer ";
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    private readonly BotFrameworkOptions _options;
    private readonly CloudAuthorities _authorities;
    private readonly SigningKeys _channels;
    private readonly SigningKeys? _tenant;
    private readonly TimeProvider _clock;
    private readonly ILogger<TokenCheck> _logger;

    /// <summary>Makes a check.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clients">Fetches keys.</param>
    /// <param name="clock">The product's clock.</param>
    /// <param name="logger">Reasons only, never tokens.</param>
    public TokenCheck(IOptions<BotFrameworkOptions> options, IHttpClientFactory clients, TimeProvider clock, ILogger<TokenCheck> logger)
    {
        _options = options.Value;
        _authorities = _options.Authorities;
        _clock = clock;
        _logger = logger;
        var documents = new HttpDocumentRetriever(clients.CreateClient(BotFrameworkServices.KeyClient)) { RequireHttps = false }; // The settings' check has seen to https.
        _channels = new SigningKeys(_authorities.MetadataAddress, documents, clock, logger);
        _tenant = _options.AcceptTenantTokens ? new SigningKeys(_authorities.TenantMetadataAddress, documents, clock, logger) : null;
    }

    /// <summary>Checks the header of a request.</summary>
    /// <param name="authorization">The header <c>Authorization</c> as it came.</param>
    /// <param name="cancellationToken">Stops waiting for keys.</param>
    /// <returns>Nothing when the request is not to be let in.</returns>
    public async Task<ValidToken?> CheckAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.Ordinal) || authorization.AsSpan(Scheme.Length).Contains(' '))
        {
            LogRefused("no bearer token");
            return null;
        }

        var text = authorization[Scheme.Length..];
        if (!TryRead(text, out var token))
        {
            LogRefused("not a token");
            return null;
        }

        if (string.IsNullOrEmpty(token.Kid))
        {
            LogRefused("no key id");
            return null;
        }

        var isTenant = _authorities.TenantIssuers.Contains(token.Issuer, StringComparer.Ordinal);
        if (await (isTenant ? _tenant! : _channels).FindAsync(token.Kid, cancellationToken) is not { } key)
        {
            LogRefused("its key is not among the authority's");
            return null;
        }

        var result = await Handler.ValidateTokenAsync(text, Parameters(key.Key, isTenant ? _authorities.TenantIssuers : [_authorities.Issuer]));
        if (!result.IsValid)
        {
            LogRefused(FaultOf(result.Exception));
            return null;
        }

        return isTenant ? OfTenant(result.ClaimsIdentity) : new ValidToken(result.ClaimsIdentity.FindFirst("serviceurl")?.Value, key.Endorsements);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _channels.Dispose();
        _tenant?.Dispose();
    }

    // In words of ours: the package's may quote the token.
    private static string FaultOf(Exception? fault) => fault switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => "its time is not now",
        SecurityTokenInvalidAudienceException => "it is for somebody else",
        SecurityTokenInvalidIssuerException => "its issuer is not the authority",
        SecurityTokenInvalidAlgorithmException => "its algorithm is not one that channels use",
        SecurityTokenInvalidSignatureException => "its signature is wrong",
        _ => "it is not valid",
    };

    private static bool TryRead(string text, out JsonWebToken token)
    {
        token = null!;
        try
        {
            token = Handler.CanReadToken(text) ? new JsonWebToken(text) : null!;
            return token is not null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException)
        {
            return false;
        }
    }

    // A token of the organisation is for this bot and comes from an app of the organisation: it names its app, and says that it is an app's and no person's.
    private ValidToken? OfTenant(ClaimsIdentity identity)
    {
        var app = identity.FindFirst("ver")?.Value == "1.0" ? identity.FindFirst("appid")?.Value : identity.FindFirst("azp")?.Value;
        if (Guid.TryParse(app, out _) && identity.FindFirst("idtyp")?.Value == "app" && string.Equals(identity.FindFirst("tid")?.Value, _options.TenantId, StringComparison.OrdinalIgnoreCase))
        {
            return new ValidToken(null, null);
        }

        LogRefused("a token of the organisation that is no app's (it needs the claim idtyp=app)");
        return null;
    }

    private TokenValidationParameters Parameters(SecurityKey key, IReadOnlyList<string> issuers) => new()
    {
        ValidIssuers = issuers,
        ValidAudience = _options.AppId,
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => _clock.GetUtcNow() is var now
            && until is { } end && now - ClockSkew <= new DateTimeOffset(end, TimeSpan.Zero)
            && (from is not { } start || now + ClockSkew >= new DateTimeOffset(start, TimeSpan.Zero)),
    };

    [LoggerMessage(LogLevel.Warning, "An activity was refused: {Reason}.")]
    private partial void LogRefused(string reason);
}
