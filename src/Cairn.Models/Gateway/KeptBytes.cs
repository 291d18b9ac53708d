using System.Buffers;

namespace Cairn.Models;

/// <summary>Gathers a reply for the cache in rented memory; only what is kept in the end is allocated, at its exact length.</summary>
internal sealed class KeptBytes(int longest) : IDisposable
{
    private byte[] _bytes = [];
    private int _length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        // One byte too many says that it cannot be kept.
        if (_length > longest)
            return;
        if (_bytes.Length - _length < bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + bytes.Length));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            Dispose();
            _bytes = larger;
        }
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <returns>null when there is nothing, or too much.</returns>
    public byte[]? Take() => _length == 0 || _length > longest ? null : _bytes[.._length];

    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
