namespace Cairn.Learning.Tests;

public sealed class IdxTests
{
    [Fact]
    public void Bytes_are_read_in_their_shape()
    {
        var array = Idx.Read(new MemoryStream([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]));
        Assert.Equal("(2, 3)", array.Shape.ToString());
        Assert.Equal(6, array[1, 2]);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8 }, "ends within its header")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzipped")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1 }, "not IDX of bytes")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "holds 2 numbers")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "holds 2 numbers")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF }, "more than fits")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF }, "more than fits")]
    public void What_is_damaged_is_refused_with_its_reason(byte[] bytes, string reason)
        => Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Idx.Read(new MemoryStream(bytes))).Message,
            StringComparison.Ordinal);
}
