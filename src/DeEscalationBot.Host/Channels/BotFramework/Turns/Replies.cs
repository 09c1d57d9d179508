using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Connector;

namespace DeEscalationBot.Host.Channels.BotFramework.Turns;

/// <summary>Replies by the channel's connector.</summary>
/// <param name="to">The conversation.</param>
/// <param name="connector">The connectors.</param>
internal sealed class ConnectorReplies(ConversationReference to, ConnectorClient connector) : IReplies
{
    /// <inheritdoc/>
    public async Task<string?> SendAsync(Activity reply, CancellationToken cancellationToken) => (await connector.SendAsync(to, reply, cancellationToken)).Value?.Id;

    /// <inheritdoc/>
    public async Task<bool> UpdateAsync(string activityId, Activity reply, CancellationToken cancellationToken) =>
        (await connector.UpdateAsync(to, activityId, reply, cancellationToken)).IsDone;
}

/// <summary>Replies that are wanted in the response to the activity.</summary>
internal sealed class CollectedReplies : IReplies
{
    private readonly Lock _lock = new();
    private readonly List<Activity> _replies = [];

    /// <summary>What was said so far, in order.</summary>
    public IReadOnlyList<Activity> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _replies];
            }
        }
    }

    /// <inheritdoc/>
    public Task<string?> SendAsync(Activity reply, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _replies.Add(reply);
        }

        return Task.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    public Task<bool> UpdateAsync(string activityId, Activity reply, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _replies.Add(reply with { Type = ActivityTypes.MessageUpdate, Id = activityId });
        }

        return Task.FromResult(true);
    }
}
