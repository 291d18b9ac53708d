using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// A parsed document as bytes, between the worker and this process. The worker has read hostile input, so whatever comes from it is
/// checked: offsets lie inside the text and in order, numbers are finite, counts fit what was sent.
/// </summary>
internal static class ParsedDocumentCodec
{
    public static byte[] Write(ParsedDocument document)
    {
        using var stream = new MemoryStream(document.Text.Length + (document.Words.Length * Marshal.SizeOf<WordBox>()) + 1024);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(document.Text);
        writer.Write(document.Title ?? "");
        writer.Write(document.Blocks.Length);
        foreach (var block in document.Blocks)
        {
            writer.Write((byte)block.Kind);
            writer.Write(block.Start);
            writer.Write(block.End);
            writer.Write(block.Level);
            writer.Write(block.Page ?? 0);
        }
        writer.Write(document.Pages.Length);
        foreach (var page in document.Pages)
        {
            writer.Write(page.Number);
            writer.Write(page.Width);
            writer.Write(page.Height);
            writer.Write(page.Start);
            writer.Write(page.End);
        }
        writer.Write(document.Words.Length);
        writer.Write(MemoryMarshal.AsBytes(document.Words.AsSpan()));
        writer.Write(document.Metadata.Count);
        foreach (var (name, value) in document.Metadata)
        {
            writer.Write(name);
            writer.Write(value);
        }
        writer.Write(document.Notices.Length);
        foreach (var notice in document.Notices)
            writer.Write(notice);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not what a worker in its right mind writes.</exception>
    public static ParsedDocument Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false),
                new UTF8Encoding(false, throwOnInvalidBytes: true));
            var text = reader.ReadString();
            Require(!text.AsSpan().ContainsAny('\0', '\r'));
            var title = reader.ReadString();
            return new ParsedDocument
            {
                Text = text,
                Title = title.Length == 0 ? null : title,
                Blocks = Blocks(reader, text.Length),
                Pages = Pages(reader, text.Length),
                Words = Words(reader, text.Length, bytes.Length),
                Metadata = Enumerable.Range(0, Count(reader, bytes.Length))
                    .Select(_ => (Name: reader.ReadString(), Value: reader.ReadString())).ToImmutableDictionary(p => p.Name, p => p.Value),
                Notices = [.. Enumerable.Range(0, Count(reader, bytes.Length)).Select(_ => reader.ReadString())],
            };
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or FormatException or IOException)
        {
            throw new InvalidDataException("The worker's answer is not valid.", e);
        }
    }

    private static ImmutableArray<Block> Blocks(BinaryReader reader, int length)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var at = 0;
        for (var count = Count(reader, (int)reader.BaseStream.Length); count > 0; count--)
        {
            var kind = (BlockKind)reader.ReadByte();
            var (start, end, level, page) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            Require(Enum.IsDefined(kind) && start >= at && end > start && end <= length && level is >= 0 and <= 10_000 && page >= 0);
            blocks.Add(new Block(kind, start, end, level, page == 0 ? null : page));
            at = end;
        }
        return blocks.ToImmutable();
    }

    private static ImmutableArray<PageSize> Pages(BinaryReader reader, int length)
    {
        var pages = ImmutableArray.CreateBuilder<PageSize>();
        for (var count = Count(reader, (int)reader.BaseStream.Length); count > 0; count--)
        {
            var page = new PageSize(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32());
            Require(page.Number == pages.Count + 1 && double.IsFinite(page.Width) && double.IsFinite(page.Height) && page.Start >= 0
                && page.End >= page.Start && page.End <= length);
            pages.Add(page);
        }
        return pages.ToImmutable();
    }

    private static ImmutableArray<WordBox> Words(BinaryReader reader, int length, int most)
    {
        var words = new WordBox[Count(reader, most / Marshal.SizeOf<WordBox>())];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(words.AsSpan()));
        var at = 0;
        foreach (var word in words)
        {
            Require(word.Start >= at && word.End > word.Start && word.End <= length && word.Page > 0
                && float.IsFinite(word.X + word.Y + word.W + word.H));
            at = word.End;
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(words);
    }

    private static int Count(BinaryReader reader, int most)
    {
        var count = reader.ReadInt32();
        Require(count >= 0 && count <= most);
        return count;
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidDataException("The worker's answer is not valid.");
    }
}
