using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeEscalationBot.Host.Conversations.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class FollowUpClock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "MissedAt",
                table: "follow_ups",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemindedAt",
                table: "follow_ups",
                type: "bigint",
                nullable: true);

            // What was found missed before stays so: an open one of which no clock ran.
            migrationBuilder.Sql("UPDATE follow_ups SET \"MissedAt\" = \"PromisedFor\" WHERE \"State\" = 0 AND \"DueAt\" IS NULL");

            // Reminded, and its date is waited for. The exact time stands in the events; here it only has to be no later than now.
            migrationBuilder.Sql("UPDATE follow_ups SET \"RemindedAt\" = 0 WHERE \"State\" = 0 AND (\"DueAt\" IS NULL OR \"DueAt\" = \"PromisedFor\")");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MissedAt",
                table: "follow_ups");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "follow_ups");
        }
    }
}
