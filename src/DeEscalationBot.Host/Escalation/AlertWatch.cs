using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Looks at the clock for alerts that nobody answers for, and for alerts whose wait is over.</summary>
/// <remarks>Alerts are claimed with a lease, so that each is looked at by one node, and the death of a node delays one by at most the lease.</remarks>
/// <param name="index">Which alerts are due.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="grains">Who decides.</param>
/// <param name="rota">Who is on duty.</param>
/// <param name="options">How often.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public sealed class AlertWatch(
    ConversationIndex index, RecordWriter writer, IGrainFactory grains, DutyRota rota, IOptions<ConversationOptions> options, TimeProvider clock, ILogger<AlertWatch> logger)
    : DueWatch(grains, options, clock, logger)
{
    /// <inheritdoc/>
    protected override string What => "alerts";

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<ConversationId>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await rota.RefreshAsync(cancellationToken);
        return await index.ClaimDueAlertsAsync(writer, now, Lease, AtOnce, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task CheckAsync(IConversationGrain conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.CheckAlertsAsync();
    }
}
