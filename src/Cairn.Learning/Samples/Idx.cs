using System.Buffers.Binary;

namespace Cairn.Learning;

/// <summary>
/// Reads IDX, the format of the MNIST files: two zero bytes, the kind of number, the number of axes, their lengths, the numbers. Only bytes
/// (kind 8) are read. The files come gzipped; unpack them first (<see cref="System.IO.Compression.GZipStream"/>).
/// </summary>
public static class Idx
{
    private const byte UnsignedByte = 8;

    /// <summary>Images (count, height, width) or labels (count), as bytes.</summary>
    /// <exception cref="InvalidDataException">Not IDX of bytes, cut short, or longer than its lengths say.</exception>
    public static NdArray<byte> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[4];
        Fill(stream, head);
        if (head[0] == 0x1F && head[1] == 0x8B)
            throw new InvalidDataException("The stream is gzipped; read it through a GZipStream.");
        if (head[0] != 0 || head[1] != 0 || head[2] != UnsignedByte || head[3] is 0 or > 8)
            throw new InvalidDataException(
                $"The stream begins with {Convert.ToHexString(head)}, which is not IDX of bytes (00000801 to 00000808).");
        var lengths = new int[head[3]];
        var count = 1L;
        foreach (ref var length in lengths.AsSpan())
        {
            Fill(stream, head);
            length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length < 0 || (count *= length) > Array.MaxLength)
                throw new InvalidDataException($"The IDX stream claims axes of {string.Join(" x ", lengths)}: more than fits an array.");
        }
        // Memory is taken for what arrives, not for what the header claims.
        using var numbers = new MemoryStream();
        stream.CopyTo(numbers);
        if (numbers.Length != count)
            throw new InvalidDataException(
                $"The IDX stream holds {numbers.Length} numbers; its axes of {string.Join(" x ", lengths)} need {count}.");
        return NdArray<byte>.Over(numbers.ToArray(), lengths);
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("The IDX stream ends within its header.");
    }
}
