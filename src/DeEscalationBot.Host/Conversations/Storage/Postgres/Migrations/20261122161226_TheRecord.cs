using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class TheRecord : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "conversation_alerts",
                columns: table => new
                {
                    AlertId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    IsOpen = table.Column<bool>(type: "boolean", nullable: false),
                    Urgency = table.Column<int>(type: "integer", nullable: false),
                    RaisedAt = table.Column<long>(type: "bigint", nullable: false),
                    Payload = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversation_alerts", x => x.AlertId);
                });

            migrationBuilder.CreateTable(
                name: "conversation_events",
                columns: table => new
                {
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Payload = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversation_events", x => new { x.ConversationId, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "conversation_reviews",
                columns: table => new
                {
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Payload = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversation_reviews", x => new { x.ConversationId, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "conversation_summaries",
                columns: table => new
                {
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Turns = table.Column<int>(type: "integer", nullable: false),
                    Tension = table.Column<double>(type: "double precision", nullable: false),
                    Trend = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: true),
                    Language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    LastTextAt = table.Column<long>(type: "bigint", nullable: true),
                    LastRecordedAt = table.Column<long>(type: "bigint", nullable: false),
                    OpenAlerts = table.Column<int>(type: "integer", nullable: false),
                    HighestUrgency = table.Column<int>(type: "integer", nullable: true),
                    UnansweredSince = table.Column<long>(type: "bigint", nullable: true),
                    WaitingDueAt = table.Column<long>(type: "bigint", nullable: true),
                    CustomerId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    AgentId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Reviews = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversation_summaries", x => x.ConversationId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_conversation_alerts_IsOpen_Urgency_RaisedAt",
                table: "conversation_alerts",
                columns: new[] { "IsOpen", "Urgency", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_conversation_reviews_At",
                table: "conversation_reviews",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_conversation_summaries_Tension_ConversationId",
                table: "conversation_summaries",
                columns: new[] { "Tension", "ConversationId" });

            migrationBuilder.CreateIndex(
                name: "IX_conversation_summaries_WaitingDueAt",
                table: "conversation_summaries",
                column: "WaitingDueAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversation_alerts");

            migrationBuilder.DropTable(
                name: "conversation_events");

            migrationBuilder.DropTable(
                name: "conversation_reviews");

            migrationBuilder.DropTable(
                name: "conversation_summaries");
        }
    }
}
