using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access;

/// <summary>Registers who gets in: people, programs, sidebars, and what each may do.</summary>
public static class AccessServices
{
    /// <summary>The longest body that the server reads, in bytes: 16 MiB. What takes less (JSON: 1 MiB) answers that itself; beyond this the connection is cut, answer or no answer.</summary>
    public const long LongestBody = 16 << 20;

    /// <summary>What the framework maps for files that are not there; those that are, it lists.</summary>
    public const string MissingFile = "{**path:file}";

    /// <summary>Registers it.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var signIn = SignInOptions.Read(configuration);
        services.AddOptions<SignInOptions>().Bind(configuration.GetSection(SignInOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignInOptions>, SignInOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.TryAddSingleton(_ => new LocalMode(configuration));
        services.TryAddSingleton<ApiKeys>();
        services.TryAddSingleton<SidebarSession>();
        services.TryAddSingleton<CallerStanding>();
        services.TryAddScoped<CurrentCaller>();
        services.TryAddScoped<IConversationDesk, GuardedDesk>();

        var authentication = services.AddAuthentication(EntryHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, EntryHandler>(EntryHandler.SchemeName, null);
        PersonSchemes.Add(authentication, signIn);
        SidebarSession.Add(authentication, signIn.PublicAddress.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

        var authorization = services.AddAuthorizationBuilder();
        foreach (var rule in AccessRule.All)
        {
            authorization.AddPolicy(rule.Id, policy => policy.AddRequirements(rule));
        }

        // What names no rule is closed, also for those who are known.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(IsNothing).Build());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, AccessRuleHandler>());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CircuitSignIn>();
        services.AddScoped<AuthenticationStateProvider>(p => p.GetRequiredService<CircuitSignIn>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, CircuitCaller>());
        RateLimits.Add(services);
        KnownProxies.Add(services, configuration);
        services.AddOptions<HostFilteringOptions>().PostConfigure(hosts => AllowPublicName(hosts, signIn));
        return services;
    }

    /// <summary>Lets nobody past without a decision. Before whatever maps addresses.</summary>
    /// <param name="app">The host.</param>
    public static void UseAccess(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        KnownProxies.Use(app);
        if (app.Services.GetRequiredService<IOptions<SignInOptions>>().Value is { IsConfigured: true } signIn && Uri.TryCreate(signIn.PublicAddress, UriKind.Absolute, out var address))
        {
            // Behind a proxy that ends TLS: links, cookies and the answer of the provider go to the address that browsers know.
            app.Use((context, next) =>
            {
                (context.Request.Scheme, context.Request.Host) = (address.Scheme, new HostString(address.Authority));
                return next(context);
            });
        }

        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseRouting();
        app.UseMiddleware<RefusalLimits>();
        app.UseAuthentication();
        app.UseMiddleware<RateLimits>();
        app.UseAuthorization();
    }

    // An address that nobody mapped, a method that it does not take, and a file that is not there are answered as such.
    private static bool IsNothing(AuthorizationHandlerContext context) => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: not MissingFile };

    // Without it the names of this machine alone are answered, and the public one would have to be said twice.
    private static void AllowPublicName(HostFilteringOptions hosts, SignInOptions signIn)
    {
        if (signIn.IsConfigured && Uri.TryCreate(signIn.PublicAddress, UriKind.Absolute, out var address) && !hosts.AllowedHosts.Contains("*"))
        {
            hosts.AllowedHosts = [.. hosts.AllowedHosts, address.Host];
        }
    }
}
