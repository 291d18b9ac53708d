namespace Cairn.Knowledge;

/// <summary>A file was written to each time it was read.</summary>
internal sealed class ChangingFileException() : IOException(
    "The file changes while it is being read; ingest it again when nothing writes to it.");
