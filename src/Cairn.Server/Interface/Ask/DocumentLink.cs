using System.Globalization;

namespace Cairn.Server;

/// <summary>Addresses of documents and of exact places in them.</summary>
internal static class DocumentLink
{
    public static string To(Citation citation) => To(citation.Document, citation.Version, citation.Start, citation.End);

    public static string To(Passage passage) => To(passage.Document, passage.Version, passage.Start, passage.End);

    public static string To(string document) => "/documents/" + Uri.EscapeDataString(document);

    private static string To(string document, int version, int start, int end)
        => string.Create(CultureInfo.InvariantCulture,
            $"/documents/{Uri.EscapeDataString(document)}?version={version}&start={start}&end={end}#hit");
}
