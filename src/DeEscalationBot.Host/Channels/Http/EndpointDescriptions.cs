namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Tells OpenAPI what an address takes and how it fails.</summary>
public static class EndpointDescriptions
{
    /// <summary>The address takes a JSON object. What else comes is refused by <see cref="JsonBody"/>, with a sentence.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="endpoint">The address.</param>
    /// <param name="isOptional">Whether a request without a body will do.</param>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint, bool isOptional = false)
        where T : notnull => endpoint.Accepts<T>(isOptional, "application/json");

    /// <summary>The address fails in these ways.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="statuses">The statuses; each answer is a ProblemDetails.</param>
    public static RouteHandlerBuilder ProblemsAre(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
