namespace Cairn.Knowledge.Tests;

public sealed unsafe class BitPackingTests
{
    [Fact]
    public void Every_width_comes_back_as_it_went_in()
    {
        var random = new Random(1);
        for (var width = 0; width <= 32; width++)
        {
            var values = Enumerable.Range(0, BitPacking.BlockSize)
                .Select(_ => width == 0 ? 0 : (uint)(random.NextInt64() & (uint.MaxValue >> (32 - width)))).ToArray();
            var packed = new uint[BitPacking.BlockSize + 4];
            BitPacking.Pack(values, width, packed);
            var unpacked = new uint[BitPacking.BlockSize];
            fixed (uint* from = packed, into = unpacked)
                BitPacking.Unpack((byte*)from, width, into);
            Assert.Equal(values, unpacked);
            Assert.Equal(width == 0 ? 0 : 32 - int.LeadingZeroCount((int)values.Aggregate((a, b) => a | b)), BitPacking.Width(values));
        }
    }

    [Fact]
    public void Gaps_add_up_to_the_increasing_numbers_they_came_from()
    {
        var random = new Random(2);
        foreach (var widest in new[] { 1, 2, 7, 1000, 1_000_000 })
        {
            var (before, gaps, numbers) = (41u, new uint[BitPacking.BlockSize], new uint[BitPacking.BlockSize]);
            for (var (i, at) = (0, before); i < gaps.Length; i++)
            {
                gaps[i] = (uint)random.Next(widest);
                numbers[i] = at += gaps[i] + 1;
            }
            var packed = new uint[BitPacking.BlockSize + 4];
            BitPacking.Pack(gaps, BitPacking.Width(gaps), packed);
            var unpacked = new uint[BitPacking.BlockSize];
            fixed (uint* from = packed, into = unpacked)
                BitPacking.UnpackIncreasing((byte*)from, BitPacking.Width(gaps), before, into);
            Assert.Equal(numbers, unpacked);
        }
    }
}
