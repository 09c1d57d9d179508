namespace DeEscalationBot.Host.Channels.BotFramework.Authentication;

/// <summary>Who vouches for channels and for bots in a cloud.</summary>
/// <param name="Issuer">The issuer of the channels' tokens (claim <c>iss</c>).</param>
/// <param name="MetadataAddress">Where the channels' keys are described.</param>
/// <param name="LoginAddress">Where the bot gets its tokens.</param>
/// <param name="LegacyTenant">In whose name a bot of any organisation gets them.</param>
/// <param name="Scope">What for.</param>
/// <param name="TenantMetadataAddress">Where the keys of organisations are described.</param>
/// <param name="TenantIssuers">How the bot's own organisation signs itself; empty where its tokens are not taken.</param>
internal sealed record CloudAuthorities(
    string Issuer,
    string MetadataAddress,
    Uri LoginAddress,
    string LegacyTenant,
    string Scope,
    string TenantMetadataAddress,
    IReadOnlyList<string> TenantIssuers)
{
    /// <summary>Those of the settings.</summary>
    /// <param name="options">The settings.</param>
    public static CloudAuthorities Of(BotFrameworkOptions options)
    {
        var (api, login, entra, legacyTenant, sts) = options.Cloud switch
        {
            BotCloud.Public => ("api.botframework.com", "login.botframework.com", "login.microsoftonline.com", "botframework.com", "sts.windows.net"),
            BotCloud.UsGovernment => ("api.botframework.us", "login.botframework.azure.us", "login.microsoftonline.us", "MicrosoftServices.onmicrosoft.us", "sts.windows.net"),
            BotCloud.China => ("api.botframework.azure.cn", "login.botframework.azure.cn", "login.partner.microsoftonline.cn", "microsoftservices.partner.onmschina.cn", "sts.chinacloudapi.cn"),
            var other => throw new InvalidOperationException($"The cloud {other} is not known."),
        };
        return new CloudAuthorities(
            $"https://{api}",
            Or(options.MetadataAddress, $"https://{login}/v1/.well-known/openidconfiguration"),
            new Uri($"https://{entra}"),
            legacyTenant,
            $"https://{api}/.default",
            Or(options.TenantMetadataAddress, $"https://{entra}/common/v2.0/.well-known/openid-configuration"),
            options.AcceptTenantTokens ? [$"https://{sts}/{options.TenantId}/", $"https://{entra}/{options.TenantId}/v2.0"] : []);
    }

    private static string Or(string setting, string otherwise) => setting.Length > 0 ? setting : otherwise;
}
