using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace DeEscalationBot.Host.Access;

/// <summary>Who looks at a page, for as long as they are let in: pages stay open longer than people are signed in.</summary>
/// <remarks>
/// Looks every <see cref="CallerStanding.LookEvery"/> by the product's clock. A connection that comes back as somebody else (another person signed in in the same browser) loads the page anew:
/// what the page holds is the first one's.
/// </remarks>
public sealed class CircuitSignIn : ServerAuthenticationStateProvider, IDisposable
{
    private readonly CurrentCaller _caller;
    private readonly SidebarSession _sidebars;
    private readonly CallerStanding _standing;
    private readonly NavigationManager _navigation;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private ClaimsPrincipal? _user;
    private Caller _known = Caller.Nobody;

    /// <summary>Makes it.</summary>
    /// <param name="caller">Who looks, for everything behind the page.</param>
    /// <param name="sidebars">Reads a sidebar's tokens.</param>
    /// <param name="standing">Says who is still let in.</param>
    /// <param name="navigation">Loads a page anew.</param>
    /// <param name="clock">The product's clock.</param>
    public CircuitSignIn(CurrentCaller caller, SidebarSession sidebars, CallerStanding standing, NavigationManager navigation, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_caller, _sidebars, _standing, _navigation, _clock) = (caller, sidebars, standing, navigation, clock);
        AuthenticationStateChanged += Follow;
        _timer = clock.CreateTimer(static self => _ = ((CircuitSignIn)self!).LookAsync(), this, CallerStanding.LookEvery, CallerStanding.LookEvery);
    }

    /// <summary>Goes on with a sidebar's new token. One of another agent, or none of ours, changes nothing.</summary>
    /// <param name="token">The token.</param>
    public void Renew(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (_sidebars.Read(token) is { } grant && _caller.Value is { Kind: CallerKind.Sidebar } before && before.Id == grant.Agent)
        {
            Become(SidebarSession.Join(grant, before).ToPrincipal(SidebarSession.SchemeName));
        }
    }

    /// <summary>Looks no more.</summary>
    public void Dispose()
    {
        AuthenticationStateChanged -= Follow;
        _timer.Dispose();
    }

    // Those whose time is over are nobody, and the page says so; of a sidebar that holds several conversations, one may be over.
    private async Task LookAsync()
    {
        if (_user is not { Identity.IsAuthenticated: true } user)
        {
            return; // No page of a circuit, whose requests last shorter than this, or somebody whose time is over already.
        }

        var caller = Caller.Of(user, _clock.GetUtcNow());
        var holds = await _standing.HoldsAsync(caller);
        if (!ReferenceEquals(_user, user))
        {
            return; // Somebody else came while we asked: they are looked at next time.
        }

        if (!holds)
        {
            Become(new ClaimsPrincipal(new ClaimsIdentity()));
        }
        else if (caller.Kind == CallerKind.Sidebar && caller.Conversations.Count < ConversationsIn(user))
        {
            Become(caller.ToPrincipal(SidebarSession.SchemeName));
        }
    }

    private static int ConversationsIn(ClaimsPrincipal user) => Caller.Of(user, DateTimeOffset.MinValue).Conversations.Count;

    private void Become(ClaimsPrincipal user) => SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));

    // The framework says who opened the circuit, and says it again whenever the connection comes back.
    private async void Follow(Task<AuthenticationState> state)
    {
        var user = (await state).User;
        var (before, after) = (_known, Caller.Of(user, _clock.GetUtcNow()));
        _user = user;
        _known = after.Kind == CallerKind.Nobody ? _known : after;
        _caller.Become(user);
        if (before.Kind != CallerKind.Nobody && after.Kind != CallerKind.Nobody && (before.Kind, before.Id) != (after.Kind, after.Id))
        {
            _navigation.Refresh(forceReload: true);
        }
    }
}
