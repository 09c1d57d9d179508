using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FollowUpsAndGoodwill : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "follow_ups",
                columns: table => new
                {
                    ConversationId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FollowUpId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    AgentId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    PromisedFor = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CustomerId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Payload = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_follow_ups", x => new { x.ConversationId, x.FollowUpId });
                });

            migrationBuilder.CreateTable(
                name: "goodwill_gestures",
                columns: table => new
                {
                    ConversationId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    GestureId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Month = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Units = table.Column<long>(type: "INTEGER", nullable: false),
                    IsTakenBack = table.Column<bool>(type: "INTEGER", nullable: false),
                    TensionBefore = table.Column<double>(type: "REAL", nullable: false),
                    TensionAfter = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_goodwill_gestures", x => new { x.ConversationId, x.GestureId });
                });

            migrationBuilder.CreateTable(
                name: "goodwill_ledger",
                columns: table => new
                {
                    Month = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AgentId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Spent = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_goodwill_ledger", x => new { x.Month, x.Currency, x.AgentId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_follow_ups_DueAt",
                table: "follow_ups",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_follow_ups_State_PromisedFor",
                table: "follow_ups",
                columns: new[] { "State", "PromisedFor" });

            migrationBuilder.CreateIndex(
                name: "IX_goodwill_gestures_Month",
                table: "goodwill_gestures",
                column: "Month");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "follow_ups");

            migrationBuilder.DropTable(
                name: "goodwill_gestures");

            migrationBuilder.DropTable(
                name: "goodwill_ledger");
        }
    }
}
