using System.Runtime.CompilerServices;

namespace Cairn.Knowledge;

/// <summary>One term of a search in one segment: its postings, its weight, and how much it can still add where.</summary>
internal sealed unsafe class TermScan
{
    private readonly PostingCursor _cursor = new();
    private ushort* _saturation;
    private byte* _lengths;
    private uint _weight;
    private int _boundBlock;
    private int _blockBound;

    public PostingCursor Cursor => _cursor;

    /// <summary>The most the term adds to a passage of the window that <see cref="EnterWindow"/> was last called for.</summary>
    public int WindowBound { get; private set; }

    public void Open(Segment segment, TermEntry entry, uint weight, ushort* saturation)
    {
        _cursor.Open(segment, entry);
        _saturation = saturation;
        _lengths = segment.Lengths;
        (_weight, _boundBlock) = (weight, -1);
    }

    public void EnterWindow(uint start, uint end)
    {
        _cursor.MoveTo(start);
        var block = _cursor.Block;
        if (block >= _cursor.BlockCount)
        {
            WindowBound = 0;
            return;
        }
        if (_cursor.LastOf(block) >= end - 1)
        {
            // The window lies within one block: unpacking it (once) tells whether anything is in the window at all.
            WindowBound = _cursor.Advance(start) < end ? BlockBound(_cursor.Block) : 0;
            return;
        }
        var bound = BlockBound(block);
        while (_cursor.LastOf(block) < end - 1 && ++block < _cursor.BlockCount)
            bound = Math.Max(bound, BlockBound(block));
        WindowBound = bound;
    }

    /// <summary>
    /// Adds what the term gives to every passage in [start, end) to <paramref name="scores"/>, which begins at <paramref name="start"/>.
    /// </summary>
    public void AddTo(int* scores, uint start, uint end)
    {
        var saturation = _saturation;
        var lengths = _lengths;
        var weight = _weight;
        var passage = _cursor.Advance(start);
        while (passage < end)
        {
            var passages = _cursor.Passages;
            var codes = _cursor.Codes();
            var (index, count) = (_cursor.Index, _cursor.LoadedCount);
            do
            {
                scores[passage - start] += Bm25.Contribution(weight, saturation[(codes[index] << 8) + lengths[passage]]);
                index++;
            }
            while (index < count && (passage = passages[index]) < end);
            if (!_cursor.StepTo(index))
                return;
            passage = _cursor.Passage;
        }
    }

    /// <summary>What the term gives to one passage; 0 when it is not in it. Passages are asked for in increasing order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ScoreOf(uint passage)
        => _cursor.Advance(passage) == passage ? Score(_cursor.CodeAt(_cursor.Index), passage) : 0;

    private int Score(int code, uint passage) => Bm25.Contribution(_weight, _saturation[(code << 8) + _lengths[passage]]);

    private int BlockBound(int block)
    {
        if (block == _boundBlock)
            return _blockBound;
        var bound = _cursor.IsRest(block) ? RestBound(block) : FullBound(_cursor.BoundsOf(block));
        if (block == _cursor.Block)
            (_boundBlock, _blockBound) = (block, bound);
        return bound;
    }

    private int FullBound(byte* bounds)
        => Math.Max(
            Bm25.Contribution(_weight, _saturation[(bounds[0] << 8) + bounds[1]]),
            Bm25.Contribution(_weight, _saturation[(bounds[2] << 8) + bounds[3]]));

    /// <summary>
    /// The rest has no stored bounds. The current block is unpacked for the exact one; a later one counts as the term's ceiling.
    /// </summary>
    private int RestBound(int block)
    {
        if (block != _cursor.Block)
            return Bm25.Contribution(_weight, ushort.MaxValue);
        _cursor.Load();
        var bound = 0;
        for (var i = 0; i < _cursor.LoadedCount; i++)
            bound = Math.Max(bound, Score(_cursor.CodeAt(i), _cursor.Passages[i]));
        return bound;
    }
}
