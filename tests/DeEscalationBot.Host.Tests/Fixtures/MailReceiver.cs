using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>A mail server on this machine that takes everything (RFC 5321, the commands that a client needs).</summary>
internal sealed class MailReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<MimeMessage> _taken = new();
    private readonly Task _serving;

    public MailReceiver()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public IReadOnlyCollection<MimeMessage> Taken => _taken;

    /// <summary>The settings of a host that mails here.</summary>
    public string[] Settings =>
    [
        "--Mail:Host=127.0.0.1", $"--Mail:Port={((IPEndPoint)_listener.LocalEndpoint).Port}", "--Mail:Security=None", "--Mail:From=coach@example.com", "--Mail:To:0=leads@example.com",
    ];

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                await TalkAsync(client.GetStream(), _ending.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream, CancellationToken token)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        async Task SayAsync(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), token);
        await SayAsync("220 test");
        while (await reader.ReadLineAsync(token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync("250 8BITMIME");
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync(token) is { } part && part != ".")
                    {
                        mail.Append(part.StartsWith("..", StringComparison.Ordinal) ? part[1..] : part).Append("\r\n");
                    }

                    using (var content = new MemoryStream(Encoding.UTF8.GetBytes(mail.ToString())))
                    {
                        _taken.Enqueue(await MimeMessage.LoadAsync(content, token));
                    }

                    await SayAsync("250 taken");
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }
    }
}
