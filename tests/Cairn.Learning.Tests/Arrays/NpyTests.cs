using System.Text;

namespace Cairn.Learning.Tests;

public sealed class NpyTests
{
    [Fact]
    public void Arrays_come_back_as_they_were_written()
    {
        RoundTrip(new Seeded(1).Normal<float>(3, 4));
        RoundTrip(new Seeded(1).Normal<double>(2, 3, 4).Transpose());
        RoundTrip(NdArray.Of(1, -2));
        RoundTrip(NdArray.Of(long.MaxValue));
        RoundTrip(NdArray.Of(true, false));
        RoundTrip(NdArray.Zeros<byte>(0, 3));
        RoundTrip<float>(2f);
    }

    [Fact]
    public void The_bytes_are_numpy_s()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, NdArray.Of(1f, 2f));
        var bytes = stream.ToArray();
        Assert.Equal(128 + 8, bytes.Length);
        var header = Encoding.ASCII.GetString(bytes, 10, 118);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".PadRight(117) + "\n", header);
        Assert.Equal(118, bytes[8]);
    }

    [Fact]
    public void Column_order_and_big_endian_numbers_are_read()
    {
        var bytes = Stream("{'descr': '>i4', 'fortran_order': True, 'shape': (2, 2), }", [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4]);
        Assert.Equal([1, 3, 2, 4], Npy.Read<int>(bytes).ToArray());
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "holds '<f8', not Single")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "header is not understood")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 9), }", "more elements than one array holds")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "length of 99999999999")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,), }", "ends before its array does")]
    public void Hostile_headers_are_refused_cheaply(string header, string reason)
        => Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Npy.Read<float>(Stream(header, [1, 2, 3]))).Message);

    [Fact]
    public void Streams_cut_anywhere_are_refused()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, NdArray.Of(1f, 2f));
        var whole = stream.ToArray();
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => Npy.Read<float>(new MemoryStream(whole[..length])));
    }

    [Fact]
    public void Archives_hold_arrays_by_name()
    {
        using var stream = new MemoryStream();
        Npz.Write(stream, new Dictionary<string, NdArray<float>> { ["w"] = NdArray.Of(1f), ["b"] = NdArray.Of(2f, 3f) });
        Assert.Equal(["w", "b"], Npz.Names(stream));
        Assert.Equal([2f, 3f], Npz.Read<float>(stream, "b").ToArray());
        Assert.Contains("it has 'w', 'b'", Assert.Throws<KeyNotFoundException>(() => Npz.Read<float>(stream, "x")).Message);
    }

    private static MemoryStream Stream(string header, byte[] content)
        => new([0x93, .. "NUMPY"u8, 1, 0, (byte)(header.Length + 1), 0, .. Encoding.ASCII.GetBytes(header + "\n"), .. content]);

    private static void RoundTrip<T>(NdArray<T> array)
        where T : unmanaged
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, array);
        stream.Position = 0;
        var back = Npy.Read<T>(stream);
        Assert.Equal(array.Shape, back.Shape);
        Assert.Equal(array.ToArray(), back.ToArray());
    }
}
