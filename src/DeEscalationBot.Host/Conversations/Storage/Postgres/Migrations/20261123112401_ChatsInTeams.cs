using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ChatsInTeams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "bot_chats",
                columns: table => new
                {
                    ConversationId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    AgentId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    ChannelId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Place = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Shown = table.Column<long>(type: "bigint", nullable: false),
                    AwaySince = table.Column<long>(type: "bigint", nullable: true),
                    LeftAt = table.Column<long>(type: "bigint", nullable: true),
                    LeaseUntil = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bot_chats", x => x.ConversationId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_bot_chats_AgentId",
                table: "bot_chats",
                column: "AgentId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bot_chats");
        }
    }
}
