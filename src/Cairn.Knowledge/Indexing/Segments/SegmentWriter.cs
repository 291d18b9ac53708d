using System.Buffers.Binary;
using System.Text;

namespace Cairn.Knowledge;

/// <summary>Writes one segment (<see cref="SegmentFormat"/>) to a stream that can seek: first every term in order, then the rest.</summary>
/// <param name="lengths">Length codes by passage.</param>
internal sealed class SegmentWriter(Stream output, byte[] lengths)
{
    private readonly (long Offset, long Length, uint Checksum)[] _sections = new (long, long, uint)[SegmentFormat.Sections];
    private readonly PostingWriter _encoder = new();
    private readonly ByteBuffer _postings = new();
    private readonly ByteBuffer _terms = new();
    private readonly ByteBuffer _blocks = new();
    private readonly byte[] _previous = new byte[SegmentFormat.MaxTermLength];
    private int _previousLength;
    private int _termCount;
    private long _postingsLength;
    private uint _postingsChecksum;

    /// <param name="term">UTF-8, above every term before.</param>
    public void Term(ReadOnlySpan<byte> term, ReadOnlySpan<uint> passages, ReadOnlySpan<byte> frequencies)
    {
        if (_termCount == 0)
            output.Position = SegmentFormat.HeaderLength;
        if (_termCount++ % SegmentFormat.TermsPerBlock == 0)
        {
            _blocks.UInt32((uint)_terms.Length);
            _blocks.UInt32(checked((uint)_postingsLength));
            _previousLength = 0;
        }
        var shared = term.CommonPrefixLength(_previous.AsSpan(0, _previousLength));
        var own = term.Length - shared;
        _terms.Byte((byte)((Math.Min(shared, 15) << 4) | Math.Min(own, 15)));
        if (shared >= 15)
            _terms.VarInt((uint)shared - 15);
        if (own >= 15)
            _terms.VarInt((uint)own - 15);
        _terms.Bytes(term[shared..]);
        term.CopyTo(_previous);
        _previousLength = term.Length;

        _terms.VarInt((uint)passages.Length);
        if (passages.Length == 1)
        {
            _terms.VarInt(passages[0]);
            _terms.Byte(frequencies[0]);
            return;
        }
        _postings.Clear();
        _encoder.Write(passages, frequencies, lengths, _postings);
        _terms.VarInt((uint)_postings.Length);
        output.Write(_postings.Written);
        _postingsChecksum = Checksum.Of(_postings.Written, _postingsChecksum);
        _postingsLength += _postings.Length;
    }

    public void Finish(ReadOnlySpan<long> passageIds, IReadOnlyList<SegmentDocument> documents, IReadOnlyList<SegmentGroup> groups)
    {
        _sections[SegmentFormat.Postings] = (SegmentFormat.HeaderLength, _postingsLength, _postingsChecksum);
        output.Position = SegmentFormat.HeaderLength + _postingsLength;
        Section(SegmentFormat.Terms, _terms);
        Section(SegmentFormat.TermBlocks, _blocks);
        var section = new ByteBuffer();
        section.Bytes(lengths);
        Section(SegmentFormat.Lengths, section);
        section.Clear();
        foreach (var id in passageIds)
            section.Int64(id);
        Section(SegmentFormat.Passages, section);
        section.Clear();
        WriteDocuments(documents, passageIds.Length, section);
        Section(SegmentFormat.Documents, section);
        section.Clear();
        foreach (var group in groups)
            WriteGroup(group, section);
        Section(SegmentFormat.Groups, section);
        output.SetLength(output.Position);
        WriteHeader(passageIds.Length, documents.Count, groups.Count);
    }

    private static void WriteDocuments(IReadOnlyList<SegmentDocument> documents, int passages, ByteBuffer into)
    {
        var ids = documents.Select(d => Encoding.UTF8.GetBytes(d.Id)).ToArray();
        var offset = 0u;
        for (var i = 0; i < ids.Length; offset += (uint)ids[i++].Length)
        {
            into.UInt32((uint)documents[i].Start);
            into.UInt32(offset);
        }
        into.UInt32((uint)passages);
        into.UInt32(offset);
        var order = Enumerable.Range(0, ids.Length).ToArray();
        Array.Sort(order, (a, b) => ids[a].AsSpan().SequenceCompareTo(ids[b]));
        foreach (var document in order)
            into.UInt32((uint)document);
        foreach (var id in ids)
            into.Bytes(id);
    }

    private static void WriteGroup(SegmentGroup group, ByteBuffer into)
    {
        into.Text(group.Key.Tenant);
        into.Text(group.Key.Source);
        into.Text(group.Key.Access.Key);
        into.Byte(group.Key.Superseded ? (byte)1 : (byte)0);
        into.UInt32((uint)group.Start);
    }

    private void Section(int section, ByteBuffer content)
    {
        _sections[section] = (output.Position, content.Length, Checksum.Of(content.Written));
        output.Write(content.Written);
    }

    private void WriteHeader(int passages, int documents, int groups)
    {
        var header = new byte[SegmentFormat.HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(header, SegmentFormat.Magic);
        Span<int> counts = [SegmentFormat.Version, passages, documents, groups, _termCount];
        for (var i = 0; i < counts.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8 + (i * 4)), counts[i]);
        for (var i = 0; i < SegmentFormat.Sections; i++)
        {
            var at = header.AsSpan(32 + (i * 24));
            BinaryPrimitives.WriteInt64LittleEndian(at, _sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], _sections[i].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(at[16..], _sections[i].Checksum);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(SegmentFormat.HeaderLength - 4),
            Checksum.Of(header.AsSpan(0, SegmentFormat.HeaderLength - 4)));
        output.Position = 0;
        output.Write(header);
    }
}
