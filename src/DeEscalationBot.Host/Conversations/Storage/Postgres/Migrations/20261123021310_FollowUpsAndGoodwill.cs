using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Postgres.Migrations
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
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    FollowUpId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    AgentId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    PromisedFor = table.Column<long>(type: "bigint", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: true),
                    LeaseUntil = table.Column<long>(type: "bigint", nullable: true),
                    CustomerId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Payload = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_follow_ups", x => new { x.ConversationId, x.FollowUpId });
                });

            migrationBuilder.CreateTable(
                name: "goodwill_gestures",
                columns: table => new
                {
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    GestureId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Month = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: false),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    Units = table.Column<long>(type: "bigint", nullable: false),
                    IsTakenBack = table.Column<bool>(type: "boolean", nullable: false),
                    TensionBefore = table.Column<double>(type: "double precision", nullable: false),
                    TensionAfter = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_goodwill_gestures", x => new { x.ConversationId, x.GestureId });
                });

            migrationBuilder.CreateTable(
                name: "goodwill_ledger",
                columns: table => new
                {
                    Month = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: false),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    AgentId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Spent = table.Column<long>(type: "bigint", nullable: false)
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
