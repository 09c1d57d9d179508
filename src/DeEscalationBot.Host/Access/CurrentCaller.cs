using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace DeEscalationBot.Host.Access;

/// <summary>Who calls: of the request, or of the page's circuit, in whose scope it is asked for.</summary>
/// <remarks>Asked again each time, so that a session that ends, ends. One scope's; not for concurrent setting.</remarks>
/// <param name="http">The request.</param>
/// <param name="clock">The product's clock.</param>
public sealed class CurrentCaller(IHttpContextAccessor http, TimeProvider clock)
{
    private ClaimsPrincipal? _ofCircuit;

    /// <summary>Who; nobody where no one is known.</summary>
    public Caller Value => Caller.Of(_ofCircuit ?? http.HttpContext?.User, clock.GetUtcNow());

    /// <summary>Whether they may do something.</summary>
    /// <param name="rule">One of <see cref="AccessRule"/>.</param>
    public bool May(string rule) => AccessRule.Of(rule).Allows(Value);

    /// <summary>Says whose circuit it is.</summary>
    /// <param name="user">Whose.</param>
    internal void Become(ClaimsPrincipal user) => _ofCircuit = user;
}

/// <summary>Tells a circuit whose it is, before its first page is shown. Whose it is later, <see cref="CircuitSignIn"/> follows.</summary>
/// <param name="state">Who opened it.</param>
/// <param name="caller">Who is to know.</param>
internal sealed class CircuitCaller(AuthenticationStateProvider state, CurrentCaller caller) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        caller.Become((await state.GetAuthenticationStateAsync()).User);
}
