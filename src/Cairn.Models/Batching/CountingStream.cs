namespace Cairn.Models;

/// <summary>Reads another stream and counts, up to what a batch's file may have.</summary>
internal sealed class CountingStream(Stream inner) : Stream
{
    private const long Longest = 200L << 20;

    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    /// <exception cref="CairnException"><c>batch.too-large</c>.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Count += read;
        return Count <= Longest
            ? read
            : throw new CairnException(ErrorKind.TooLarge, "batch.too-large", $"The file is larger than {Longest >> 20} MB.",
                "Split it into several batches.");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
