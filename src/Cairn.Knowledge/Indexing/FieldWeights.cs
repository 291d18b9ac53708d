namespace Cairn.Knowledge;

/// <summary>
/// The fields of BM25F in its simple form (Robertson, Zaragoza, Taylor 2004): frequencies are added up, weighted by field, before they
/// saturate. A passage's length is that of its body, since title and headings are the document's, not the passage's.
/// </summary>
internal static class FieldWeights
{
    public const int Title = 1;
    public const int Heading = 1;
    public const int Body = 1;
}
