using System.Buffers.Binary;
using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// What makes a state of the index on disk: the position in the change feed that it has caught up with, which change stood there, its
/// segments, and what is deleted in each. Written last and whole (a new file, flushed, renamed over the old one), so there is always one
/// state or the one before it.
/// </summary>
internal sealed record IndexManifest(long Position, string Mark, int NextSegment, IReadOnlyList<IndexManifest.Entry> Segments)
{
    public const string FileName = "manifest";

    private const ulong Magic = 0x3146_4E4D_4E52_4943; // "CIRNMNF1"

    /// <summary>Rises with every change of the analysis or of a format: an older index is made again.</summary>
    private const uint Version = 2;

    public static IndexManifest Empty { get; } = new(0, "", 1, []);

    /// <returns>Null when there is none.</returns>
    /// <exception cref="DamagedIndexException">It is altered, cut off, or of another version.</exception>
    public static IndexManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 32
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)) != Version
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4)) != Checksum.Of(bytes.AsSpan(0, bytes.Length - 4)))
            throw new DamagedIndexException(path, "its checksum or version does not match");
        var at = bytes.AsSpan(12);
        var position = BinaryPrimitives.ReadInt64LittleEndian(at);
        var markLength = BinaryPrimitives.ReadInt32LittleEndian(at[8..]);
        var mark = Encoding.UTF8.GetString(at.Slice(12, markLength));
        at = at[(12 + markLength)..];
        var next = BinaryPrimitives.ReadInt32LittleEndian(at);
        var count = BinaryPrimitives.ReadInt32LittleEndian(at[4..]);
        at = at[8..];
        var entries = new List<Entry>(count);
        for (var i = 0; i < count; i++)
        {
            var nameLength = BinaryPrimitives.ReadInt32LittleEndian(at);
            var name = Encoding.UTF8.GetString(at.Slice(4, nameLength));
            at = at[(4 + nameLength)..];
            var deleted = new uint[BinaryPrimitives.ReadInt32LittleEndian(at)];
            at = at[4..];
            for (var d = 0; d < deleted.Length; d++, at = at[4..])
                deleted[d] = BinaryPrimitives.ReadUInt32LittleEndian(at);
            entries.Add(new Entry(name, deleted));
        }
        return new IndexManifest(position, mark, next, entries);
    }

    public void Write(string folder)
    {
        var content = new ByteBuffer();
        content.Int64(unchecked((long)Magic));
        content.UInt32(Version);
        content.Int64(Position);
        var mark = Encoding.UTF8.GetBytes(Mark);
        content.UInt32((uint)mark.Length);
        content.Bytes(mark);
        content.UInt32((uint)NextSegment);
        content.UInt32((uint)Segments.Count);
        foreach (var segment in Segments)
        {
            var name = Encoding.UTF8.GetBytes(segment.Name);
            content.UInt32((uint)name.Length);
            content.Bytes(name);
            content.UInt32((uint)segment.Deleted.Count);
            foreach (var passage in segment.Deleted)
                content.UInt32(passage);
        }
        content.UInt32(Checksum.Of(content.Written));
        var path = Path.Combine(folder, FileName);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            file.Write(content.Written);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <param name="Name">The file's name in the folder.</param>
    /// <param name="Deleted">Numbers of deleted passages, increasing.</param>
    internal sealed record Entry(string Name, IReadOnlyList<uint> Deleted);
}
