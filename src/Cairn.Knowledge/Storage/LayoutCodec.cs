using System.Collections.Immutable;
using System.IO.Compression;

namespace Cairn.Knowledge;

/// <summary>
/// Blocks and word boxes as compressed bytes: differences of offsets as variable-length integers, coordinates in twentieths of a point
/// (1/1440 inch), deflated when they are many.
/// </summary>
internal static class LayoutCodec
{
    private const float Scale = 20;

    /// <summary>Begins bytes that are not deflated; no deflated data begins so (block type 3 does not exist, RFC 1951, 3.2.3).</summary>
    private const byte Plain = 0xFF;

    /// <summary>Up to this many bytes deflating takes far more time than it saves room.</summary>
    private const int PlainBytes = 1024;

    public static byte[] Encode(IEnumerable<Block> blocks)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var last = 0;
        foreach (var block in blocks)
        {
            writer.Write((byte)block.Kind);
            writer.Write7BitEncodedInt(block.Start - last);
            writer.Write7BitEncodedInt(block.End - block.Start);
            writer.Write7BitEncodedInt(block.Level);
            writer.Write7BitEncodedInt(block.Page ?? 0);
            last = block.Start;
        }
        writer.Write(byte.MaxValue);
        return Packed(bytes);
    }

    public static ImmutableArray<Block> Blocks(byte[] bytes)
    {
        using var reader = new BinaryReader(Unpacked(bytes));
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var last = 0;
        for (var kind = reader.ReadByte(); kind != byte.MaxValue; kind = reader.ReadByte())
        {
            last += reader.Read7BitEncodedInt();
            var end = last + reader.Read7BitEncodedInt();
            var level = reader.Read7BitEncodedInt();
            var page = reader.Read7BitEncodedInt();
            blocks.Add(new Block((BlockKind)kind, last, end, level, page == 0 ? null : page));
        }
        return blocks.ToImmutable();
    }

    /// <param name="words">Words of one page.</param>
    public static byte[] Encode(IReadOnlyCollection<WordBox> words)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write7BitEncodedInt(words.Count);
        var last = 0;
        foreach (var word in words)
        {
            writer.Write7BitEncodedInt(word.Start - last);
            writer.Write7BitEncodedInt(word.End - word.Start);
            foreach (var value in (ReadOnlySpan<float>)[word.X, word.Y, word.W, word.H])
                writer.Write7BitEncodedInt((int)MathF.Round(value * Scale));
            last = word.Start;
        }
        return Packed(bytes);
    }

    public static IReadOnlyList<WordBox> Words(byte[] bytes, int page)
    {
        using var reader = new BinaryReader(Unpacked(bytes));
        var words = new WordBox[reader.Read7BitEncodedInt()];
        var last = 0;
        for (var i = 0; i < words.Length; i++)
        {
            last += reader.Read7BitEncodedInt();
            var end = last + reader.Read7BitEncodedInt();
            words[i] = new WordBox(last, end, page, Value(), Value(), Value(), Value());
        }
        return words;

        float Value() => reader.Read7BitEncodedInt() / Scale;
    }

    private static byte[] Packed(MemoryStream bytes)
    {
        var content = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (content.Length <= PlainBytes)
            return [Plain, .. content];
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
            deflate.Write(content);
        return packed.ToArray();
    }

    private static Stream Unpacked(byte[] bytes)
        => bytes[0] == Plain
            ? new MemoryStream(bytes, 1, bytes.Length - 1)
            : new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
}
