namespace Cairn.Models;

/// <summary>Bytes that are appended, and cut back.</summary>
internal sealed class CanonicalBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Room for at least so many bytes.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(byte one)
    {
        Room(1)[0] = one;
        Length++;
    }

    public void Cut(int length) => Length = length;
}
