namespace DeEscalationBot.Host.Delivery.LiveView;

/// <summary>How much of what the hub passed on came to this host.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class LiveFeedProgress
{
    private readonly Lock _lock = new();
    private LiveFeedPlace? _last;
    private LiveFeedPlace? _due;

    /// <summary>A change came.</summary>
    /// <param name="place">Its place.</param>
    /// <returns>Whether all before it came, too.</returns>
    public bool Came(LiveFeedPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        lock (_lock)
        {
            var before = _last;
            if (before is not null && before.Life == place.Life && place.Number <= before.Number)
            {
                return true; // It was overtaken by another, after which all were told to reload.
            }

            _last = place;
            return before is null || (before.Life == place.Life && place.Number == before.Number + 1);
        }
    }

    /// <summary>The hub said where it stands.</summary>
    /// <param name="hub">Where.</param>
    /// <returns>Whether all came that it had passed on when it was asked the time before: what is newer may be on its way.</returns>
    public bool Renewed(LiveFeedPlace hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        lock (_lock)
        {
            var due = _due;
            _due = hub;
            if (_last is null)
            {
                _last = hub; // Listeners who came before read the record when they came.
                return true;
            }

            if (_last.Life != hub.Life)
            {
                _last = hub;
                return false;
            }

            if (due is null || due.Life != hub.Life || due.Number <= _last.Number)
            {
                return true;
            }

            _last = due;
            return false;
        }
    }
}
