using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>Makes and reads the tokens of chats: signed JWT, as clients of Direct Line expect them (they read <c>user</c> out of it).</summary>
/// <remarks>
/// Signed by a key that follows from the secret, so that every node knows it; in local mode by one that is made once and kept in the data directory, so
/// that chats outlive a restart. Safe for concurrent use.
/// </remarks>
public sealed class DirectLineTokens
{
    /// <summary>How long the address of a stream can be used: 1 minute. What was opened stays open.</summary>
    public static readonly TimeSpan StreamLifetime = TimeSpan.FromMinutes(1);

    private const string KeyFile = "directline.key";
    private const string Issuer = "deescalation/directline";
    private const string ConversationClaim = "conv";
    private const string UserClaim = "user";
    private const string OriginsClaim = "origins";
    private const string UseClaim = "use";
    private const string StreamUse = "stream";
    private const int KeyBytes = 32;

    private readonly DirectLineOptions _options;
    private readonly TimeProvider _clock;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey[] _keys;

    /// <summary>Finds the key.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="directory">Where the key of local mode is kept.</param>
    /// <param name="clock">The product's clock.</param>
    public DirectLineTokens(IOptions<DirectLineOptions> options, DataDirectory directory, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(directory);
        _options = options.Value;
        _clock = clock;
        _keys = _options.HasSecret
            ? [.. new[] { _options.Secret, _options.OtherSecret }.Where(s => s.Length > 0).Select(KeyOf)]
            : [new SymmetricSecurityKey(LocalKey(Path.Combine(directory.Path, KeyFile)))];
    }

    /// <summary>How long a token is valid, in seconds.</summary>
    public int LifetimeSeconds => (int)_options.TokenLifetime.TotalSeconds;

    /// <summary>Makes a token.</summary>
    /// <param name="grant">What it allows.</param>
    public string Issue(DirectLineGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var now = _clock.GetUtcNow();
        var claims = new Dictionary<string, object> { ["bot"] = "deescalation", ["site"] = "web", [ConversationClaim] = grant.Conversation.Value };
        if (grant.User is { } user)
        {
            claims[UserClaim] = user;
        }

        if (grant.Origins.Count > 0)
        {
            claims[OriginsClaim] = grant.Origins.ToArray();
        }

        if (grant.IsForStream)
        {
            claims[UseClaim] = StreamUse;
        }

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            NotBefore = now.UtcDateTime,
            Expires = (now + (grant.IsForStream ? StreamLifetime : _options.TokenLifetime)).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(_keys[0], SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Reads a token.</summary>
    /// <param name="token">What the client sent.</param>
    /// <returns>What it turned out to be, and what it allows when it is valid.</returns>
    public async Task<(TokenState State, DirectLineGrant? Grant)> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKeys = _keys,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.Zero,
            LifetimeValidator = (from, until, _, _) => IsNow(from, until),
        });
        if (!result.IsValid)
        {
            return (result.Exception is SecurityTokenInvalidLifetimeException ? TokenState.Expired : TokenState.Bad, null);
        }

        var jwt = (JsonWebToken)result.SecurityToken;
        return jwt.TryGetPayloadValue<string>(ConversationClaim, out var conversation) && ConversationId.TryCreate(conversation, out var id)
            ? (TokenState.Valid, new DirectLineGrant(
                id,
                jwt.TryGetPayloadValue<string>(UserClaim, out var user) ? user : null,
                [.. jwt.Claims.Where(c => c.Type == OriginsClaim).Select(c => c.Value)],
                jwt.TryGetPayloadValue<string>(UseClaim, out var use) && use == StreamUse))
            : (TokenState.Bad, null);
    }

    /// <summary>Whether somebody showed the secret. Takes the same time whatever they showed.</summary>
    /// <param name="shown">What they showed.</param>
    public bool IsSecret(string shown)
    {
        var isFirst = Matches(_options.Secret, shown);
        return Matches(_options.OtherSecret, shown) || isFirst;
    }

    private static bool Matches(string secret, string shown) =>
        secret.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));

    private static SymmetricSecurityKey KeyOf(string secret) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: Encoding.UTF8.GetBytes(Issuer)));

    private static byte[] LocalKey(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyBytes } kept)
        {
            return kept;
        }

        // The folder is its owner's alone, and one host at a time has it.
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        File.WriteAllBytes(path, key);
        return key;
    }

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return until is { } end && now < end && (from is not { } begin || now >= begin.AddSeconds(-1)); // Instants of a token have whole seconds.
    }
}
