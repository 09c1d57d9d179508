using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Conversations;

/// <summary>Writes a follow-up (A12) as an appointment for the agent's calendar.</summary>
public static class FollowUpCalendar
{
    /// <summary>The media type of a calendar file.</summary>
    public const string MediaType = "text/calendar";

    /// <summary>The file's name.</summary>
    public const string FileName = "follow-up.ics";

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>The media type of a follow-up's file, with the method that it holds, as RFC 5545 asks (section 8.1).</summary>
    /// <param name="followUp">The follow-up.</param>
    public static string MediaTypeOf(FollowUp followUp)
    {
        ArgumentNullException.ThrowIfNull(followUp);
        return $"{MediaType}; charset=utf-8; method={(followUp.State == FollowUpState.Open ? CalendarEntry.Publish : CalendarEntry.Cancel)}";
    }

    /// <summary>The file's text, in which only the description says whom it is about, by the conversation's id. A follow-up that is done or cancelled takes its appointment away; a moved one replaces it.</summary>
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
        return new CalendarEntry(
            UidOf(conversation.Id, followUp),
            texts["FollowUp.Appointment"],
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

    // The same for the life of the follow-up, and no customer's number in it where the desk names conversations by numbers.
    private static string UidOf(ConversationId conversation, FollowUp followUp) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation.Value}\n{followUp.Id}")).AsSpan(0, 16)) + "@deescalationbot.invalid";
}
