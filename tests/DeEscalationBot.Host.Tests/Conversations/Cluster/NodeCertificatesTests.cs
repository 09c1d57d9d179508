using System.IO.Pipelines;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Connections;

namespace DeEscalationBot.Host.Tests.Conversations.Cluster;

/// <summary>Who nodes speak to: the certificate is the cluster's, or one that is let in, too. Both sides over a connection in memory.</summary>
public sealed class NodeCertificatesTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly X509Certificate2 _ours;
    private readonly X509Certificate2 _stranger;

    public NodeCertificatesTests() => (_ours, _stranger) = (New("ours.pfx"), New("stranger.pfx"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ours.Dispose();
        _stranger.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task NodesOfOneCertificate_HearEachOther_AndNobodyElseDoes()
    {
        var line = new Line();
        var sent = RandomNumberGenerator.GetBytes(300_000);
        var accepts = new NodeCertificates(_ours, []).AcceptAsync(line.Called, EchoAsync);
        byte[] heard = [];
        await new NodeCertificates(_ours, []).CallAsync(line.Caller, async connection => heard = await AskAsync(connection, sent)).WaitAsync(TimeSpan.FromMinutes(1), Token);
        await line.CloseAsync();
        await accepts.WaitAsync(TimeSpan.FromMinutes(1), Token);

        Assert.Equal(sent, heard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AStranger_IsNotLetIn_OnEitherSide(bool calls)
    {
        var line = new Line();
        var (node, stranger) = (new NodeCertificates(_ours, []), new NodeCertificates(_stranger, [Thumbprint(_ours)]));
        var reached = false;
        Task NoteAsync(ConnectionContext connection)
        {
            reached = true;
            return Task.CompletedTask;
        }

        // The stranger would take the node for one of its own, and may believe that it is in until it hears nothing.
        var (ours, theirs) = calls
            ? (node.AcceptAsync(line.Called, NoteAsync), stranger.CallAsync(line.Caller, _ => Task.CompletedTask))
            : (node.CallAsync(line.Caller, NoteAsync), stranger.AcceptAsync(line.Called, _ => Task.CompletedTask));
        await Assert.ThrowsAsync<AuthenticationException>(() => ours.WaitAsync(TimeSpan.FromMinutes(1), Token));
        await line.CloseAsync();
        await theirs.WaitAsync(TimeSpan.FromMinutes(1), Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.False(reached);
    }

    [Fact]
    public async Task WhileTheCertificateIsChanged_OldAndNewNodesSpeak()
    {
        var line = new Line();
        var (old, renewed) = (new NodeCertificates(_ours, [Thumbprint(_stranger)]), new NodeCertificates(_stranger, [WithColons(Thumbprint(_ours))]));
        var accepts = old.AcceptAsync(line.Called, EchoAsync);
        byte[] heard = [];
        await renewed.CallAsync(line.Caller, async connection => heard = await AskAsync(connection, [1, 2, 3])).WaitAsync(TimeSpan.FromMinutes(1), Token);
        await line.CloseAsync();
        await accepts.WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal([1, 2, 3], heard);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("AB:CD", false)]
    [InlineData("zz22cc44dd66ee88aa11bb33cc55dd77ee99ff00aa22cc44dd66ee88aa11bb33", false)]
    [InlineData("aa22cc44dd66ee88aa11bb33cc55dd77ee99ff00aa22cc44dd66ee88aa11bb33", true)]
    [InlineData("AA:22:CC:44:DD:66:EE:88:AA:11:BB:33:CC:55:DD:77:EE:99:FF:00:AA:22:CC:44:DD:66:EE:88:AA:11:BB:33", true)]
    public void Thumbprints_AreSha256(string text, bool isOne) => Assert.Equal(isOne, NodeCertificates.IsThumbprint(text));

    private static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static string WithColons(string thumbprint) => string.Join(':', thumbprint.Chunk(2).Select(pair => new string(pair)));

    private static async Task EchoAsync(ConnectionContext connection)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(Token);
            foreach (var part in read.Buffer)
            {
                await connection.Transport.Output.WriteAsync(part, Token);
            }

            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static async Task<byte[]> AskAsync(ConnectionContext connection, byte[] what)
    {
        var asking = connection.Transport.Output.WriteAsync(what, Token);
        var heard = await connection.Transport.Input.ReadAtLeastAsync(what.Length, Token);
        await asking;
        var bytes = System.Buffers.BuffersExtensions.ToArray(heard.Buffer);
        connection.Transport.Input.AdvanceTo(heard.Buffer.End);
        return bytes;
    }

    private X509Certificate2 New(string name)
    {
        TestCertificate.Write(_data[name]);
        return X509CertificateLoader.LoadPkcs12FromFile(_data[name], TestCertificate.Password);
    }

    /// <summary>Both ends of a connection.</summary>
    private sealed class Line
    {
        private readonly Pipe _there = new();
        private readonly Pipe _back = new();

        public Line() => (Caller, Called) = (End("caller", _back.Reader, _there.Writer), End("called", _there.Reader, _back.Writer));

        public ConnectionContext Caller { get; }

        public ConnectionContext Called { get; }

        public async Task CloseAsync()
        {
            await _there.Writer.CompleteAsync();
            await _back.Writer.CompleteAsync();
        }

        private static DefaultConnectionContext End(string name, PipeReader input, PipeWriter output) => new(name, new Ends(input, output), new Ends(input, output));

        private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
