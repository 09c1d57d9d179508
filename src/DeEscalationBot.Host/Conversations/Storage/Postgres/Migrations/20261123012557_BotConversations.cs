using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Postgres.Migrations
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

            migrationBuilder.CreateTable(
                name: "bot_cases",
                columns: table => new
                {
                    AgentKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Case = table.Column<int>(type: "integer", nullable: false),
                    ExpectsDraft = table.Column<bool>(type: "boolean", nullable: false),
                    Language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_cases", x => x.AgentKey);
                });

            migrationBuilder.CreateTable(
                name: "bot_conversations",
                columns: table => new
                {
                    TenantId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    ChannelId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    ConversationId = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    ConversationType = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    UserDirectoryId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Reference = table.Column<string>(type: "text", nullable: false),
                    SeenAt = table.Column<long>(type: "bigint", nullable: false)
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
