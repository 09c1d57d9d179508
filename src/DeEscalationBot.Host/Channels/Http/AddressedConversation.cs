using System.Reflection;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>The conversation that a request's address names.</summary>
/// <param name="Id">Its id, or nothing when the address holds no legal one.</param>
public sealed record AddressedConversation(ConversationId? Id) : IBindableFromHttpContext<AddressedConversation>
{
    /// <summary>The name of the address's part.</summary>
    public const string RouteValue = "conversationId";

    /// <inheritdoc/>
    public static ValueTask<AddressedConversation?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        var text = AddressPart.Read(context, RouteValue);
        return ValueTask.FromResult<AddressedConversation?>(new AddressedConversation(ConversationId.TryCreate(text, out var id) ? id : null));
    }
}
