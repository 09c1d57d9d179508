using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AlertsInTeams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What was kept so far named conversations of agents: it is not carried over.
            migrationBuilder.DropTable(
                name: "bot_answers");

            migrationBuilder.CreateTable(
                name: "bot_answers",
                columns: table => new
                {
                    AnswerKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Technique = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WasUseful = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_answers", x => x.AnswerKey);
                });

            migrationBuilder.AddColumn<string>(
                name: "TeamId",
                table: "bot_conversations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "bot_alert_cards",
                columns: table => new
                {
                    AlertId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Place = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false, collation: "C"),
                    Sink = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ConversationId = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    ActivityId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Reference = table.Column<string>(type: "text", nullable: false),
                    Language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    ShownSequence = table.Column<long>(type: "bigint", nullable: false),
                    CalledSequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_alert_cards", x => new { x.AlertId, x.Place });
                });

            migrationBuilder.CreateTable(
                name: "bot_alert_places",
                columns: table => new
                {
                    TenantId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    ConversationId = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    ConversationType = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    TeamId = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_alert_places", x => new { x.TenantId, x.ConversationId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_bot_alert_cards_At",
                table: "bot_alert_cards",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bot_alert_cards");

            migrationBuilder.DropTable(
                name: "bot_alert_places");

            migrationBuilder.DropColumn(
                name: "TeamId",
                table: "bot_conversations");

            migrationBuilder.DropTable(
                name: "bot_answers");

            migrationBuilder.CreateTable(
                name: "bot_answers",
                columns: table => new
                {
                    ChannelId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    ConversationId = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    ActivityId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    CaseId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Turn = table.Column<int>(type: "integer", nullable: false),
                    Technique = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    WasUseful = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_answers", x => new { x.ChannelId, x.ConversationId, x.ActivityId });
                });
        }
    }
}
