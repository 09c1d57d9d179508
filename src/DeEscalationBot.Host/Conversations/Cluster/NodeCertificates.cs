using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.AspNetCore.Connections;

namespace DeEscalationBot.Host.Conversations.Cluster;

/// <summary>Encrypts what nodes say to each other (TLS), and lets in only who has the cluster's certificate.</summary>
/// <remarks>
/// Both sides show it. What counts is that it is the very certificate, by its hash, and not who issued it or until when: nodes know each other, and a cluster
/// must not fall apart at midnight. Safe for concurrent use.
/// </remarks>
public sealed class NodeCertificates
{
    private const string NodeName = "node";

    // Whoever does not get to the point in this time holds a connection for nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SslStreamCertificateContext _own;
    private readonly HashSet<string> _accepted;

    /// <summary>Takes the certificate.</summary>
    /// <param name="own">The cluster's certificate, with its private key.</param>
    /// <param name="alsoAccepted">Thumbprints that are let in, too.</param>
    public NodeCertificates(X509Certificate2 own, IEnumerable<string> alsoAccepted)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(alsoAccepted);
        _own = SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true);
        _accepted = [ThumbprintOf(own), .. alsoAccepted.Select(Plain)];
    }

    /// <summary>Reads the certificate.</summary>
    /// <param name="options">The settings, which name one.</param>
    /// <exception cref="Hosting.StartRefusedException">It cannot be used.</exception>
    public static X509Certificate2 Load(ClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ProtectionKeys.Load("Cluster:CertificatePath", options.CertificatePath, options.CertificatePassword);
    }

    /// <summary>Whether a text is a SHA-256 thumbprint.</summary>
    /// <param name="text">The text.</param>
    public static bool IsThumbprint(string text) => Plain(text ?? "") is { Length: SHA256.HashSizeInBytes * 2 } plain && plain.All(char.IsAsciiHexDigit);

    /// <summary>The side that was called.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">What uses it.</param>
    public Task AcceptAsync(ConnectionContext connection, ConnectionDelegate next) => ProtectAsync(connection, next, (tls, cancellationToken) => tls.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _own,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = IsNode,
            CertificateChainPolicy = AskingNobody(),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        },
        cancellationToken));

    /// <summary>The side that calls.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">What uses it.</param>
    public Task CallAsync(ConnectionContext connection, ConnectionDelegate next) => ProtectAsync(connection, next, (tls, cancellationToken) => tls.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions
        {
            TargetHost = NodeName,
            ClientCertificateContext = _own,
            RemoteCertificateValidationCallback = IsNode,
            CertificateChainPolicy = AskingNobody(),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        },
        cancellationToken));

    private static async Task ProtectAsync(ConnectionContext connection, ConnectionDelegate next, Func<SslStream, CancellationToken, Task> authenticate)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(next);
        var plain = connection.Transport;
        await using var tls = new SslStream(new PipeStream(plain), leaveInnerStreamOpen: false);
        using (var late = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed))
        {
            late.CancelAfter(Patience);
            await authenticate(tls, late.Token);
        }

        var (input, output) = (PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true)), PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true)));
        connection.Transport = new Transport(input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = plain;
            await input.CompleteAsync();
            await CompleteAsync(output);
        }
    }

    // What counts is the hash: nothing has to be fetched for it, which in a closed network would take its time.
    private static X509ChainPolicy AskingNobody() => new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };

    // What is still to be sent goes to nobody when the other side has gone.
    private static async Task CompleteAsync(PipeWriter output)
    {
        try
        {
            await output.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or OperationCanceledException)
        {
            // It is gone.
        }
    }

    private static string ThumbprintOf(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static string Plain(string thumbprint) => thumbprint.Replace(":", "", StringComparison.Ordinal).Trim().ToUpperInvariant();

    private bool IsNode(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate is not null && _accepted.Contains(ThumbprintOf(certificate));

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>The two directions of a connection as one stream.</summary>
    private sealed class PipeStream(IDuplexPipe pipe) : Stream
    {
        private readonly Stream _input = pipe.Input.AsStream(leaveOpen: true);
        private readonly Stream _output = pipe.Output.AsStream(leaveOpen: true);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _output.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
            // Written at once.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
