using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Core.Escalation;

/// <summary>Who is on duty on the rungs of the ladder.</summary>
public interface IDutyRota
{
    /// <summary>The people on duty on a rung; nothing when the rung names nobody, so that everybody who looks is meant.</summary>
    /// <param name="rung">The rung, from 0.</param>
    /// <param name="at">When.</param>
    IReadOnlyList<string>? OnDuty(int rung, DateTimeOffset at);
}

/// <summary>Tells the next person or group when nobody answers for an alert in time; the last is told again and again, at growing intervals.</summary>
/// <remarks>
/// Pure; safe for concurrent use. A rung on which nobody is on duty is passed over while a later one has somebody. A clock that was set back
/// makes an alert due at once: to tell somebody too early costs less than to tell nobody.
/// </remarks>
/// <param name="settings">The settings, checked.</param>
public sealed class AlertLadder(LadderSettings settings)
{
    /// <summary>The name of the one rung when none are set.</summary>
    public const string OnlyRung = "supervisors";

    /// <summary>A clock that is behind what was recorded by more than this was set back: 1 minute.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private const int MostDoublings = 16;

    /// <summary>How many rungs there are, at least 1.</summary>
    public int Rungs => Math.Max(1, settings.Rungs.Count);

    /// <summary>The name of a rung.</summary>
    /// <param name="rung">The rung, from 0; one past the last is the last.</param>
    public string NameOf(int rung) => settings.Rungs.Count == 0 ? OnlyRung : settings.Rungs[Math.Min(rung, settings.Rungs.Count - 1)].Name;

    /// <summary>When the rung after the first is told, for an alert that is raised now; nothing for a hint, which calls nobody.</summary>
    /// <param name="urgency">Its urgency.</param>
    /// <param name="now">The product's clock.</param>
    public DateTimeOffset? FirstDue(AlertUrgency urgency, DateTimeOffset now) => urgency switch
    {
        AlertUrgency.Advise => null,
        AlertUrgency.Supervisor => now + settings.AcknowledgeSupervisorWithin,
        AlertUrgency.Immediate => now + settings.AcknowledgeImmediateWithin,
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };

    /// <summary>Whether the clock has something to do about an alert: its wait is over, or nobody answered in time.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="now">The product's clock.</param>
    public static bool IsDue(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return (alert.IsUnanswered || alert.State == AlertState.Waiting)
            && alert.DueAt is { } due
            && (due <= now || now + ClockTolerance < (alert.ToldAt ?? alert.RaisedAt));
    }

    /// <summary>The next step for an alert that is due.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="rota">Who is on duty.</param>
    /// <param name="now">The product's clock.</param>
    public AlertEscalated Next(Alert alert, IDutyRota rota, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(rota);
        var last = Rungs - 1;
        var next = Math.Min(alert.Rung + 1, last);
        while (next < last && rota.OnDuty(next, now) is { Count: 0 })
        {
            next++;
        }

        var repeats = alert.Rung >= last ? alert.Repeats + 1 : 0;
        var window = alert.Urgency == AlertUrgency.Immediate ? settings.AcknowledgeImmediateWithin : settings.AcknowledgeSupervisorWithin;
        var interval = window * Math.Pow(2, Math.Min(repeats, MostDoublings));
        var longest = settings.RepeatAtMostEvery > window ? settings.RepeatAtMostEvery : window;
        return new AlertEscalated(now, alert.Id, next, NameOf(next), rota.OnDuty(next, now) ?? [], repeats, now + (interval < longest ? interval : longest));
    }
}

/// <summary>The rota as the settings give it.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class SettingsRota : IDutyRota
{
    private readonly (string Person, string? Email, WeekHours Hours)[][] _rungs;

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">The settings, checked.</param>
    /// <exception cref="ArgumentException">Hours cannot be used.</exception>
    public SettingsRota(EscalationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _rungs =
        [
            .. settings.Ladder.Rungs.Select(r => r.People
                .Select(p => (p.Person, p.Email, WeekHours.TryRead(settings.Calendar.TimeZone, p.Hours, out var problem) ?? throw new ArgumentException(problem, nameof(settings))))
                .ToArray()),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? OnDuty(int rung, DateTimeOffset at) =>
        PeopleOf(rung) is { Length: > 0 } people ? [.. people.Where(p => p.Hours.Contains(at)).Select(p => p.Person)] : null;

    /// <summary>Where e-mail reaches the people on duty on a rung.</summary>
    /// <param name="rung">The rung, from 0.</param>
    /// <param name="at">When.</param>
    public IReadOnlyList<string> EmailsOf(int rung, DateTimeOffset at) =>
        [.. PeopleOf(rung).Where(p => p.Hours.Contains(at)).Select(p => p.Email).OfType<string>()];

    private (string Person, string? Email, WeekHours Hours)[] PeopleOf(int rung) => rung >= 0 && rung < _rungs.Length ? _rungs[rung] : [];
}
