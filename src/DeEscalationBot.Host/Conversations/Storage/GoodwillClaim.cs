using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Takes an amount of a month's allowance (B12) for an agent and the desk, or gives it back.</summary>
/// <remarks>
/// The limit stands in the statement that changes the row, and the database locks the row: of two that would together go over it, on
/// one node or on two, the second changes nothing. Rows are always taken in the same order, so that two never wait for each other.
/// </remarks>
/// <param name="Month">The month.</param>
/// <param name="Currency">The currency, an ISO 4217 code.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Units">How much, in the smallest unit of the currency; less than zero gives back.</param>
/// <param name="AgentLimit">The most of the agent in the month, in the same unit.</param>
/// <param name="DeskLimit">The most of the desk in the month, in the same unit.</param>
public sealed record GoodwillClaim(string Month, string Currency, string Agent, long Units, long AgentLimit, long DeskLimit) : IRecordClaim
{
    /// <inheritdoc/>
    public async Task<bool> TryTakeAsync(CoachDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await TakeAsync(db, GoodwillLedgerRow.WholeDesk, DeskLimit) && await TakeAsync(db, Agent, AgentLimit);
    }

    private async Task<bool> TakeAsync(CoachDbContext db, string agent, long limit)
    {
        // Both databases know this way to make a row that may be there already.
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO goodwill_ledger ("Month", "Currency", "AgentId", "Spent") VALUES ({Month}, {Currency}, {agent}, 0) ON CONFLICT DO NOTHING""");
        return await db.GoodwillLedger
            .Where(r => r.Month == Month && r.Currency == Currency && r.AgentId == agent && (Units < 0 || r.Spent + Units <= limit))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Spent, r => r.Spent + Units)) == 1;
    }
}
