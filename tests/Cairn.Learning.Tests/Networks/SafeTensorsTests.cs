using System.Text;

namespace Cairn.Learning.Tests;

public sealed class SafeTensorsTests
{
    [Fact]
    public void A_module_comes_back_from_its_checkpoint()
    {
        var saved = Network(1);
        using var stream = new MemoryStream();
        saved.Save(stream);
        stream.Position = 0;
        var loaded = Network(2);
        loaded.Load(stream);
        Assert.Equal(saved.State().SelectMany(s => s.Value.Value.ToArray()), loaded.State().SelectMany(s => s.Value.Value.ToArray()));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"],
            SafeTensors.Read(new MemoryStream(stream.ToArray())).Keys);
    }

    [Fact]
    public void A_checkpoint_of_another_module_is_refused_by_name()
    {
        using var stream = new MemoryStream();
        new Linear(3, 2, new Seeded(1)).Save(stream);
        var error = Assert.Throws<InvalidDataException>(() => new Linear(4, 2, new Seeded(1)).Load(new MemoryStream(stream.ToArray())));
        Assert.Equal("The checkpoint's tensor 'weight' has shape (2, 3); the module's has (2, 4).", error.Message);
        Assert.Contains("has a tensor 'weight'",
            Assert.Throws<InvalidDataException>(() => Network(1).Load(new MemoryStream(stream.ToArray()))).Message);
        Assert.Contains("has a tensor 'bias'", Assert.Throws<InvalidDataException>(
            () => new Linear(3, 2, new Seeded(1), bias: false).Load(new MemoryStream(stream.ToArray()))).Message);
    }

    [Fact]
    public void Shorter_numbers_are_widened()
    {
        var read = Read("""{"h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]}}""",
            [0x00, 0x3E, 0x40, 0x40]);
        Assert.Equal(1.5f, read["h"][0]);
        Assert.Equal(3f, read["b"][0]);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes; its offsets 0 to 4 hold 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "starts at byte 4 where 0 is next")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", "its offsets -4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "negative length")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,4]}}""", "more elements than one array holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":[400000000],"data_offsets":[0,1600000000]}}""", "ends within its tensor 'a'")]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", "has the type I64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "lacks a field")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "of another kind")]
    [InlineData("""[1]""", "of another kind")]
    [InlineData("""{"a":""", "not JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "goes on after its last tensor")]
    public void Malicious_headers_are_refused(string header, string reason)
        => Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Read(header, [0, 0, 0, 0])).Message);

    [Fact]
    public void Streams_cut_anywhere_and_headers_of_any_bytes_are_refused()
    {
        using var stream = new MemoryStream();
        new Linear(3, 2, new Seeded(1)).Save(stream);
        var whole = stream.ToArray();
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(new MemoryStream(whole[..length])));
        var random = new Seeded(1);
        for (var round = 0; round < 500; round++)
        {
            var changed = whole.ToArray();
            changed[random.Integer(120)] = (byte)random.Integer(256);
            try
            {
                SafeTensors.Read(new MemoryStream(changed));
            }
            catch (InvalidDataException)
            {
                // Refused; any other exception fails the test.
            }
        }
        Assert.Contains("claims 18446744073709551615 bytes", Assert.Throws<InvalidDataException>(
            () => SafeTensors.Read(new MemoryStream([255, 255, 255, 255, 255, 255, 255, 255, 0]))).Message);
    }

    private static Sequential Network(int seed) => new(new Linear(3, 2, new Seeded(seed)), new BatchNormalisation(2));

    private static IReadOnlyDictionary<string, NdArray<float>> Read(string header, byte[] data)
        => SafeTensors.Read(new MemoryStream([.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)),
            .. Encoding.UTF8.GetBytes(header), .. data]));
}
