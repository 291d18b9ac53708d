namespace Cairn.Knowledge;

/// <summary>What can go wrong with a whole ingestion; what goes wrong with one file is a failure in its report.</summary>
internal static class IngestErrors
{
    private const int NoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static CairnException NotPermitted() => new(
        ErrorKind.NotPermitted, "ingest.not-permitted", "You may not add or remove documents here.", "Ask the owner for the role builder.");

    public static CairnException NoSource(string name) => new(
        ErrorKind.NotFound, "source.unknown", $"There is no source named {name} to ingest.",
        $"Name a folder (cairn ingest PATH --source {name}), or declare it under sources: in cairn.yaml.");

    public static CairnException NoFolder(string source) => new(
        ErrorKind.Input, "source.no-folder", $"The source {source} takes uploads only, so there is no folder to ingest.",
        $"Name the files or folders to ingest: cairn ingest PATH --source {source}.");

    public static CairnException Missing(string path) => new(
        ErrorKind.Input, "path.missing", $"{path} does not exist.",
        "Check the path. To have deleted files removed, ingest the folder that held them.");

    public static CairnException FolderMissing(string source, string folder) => new(
        ErrorKind.Environment, "source.folder-missing",
        $"The folder {folder} of the source {source} is not there; its documents were left as they are.",
        "Mount or create the folder, or take the source out of cairn.yaml.");

    public static CairnException Outside(string path, SourceDefinition source) => new(
        ErrorKind.Input, "path.outside",
        $"{path} leads outside the folder of the source {source.Name} ({string.Join(", ", source.Roots.Select(r => r.Folder))}).",
        "Ingest it into another source: cairn ingest PATH --source NAME.");

    public static CairnException AccessIsDeclared(string source) => new(
        ErrorKind.Input, "source.access-declared", $"Who may read the source {source} is written in cairn.yaml.",
        $"Change access: of {source} there, or ingest into another source with --source NAME.");

    public static CairnException InvalidSubject(string subject) => new(
        ErrorKind.Input, "subject.invalid", $"\"{subject}\" names nobody.", "Write public, everyone, group:NAME, user:NAME or role:NAME.");

    public static CairnException InvalidName(string name) => new(
        ErrorKind.Input, "source.invalid-name", $"\"{name}\" cannot be a source's name.",
        "Use up to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit.");

    public static CairnException InvalidPath(string path) => new(
        ErrorKind.Input, "path.invalid", $"\"{path}\" cannot be a document's path.",
        "Use names joined by forward slashes, without .., without control characters, not beginning with a dot, at most 400 characters.");

    public static CairnException DeclaredFolder(string source) => new(
        ErrorKind.Input, "source.declared", $"The source {source} is a folder declared in cairn.yaml; it takes no uploads.",
        "Put the file into that folder, or upload it to another source.");

    public static CairnException PathTaken(string source, string path) => new(
        ErrorKind.NotPermitted, "path.taken", $"The path {path} of the source {source} belongs to a document that you may not change.",
        "Upload the file under another path or into another source.");

    public static CairnException AccessIsTheOwners(string source) => new(
        ErrorKind.NotPermitted, "source.access-owner", $"Only the owner changes who may read the source {source}, which is there already.",
        "Leave the allow list out, or ingest into a source of another name.");

    public static bool IsDiskFull(Exception error) => error is IOException { HResult: NoSpace or WindowsDiskFull };

    public static CairnException DiskFull(string folder, Exception error) => new(
        ErrorKind.Environment, "disk.full", $"The disk that holds {folder} is full; what was ingested until now is kept.",
        "Free some space and run the same command again: it continues where it stopped.", error);
}
