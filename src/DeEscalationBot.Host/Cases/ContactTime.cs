using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Host.Cases;

/// <summary>Measures the time that conversations took us (B5): before each of our messages the time since the message before, at most <see cref="Longest"/>.</summary>
/// <remarks>
/// What lies longer back was not spent writing: the desk was waiting, or closed. An entry names the turns that it counts, so that measuring again
/// counts nothing twice, and a conversation that goes on gets another entry. Pure; safe for concurrent use.
/// </remarks>
public static class ContactTime
{
    /// <summary>The most that one message counts: 15 minutes. A message that begins a conversation counts nothing.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The entries that a conversation adds to a record, one a day (UTC).</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="known">What is in the record already.</param>
    public static IEnumerable<ContactEntry> Of(Conversation conversation, IEnumerable<ContactEntry> known)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(known);
        var prefix = PrefixOf(conversation.Id);
        var counted = known.Select(e => LastTurnOf(prefix, e.Id)).DefaultIfEmpty(-1).Max();
        return conversation.Turns.Where(t => t.Speaker == SpeakerRole.Agent && t.Index > counted && t.Index > 0)
            .Select(t => (Turn: t, Time: TimeBefore(conversation, t)))
            .GroupBy(x => DateOnly.FromDateTime(x.Turn.At.UtcDateTime))
            .Select(g => new ContactEntry(
                string.Create(CultureInfo.InvariantCulture, $"{prefix}{g.Min(x => x.Turn.Index)}-{g.Max(x => x.Turn.Index)}"), g.Key, Min(g.Aggregate(TimeSpan.Zero, (sum, x) => sum + x.Time), Day)))
            .Where(e => e.Duration > TimeSpan.Zero);
    }

    private static TimeSpan TimeBefore(Conversation conversation, Turn turn)
    {
        // Channels may bring messages out of order: time never runs backwards.
        var since = turn.At - conversation.Turns[turn.Index - 1].At;
        return since < TimeSpan.Zero ? TimeSpan.Zero : Min(since, Longest);
    }

    // A conversation's id may be longer than an entry's.
    private static string PrefixOf(ConversationId id) => $"talk-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id.Value)))[..16]}-";

    private static int LastTurnOf(string prefix, string entryId) =>
        entryId.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(entryId.AsSpan(entryId.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : -1;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
