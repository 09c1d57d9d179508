using System.Globalization;

namespace DeEscalationBot.Core.Escalation;

/// <summary>Says what is wrong with the settings of the escalation, before anything runs on them.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class EscalationSettingsCheck
{
    private const int Steps = 7;
    private static readonly TimeSpan LongestDeferral = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>One sentence for each setting that cannot be used; none when all can.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="section">The section's name, for the sentences.</param>
    public static IReadOnlyList<string> Check(EscalationSettings settings, string section = "Escalation")
    {
        ArgumentNullException.ThrowIfNull(settings);
        var found = new List<string>();
        void Must(bool holds, string setting, IFormattable value, string allowed)
        {
            if (!holds)
            {
                found.Add($"{section}:{setting} is {value.ToString(null, CultureInfo.InvariantCulture)}. It must be {allowed}.");
            }
        }

        Must(settings.SignalConfidence is > 0.3 and <= 1, "SignalConfidence", settings.SignalConfidence, "above 0.3 and at most 1");
        Must(settings.WeakSignalConfidence > 0 && settings.WeakSignalConfidence < settings.SignalConfidence, "WeakSignalConfidence", settings.WeakSignalConfidence, "above 0 and below SignalConfidence");
        Must(settings.StubbornTension is >= 0 and <= 1, "StubbornTension", settings.StubbornTension, "between 0 and 1");
        Must(settings.CalmTension is >= 0 and <= 1, "CalmTension", settings.CalmTension, "between 0 and 1");
        Must(settings.StubbornAfterSteps is >= 1 and <= Steps, "StubbornAfterSteps", settings.StubbornAfterSteps, "between 1 and 7");
        Must(settings.WaitingAdviseAfter > TimeSpan.Zero, "WaitingAdviseAfter", settings.WaitingAdviseAfter, "more than zero");
        Must(settings.WaitingSupervisorAfter > settings.WaitingAdviseAfter, "WaitingSupervisorAfter", settings.WaitingSupervisorAfter, "more than WaitingAdviseAfter");
        Must(settings.DeferAtMost >= TimeSpan.Zero && settings.DeferAtMost <= LongestDeferral, "DeferAtMost", settings.DeferAtMost, "between 00:00:00 (no alert waits) and 01:00:00");
        foreach (var (name, trigger) in settings.Triggers)
        {
            CheckTrigger(name, trigger);
        }

        CheckHours("Calendar", settings.Calendar.TimeZone, settings.Calendar.Hours);
        CheckLadder();
        return found;

        void CheckTrigger(string name, TriggerSettings trigger)
        {
            var path = $"Triggers:{name}";
            if (!Enum.TryParse<EscalationTrigger>(name, ignoreCase: true, out var which) || char.IsDigit(name[0]))
            {
                found.Add($"{section}:{path} names no trigger. The triggers are T1 to T12.");
                return;
            }

            if (which == EscalationTrigger.T8)
            {
                found.Add($"{section}:{path} has no effect: T8 proposes a review and raises no alert. Leave it out.");
            }

            Must(trigger.Confidence is null or (> 0.3 and <= 1), $"{path}:Confidence", trigger.Confidence ?? 0, "above 0.3 and at most 1");
            Must(trigger.CoolDown is null || (trigger.CoolDown >= TimeSpan.Zero && trigger.CoolDown <= Day), $"{path}:CoolDown", trigger.CoolDown ?? TimeSpan.Zero, "between 00:00:00 and 1.00:00:00");
            if (EscalationSettings.NeverWaits(which) && (trigger.Defer == true || trigger.WaitsForHours || trigger.CoolDown > TimeSpan.Zero))
            {
                found.Add($"{section}:{path} lets {which} wait. Abuse, threats and a danger to life (T1, T2, T11) never wait: leave out Defer, WaitsForHours and CoolDown.");
            }

            if (which == EscalationTrigger.T11 && trigger.Urgency is not null)
            {
                found.Add($"{section}:{path}:Urgency cannot be set: a danger to life is immediate, always.");
            }
        }

        void CheckHours(string path, string zone, Dictionary<string, string> hours)
        {
            if (WeekHours.TryRead(zone, hours, out var problem) is null)
            {
                found.Add($"{section}:{path} cannot be used: {problem}");
            }
        }

        void CheckLadder()
        {
            var ladder = settings.Ladder;
            void Window(string name, TimeSpan value) => Must(value >= LeastWindow && value <= Day, $"Ladder:{name}", value, "between 00:00:10 and 1.00:00:00");
            Window(nameof(ladder.AcknowledgeImmediateWithin), ladder.AcknowledgeImmediateWithin);
            Window(nameof(ladder.AcknowledgeSupervisorWithin), ladder.AcknowledgeSupervisorWithin);
            Window(nameof(ladder.RepeatAtMostEvery), ladder.RepeatAtMostEvery);
            for (var i = 0; i < ladder.Rungs.Count; i++)
            {
                var path = $"Ladder:Rungs:{i}";
                if (string.IsNullOrWhiteSpace(ladder.Rungs[i].Name))
                {
                    found.Add($"{section}:{path}:Name is empty. Name the person or group, for instance 'shift leads'.");
                }

                for (var p = 0; p < ladder.Rungs[i].People.Count; p++)
                {
                    var person = ladder.Rungs[i].People[p];
                    if (string.IsNullOrWhiteSpace(person.Person))
                    {
                        found.Add($"{section}:{path}:People:{p}:Person is empty. Name the person.");
                    }

                    CheckHours($"{path}:People:{p}:Hours", settings.Calendar.TimeZone, person.Hours);
                }
            }
        }
    }
}
