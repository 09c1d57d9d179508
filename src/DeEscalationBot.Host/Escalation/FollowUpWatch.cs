using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Looks at the clock for follow-ups (A12) of which the agent is to be reminded, or whose date has passed.</summary>
/// <remarks>They are claimed with a lease, as alerts are. While the clock is not certain (<see cref="SteadyClock"/>) it reminds, and calls nothing missed.</remarks>
/// <param name="index">Which are due.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="grains">Who decides.</param>
/// <param name="options">How often.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public sealed class FollowUpWatch(
    ConversationIndex index, RecordWriter writer, IGrainFactory grains, IOptions<ConversationOptions> options, TimeProvider clock, ILogger<FollowUpWatch> logger)
    : DueWatch(grains, options, clock, logger)
{
    private readonly SteadyClock _steady = new(clock);
    private DateTimeOffset? _vouchedFor;

    /// <inheritdoc/>
    protected override string What => "follow-ups";

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<ConversationId>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _vouchedFor = _steady.Read();
        return index.ClaimDueFollowUpsAsync(writer, now, Lease, AtOnce, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task CheckAsync(IConversationGrain conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.CheckFollowUpsAsync(_vouchedFor);
    }
}
