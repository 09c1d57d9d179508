using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Somebody whom the provider knows, with the claims that it sends of them.</summary>
public sealed record OidcPerson(string Id, string Name, string[] Roles, string[] Teams, string[] Groups);

/// <summary>A provider of OpenID Connect in this process: code flow with PKCE (S256 or nothing), signed tokens, a page to choose who one is.</summary>
public sealed class OidcProvider : IAsyncDisposable
{
    public const string ClientId = "coach";
    public const string Secret = "a secret of the tests";

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key;
    private readonly ConcurrentDictionary<string, (OidcPerson Person, string Challenge, string Nonce, string RedirectUri)> _codes = new();

    private OidcProvider(WebApplication app, RsaSecurityKey key)
    {
        _app = app;
        _key = key;
    }

    /// <summary>Its issuer.</summary>
    public string Authority { get; private set; } = "";

    public IReadOnlyList<OidcPerson> People { get; set; } = [];

    /// <summary>How many codes it redeemed.</summary>
    public int Redeemed { get; private set; }

    /// <summary>The settings of a host whose people sign in here.</summary>
    public string[] SettingsFor(Uri publicAddress) =>
    [
        "--urls", publicAddress.ToString().TrimEnd('/'), "--SignIn:Provider=OpenIdConnect", $"--SignIn:PublicAddress={publicAddress.ToString().TrimEnd('/')}", $"--SignIn:Authority={Authority}",
        $"--SignIn:ClientId={ClientId}", $"--SignIn:ClientSecret={Secret}",
    ];

    public static async Task<OidcProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new OidcProvider(app, new RsaSecurityKey(RSA.Create(2048)) { KeyId = "of-the-tests" });
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = provider.Authority,
            ["authorization_endpoint"] = provider.Authority + "/authorize",
            ["token_endpoint"] = provider.Authority + "/token",
            ["jwks_uri"] = provider.Authority + "/keys",
            ["end_session_endpoint"] = provider.Authority + "/logout",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            ["code_challenge_methods_supported"] = new[] { "S256" },
        }));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(provider._key.Rsa.ExportParameters(false)) { KeyId = provider._key.KeyId });
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = key.Kid, n = key.N, e = key.E } } });
        });
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        app.MapGet("/logout", (HttpRequest request) => Results.Redirect(request.Query["post_logout_redirect_uri"].ToString() + "?state=" + Uri.EscapeDataString(request.Query["state"].ToString())));
        await app.StartAsync(TestContext.Current.CancellationToken);
        provider.Authority = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || query["code_challenge"].Count != 1)
        {
            return Results.BadRequest("Only the code flow with PKCE, for the one client.");
        }

        if (People.FirstOrDefault(p => p.Id == query["user"]) is not { } person)
        {
            var links = People.Select(p => $"<p><a href=\"{request.Path}{request.QueryString}&user={Uri.EscapeDataString(p.Id)}\">{p.Id}</a></p>");
            return Results.Content($"<!DOCTYPE html><title>Who are you?</title>{string.Concat(links)}", "text/html");
        }

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (person, query["code_challenge"]!, query["nonce"]!, query["redirect_uri"]!);
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["grant_type"] != "authorization_code" || form["client_id"] != ClientId || form["client_secret"] != Secret
            || !_codes.TryRemove(form["code"].ToString(), out var granted) || granted.Challenge != proof || granted.RedirectUri != form["redirect_uri"])
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        Redeemed++;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var person = granted.Person;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = ClientId,
            NotBefore = now,
            IssuedAt = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "subject-of-" + person.Id,
                ["preferred_username"] = person.Id,
                ["name"] = person.Name,
                ["nonce"] = granted.Nonce,
                ["roles"] = person.Roles,
                ["teams"] = person.Teams,
                ["groups"] = person.Groups,
            },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "none", token_type = "Bearer", expires_in = 300, id_token = token });
    }
}
