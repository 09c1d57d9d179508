using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Looks at the clock for customers who wait too long (T12).</summary>
/// <remarks>A conversation says so at most once for each urgency, so several nodes may look at the same time and nothing has to be claimed.</remarks>
/// <param name="index">Who is due.</param>
/// <param name="grains">Who decides.</param>
/// <param name="options">How often.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public sealed class WaitingWatch(ConversationIndex index, IGrainFactory grains, IOptions<ConversationOptions> options, TimeProvider clock, ILogger<WaitingWatch> logger)
    : DueWatch(grains, options, clock, logger)
{
    /// <inheritdoc/>
    protected override string What => "waiting customers";

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<ConversationId>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        index.ListWaitingAsync(now, AtOnce, cancellationToken);

    /// <inheritdoc/>
    protected override Task CheckAsync(IConversationGrain conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.CheckWaitingAsync();
    }
}
