using System.Text.Json.Nodes;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Authentication;

/// <summary>One row of the token matrix.</summary>
/// <param name="Name">The case.</param>
/// <param name="Ours">The status that we answer.</param>
/// <param name="JavaScript">What botframework-connector 4.23.3 does; <c>error</c> where it fails instead of refusing, which its adapter answers with 500.</param>
/// <param name="DotNet">What the .NET SDK 4.23.1 answers, as measured by hand when the archived SDK was built from its sources; – where it was not.</param>
/// <param name="Header">Makes the header <c>Authorization</c>.</param>
/// <param name="Change">Changes the activity.</param>
internal sealed record TokenCase(string Name, int Ours, string JavaScript, string DotNet, Func<TokenCase.Context, string?> Header, Action<JsonObject>? Change = null)
{
    internal sealed record Context(ChannelAuthority Authority, string ServiceUrl, DateTimeOffset Now)
    {
        public string Bearer(Action<JsonObject>? claims = null, ChannelAuthority.Key? key = null, Action<JsonObject>? header = null)
        {
            var right = ChannelAuthority.Claims(ServiceUrl, Now);
            claims?.Invoke(right);
            return "Bearer " + (key ?? Authority.Teams).Sign(right, header);
        }
    }
}

/// <summary>The golden table of the research: measured on Microsoft's own bots, and the target beside it.</summary>
internal static class TokenMatrix
{
    public static IReadOnlyList<TokenCase> Cases { get; } =
    [
        new("valid", 200, "accept", "200", c => c.Bearer()),
        new("expired 4 minutes ago", 200, "accept", "200", c => c.Bearer(t => t["exp"] = c.Now.AddMinutes(-4).ToUnixTimeSeconds())),
        new("no header", 401, "reject", "401", _ => null),
        new("empty bearer", 401, "reject", "401", _ => "Bearer "),
        new("lower-case scheme", 401, "reject", "401", c => "bearer" + c.Bearer()["Bearer".Length..]),
        new("three parts in the header", 401, "reject", "–", c => c.Bearer() + " x"),
        new("another scheme", 401, "reject", "–", c => "Basic" + c.Bearer()["Bearer".Length..]),
        new("wrong issuer", 401, "reject", "401", c => c.Bearer(t => t["iss"] = "https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255b/")),
        new("no issuer", 401, "reject", "–", c => c.Bearer(t => t.Remove("iss"))),
        new("wrong audience", 401, "reject", "401", c => c.Bearer(t => t["aud"] = "99999999-2222-4333-8444-555555555555")),
        new("no audience", 401, "reject", "401", c => c.Bearer(t => t.Remove("aud"))),
        new("audience as an array", 200, "reject", "200", c => c.Bearer(t => t["aud"] = new JsonArray(ChannelAuthority.AppId))),
        new("expired an hour ago", 401, "reject", "401", c => c.Bearer(t => t["exp"] = c.Now.AddHours(-1).ToUnixTimeSeconds())),
        new("no expiry", 401, "accept", "500", c => c.Bearer(t => t.Remove("exp"))),
        new("not valid yet", 401, "error", "500", c => c.Bearer(t => t["nbf"] = c.Now.AddHours(1).ToUnixTimeSeconds())),
        new("valid from 4 minutes on", 200, "accept", "–", c => c.Bearer(t => t["nbf"] = c.Now.AddMinutes(4).ToUnixTimeSeconds())),
        new("service URL of another connector", 401, "reject", "401", c => c.Bearer(t => t["serviceurl"] = "https://evil.example/")),
        new("no service URL in the token", 401, "reject", "401", c => c.Bearer(t => t.Remove("serviceurl"))),
        new("service URL differs in case only", 200, "reject", "200", c => c.Bearer(t => t["serviceurl"] = c.ServiceUrl.ToUpperInvariant())),
        new("key endorsed for another channel", 401, "reject", "401", c => c.Bearer(key: c.Authority.OtherChannel)),
        new("key without endorsements", 401, "accept", "401", c => c.Bearer(key: c.Authority.Unendorsed)),
        new("unknown key id, signed by a listed key", 401, "reject", "200", c => c.Bearer(header: h => h["kid"] = "nobody-knows")),
        new("no key id", 401, "reject", "–", c => c.Bearer(header: h => h.Remove("kid"))),
        new("signed by a rogue key", 401, "reject", "500", c => c.Bearer(key: c.Authority.Rogue)),
        new("rogue key under a listed id", 401, "error", "–", c => c.Bearer(key: c.Authority.Rogue, header: h => h["kid"] = c.Authority.Teams.Id)),
        new("algorithm none", 401, "error", "500", c => c.Bearer(header: h => h["alg"] = "none")),
        new("algorithm HS256 with the public key", 401, "error", "500", c => c.Bearer(header: h => h["alg"] = "HS256")),
        new("signature cut off", 401, "error", "–", c => c.Bearer() is var t ? t[..t.LastIndexOf('.')] + "." : null),
        new("not a token", 401, "reject", "–", _ => "Bearer abc"),
        new("activity without channelId", 400, "error", "200", c => c.Bearer(), a => a.Remove("channelId")),
        new("activity without serviceUrl", 400, "accept", "500", c => c.Bearer(), a => a.Remove("serviceUrl")),
        new("activity of a channel that the key does not sign for", 401, "reject", "–", c => c.Bearer(), a => a["channelId"] = "slack"),
    ];
}
