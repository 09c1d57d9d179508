using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Channels.BotFramework.References;

/// <summary>Which answers of the coach were of use: by technique and by day, and never by agent.</summary>
/// <remarks>
/// An answer is known by a hash of where it stands, which finds the row that a reaction belongs to, and from which nobody finds a person, a
/// conversation or a case: nobody can be compared, whoever reads the table. Safe for concurrent use.
/// </remarks>
public sealed class AnswerFeedback
{
    /// <summary>The name of the meter that counts judgements.</summary>
    public const string MeterName = "DeEscalationBot.BotFramework";

    private readonly IDbContextFactory<CoachDbContext> _contexts;
    private readonly RecordWriter _writer;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _counter;

    /// <summary>Makes it.</summary>
    /// <param name="contexts">The tables.</param>
    /// <param name="writer">Whose turn it is to write.</param>
    /// <param name="meters">Counts the judgements by technique.</param>
    /// <param name="clock">The product's clock.</param>
    public AnswerFeedback(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, IMeterFactory meters, TimeProvider clock)
    {
        _contexts = contexts;
        _writer = writer;
        _clock = clock;
        _counter = meters.Create(MeterName).CreateCounter<long>("deescalation.bot.feedback", description: "Judgements on answers of the coach");
    }

    /// <summary>Notes an answer that was sent, so that a reaction to it can be understood.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="conversationId">The conversation in the channel.</param>
    /// <param name="activityId">The answer's id in the channel.</param>
    /// <param name="technique">The playbook id of what was suggested, or nothing.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task NoteAsync(string channelId, string conversationId, string activityId, string? technique)
    {
        var key = KeyOf(channelId, conversationId, activityId);
        await _writer.InTurnAsync(async () =>
        {
            await using var db = await _contexts.CreateDbContextAsync();
            db.BotAnswers.Add(new BotAnswerRow { AnswerKey = key, Technique = technique, Day = _clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException e) when (db.IsDuplicateKey(e))
            {
                // A channel that gives every message the same id cannot have reactions to one.
            }
        });
    }

    /// <summary>Somebody says whether an answer was of use. The last word counts.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="conversationId">The conversation in the channel.</param>
    /// <param name="activityId">The answer's id in the channel.</param>
    /// <param name="wasUseful">Whether it was; nothing takes the judgement back.</param>
    /// <returns>False when there is no such answer.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> JudgeAsync(string channelId, string conversationId, string activityId, bool? wasUseful)
    {
        var isKnown = false;
        var key = KeyOf(channelId, conversationId, activityId);
        await _writer.InTurnAsync(async () =>
        {
            await using var db = await _contexts.CreateDbContextAsync();
            var row = await db.BotAnswers.SingleOrDefaultAsync(r => r.AnswerKey == key);
            isKnown = row is not null;
            if (row is not null && row.WasUseful != wasUseful)
            {
                row.WasUseful = wasUseful;
                await db.SaveChangesAsync();
                if (wasUseful is { } useful)
                {
                    _counter.Add(1, new("technique", row.Technique ?? "none"), new("useful", useful));
                }
            }
        });
        return isKnown;
    }

    /// <summary>What an answer is known by.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="conversationId">The conversation in the channel.</param>
    /// <param name="activityId">The answer's id in the channel.</param>
    public static string KeyOf(string channelId, string conversationId, string activityId) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', new[] { channelId, conversationId, activityId }.Select(p => Uri.EscapeDataString(MessageText.Mend(p)))))));
}
