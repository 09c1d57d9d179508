using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Sqlite.Migrations
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
                    AnswerKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Technique = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    Day = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    WasUseful = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_answers", x => x.AnswerKey);
                });

            migrationBuilder.AddColumn<string>(
                name: "TeamId",
                table: "bot_conversations",
                type: "TEXT",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "bot_alert_cards",
                columns: table => new
                {
                    AlertId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    Sink = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ConversationId = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ActivityId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Reference = table.Column<string>(type: "TEXT", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    ShownSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    CalledSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_alert_cards", x => new { x.AlertId, x.Place });
                });

            migrationBuilder.CreateTable(
                name: "bot_alert_places",
                columns: table => new
                {
                    TenantId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ConversationId = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ConversationType = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    TeamId = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
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
                    ChannelId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ConversationId = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ActivityId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CaseId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Turn = table.Column<int>(type: "INTEGER", nullable: false),
                    Technique = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    WasUseful = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_answers", x => new { x.ChannelId, x.ConversationId, x.ActivityId });
                });
        }
    }
}
