using System.Globalization;

namespace Cairn.Apps;

/// <summary>What an app says when what the caller may see does not answer: what was searched, and what would help.</summary>
internal static class MissingAnswer
{
    public static string Text(Retrieval evidence) => evidence.DocumentsVisible == 0
        ? "There is no document yet that you may see."
        : "The documents that you may see do not answer this.";

    public static string Searched(Retrieval evidence)
        => string.Create(CultureInfo.InvariantCulture,
            $"Searched {evidence.DocumentsVisible:N0} {(evidence.DocumentsVisible == 1 ? "document" : "documents")} that you may see.");

    public static string Help(Retrieval evidence)
    {
        if (evidence.DocumentsVisible == 0)
            return CommandHint.In("Add documents with cairn ingest PATH, or ask the owner for access.");
        var absent = evidence.Terms.Where(t => t.Passages == 0 && Terms.Of(t.Typed).Count > 0).OrderByDescending(t => t.Weight)
            .Select(t => $"\"{t.Typed}\"").Distinct().Take(3).ToList();
        return absent.Count > 0
            ? $"None of them contains {string.Join(", ", absent)}: other words may find more, or a document about it is missing."
            : "Other words may find more, or a document about it is missing.";
    }
}
