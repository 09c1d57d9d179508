using System.Net;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.Http;

namespace DeEscalationBot.Host.Tests.Channels.Http;

/// <summary>Who counts as a program at this machine.</summary>
public class ThisMachineTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "localhost:5000", true)]
    [InlineData("::1", "::1", "[::1]:5000", true)]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData(null, null, "localhost", false)] // A Unix socket, behind which anybody may be.
    [InlineData("127.0.0.1", null, "localhost", false)]
    [InlineData(null, "127.0.0.1", "localhost", false)]
    [InlineData("192.0.2.7", "127.0.0.1", "localhost", false)]
    [InlineData("127.0.0.1", "192.0.2.7", "localhost", false)]
    [InlineData("127.0.0.1", "127.0.0.1", "rebound.example.com", false)]
    public void Sent_ByEndsAndName(string? remote, string? local, string host, bool expected)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        http.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        http.Request.Host = new HostString(host);

        Assert.Equal(expected, ThisMachine.Sent(http));
    }
}
