using System.Net;
using System.Net.Sockets;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Ports for what has to know its port before it listens. Below those that the system gives to connections, so that none takes it in between.</summary>
public static class FreePorts
{
    private static int _last = 20_000 + (Environment.ProcessId % 100 * 100);

    /// <summary>A port of this machine that nobody listens at, and that nobody else of this run gets.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
