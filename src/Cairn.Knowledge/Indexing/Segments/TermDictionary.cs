using System.Runtime.CompilerServices;

namespace Cairn.Knowledge;

/// <summary>The sorted terms of a segment: binary search over blocks of 16, then a walk within one.</summary>
internal sealed unsafe class TermDictionary(byte* terms, byte* blocks, int count)
{
    private readonly int _blockCount = (count + SegmentFormat.TermsPerBlock - 1) / SegmentFormat.TermsPerBlock;

    public int Count => count;

    /// <returns>An entry of no passages when the term is not there.</returns>
    public TermEntry Find(ReadOnlySpan<byte> term)
    {
        var (low, high) = (0, _blockCount);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (FirstTerm(middle).SequenceCompareTo(term) <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == 0)
            return default;
        var reader = ReadFrom(low - 1);
        for (var i = 0; i < SegmentFormat.TermsPerBlock && reader.Read(); i++)
        {
            var order = reader.Term.SequenceCompareTo(term);
            if (order >= 0)
                return order == 0 ? reader.Entry : default;
        }
        return default;
    }

    public TermReader ReadFrom(int block) => new(terms, blocks, count, block);

    private ReadOnlySpan<byte> FirstTerm(int block)
    {
        var at = terms + Unsafe.ReadUnaligned<uint>(blocks + (block * 8L));
        var own = *at++ & 15;
        if (own == 15)
            own += (int)VarInt.Read(ref at);
        return new ReadOnlySpan<byte>(at, own);
    }
}
