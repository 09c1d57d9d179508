using System.Data.Common;
using System.Net.Sockets;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Tells a database that is away from a defect of ours: drivers and EF wrap the same thing in different ways.</summary>
internal static class DatabaseFailure
{
    /// <summary>Whether the database, or the way to it, is behind an error.</summary>
    /// <param name="e">The error.</param>
    public static bool IsBehind(Exception e)
    {
        for (var error = e; error is not null; error = error.InnerException)
        {
            if (error is DbException or SocketException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }
}
