using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AlertsAndOutbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DueAt",
                table: "conversation_alerts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LeaseUntil",
                table: "conversation_alerts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "State",
                table: "conversation_alerts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "ToldAt",
                table: "conversation_alerts",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // Alerts of the first version: open ones count as raised, the others as resolved; no clock runs for them until they change.
            migrationBuilder.Sql("""UPDATE conversation_alerts SET "ToldAt" = "RaisedAt", "State" = CASE WHEN "IsOpen" THEN 1 ELSE 7 END""");

            migrationBuilder.CreateTable(
                name: "duty_shifts",
                columns: table => new
                {
                    ShiftId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Rung = table.Column<int>(type: "integer", nullable: false),
                    Person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: true),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duty_shifts", x => x.ShiftId);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    DeliveryId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Sink = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    AlertId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Urgency = table.Column<int>(type: "integer", nullable: false),
                    Type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    DueSetAt = table.Column<long>(type: "bigint", nullable: false),
                    LeaseUntil = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    LastResult = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.DeliveryId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_conversation_alerts_DueAt",
                table: "conversation_alerts",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_conversation_alerts_RaisedAt",
                table: "conversation_alerts",
                column: "RaisedAt");

            migrationBuilder.CreateIndex(
                name: "IX_duty_shifts_Until",
                table: "duty_shifts",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_Sink_ConversationId_State_Sequence",
                table: "outbox",
                columns: new[] { "Sink", "ConversationId", "State", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_outbox_State_Sink_DueAt",
                table: "outbox",
                columns: new[] { "State", "Sink", "DueAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duty_shifts");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropIndex(
                name: "IX_conversation_alerts_DueAt",
                table: "conversation_alerts");

            migrationBuilder.DropIndex(
                name: "IX_conversation_alerts_RaisedAt",
                table: "conversation_alerts");

            migrationBuilder.DropColumn(
                name: "DueAt",
                table: "conversation_alerts");

            migrationBuilder.DropColumn(
                name: "LeaseUntil",
                table: "conversation_alerts");

            migrationBuilder.DropColumn(
                name: "State",
                table: "conversation_alerts");

            migrationBuilder.DropColumn(
                name: "ToldAt",
                table: "conversation_alerts");
        }
    }
}
