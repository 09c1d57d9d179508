using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>Tokens of Microsoft Entra by secret, certificate or managed identity. Kept until shortly before they expire.</summary>
public sealed class AzureTokens : IConnectorTokens
{
    private readonly TokenCredential? _credential;
    private readonly TokenRequestContext _context;
    private readonly string _advice;

    /// <summary>Makes them. Asks for none yet.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clients">Connections to the authority.</param>
    public AzureTokens(IOptions<BotFrameworkOptions> options, IHttpClientFactory clients)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clients);
        var bot = options.Value;
        var authorities = bot.Authorities;
        _context = new TokenRequestContext([authorities.Scope]);
        _advice = bot.AppType == BotAppType.UserAssignedMsi
            ? "Check that this machine has the user-assigned managed identity whose client id BotFramework:AppId is."
            : "Check BotFramework:AppId, TenantId and the secret or certificate, which may have expired.";
        if (!bot.IsConfigured)
        {
            return;
        }

        var transport = new HttpClientTransport(clients.CreateClient(BotFrameworkServices.LoginClient));
        var tenant = bot.AppType == BotAppType.MultiTenant ? authorities.LegacyTenant : bot.TenantId;
        _credential = bot switch
        {
            { AppType: BotAppType.UserAssignedMsi } => new ManagedIdentityCredential(
                new ManagedIdentityCredentialOptions(ManagedIdentityId.FromUserAssignedClientId(bot.AppId)) { Transport = transport }),
            { CertificatePath.Length: > 0 } => new ClientCertificateCredential(
                tenant, bot.AppId, CertificateOf(bot), new ClientCertificateCredentialOptions { AuthorityHost = authorities.LoginAddress, Transport = transport, DisableInstanceDiscovery = true }),
            _ => new ClientSecretCredential(
                tenant, bot.AppId, bot.AppPassword, new ClientSecretCredentialOptions { AuthorityHost = authorities.LoginAddress, Transport = transport, DisableInstanceDiscovery = true }),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (_credential is null)
        {
            return null;
        }

        try
        {
            return (await _credential.GetTokenAsync(_context, cancellationToken)).Token;
        }
        catch (Exception e) when (e is AuthenticationFailedException or Azure.RequestFailedException)
        {
            throw new TokenNotGivenException(
                $"Microsoft Entra gives the bot no token: {e.Message.Split('\n')[0]} {_advice}", e);
        }
    }

    internal static X509Certificate2 CertificateOf(BotFrameworkOptions bot) =>
        Path.GetExtension(bot.CertificatePath).Equals(".pem", StringComparison.OrdinalIgnoreCase)
            ? X509Certificate2.CreateFromPemFile(bot.CertificatePath)
            : X509CertificateLoader.LoadPkcs12FromFile(bot.CertificatePath, bot.CertificatePassword);
}
