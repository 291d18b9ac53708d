namespace Cairn.Server;

/// <summary>Originals are other people's files: a browser keeps them, and never runs them as a page of this server.</summary>
internal static class Originals
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/pdf", "text/plain", "text/markdown", "text/csv", "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    };

    public static string SafeType(string mediaType)
        => Known.Contains(mediaType.Split(';')[0].Trim()) ? mediaType : "application/octet-stream";

    /// <summary>Should one be shown in spite of the attachment header, it has no scripts, no forms and no origin.</summary>
    public static void Guard(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        response.Headers.CacheControl = "private, no-store";
    }
}
