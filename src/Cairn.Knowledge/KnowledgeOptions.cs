namespace Cairn.Knowledge;

/// <summary>What the module needs to know of the workspace.</summary>
public sealed record KnowledgeOptions
{
    /// <summary>Absolute path of the state folder (<c>.cairn</c>).</summary>
    public required string State { get; init; }

    /// <summary>Ingest declared sources at start, and watch those that say so.</summary>
    public bool WatchSources { get; init; }

    public ParserOptions? Parsing { get; init; }
}
