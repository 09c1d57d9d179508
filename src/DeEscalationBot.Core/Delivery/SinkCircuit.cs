namespace DeEscalationBot.Core.Delivery;

/// <summary>Leaves a sink alone for a while that fails again and again, or that asks for it.</summary>
/// <remarks>
/// Closed: everything is sent. After <see cref="FailuresToOpen"/> rounds in a row of which nothing arrived it is open for
/// <see cref="FirstPause"/>; then one message is let through, which closes it or opens it for twice as long. Measures with the monotonic clock, so that a clock that jumps opens
/// nothing and closes nothing. Safe for concurrent use.
/// </remarks>
/// <param name="clock">The product's clock.</param>
public sealed class SinkCircuit(TimeProvider clock)
{
    /// <summary>Rounds in a row that open it when nothing of them arrives: 5.</summary>
    public const int FailuresToOpen = 5;

    /// <summary>How long it is open at first: 5 seconds.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>How long it is open at most of itself: 30 seconds.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private const int MostDoublings = 10;

    private readonly Lock _lock = new();
    private int _failures;
    private long? _pausedAt;
    private TimeSpan _pause;
    private bool _isTrying;

    /// <summary>How many messages may be sent now.</summary>
    /// <param name="wanted">How many one would send.</param>
    public int Allows(int wanted)
    {
        lock (_lock)
        {
            if (_pausedAt is { } at && clock.GetElapsedTime(at) < _pause)
            {
                return 0;
            }

            return _failures >= FailuresToOpen ? (_isTrying ? 0 : Math.Min(1, wanted)) : wanted;
        }
    }

    /// <summary>Whether it is open now: the sink is left alone.</summary>
    public bool IsOpen => Allows(1) == 0;

    /// <summary>A round begins.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _isTrying = true;
        }
    }

    /// <summary>A round ended.</summary>
    /// <param name="receipts">What came of its messages. A refusal is an answer: the sink works.</param>
    public void End(IReadOnlyCollection<DeliveryReceipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        lock (_lock)
        {
            _isTrying = false;
            var hasFailed = receipts.All(r => r.Outcome == DeliveryOutcome.RetryLater);
            _failures = hasFailed ? _failures + 1 : 0;
            var own = _failures < FailuresToOpen ? TimeSpan.Zero : FirstPause * Math.Pow(2, Math.Min(_failures - FailuresToOpen, MostDoublings));
            own = own < LongestPause ? own : LongestPause;
            var asked = receipts.Where(r => r.Outcome == DeliveryOutcome.RetryLater).Max(r => r.RetryAfter) ?? TimeSpan.Zero;
            asked = asked < RetryPolicy.LongestAskedFor ? asked : RetryPolicy.LongestAskedFor;
            _pausedAt = own > TimeSpan.Zero || asked > TimeSpan.Zero ? clock.GetTimestamp() : null;
            _pause = own > asked ? own : asked;
        }
    }
}
