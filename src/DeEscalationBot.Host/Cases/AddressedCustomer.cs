using System.Reflection;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Host.Channels.Http;

namespace DeEscalationBot.Host.Cases;

/// <summary>The customer that a request's address names.</summary>
/// <param name="Id">Their id; empty when the address holds no legal one.</param>
public sealed record AddressedCustomer(string Id) : IBindableFromHttpContext<AddressedCustomer>
{
    /// <summary>The name of the address's part.</summary>
    public const string RouteValue = "customerId";

    /// <inheritdoc/>
    public static ValueTask<AddressedCustomer?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        var text = AddressPart.Read(context, RouteValue);
        return ValueTask.FromResult<AddressedCustomer?>(new AddressedCustomer(CaseText.IsId(text) ? text : ""));
    }
}
