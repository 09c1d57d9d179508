using System.Security.Cryptography.X509Certificates;
using DeEscalationBot.Host.Conversations;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access.SignIn;

/// <summary>Who vouches for people.</summary>
public enum SignInProvider
{
    /// <summary>Nobody: local mode. The host is for the person at this machine and listens on loopback addresses only.</summary>
    None,

    /// <summary>Microsoft Entra ID.</summary>
    EntraId,

    /// <summary>Any provider of OpenID Connect.</summary>
    OpenIdConnect,
}

/// <summary>How people sign in: section <c>SignIn</c>. Without a provider it is local mode.</summary>
public sealed class SignInOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "SignIn";

    /// <summary>The shortest session: 5 minutes.</summary>
    public static readonly TimeSpan ShortestSession = TimeSpan.FromMinutes(5);

    /// <summary>The longest session: 24 hours.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(24);

    /// <summary>Who vouches for people; <see cref="SignInProvider.None"/> by default.</summary>
    public SignInProvider Provider { get; set; }

    /// <summary>Where browsers reach the host, such as <c>https://coach.example.com</c>: also when a proxy that ends TLS stands before it.</summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>The provider's address (its issuer), for <see cref="SignInProvider.OpenIdConnect"/>.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The cloud of Entra ID.</summary>
    public string Instance { get; set; } = "https://login.microsoftonline.com/";

    /// <summary>The directory's id, for <see cref="SignInProvider.EntraId"/>.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>The id under which the provider knows this product.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret for it; nothing when there is a certificate.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The certificate with its key (PFX), instead of a secret.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The certificate's password.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>How long somebody is signed in: 8 hours; 5 minutes to 24 hours. Then they are sent to the provider again.</summary>
    public TimeSpan Session { get; set; } = TimeSpan.FromHours(8);

    /// <summary>The names of the claims.</summary>
    public SignInClaims Claims { get; set; } = new();

    /// <summary>Which value of the claims for roles and groups gives which role. Empty: the roles' own names, such as <c>supervisor</c>.</summary>
    public Dictionary<string, string> Roles { get; } = [];

    /// <summary>Which value of the claim for groups means which team, besides the values of the claim for teams.</summary>
    public Dictionary<string, string> Teams { get; } = [];

    /// <summary>Whether somebody vouches for people, so that it is no local mode.</summary>
    public bool IsConfigured => Provider != SignInProvider.None;

    /// <summary>Reads the settings before anything else is there.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    /// <returns>The settings; those of local mode when they cannot be read, which the start then says.</returns>
    public static SignInOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new SignInOptions();
        configuration.GetSection(Section).Bind(options);
        return options;
    }
}

/// <summary>The names of the claims that a provider sends.</summary>
public sealed class SignInClaims
{
    /// <summary>Who somebody is: the id that the desk gives as <c>agentId</c>.</summary>
    public string Id { get; set; } = "preferred_username";

    /// <summary>Their name.</summary>
    public string Name { get; set; } = "name";

    /// <summary>Their roles.</summary>
    public string Roles { get; set; } = "roles";

    /// <summary>Their groups.</summary>
    public string Groups { get; set; } = "groups";

    /// <summary>Their teams.</summary>
    public string Teams { get; set; } = "teams";
}

/// <summary>Checks the settings before the host starts.</summary>
/// <param name="configuration">For the key of local mode, which must not be set beside them.</param>
internal sealed class SignInOptionsCheck(IConfiguration configuration) : IValidateOptions<SignInOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var failures = Faults(options, configuration[LocalKey.Setting]).ToList();
        if (!options.IsConfigured && !string.IsNullOrEmpty(configuration[LocalKey.Setting]) && new LocalMode(configuration).ServesOthersBy is { } setting)
        {
            failures.Add($"{LocalKey.Setting} opens everything and is for local mode, and by {setting} this host serves others. Take it away, and make keys with the verb 'keys'.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>What is wrong, a sentence each.</summary>
    internal static IReadOnlyList<string> Faults(SignInOptions options, string? localKey)
    {
        var failures = new List<string>();
        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                failures.Add(sentence);
            }
        }

        Must(Enum.IsDefined(options.Provider), "SignIn:Provider may be None, EntraId or OpenIdConnect.");
        if (!options.IsConfigured)
        {
            Must(options.Authority.Length == 0 && options.TenantId.Length == 0 && options.ClientId.Length == 0, "SignIn:Provider is missing, though other settings of SignIn are there. Set it to EntraId or OpenIdConnect, or leave all of SignIn out for local mode.");
            return failures;
        }

        Must(IsAddress(options.PublicAddress), "SignIn:PublicAddress must say where browsers reach the host, such as https://coach.example.com, without a path. It must be https, except on this machine itself (localhost).");
        Must(options.ClientId.Length > 0, "SignIn:ClientId is missing: the id under which the provider knows this product.");
        Must(options.ClientSecret.Length > 0 != options.CertificatePath.Length > 0, "SignIn needs one of ClientSecret and CertificatePath, and not both.");
        Must(options.CertificatePath.Length == 0 || CanSign(options), "SignIn:CertificatePath must be a PFX file with a private RSA key, and SignIn:CertificatePassword its password.");
        Must(options.Provider != SignInProvider.OpenIdConnect || IsAddress(options.Authority, withPath: true), "SignIn:Authority must be the provider's address, such as https://id.example.com/realms/desk. It must be https, except on this machine itself (localhost).");
        Must(options.Provider != SignInProvider.EntraId || options.TenantId.Length > 0, "SignIn:TenantId is missing: the id of your directory. People of other directories do not get in.");
        Must(
            options.Provider != SignInProvider.EntraId || !AnyDirectory.Contains(options.TenantId, StringComparer.OrdinalIgnoreCase),
            "SignIn:TenantId must be the id of your own directory: 'common', 'organizations' and 'consumers' would let people of other directories in.");
        Must(options.Provider != SignInProvider.EntraId || IsAddress(options.Instance, withPath: true), "SignIn:Instance must be the cloud's address, such as https://login.microsoftonline.com/.");
        Must(options.Session >= SignInOptions.ShortestSession && options.Session <= SignInOptions.LongestSession, "SignIn:Session must lie between 00:05:00 and 1.00:00:00.");
        Must(
            new[] { options.Claims.Id, options.Claims.Name, options.Claims.Roles, options.Claims.Groups, options.Claims.Teams }.All(c => !string.IsNullOrWhiteSpace(c)),
            "SignIn:Claims: Id, Name, Roles, Groups and Teams must name claims.");
        foreach (var (value, role) in options.Roles)
        {
            Must(CoachRoles.Find(role) is not null, $"SignIn:Roles:{value} is '{role}', which is no role. Roles are Agent, Supervisor, DecisionMaker and Administrator; one for each value.");
        }

        foreach (var (value, team) in options.Teams)
        {
            Must(ConversationTeams.IsLegal(team), $"SignIn:Teams:{value} must be the name of a team, of 1 to {ConversationTeams.MaxLength} characters.");
        }

        Must(string.IsNullOrEmpty(localKey), $"{LocalKey.Setting} opens everything and is for local mode. Take it away when SignIn is set, and make keys with the verb 'keys'.");
        return failures;
    }

    // Names that Entra ID takes for every directory there is.
    private static readonly string[] AnyDirectory = ["common", "organizations", "consumers"];

    private static bool IsAddress(string text, bool withPath = false) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.Query.Length == 0 && address.Fragment.Length == 0 && (withPath || address.AbsolutePath == "/");

    private static bool CanSign(SignInOptions options)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.CertificatePassword);
            using var key = certificate.GetRSAPrivateKey();
            return key is not null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
