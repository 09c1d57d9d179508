using System.Security.Cryptography.X509Certificates;
using DeEscalationBot.Host.Privacy.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DeEscalationBot.Host.Access.SignIn;

/// <summary>How people come in: by their provider, with the code flow and PKCE, into a session of ours.</summary>
internal static partial class PersonSchemes
{
    /// <summary>The session.</summary>
    public const string Session = "person";

    /// <summary>The way to the provider.</summary>
    public const string Provider = "provider";

    /// <summary>The session's cookie.</summary>
    public const string CookieName = "coach.session";

    /// <summary>Where the provider sends people back to.</summary>
    public const string CallbackPath = "/sign-in/callback";

    /// <summary>Where the provider sends people back to after they signed out.</summary>
    public const string SignedOutCallbackPath = "/sign-out/callback";

    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Registers them, when a provider is configured.</summary>
    /// <param name="authentication">Where to register.</param>
    /// <param name="options">The settings.</param>
    public static void Add(AuthenticationBuilder authentication, SignInOptions options)
    {
        if (!options.IsConfigured || !Uri.TryCreate(options.PublicAddress, UriKind.Absolute, out var address))
        {
            // Without an address it is not started: the check of the settings says so.
            return;
        }

        var isSecure = address.Scheme == Uri.UriSchemeHttps;
        authentication.AddCookie(Session, cookie =>
        {
            // Only for this site's own windows: a desk's frame gets in by a token, see SidebarSession.
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.IsEssential = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.SlidingExpiration = false;
        });
        if (options.Provider == SignInProvider.EntraId)
        {
            authentication.AddMicrosoftIdentityWebApp(
                entra =>
                {
                    (entra.Instance, entra.TenantId) = (options.Instance, options.TenantId);
                    Configure(entra, options, isSecure);
                },
                cookieScheme: null,
                openIdConnectScheme: Provider);
        }
        else
        {
            authentication.AddOpenIdConnect(Provider, provider =>
            {
                provider.Authority = options.Authority;
                Configure(provider, options, isSecure);
            });
        }

        authentication.Services.AddOptions<OpenIdConnectOptions>(Provider).Configure<TimeProvider, ILoggerFactory>((provider, clock, loggers) => Listen(provider, options, clock, loggers));
    }

    private static void Configure(OpenIdConnectOptions provider, SignInOptions options, bool isSecure)
    {
        (provider.ClientId, provider.ClientSecret) = (options.ClientId, options.ClientSecret.Length > 0 ? options.ClientSecret : null);
        provider.ResponseType = OpenIdConnectResponseType.Code;
        provider.ResponseMode = OpenIdConnectResponseMode.Query;
        provider.UsePkce = true;
        provider.SignInScheme = Session;
        provider.SignOutScheme = Session;
        provider.CallbackPath = CallbackPath;
        provider.SignedOutCallbackPath = SignedOutCallbackPath;
        provider.SignedOutRedirectUri = SignInEndpoints.SignedOutPath;
        provider.RemoteSignOutPath = PathString.Empty;
        provider.SaveTokens = false;
        provider.MapInboundClaims = false;

        // Plain http is refused by the check of the settings, except on this machine itself.
        provider.RequireHttpsMetadata = !(options.Provider == SignInProvider.EntraId ? options.Instance : options.Authority).StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        provider.Scope.Clear();
        provider.Scope.Add("openid");
        provider.Scope.Add("profile");
        provider.Scope.Add("email");

        // The answer comes by a plain link, for which a lax cookie is sent; no other site's page needs them.
        foreach (var cookie in new[] { provider.CorrelationCookie, provider.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }
    }

    private static void Listen(OpenIdConnectOptions provider, SignInOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        provider.TimeProvider = clock;
        var logger = loggers.CreateLogger(typeof(PersonSchemes));
        provider.Events.OnAuthorizationCodeReceived = context =>
        {
            if (options.CertificatePath.Length > 0)
            {
                context.TokenEndpointRequest!.ClientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                context.TokenEndpointRequest.ClientAssertion = AssertionOf(options, context.Options.Configuration?.TokenEndpoint ?? "", clock.GetUtcNow());
            }

            return Task.CompletedTask;
        };
        provider.Events.OnTokenValidated = async context =>
        {
            if (PersonClaims.Read(context.Principal!, options, clock.GetUtcNow()) is not { } person)
            {
                LogNobody(logger, options.Claims.Id);
                context.Fail($"The provider does not say who it is: there is no claim '{options.Claims.Id}'.");
                return;
            }

            await context.HttpContext.RequestServices.GetRequiredService<AuditLog>().WriteAsync(person.Id, AuditActions.SignedIn, string.Join(' ', person.Roles));

            context.Principal = person.ToPrincipal(Session);
            context.Properties = new AuthenticationProperties { RedirectUri = context.Properties?.RedirectUri, IssuedUtc = clock.GetUtcNow(), ExpiresUtc = person.Until, IsPersistent = false };
        };
        provider.Events.OnRemoteFailure = context =>
        {
            // What the provider answered is in the log; people get a page that says what to do.
            LogFailed(logger, context.Failure?.GetType().Name ?? "?", context.Failure?.Message);
            context.HandleResponse();
            context.Response.Redirect(SignInEndpoints.FailedPath);
            return Task.CompletedTask;
        };
    }

    private static string AssertionOf(SignInOptions options, string audience, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.CertificatePassword);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.ClientId,
            Audience = audience,
            NotBefore = now.UtcDateTime,
            IssuedAt = now.UtcDateTime,
            Expires = (now + AssertionLifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = options.ClientId, ["jti"] = Guid.NewGuid().ToString("N") },
            SigningCredentials = new X509SigningCredentials(certificate, SecurityAlgorithms.RsaSha256),
        });
    }

    [LoggerMessage(LogLevel.Warning, "Somebody could not sign in: the provider sent no claim '{Claim}' that can be used. See SignIn:Claims:Id.")]
    private static partial void LogNobody(ILogger logger, string claim);

    [LoggerMessage(LogLevel.Warning, "Somebody could not sign in ({Failure}): {Message}")]
    private static partial void LogFailed(ILogger logger, string failure, string? message);
}
