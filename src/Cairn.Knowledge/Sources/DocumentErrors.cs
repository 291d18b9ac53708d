namespace Cairn.Knowledge;

internal static class DocumentErrors
{
    public static CairnException Unknown(string document) => new(
        ErrorKind.NotFound, "document.unknown", $"There is no document {document}, or you may not see it.",
        "Look at the documents page for what you may see.");

    public static CairnException Lost(string document) => new(
        ErrorKind.NotPermitted, "document.no-longer-permitted", $"You may no longer read the document {document}.",
        "Ask the owner for access.");

    public static CairnException Removed(string document) => new(
        ErrorKind.Gone, "document.removed", $"The document {document} was removed.",
        "Ask whoever looks after the documents to restore it.");

    public static CairnException NoVersion(string document, int version) => new(
        ErrorKind.NotFound, "document.no-version", $"The document {document} has no version {version}.",
        "Leave the version out to read the newest one.");

    public static CairnException NoPage(string document, int page) => new(
        ErrorKind.NotFound, "document.no-page", $"The document {document} has no page {page} to show.",
        "Only PDF documents have pages; they count from 1.");

    public static CairnException PathTaken(string document, string path) => new(
        ErrorKind.Conflict, "document.path-taken", $"The document {document} cannot come back: another one is at {path} now.",
        $"Remove the document at {path} first.");
}
