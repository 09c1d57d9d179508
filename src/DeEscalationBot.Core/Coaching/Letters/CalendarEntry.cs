using System.Globalization;
using System.Text;

namespace DeEscalationBot.Core.Coaching.Letters;

/// <summary>An appointment as an iCalendar file (RFC 5545, published as RFC 5546 says): one event, in UTC, with a reminder.</summary>
/// <param name="Id">Names the appointment: the same id replaces the same entry in a calendar.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it is about; may have several lines.</param>
/// <param name="At">When it begins.</param>
/// <param name="Length">How long it takes; more than zero.</param>
/// <param name="MadeAt">When the file is made.</param>
public sealed record CalendarEntry(string Id, string Title, string Description, DateTimeOffset At, TimeSpan Length, DateTimeOffset MadeAt)
{
    /// <summary>How long before it begins the calendar reminds, 0 or more: 10 minutes unless said otherwise.</summary>
    public TimeSpan Reminder { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the appointment was changed, 0 or more: a calendar keeps the highest.</summary>
    public int Revision { get; init; }

    /// <summary>Whether it does not take place any more: a calendar takes the entry away.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The method of a file that puts an appointment into a calendar.</summary>
    public const string Publish = "PUBLISH";

    /// <summary>The method of a file that takes it out again.</summary>
    public const string Cancel = "CANCEL";

    // Every published or cancelled appointment names who holds it (RFC 5546, 3.2.1 and 3.2.5), and the same in both. Nobody is to be written to.
    private const string Organizer = "ORGANIZER;CN=DeEscalationBot:mailto:coach@deescalationbot.invalid";

    // Lines are folded at this many octets, without their end.
    private const int MostOctets = 75;

    /// <summary>The file's text, with the line ends that the format asks for.</summary>
    public string ToCalendarText()
    {
        string[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//DeEscalationBot//Follow-up//EN",
            "CALSCALE:GREGORIAN",
            $"METHOD:{(IsCancelled ? Cancel : Publish)}",
            "BEGIN:VEVENT",
            $"UID:{Escape(Id)}",
            Organizer,
            $"DTSTAMP:{Utc(MadeAt)}",
            $"DTSTART:{Utc(At)}",
            $"DTEND:{Utc(At + Length)}",
            $"SUMMARY:{Escape(Title)}",
            $"DESCRIPTION:{Escape(Description)}",
            string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{Revision}"),
            IsCancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED",
            .. IsCancelled ? [] : Alarm,
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        return string.Concat(lines.Select(l => Fold(l) + "\r\n"));
    }

    // What does not take place reminds nobody.
    private string[] Alarm =>
    [
        "BEGIN:VALARM", "ACTION:DISPLAY", $"DESCRIPTION:{Escape(Title)}", string.Create(CultureInfo.InvariantCulture, $"TRIGGER:-PT{(long)Reminder.TotalMinutes}M"), "END:VALARM",
    ];

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => new string([.. text.ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))])
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
