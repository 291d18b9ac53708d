using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cairn.Knowledge;

/// <summary>An immutable segment, read in place (<see cref="SegmentFormat"/>). Safe for any number of readers.</summary>
internal sealed unsafe class Segment
{
    private readonly byte* _postings;
    private readonly byte* _lengths;
    private readonly long* _passageIds;
    private readonly byte* _documents;
    private readonly byte* _documentOrder;
    private readonly byte* _documentIds;

    private Segment(SegmentMemory memory, string? path)
    {
        Memory = memory;
        Path = path;
        Size = memory.Length;
        var header = new ReadOnlySpan<byte>(memory.Start, SegmentFormat.HeaderLength);
        PassageCount = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        DocumentCount = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        var groups = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        TermCount = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        _postings = At(SegmentFormat.Postings);
        _lengths = At(SegmentFormat.Lengths);
        _passageIds = (long*)At(SegmentFormat.Passages);
        _documents = At(SegmentFormat.Documents);
        _documentOrder = _documents + ((DocumentCount + 1) * 8L);
        _documentIds = _documentOrder + (DocumentCount * 4L);
        Dictionary = new TermDictionary(At(SegmentFormat.Terms), At(SegmentFormat.TermBlocks), TermCount);
        Groups = ReadGroups(groups);
    }

    public SegmentMemory Memory { get; }

    /// <summary>Null for a segment in memory.</summary>
    public string? Path { get; }

    public long Size { get; }

    public int PassageCount { get; }

    public int DocumentCount { get; }

    public int TermCount { get; }

    public IReadOnlyList<SegmentGroup> Groups { get; }

    public TermDictionary Dictionary { get; }

    /// <summary>Length codes by passage.</summary>
    public byte* Lengths => _lengths;

    public byte* Postings => _postings;

    /// <summary>Reads a file, every checksum included.</summary>
    /// <exception cref="DamagedIndexException">The file is missing, cut off or altered.</exception>
    public static Segment Open(string path)
    {
        SegmentMemory memory;
        try
        {
            memory = new SegmentMemory(path);
        }
        catch (IOException e)
        {
            throw new DamagedIndexException(path, "it can't be read", e);
        }
        Verify(memory, path);
        return new Segment(memory, path);
    }

    public static Segment InMemory(ReadOnlySpan<byte> bytes) => new(new SegmentMemory(bytes), null);

    public long PassageId(int passage) => Unsafe.ReadUnaligned<long>(_passageIds + passage);

    public int DocumentStart(int document) => (int)UInt32(_documents + (document * 8L));

    public SegmentDocument Document(int document)
    {
        var (start, id) = (UInt32(_documents + (document * 8L)), UInt32(_documents + (document * 8L) + 4));
        var (end, idEnd) = (UInt32(_documents + (document * 8L) + 8), UInt32(_documents + (document * 8L) + 12));
        return new SegmentDocument(Encoding.UTF8.GetString(_documentIds + id, (int)(idEnd - id)), (int)start, (int)end);
    }

    /// <summary>The documents with this id (there may be one per tenant) as indexes for <see cref="Document"/>.</summary>
    public IEnumerable<int> FindDocuments(string id)
    {
        var wanted = Encoding.UTF8.GetBytes(id);
        var (low, high) = (0, DocumentCount);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IdAt(middle).SequenceCompareTo(wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        var found = new List<int>();
        for (; low < DocumentCount && IdAt(low).SequenceEqual(wanted); low++)
            found.Add((int)UInt32(_documentOrder + (low * 4L)));
        return found;
    }

    /// <summary>The document that holds a passage, as an index for <see cref="Document"/>.</summary>
    public int DocumentOf(int passage)
    {
        var (low, high) = (0, DocumentCount - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (UInt32(_documents + (middle * 8L)) <= passage)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    public int GroupOf(int passage)
    {
        var (low, high) = (0, Groups.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Groups[middle].Start <= passage)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private ReadOnlySpan<byte> IdAt(int rank)
    {
        var at = _documents + (UInt32(_documentOrder + (rank * 4L)) * 8L);
        var id = UInt32(at + 4);
        return new ReadOnlySpan<byte>(_documentIds + id, (int)(UInt32(at + 12) - id));
    }

    private static uint UInt32(byte* at) => Unsafe.ReadUnaligned<uint>(at);

    private byte* At(int section)
        => Memory.Start + BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(Memory.Start + 32 + (section * 24), 8));

    private List<SegmentGroup> ReadGroups(int count)
    {
        var at = At(SegmentFormat.Groups);
        var read = new List<(PassageGroup Key, int Start)>(count);
        for (var i = 0; i < count; i++)
        {
            var (tenant, source, access) = (Text(ref at), Text(ref at), Text(ref at));
            var superseded = *at++ != 0;
            read.Add((new PassageGroup(tenant, source, AccessSet.Parse(access), superseded), (int)UInt32(at)));
            at += 4;
        }
        return [.. read.Select((g, i) => new SegmentGroup(g.Key, g.Start, i + 1 < count ? read[i + 1].Start : PassageCount))];
    }

    private static string Text(ref byte* at)
    {
        var length = (int)VarInt.Read(ref at);
        var text = Encoding.UTF8.GetString(at, length);
        at += length;
        return text;
    }

    private static void Verify(SegmentMemory memory, string path)
    {
        var header = new ReadOnlySpan<byte>(memory.Start, SegmentFormat.HeaderLength);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != SegmentFormat.Magic
            || BinaryPrimitives.ReadInt32LittleEndian(header[8..]) != SegmentFormat.Version
            || BinaryPrimitives.ReadUInt32LittleEndian(header[^4..]) != Checksum.Of(header[..^4]))
            throw new DamagedIndexException(path, "its header is not that of a segment of this version");
        for (var i = 0; i < SegmentFormat.Sections; i++)
        {
            var at = header[(32 + (i * 24))..];
            var (offset, length) = (BinaryPrimitives.ReadInt64LittleEndian(at), BinaryPrimitives.ReadInt64LittleEndian(at[8..]));
            if (offset < 0 || length < 0 || offset + length > memory.Length)
                throw new DamagedIndexException(path, "it is cut off");
            if (ChecksumOf(memory.Start + offset, length) != BinaryPrimitives.ReadUInt32LittleEndian(at[16..]))
                throw new DamagedIndexException(path, $"the checksum of section {i} does not match");
        }
        GC.KeepAlive(memory);
    }

    private static uint ChecksumOf(byte* start, long length)
    {
        const int Piece = 1 << 30;
        var checksum = 0u;
        for (; length > Piece; start += Piece, length -= Piece)
            checksum = Checksum.Of(new ReadOnlySpan<byte>(start, Piece), checksum);
        return Checksum.Of(new ReadOnlySpan<byte>(start, (int)length), checksum);
    }
}
