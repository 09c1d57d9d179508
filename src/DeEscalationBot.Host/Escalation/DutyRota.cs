using System.Collections.Immutable;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Escalation;

/// <summary>One shift of a person on a rung of the ladder.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Rung">The rung, from 0.</param>
/// <param name="Person">Who.</param>
/// <param name="Email">Where e-mail reaches them, or nothing.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
public sealed record DutyShift(string Id, int Rung, string Person, string? Email, DateTimeOffset From, DateTimeOffset Until);

/// <summary>How the people on duty are reached.</summary>
public interface IDutyContacts
{
    /// <summary>Where e-mail reaches those on duty on a rung; empty when nobody is, or none of them has an address.</summary>
    /// <param name="rung">The rung, from 0.</param>
    /// <param name="at">When.</param>
    IReadOnlyList<string> EmailsOf(int rung, DateTimeOffset at);
}

/// <summary>How the people of the settings are reached, where no database is.</summary>
/// <param name="settings">The rungs and their people.</param>
public sealed class SettingsContacts(IOptions<EscalationSettings> settings) : IDutyContacts
{
    private readonly SettingsRota _people = new(settings.Value);

    /// <inheritdoc/>
    public IReadOnlyList<string> EmailsOf(int rung, DateTimeOffset at) => _people.EmailsOf(rung, at);
}

/// <summary>Who is on duty: the people of the settings, and the shifts that the API set.</summary>
/// <remarks>
/// On a rung for which shifts were ever set, the shifts count and the settings' people do not. Answers from memory; what another node set is
/// known here after the next look at the clock. Safe for concurrent use.
/// </remarks>
/// <param name="settings">The rungs and their people.</param>
/// <param name="contexts">The shifts.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="clock">The product's clock.</param>
public sealed class DutyRota(IOptions<EscalationSettings> settings, IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, TimeProvider clock) : IDutyRota, IDutyContacts
{
    private static readonly TimeSpan KeepOver = TimeSpan.FromDays(30);

    private readonly SettingsRota _people = new(settings.Value);
    private ImmutableArray<DutyShift> _shifts = [];

    /// <summary>The shifts as last read, earliest first.</summary>
    public IReadOnlyList<DutyShift> Shifts => _shifts;

    /// <inheritdoc/>
    public IReadOnlyList<string>? OnDuty(int rung, DateTimeOffset at)
    {
        var shifts = _shifts.Where(s => s.Rung == rung).ToArray();
        return shifts.Length == 0 ? _people.OnDuty(rung, at) : [.. shifts.Where(s => s.From <= at && at < s.Until).Select(s => s.Person).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> EmailsOf(int rung, DateTimeOffset at)
    {
        var shifts = _shifts.Where(s => s.Rung == rung).ToArray();
        return shifts.Length == 0
            ? _people.EmailsOf(rung, at)
            : [.. shifts.Where(s => s.From <= at && at < s.Until).Select(s => s.Email).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads the shifts anew.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - KeepOver;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await db.DutyShifts.AsNoTracking().Where(r => r.Until > since).OrderBy(r => r.From).ThenBy(r => r.ShiftId).ToListAsync(cancellationToken);
            _shifts = [.. rows.Select(r => new DutyShift(r.ShiftId, r.Rung, r.Person, r.Email, r.From, r.Until))];
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The rota cannot be read now.", e);
        }
    }

    /// <summary>Sets a shift; one with the same id is replaced.</summary>
    /// <param name="shift">The shift.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task SetAsync(DutyShift shift)
    {
        ArgumentNullException.ThrowIfNull(shift);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.DutyShifts.Where(r => r.ShiftId == shift.Id).ExecuteDeleteAsync();
            db.DutyShifts.Add(new DutyShiftRow { ShiftId = shift.Id, Rung = shift.Rung, Person = shift.Person, Email = shift.Email, From = shift.From, Until = shift.Until });
            await db.SaveChangesAsync();
        });
        await RefreshAsync(CancellationToken.None);
    }

    /// <summary>Removes a shift.</summary>
    /// <param name="id">The shift.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> RemoveAsync(string id)
    {
        var removed = 0;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            removed = await db.DutyShifts.Where(r => r.ShiftId == id).ExecuteDeleteAsync();
        });
        await RefreshAsync(CancellationToken.None);
        return removed == 1;
    }
}
