using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cairn.Knowledge;

/// <summary>
/// Walks the postings of one term in one segment by blocks of up to 128. Pooled: <see cref="Open"/> starts anew. A block's passages are
/// unpacked when they are asked for, its frequency codes only when one of them is. The segment must stay alive meanwhile.
/// </summary>
internal sealed unsafe class PostingCursor
{
    /// <summary>Beyond every passage.</summary>
    public const uint End = uint.MaxValue;

    private readonly uint[] _passageArray = GC.AllocateArray<uint>(BitPacking.BlockSize, pinned: true);
    private readonly uint[] _codeArray = GC.AllocateArray<uint>(BitPacking.BlockSize, pinned: true);
    private readonly uint* _passages;
    private readonly uint* _codes;

    private byte* _entries;
    private byte* _data;
    private byte* _packedCodes;
    private TermEntry _entry;
    private int _fullBlocks;
    private int _rest;
    private int _loaded;
    private int _loadedCount;
    private bool _codesLoaded;

    public PostingCursor()
    {
        _passages = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_passageArray));
        _codes = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_codeArray));
    }

    /// <summary>Index of the current block; <see cref="BlockCount"/> when there is none left.</summary>
    public int Block { get; private set; }

    public int BlockCount { get; private set; }

    /// <summary>Place in the current block once it is loaded.</summary>
    public int Index { get; private set; }

    public uint Passage => Index < _loadedCount ? _passages[Index] : End;

    public uint* Passages => _passages;

    public int LoadedCount => _loadedCount;

    public void Open(Segment segment, TermEntry entry)
    {
        _entry = entry;
        _fullBlocks = entry.Passages / BitPacking.BlockSize;
        _rest = entry.Passages % BitPacking.BlockSize;
        BlockCount = _fullBlocks + (_rest > 0 ? 1 : 0);
        _entries = segment.Postings + entry.Offset;
        _data = _entries + (_fullBlocks * SegmentFormat.BlockEntryLength);
        (Block, Index, _loaded, _loadedCount) = (0, 0, -1, 0);
    }

    /// <summary>The last passage of a block; the rest block's is unknown before it is loaded, so it counts as <see cref="End"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint LastOf(int block)
        => block < _fullBlocks ? Unsafe.ReadUnaligned<uint>(_entries + (block * SegmentFormat.BlockEntryLength)) : End;

    public bool IsRest(int block) => block >= _fullBlocks;

    /// <summary>The two bounds of a full block (see <see cref="BlockBounds"/>).</summary>
    public byte* BoundsOf(int block) => _entries + (block * SegmentFormat.BlockEntryLength) + 8;

    /// <summary>Moves the current block forward to the first that can hold <paramref name="target"/> or a later passage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTo(uint target)
    {
        if (LastOf(Block) < target)
            Gallop(target);
    }

    /// <summary>The first passage at or after <paramref name="target"/>, or <see cref="End"/>; never goes back.</summary>
    public uint Advance(uint target)
    {
        while (true)
        {
            MoveTo(target);
            if (Block >= BlockCount)
                return End;
            Load();
            Index = FirstAtLeast(target, Index);
            if (Index < _loadedCount)
                return _passages[Index];
            Block++;
        }
    }

    /// <summary>How many of the term's passages come before <paramref name="target"/>.</summary>
    public int Rank(uint target)
    {
        var (low, high) = (0, _fullBlocks);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (LastOf(middle) < target)
                low = middle + 1;
            else
                high = middle;
        }
        Block = low;
        if (low >= BlockCount)
            return _entry.Passages;
        Load();
        return (low * BitPacking.BlockSize) + FirstAtLeast(target, 0);
    }

    /// <summary>Goes to a place in the current block or, at its end, to the start of the next; false when there is none.</summary>
    public bool StepTo(int index)
    {
        Index = index;
        if (index < _loadedCount)
            return true;
        if (++Block >= BlockCount)
            return false;
        Load();
        return true;
    }

    public int CodeAt(int index)
    {
        if (!_codesLoaded)
            LoadCodes();
        return (int)_codes[index];
    }

    /// <summary>Unpacks the current block, unless that has been done.</summary>
    public void Load()
    {
        if (_loaded == Block)
            return;
        (_loaded, Index) = (Block, 0);
        if (Block >= _fullBlocks)
        {
            LoadRest();
            return;
        }
        var data = _data + Unsafe.ReadUnaligned<uint>(_entries + (Block * SegmentFormat.BlockEntryLength) + 4);
        BitPacking.UnpackIncreasing(data + 2, *data, Block == 0 ? uint.MaxValue : LastOf(Block - 1), _passages);
        _packedCodes = data;
        (_loadedCount, _codesLoaded) = (BitPacking.BlockSize, false);
    }

    /// <summary>The frequency codes of the current block, unpacked.</summary>
    public uint* Codes()
    {
        if (!_codesLoaded)
            LoadCodes();
        return _codes;
    }

    private void LoadCodes()
    {
        BitPacking.Unpack(_packedCodes + 2 + BitPacking.Size(_packedCodes[0]), _packedCodes[1], _codes);
        _codesLoaded = true;
    }

    private void LoadRest()
    {
        (_loadedCount, _codesLoaded) = (_rest, true);
        if (_entry.Passages == 1)
        {
            (_passages[0], _codes[0]) = (_entry.OnlyPassage, _entry.OnlyFrequency);
            return;
        }
        var at = _data;
        var passage = uint.MaxValue;
        if (_fullBlocks > 0)
        {
            passage = LastOf(_fullBlocks - 1);
            at += Unsafe.ReadUnaligned<uint>(_entries + ((_fullBlocks - 1) * SegmentFormat.BlockEntryLength) + 4);
            at += 2 + BitPacking.Size(at[0]) + BitPacking.Size(at[1]);
        }
        for (var i = 0; i < _rest; i++)
        {
            var gap = VarInt.Read(ref at);
            passage += (gap >> 1) + 1;
            (_passages[i], _codes[i]) = (passage, (gap & 1) != 0 ? 0u : *at++);
        }
    }

    private void Gallop(uint target)
    {
        var (low, step) = (Block + 1, 1);
        while (low + step < _fullBlocks && LastOf(low + step) < target)
        {
            low += step + 1;
            step *= 2;
        }
        var high = Math.Min(low + step, _fullBlocks);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (LastOf(middle) < target)
                low = middle + 1;
            else
                high = middle;
        }
        Block = Math.Min(low, BlockCount);
    }

    private int FirstAtLeast(uint target, int from)
    {
        var (low, high) = (from, _loadedCount);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_passages[middle] < target)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
