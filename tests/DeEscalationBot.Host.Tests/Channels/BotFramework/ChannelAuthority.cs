using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework;

/// <summary>Stands for the authority of the channels on this machine: keys of its own, described as Bot Service describes its own, and tokens signed by them.</summary>
internal sealed class ChannelAuthority : IAsyncDisposable
{
    public const string Issuer = "https://api.botframework.com";
    public const string AppId = "11111111-2222-4333-8444-555555555555";

    private readonly WebApplication _app;
    private int _reads;

    private ChannelAuthority(WebApplication app) => _app = app;

    /// <summary>Signs for Teams, Web Chat and Direct Line.</summary>
    public Key Teams { get; } = new("teams-key", ["msteams", "webchat", "directline", "emulator"]);

    /// <summary>Signs for another channel only.</summary>
    public Key OtherChannel { get; } = new("other-key", ["facebook"]);

    /// <summary>Signs for nobody.</summary>
    public Key Unendorsed { get; } = new("bare-key", null);

    /// <summary>Is not among the authority's.</summary>
    public Key Rogue { get; } = new("rogue-key", ["msteams"]);

    /// <summary>The keys that are described now.</summary>
    public IReadOnlyList<Key> Listed { get; set; } = [];

    /// <summary>Whether the authority answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often the metadata were read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public string Metadata => Address + "/metadata";

    /// <summary>The settings of a bot that takes tokens of this authority.</summary>
    public string[] SettingsWith(string serviceUrl) =>
    [
        $"--BotFramework:AppId={AppId}", "--BotFramework:AppPassword=not-used-here", "--BotFramework:TenantId=aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
        $"--BotFramework:MetadataAddress={Metadata}", $"--BotFramework:ServiceUrls:0={serviceUrl}",
    ];

    public static async Task<ChannelAuthority> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var authority = new ChannelAuthority(app);
        authority.Listed = [authority.Teams, authority.OtherChannel, authority.Unendorsed];
        app.MapGet("/metadata", () =>
        {
            Interlocked.Increment(ref authority._reads);
            return authority.IsAway
                ? Results.StatusCode(500)
                : Results.Text(new JsonObject
                {
                    ["issuer"] = Issuer,
                    ["jwks_uri"] = authority.Address + "/keys",
                    ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
                }.ToJsonString(), "application/json");
        });
        app.MapGet("/keys", () => Results.Text(new JsonObject { ["keys"] = new JsonArray([.. authority.Listed.Select(k => (JsonNode)k.Described())]) }.ToJsonString(), "application/json"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return authority;
    }

    /// <summary>The claims of a token that is right.</summary>
    public static JsonObject Claims(string serviceUrl, DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = AppId,
        ["serviceurl"] = serviceUrl,
        ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var key in new[] { Teams, OtherChannel, Unendorsed, Rogue })
        {
            key.Dispose();
        }

        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    /// <summary>A key pair.</summary>
    internal sealed class Key(string id, string[]? endorsements) : IDisposable
    {
        private readonly RSA _rsa = RSA.Create(2048);

        public string Id => id;

        /// <summary>A token with these claims, signed by this key.</summary>
        /// <param name="claims">The claims.</param>
        /// <param name="header">What to change in the header.</param>
        public string Sign(JsonObject claims, Action<JsonObject>? header = null)
        {
            var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = id };
            header?.Invoke(head);
            var signed = Part(head.ToJsonString()) + "." + Part(claims.ToJsonString());
            var bytes = Encoding.UTF8.GetBytes(signed);
            var signature = head["alg"]?.ToString() switch
            {
                "none" => [],
                "HS256" => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes),
                _ => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            };
            return signed + "." + Base64UrlEncoder.Encode(signature);
        }

        /// <summary>The public half, as metadata describe it.</summary>
        public JsonObject Described()
        {
            var parameters = _rsa.ExportParameters(false);
            var described = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Base64UrlEncoder.Encode(parameters.Modulus), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent) };
            if (endorsements is not null)
            {
                described["endorsements"] = JsonSerializer.SerializeToNode(endorsements);
            }

            return described;
        }

        public void Dispose() => _rsa.Dispose();

        private static string Part(string json) => Base64UrlEncoder.Encode(json);
    }
}
