using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>A place that was chosen in Teams, as it is listed.</summary>
/// <param name="Chosen">The place.</param>
/// <param name="Person">Whose chat it is, as Teams names them; nothing for channels and group chats, and when that is not known.</param>
public sealed record PlaceInForce(ChosenPlace Chosen, string? Person);

/// <summary>Which of the places that were chosen in Teams get alerts.</summary>
/// <remarks>
/// The chat of somebody who is no supervisor is left out, and every place while the settings name no supervisor at all: nobody stands for it. It is not forgotten: one start
/// with other settings must not take away what people chose. What the settings name as a place gets its card by the settings, and only that one. Safe for concurrent use.
/// </remarks>
/// <param name="places">What was chosen.</param>
/// <param name="references">Whose chats they are.</param>
/// <param name="supervisors">Who may choose.</param>
/// <param name="options">The places of the settings.</param>
public sealed class PlacesInForce(ChosenPlaces places, ConversationReferences references, ISupervisorDirectory supervisors, IOptions<TeamsAlertsOptions> options)
{
    /// <summary>All of them, oldest first.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<IReadOnlyList<PlaceInForce>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!options.Value.Enabled)
        {
            return [];
        }

        var inForce = new List<PlaceInForce>();
        foreach (var chosen in await places.ReadAsync(cancellationToken))
        {
            var person = chosen.Place.IsShared ? null : (await references.FindAsync(ChannelIds.Teams, chosen.Place.Id, cancellationToken))?.User;
            var hasSupervisor = supervisors.HasAnybody && (person is null || supervisors.MayChoose(person));
            if (hasSupervisor && !options.Value.Names(chosen.Place.Id, person?.AadObjectId))
            {
                inForce.Add(new PlaceInForce(chosen, person?.Name));
            }
        }

        return inForce;
    }
}
