using System.Diagnostics;
using System.Diagnostics.Metrics;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Host.Hosting.Observability;

/// <summary>What the host counts: names of rules and numbers, never a text and never a person.</summary>
/// <remarks>
/// The instruments are listed in <c>docs/operations.md</c>. Tags have few values each, so that the series stay few however many
/// conversations there are. Safe for concurrent use.
/// </remarks>
public sealed class CoachMetrics
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string SourceName = "DeEscalationBot";

    // A message takes tens of microseconds; what takes milliseconds is an outlier worth seeing.
    private static readonly double[] ScoringBounds = [1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 1e-2, 0.1];
    private static readonly double[] TurnBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
    private static readonly double[] PeopleBounds = [5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
    private static readonly double[] DeliveryBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

    private readonly Histogram<double> _scoring;
    private readonly Histogram<double> _taking;
    private readonly Counter<long> _turns;
    private readonly Counter<long> _suggestions;
    private readonly Counter<long> _raised;
    private readonly Counter<long> _held;
    private readonly Counter<long> _told;
    private readonly Counter<long> _closed;
    private readonly Histogram<double> _acknowledging;
    private readonly Counter<long> _tries;
    private readonly Histogram<double> _arriving;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes meters.</param>
    public CoachMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(SourceName);
        _scoring = Seconds("deescalation.scoring.duration", "How long the scoring of one message took.", ScoringBounds);
        _taking = Seconds("deescalation.turn.duration", "How long a message took from its arrival at its conversation until it was on the disk.", TurnBounds);
        _turns = meter.CreateCounter<long>("deescalation.turns", "{turn}", "Messages taken in, by speaker, language and level.");
        _suggestions = meter.CreateCounter<long>("deescalation.suggestions", "{suggestion}", "Suggestions made to agents, by practice of the playbook.");
        _raised = meter.CreateCounter<long>("deescalation.alerts.raised", "{alert}", "Alerts raised, by trigger and urgency.");
        _held = meter.CreateCounter<long>("deescalation.alerts.held", "{alert}", "What became of alerts that waited: released, withdrawn; and those withheld while the desk calibrates.");
        _told = meter.CreateCounter<long>("deescalation.alerts.escalated", "{step}", "Steps up the ladder because nobody answered.");
        _closed = meter.CreateCounter<long>("deescalation.alerts.closed", "{alert}", "Alerts settled, by how.");
        _acknowledging = Seconds("deescalation.alerts.acknowledge.duration", "How long it took until somebody answered for an alert, by urgency.", PeopleBounds);
        _tries = meter.CreateCounter<long>("deescalation.deliveries", "{try}", "Tries to deliver, by sink and outcome.");
        _arriving = Seconds("deescalation.delivery.duration", "How long it took from a message's place in the outbox until its sink had it.", DeliveryBounds);

        Histogram<double> Seconds(string name, string what, double[] bounds) =>
            meter.CreateHistogram(name, "s", what, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
    }

    /// <summary>Where traces begin.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>A message was scored.</summary>
    /// <param name="took">How long it took.</param>
    /// <param name="language">In which language it was read.</param>
    public void Scored(TimeSpan took, MessageLanguage language) => _scoring.Record(took.TotalSeconds, new KeyValuePair<string, object?>("language", language.Code()));

    /// <summary>A message is on the disk, or was there already.</summary>
    /// <param name="took">How long it took since it came.</param>
    public void Taken(TimeSpan took) => _taking.Record(took.TotalSeconds);

    /// <summary>Events are on the disk.</summary>
    /// <param name="after">Their conversation with them applied.</param>
    /// <param name="events">The events.</param>
    public void Recorded(Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        foreach (var alert in after.Alerts.Where(a => events.Any(e => e is not AlertRaised && AlertLifeCycle.AlertOf(e) == a.Id && e.At == a.AcknowledgedAt)))
        {
            _acknowledging.Record((alert.AcknowledgedAt!.Value - (alert.ReleasedAt ?? alert.RaisedAt)).TotalSeconds, new KeyValuePair<string, object?>("urgency", Name(alert.Urgency)));
        }

        foreach (var e in events)
        {
            switch (e)
            {
                case TurnTaken { Turn: var turn }:
                    _turns.Add(1, new("speaker", Name(turn.Speaker)), new("language", turn.Language.Code()), new("level", turn.Score is { } score ? Name(score.Level) : "none"));
                    break;
                case SuggestionMade { Suggestion: var suggestion }:
                    _suggestions.Add(1, new KeyValuePair<string, object?>("practice", suggestion.Technique.ToString()));
                    break;
                case AlertRaised { Alert: var alert }:
                    _raised.Add(1, new("trigger", alert.Trigger.ToString()), new("urgency", Name(alert.Urgency)));
                    break;
                case AlertReleased:
                    Held("released");
                    break;
                case AlertWithdrawn:
                    Held("withdrawn");
                    break;
                case AlertWithheld:
                    Held("withheld");
                    break;
                case AlertEscalated escalated:
                    _told.Add(1, new KeyValuePair<string, object?>("rung", escalated.Rung));
                    break;
                case AlertDismissed dismissed:
                    Closed("dismissed", Name(dismissed.Reason));
                    break;
                case AlertResolved:
                    Closed("resolved", "none");
                    break;
                default:
                    break; // Not everything that is recorded is worth a number.
            }
        }
    }

    /// <summary>A message was handed to a sink.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="age">How long the message has been in the outbox.</param>
    public void Delivered(string sink, DeliveryOutcome outcome, TimeSpan age)
    {
        _tries.Add(1, new("sink", sink), new("outcome", Name(outcome)));
        if (outcome == DeliveryOutcome.Delivered)
        {
            _arriving.Record(age.TotalSeconds, new KeyValuePair<string, object?>("sink", sink));
        }
    }

    /// <summary>The name of a value as it stands in a tag: <c>retryLater</c>.</summary>
    /// <param name="value">The value.</param>
    internal static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private void Held(string how) => _held.Add(1, new KeyValuePair<string, object?>("how", how));

    private void Closed(string how, string reason) => _closed.Add(1, new("how", how), new("reason", reason));
}
