using System.Runtime.InteropServices;

namespace Cairn.Knowledge;

/// <summary>Encodes the postings of one term.</summary>
internal sealed class PostingWriter
{
    private readonly ByteBuffer _entries = new();
    private readonly ByteBuffer _data = new();
    private readonly uint[] _gaps = new uint[BitPacking.BlockSize];
    private readonly uint[] _codes = new uint[BitPacking.BlockSize];
    private readonly uint[] _packed = new uint[BitPacking.BlockSize];

    /// <param name="passages">Increasing.</param>
    /// <param name="frequencies">Frequency codes.</param>
    /// <param name="lengths">Length codes of the segment, by passage.</param>
    public void Write(ReadOnlySpan<uint> passages, ReadOnlySpan<byte> frequencies, ReadOnlySpan<byte> lengths, ByteBuffer into)
    {
        _entries.Clear();
        _data.Clear();
        var before = uint.MaxValue;
        while (passages.Length >= BitPacking.BlockSize)
        {
            WriteBlock(passages[..BitPacking.BlockSize], frequencies[..BitPacking.BlockSize], lengths, before);
            before = passages[BitPacking.BlockSize - 1];
            passages = passages[BitPacking.BlockSize..];
            frequencies = frequencies[BitPacking.BlockSize..];
        }
        for (var i = 0; i < passages.Length; i++)
        {
            _data.VarInt(((passages[i] - before - 1) << 1) | (frequencies[i] == 0 ? 1u : 0));
            if (frequencies[i] != 0)
                _data.Byte(frequencies[i]);
            before = passages[i];
        }
        into.Bytes(_entries.Written);
        into.Bytes(_data.Written);
    }

    private void WriteBlock(ReadOnlySpan<uint> passages, ReadOnlySpan<byte> frequencies, ReadOnlySpan<byte> lengths, uint before)
    {
        _entries.UInt32(passages[^1]);
        _entries.UInt32((uint)_data.Length);
        Span<byte> bounds = stackalloc byte[4];
        BlockBounds.Find(passages, frequencies, lengths, bounds);
        _entries.Bytes(bounds);
        for (var i = 0; i < passages.Length; i++)
        {
            _gaps[i] = passages[i] - before - 1;
            _codes[i] = frequencies[i];
            before = passages[i];
        }
        var (gapWidth, codeWidth) = (BitPacking.Width(_gaps), BitPacking.Width(_codes));
        _data.Byte((byte)gapWidth);
        _data.Byte((byte)codeWidth);
        Pack(_gaps, gapWidth);
        Pack(_codes, codeWidth);
    }

    private void Pack(uint[] values, int width)
    {
        var packed = _packed.AsSpan(0, BitPacking.Size(width) / sizeof(uint));
        packed.Clear();
        BitPacking.Pack(values, width, packed);
        _data.Bytes(MemoryMarshal.AsBytes(packed));
    }
}
