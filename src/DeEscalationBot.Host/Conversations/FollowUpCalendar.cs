using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Conversations;

/// <summary>Writes a follow-up (A12) as an appointment for the agent's calendar.</summary>
public static class FollowUpCalendar
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>The file's name.</summary>
    public const string FileName = "follow-up.ics";

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>The file's text. A follow-up that is done or cancelled takes its appointment away; a moved one replaces it.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="followUp">The follow-up.</param>
    /// <param name="texts">The words, in the reader's language.</param>
    /// <param name="now">The product's clock.</param>
    public static string Of(Conversation conversation, FollowUp followUp, IStringLocalizer<DeskTexts> texts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(followUp);
        ArgumentNullException.ThrowIfNull(texts);
        var isClosed = followUp.State != FollowUpState.Open;
        var who = conversation.CustomerId ?? conversation.Id.Value;
        return new CalendarEntry(
            $"{followUp.Id}-{conversation.Id.Value}@deescalationbot",
            texts["FollowUp.Appointment", who],
            $"{PiiRedactor.Redact(followUp.Reason).Text}\n{texts["FollowUp.Conversation", conversation.Id.Value]}",
            followUp.PromisedFor,
            Length,
            now)
        {
            Reminder = followUp.PromisedFor - followUp.RemindAt,
            Revision = followUp.Moves + (isClosed ? 1 : 0),
            IsCancelled = isClosed,
        }.ToCalendarText();
    }
}
