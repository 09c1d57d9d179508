using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BotConversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateTable(
                name: "bot_cases",
                columns: table => new
                {
                    AgentKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Case = table.Column<int>(type: "INTEGER", nullable: false),
                    ExpectsDraft = table.Column<bool>(type: "INTEGER", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_cases", x => x.AgentKey);
                });

            migrationBuilder.CreateTable(
                name: "bot_conversations",
                columns: table => new
                {
                    TenantId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ChannelId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ConversationId = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ConversationType = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    UserDirectoryId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Reference = table.Column<string>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_conversations", x => new { x.TenantId, x.ChannelId, x.ConversationId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_bot_conversations_UserDirectoryId",
                table: "bot_conversations",
                column: "UserDirectoryId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bot_answers");

            migrationBuilder.DropTable(
                name: "bot_cases");

            migrationBuilder.DropTable(
                name: "bot_conversations");
        }
    }
}
