using System.Runtime.CompilerServices;

namespace Cairn.Knowledge;

/// <summary>Walks a dictionary in order.</summary>
internal sealed unsafe class TermReader(byte* terms, byte* blocks, int count, int firstBlock)
{
    private readonly byte[] _term = new byte[SegmentFormat.MaxTermLength];
    private byte* _at;
    private int _next = firstBlock * SegmentFormat.TermsPerBlock;
    private int _length;
    private long _offset;

    public ReadOnlySpan<byte> Term => _term.AsSpan(0, _length);

    public TermEntry Entry { get; private set; }

    public bool Read()
    {
        if (_next >= count)
            return false;
        if (_next++ % SegmentFormat.TermsPerBlock == 0)
        {
            var block = blocks + ((_next - 1) / SegmentFormat.TermsPerBlock * 8L);
            _at = terms + Unsafe.ReadUnaligned<uint>(block);
            _offset = Unsafe.ReadUnaligned<uint>(block + 4);
        }
        int shared = *_at >> 4, own = *_at++ & 15;
        if (shared == 15)
            shared += (int)VarInt.Read(ref _at);
        if (own == 15)
            own += (int)VarInt.Read(ref _at);
        new ReadOnlySpan<byte>(_at, own).CopyTo(_term.AsSpan(shared));
        _at += own;
        _length = shared + own;
        var passages = (int)VarInt.Read(ref _at);
        if (passages == 1)
        {
            var passage = VarInt.Read(ref _at);
            Entry = new TermEntry(1, _offset, passage, *_at++);
            return true;
        }
        Entry = new TermEntry(passages, _offset, 0, 0);
        _offset += VarInt.Read(ref _at);
        return true;
    }
}
