using System.Reflection;
using DeEscalationBot.Core.Channels;
using Microsoft.AspNetCore.Http.Features;

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
        var text = Exact(context.Request.RouteValues[RouteValue] as string ?? string.Empty, context.Features.Get<IHttpRequestFeature>()?.RawTarget);
        return ValueTask.FromResult<AddressedConversation?>(new AddressedConversation(ConversationId.TryCreate(text, out var id) ? id : null));
    }

    // The server decodes everything but %2F, after which "%2F" in an id and a slash look the same: what was sent tells them apart.
    private static string Exact(string routeValue, string? rawTarget)
    {
        if (!routeValue.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return routeValue;
        }

        var path = rawTarget?.Split('?')[0] ?? string.Empty;
        var sent = path.Split('/').LastOrDefault(s => string.Equals(Uri.UnescapeDataString(WithSlashesKept(s)), routeValue, StringComparison.Ordinal));
        return sent is null
            ? routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            : Uri.UnescapeDataString(sent);
    }

    private static string WithSlashesKept(string segment) =>
        segment.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal);
}
