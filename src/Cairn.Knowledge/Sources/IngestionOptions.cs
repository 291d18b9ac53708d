namespace Cairn.Knowledge;

/// <summary>Limits and places of ingestion.</summary>
public sealed record IngestionOptions
{
    /// <summary>Folder for copies of files while they are read (<c>.cairn/scratch</c>); emptied at the first use of a process.</summary>
    public required string Scratch { get; init; }

    /// <summary>Largest file that is read, in bytes; the parsers have limits of their own below it.</summary>
    public long MaxFileBytes { get; init; } = 512L << 20;

    /// <summary>Files that are read and parsed beside each other.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>How long a watched folder must be at rest before it is ingested.</summary>
    public TimeSpan WatchPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a watched folder is looked through although nothing was noticed: watchers miss events.</summary>
    public TimeSpan WatchRescan { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Ingest declared sources at start, and watch those that say so.</summary>
    public bool WatchSources { get; init; }
}
