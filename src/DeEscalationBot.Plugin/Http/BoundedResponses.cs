using System.Net;

namespace DeEscalationBot.Plugin.Http;

/// <summary>Breaks off an answer that grows beyond any text that could have been asked for.</summary>
internal sealed class BoundedResponses : DelegatingHandler
{
    /// <summary>The longest answer, in bytes: 1 MiB.</summary>
    public const int MostBytes = 1 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.Content = new BoundedContent(response.Content);
        return response;
    }

    private sealed class BoundedContent : HttpContent
    {
        private readonly HttpContent _inner;

        public BoundedContent(HttpContent inner)
        {
            _inner = inner;
            foreach (var header in inner.Headers)
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() => new BoundedStream(await _inner.ReadAsStreamAsync().ConfigureAwait(false));

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            new BoundedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bounded = await CreateContentReadStreamAsync().ConfigureAwait(false);
            await using (bounded.ConfigureAwait(false))
            {
                await bounded.CopyToAsync(stream).ConfigureAwait(false);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class BoundedStream(Stream inner) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
            // Nothing is written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Count(int bytes)
        {
            _read += bytes;
            return _read <= MostBytes ? bytes : throw new AnswerTooLongException();
        }
    }
}

/// <summary>An answer grew beyond any that could have been asked for.</summary>
internal sealed class AnswerTooLongException() : IOException($"The answer is longer than {BoundedResponses.MostBytes} bytes.");
