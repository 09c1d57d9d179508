using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Channels.BotFramework.References;

/// <summary>What the bot remembers of an agent in one conversation of a channel.</summary>
/// <param name="AgentKey">Agent and conversation, as a hash.</param>
/// <param name="Case">The number of the case that runs, from 1.</param>
/// <param name="ExpectsDraft">Whether the next message is the draft that was asked for.</param>
/// <param name="Language">The language that the agent chose: <c>es</c>, <c>en</c>, or nothing for the client's.</param>
public sealed record AgentState(string AgentKey, int Case = 1, bool ExpectsDraft = false, string? Language = null)
{
    /// <summary>The coached conversation that the case is.</summary>
    public ConversationId CaseId => CaseIdOf(Case);

    private string Prefix => $"bot-{AgentKey[..32]}-";

    /// <summary>One of the agent's own cases, of now or before, by the name of its conversation.</summary>
    /// <param name="name">The name, as it came from outside.</param>
    /// <returns>Nothing when it is not one of this agent's.</returns>
    public ConversationId? Owns(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Case
            ? CaseIdOf(number)
            : null;
    }

    private ConversationId CaseIdOf(int number) => ConversationId.Create(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}"));
}

/// <summary>Keeps <see cref="AgentState"/>, so that a restart forgets no case.</summary>
/// <remarks>Safe for concurrent use; two writers for one agent: the last one counts.</remarks>
/// <param name="contexts">The tables.</param>
/// <param name="writer">Whose turn it is to write.</param>
public sealed class AgentMemory(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer)
{
    /// <summary>What is remembered; the beginning for an agent who was never seen here.</summary>
    /// <param name="activity">An activity of the agent.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<AgentState> ReadAsync(Activity activity, CancellationToken cancellationToken = default)
    {
        var key = KeyOf(activity);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var row = await db.BotCases.AsNoTracking().SingleOrDefaultAsync(r => r.AgentKey == key, cancellationToken);
            return row is null ? new AgentState(key) : new AgentState(key, row.Case, row.ExpectsDraft, row.Language);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The agent's case cannot be read now.", e);
        }
    }

    /// <summary>Remembers.</summary>
    /// <param name="state">What.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task WriteAsync(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            var row = await db.BotCases.SingleOrDefaultAsync(r => r.AgentKey == state.AgentKey);
            if (row is null)
            {
                db.BotCases.Add(new BotCaseRow { AgentKey = state.AgentKey, Case = state.Case, ExpectsDraft = state.ExpectsDraft, Language = state.Language });
            }
            else
            {
                (row.Case, row.ExpectsDraft, row.Language) = (state.Case, state.ExpectsDraft, state.Language);
            }

            await db.SaveChangesAsync();
        });
    }

    /// <summary>
    /// Forgets an agent in a conversation: what they chose, and the case that ran. Its number stays used up, so that who comes again begins a case of
    /// their own and continues nobody's; the coached conversations stay in the record.
    /// </summary>
    /// <param name="activity">An activity of the agent.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task ForgetAsync(Activity activity)
    {
        var state = await ReadAsync(activity);
        await WriteAsync(new AgentState(state.AgentKey, state.Case + 1));
    }

    // Parts are set apart by a character that no id holds, so that no two agents share a key.
    private static string KeyOf(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var tenant = activity.Conversation?.TenantId ?? ActivityJson.TryRead<TeamsChannelData>(activity.ChannelData)?.Tenant?.Id;
        var parts = string.Join('\n', new[] { activity.ChannelId, tenant, activity.Conversation?.Id, activity.From?.Id }.Select(p => Uri.EscapeDataString(MessageText.Mend(p ?? ""))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)));
    }
}
