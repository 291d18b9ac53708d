namespace Cairn.Storage;

/// <summary>Reads a blob chunk by chunk, from any position; holds one chunk and no connection between reads.</summary>
internal sealed class PostgreSqlBlobStream(PostgreSqlDatabase database, string content, long size) : Stream
{
    private const string Chunk = "SELECT bytes FROM blob_chunks WHERE content = @content AND number = @number";

    private byte[] _chunk = [];
    private long _number = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A position is not negative.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= size || buffer.IsEmpty)
            return 0;
        var number = _position / PostgreSqlBlobs.ChunkSize;
        if (number != _number)
        {
            _chunk = await database.ReadAsync(session => session.FindAsync<byte[]>(Chunk, new { content, number = (int)number }),
                cancellationToken)
                ?? throw new IOException("The blob was deleted while it was being read.");
            _number = number;
        }
        var offset = (int)(_position % PostgreSqlBlobs.ChunkSize);
        var count = Math.Min(buffer.Length, _chunk.Length - offset);
        _chunk.AsMemory(offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
        => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => size + offset,
    };

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException("A blob never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob never changes.");
}
