namespace Cairn.Models;

/// <summary>Passes a stream on as it comes and tells once what passed: at its end, or when the reader leaves before.</summary>
/// <param name="done">The bytes, and whether they are all.</param>
internal sealed class TeeStream(Stream source, Action<byte[], bool> done) : Stream
{
    private readonly MemoryStream _seen = new();
    private bool _told;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        return Pass(buffer.Span, read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
        => Pass(buffer.AsSpan(offset, count), source.Read(buffer, offset, count));

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
            Tell(whole: false);
            source.Dispose();
            _seen.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Pass(ReadOnlySpan<byte> buffer, int read)
    {
        _seen.Write(buffer[..read]);
        if (read == 0 && buffer.Length > 0)
            Tell(whole: true);
        return read;
    }

    private void Tell(bool whole)
    {
        if (_told)
            return;
        _told = true;
        done(_seen.ToArray(), whole);
    }
}
