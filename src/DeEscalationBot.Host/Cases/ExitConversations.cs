using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Host.Cases.Storage;

namespace DeEscalationBot.Host.Cases;

/// <summary>The little that an agent's sidebar knows of cases: that the customer is leaving, so that the exit conversation (E2) is held well.</summary>
public interface IExitConversations
{
    /// <summary>The departure that is open for a customer and whose exit conversation has not been held.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The id of the case, or nothing.</returns>
    Task<string?> FindAsync(string customerId, CancellationToken cancellationToken = default);
}

/// <inheritdoc/>
/// <param name="desk">The desk that shows everything: whoever talks with a customer is told that they leave, of whatever team the case is, and no more.</param>
public sealed class ExitConversations([FromKeyedServices(CaseDesk.Unguarded)] ICaseDesk desk) : IExitConversations
{
    /// <inheritdoc/>
    public async Task<string?> FindAsync(string customerId, CancellationToken cancellationToken = default)
    {
        var open = await desk.ListCasesAsync(new CaseFilter(CaseKind.Departure, IsOpen: true, customerId, Limit: 1), cancellationToken);
        return open is [{ Stage: nameof(DepartureStage.Evaluation) or nameof(DepartureStage.ExitConversation), Id: var id }] ? id : null;
    }
}
