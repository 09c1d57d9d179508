using System.Globalization;
using System.Text;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Everything that stands in the tables of a database, as text, to search in.</summary>
public static class RecordText
{
    public static Task<string> OfAsync(RecordDatabase database) => OfAsync(database.Contexts);

    public static async Task<string> OfAsync(IDbContextFactory<CoachDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var text = new StringBuilder();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!))
        {
            text.Append("== ").AppendLine(table);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    text.Append(reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)).Append('|');
                }

                text.AppendLine();
            }
        }

        return text.ToString();
    }
}
