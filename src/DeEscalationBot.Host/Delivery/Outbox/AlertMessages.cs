using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Contract;

namespace DeEscalationBot.Host.Delivery.Outbox;

/// <summary>A message as it leaves the product.</summary>
/// <param name="Type">Its type, such as <c>alert.raised</c>.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Data">What happened.</param>
public sealed record AlertMessage(string Type, DateTimeOffset Timestamp, AlertMessageData Data);

/// <summary>An alert as it leaves the product, without personal data. What supervisors write to the agent or to each other stays inside.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Trigger"><c>T1</c> to <c>T12</c>.</param>
/// <param name="Urgency"><c>advise</c>, <c>supervisor</c> or <c>immediate</c>.</param>
/// <param name="State">Where the alert stands.</param>
/// <param name="Reason">Why it was raised: what, the exact words, the trend.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="JoinedTriggers">Further triggers since.</param>
/// <param name="Sequence">The event's place in the conversation: messages of one conversation come in this order.</param>
/// <param name="Playbook">The trigger's id in the playbook.</param>
/// <param name="Signals">The signals with their words.</param>
/// <param name="Tension">The tension when it was raised, 0 to 1.</param>
/// <param name="Trend">Where it was heading.</param>
/// <param name="Summary">The conversation in three lines.</param>
/// <param name="Tried">Which of the seven steps the agent had done.</param>
/// <param name="By">Who took this step, for steps that people take.</param>
/// <param name="Dismissal">Why it was dismissed.</param>
/// <param name="Sink">Where it was delivered first.</param>
/// <param name="Rung">The rung of the ladder that is told, from 0.</param>
/// <param name="RungName">Its name.</param>
/// <param name="OnDuty">Who is on duty there. Empty: nobody is.</param>
/// <param name="Test">Whether it is a test that asks nothing of anybody.</param>
public sealed record AlertMessageData(
    string AlertId,
    string ConversationId,
    string Trigger,
    AlertUrgency Urgency,
    AlertState State,
    string Reason,
    DateTimeOffset RaisedAt,
    IReadOnlyList<string> JoinedTriggers,
    long Sequence,
    string? Playbook = null,
    IReadOnlyList<AlertMessageSignal>? Signals = null,
    double? Tension = null,
    TensionTrend? Trend = null,
    IReadOnlyList<string>? Summary = null,
    IReadOnlyList<ConversationStep>? Tried = null,
    string? By = null,
    AlertDismissal? Dismissal = null,
    string? Sink = null,
    int? Rung = null,
    string? RungName = null,
    IReadOnlyList<string>? OnDuty = null,
    bool? Test = null);

/// <summary>One signal behind an alert.</summary>
/// <param name="Type">The signal.</param>
/// <param name="Confidence">How sure, 0 to 1.</param>
/// <param name="Words">The exact words.</param>
public sealed record AlertMessageSignal(SignalType Type, double Confidence, IReadOnlyList<string> Words);

/// <summary>Says which events leave the product, as what.</summary>
/// <param name="rota">Who is on duty.</param>
/// <param name="ladder">The names of the rungs.</param>
public sealed class AlertMessages(IDutyRota rota, AlertLadder ladder)
{
    /// <summary>The types, as receivers see them.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "alert.raised", "alert.joined", "alert.delivered", "alert.escalated", "alert.acknowledged", "alert.takenOver", "alert.coached", "alert.noted", "alert.dismissed", "alert.resolved", "alert.test",
    ];

    /// <summary>How a message is written: as everything else that leaves, without what is empty.</summary>
    public static JsonSerializerOptions Json { get; } = CreateJson();

    /// <summary>The message of an event; nothing for one that stays inside (an alert that waits, or that was withdrawn while it did).</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="alert">The alert with the event applied.</param>
    /// <param name="e">The event.</param>
    /// <param name="sequence">The event's place.</param>
    public AlertMessage? Of(ConversationId conversation, Alert alert, ConversationEvent e, long sequence)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(e);
        if (alert.State == AlertState.Waiting)
        {
            return null;
        }

        var data = new AlertMessageData(
            alert.Id, conversation.Value, alert.Trigger.ToString(), alert.Urgency, alert.State, Without(alert.Reason), alert.RaisedAt, [.. alert.JoinedTriggers.Select(t => t.ToString())], sequence);
        return e switch
        {
            AlertRaised or AlertReleased => new("alert.raised", e.At, Full(data, alert) with { Rung = 0, RungName = ladder.NameOf(0), OnDuty = rota.OnDuty(0, e.At) }),
            AlertJoined => new("alert.joined", e.At, Full(data, alert)),
            AlertEscalated x => new("alert.escalated", e.At, Full(data, alert) with { Rung = x.Rung, RungName = x.Name, OnDuty = rota.OnDuty(x.Rung, e.At) is null ? null : x.OnDuty }),
            AlertDelivered x => new("alert.delivered", e.At, data with { Sink = x.Sink }),
            AlertAcknowledged x => new("alert.acknowledged", e.At, data with { By = x.By }),
            AlertTakenOver x => new("alert.takenOver", e.At, data with { By = x.By }),
            AlertCoached x => new("alert.coached", e.At, data with { By = x.By }),
            AlertNoted x => new("alert.noted", e.At, data with { By = x.By }),
            AlertDismissed x => new("alert.dismissed", e.At, data with { By = x.By, Dismissal = x.Reason }),
            AlertResolved x => new("alert.resolved", e.At, data with { By = x.By }),
            _ => null,
        };
    }

    /// <summary>The body of a message.</summary>
    /// <param name="message">The message.</param>
    public static string BodyOf(AlertMessage message) => JsonSerializer.Serialize(message, Json);

    private static AlertMessageData Full(AlertMessageData data, Alert alert) => alert.Brief is not { } brief
        ? data with { Playbook = alert.Trigger.ToString() }
        : data with
        {
            Playbook = brief.Playbook,
            Signals = [.. brief.Signs.Select(s => new AlertMessageSignal(s.Type, s.Confidence, [.. s.Words.Select(Without)]))],
            Tension = brief.Tension,
            Trend = brief.Trend,
            Summary = [.. brief.Summary.Select(Without)],
            Tried = brief.Tried,
        };

    // Alerts are made without personal data; those of earlier versions were not, and nothing leaves that was not looked at here.
    private static string Without(string text) => PiiRedactor.Redact(text).Text;

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        ContractJson.Configure(options);
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
