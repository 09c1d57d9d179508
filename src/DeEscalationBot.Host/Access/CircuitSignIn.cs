using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace DeEscalationBot.Host.Access;

/// <summary>Who looks at a page, for as long as their session lasts: pages stay open longer than people are signed in.</summary>
/// <param name="loggers">For the framework's part.</param>
/// <param name="caller">Who looks, for everything behind the page.</param>
/// <param name="sidebars">Reads a sidebar's tokens.</param>
/// <param name="clock">The product's clock.</param>
public sealed class CircuitSignIn(ILoggerFactory loggers, CurrentCaller caller, SidebarSession sidebars, TimeProvider clock) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    /// <summary>Goes on with a sidebar's new token. One of another agent, or none of ours, changes nothing.</summary>
    /// <param name="token">The token.</param>
    public void Renew(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (sidebars.Read(token) is { } grant && caller.Value is { Kind: CallerKind.Sidebar } before && before.Id == grant.Agent)
        {
            var user = SidebarSession.Join(grant, before).ToPrincipal(SidebarSession.SchemeName);
            caller.Become(user);
            SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        }
    }

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(authenticationState);
        return Task.FromResult(Caller.Of(authenticationState.User, clock.GetUtcNow()).Kind != CallerKind.Nobody);
    }
}
