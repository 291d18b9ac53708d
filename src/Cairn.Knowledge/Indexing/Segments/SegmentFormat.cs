namespace Cairn.Knowledge;

/// <summary>
/// One segment is one file, little-endian:
/// <code>
/// header    magic, version, passages, documents, groups, terms; then offset, length and CRC-32C of each section; CRC-32C of the header
/// postings  per term of two or more passages: for each full block of 128 {last passage u32, offset of its data u32, two bounds
///           (frequency code, length code)}; the data {width of gaps, width of codes, packed gaps less one, packed codes}; the rest as
///           variable-length integers (gap less one) · 2 + (code is 0), then the code unless it is 0
/// terms     sorted by UTF-8 bytes, in blocks of 16, front-coded: lengths of shared and own bytes, own bytes, passages, then the length
///           of the postings or, for one passage, the passage and its frequency code
/// blocks    per block of terms {offset in terms u32, offset in postings u32}
/// lengths   per passage its length code
/// passages  per passage its database id, i64
/// documents per document {first passage u32, offset of its id u32}, one more to close, the order by id u32, the ids in UTF-8
/// groups    tenant, source, access key, superseded, first passage
/// </code>
/// Passages are numbered in the order of (group, document), so the passages of a group, and of a document, are ranges.
/// </summary>
internal static class SegmentFormat
{
    public const ulong Magic = 0x3147_4553_4E52_4943; // "CIRNSEG1"
    public const int Version = 1;
    public const int HeaderLength = 256;
    public const int Sections = 7;

    public const int Postings = 0;
    public const int Terms = 1;
    public const int TermBlocks = 2;
    public const int Lengths = 3;
    public const int Passages = 4;
    public const int Documents = 5;
    public const int Groups = 6;

    /// <summary>UTF-8 bytes: a word is at most 40 UTF-16 units.</summary>
    public const int MaxTermLength = 128;

    public const int TermsPerBlock = 16;
    public const int BlockEntryLength = 12;
}
