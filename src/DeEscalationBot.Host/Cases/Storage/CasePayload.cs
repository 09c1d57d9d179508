namespace DeEscalationBot.Host.Cases.Storage;

/// <summary>The one place through which the words of events go to the database and come back.</summary>
/// <remarks>Stateless; safe for concurrent use.</remarks>
public static class CasePayload
{
    /// <summary>An event's JSON as it is kept.</summary>
    /// <param name="customerId">The customer that it is about.</param>
    /// <param name="json">The event.</param>
    public static string ToKeep(string customerId, string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(customerId);
        return json;
    }

    /// <summary>The JSON of what was kept.</summary>
    /// <param name="customerId">The customer that it is about.</param>
    /// <param name="kept">As it is kept.</param>
    public static string FromKept(string customerId, string kept)
    {
        ArgumentException.ThrowIfNullOrEmpty(customerId);
        return kept;
    }
}
