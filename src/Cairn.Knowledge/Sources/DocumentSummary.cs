namespace Cairn.Knowledge;

/// <summary>A document as lists show it.</summary>
public sealed record DocumentSummary
{
    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Path { get; init; }

    public required string Title { get; init; }

    /// <summary>Newest readable version; 0 when none was ever readable.</summary>
    public required int Version { get; init; }

    public required DocumentStatus Status { get; init; }

    /// <summary>Why the newest bytes could not be read.</summary>
    public string? Failure { get; init; }

    /// <summary><c>markdown</c>, <c>html</c>, <c>text</c>, <c>csv</c>, <c>docx</c>, <c>pdf</c>.</summary>
    public required string Format { get; init; }

    public required long Bytes { get; init; }

    public int? Pages { get; init; }

    public required int Passages { get; init; }

    public required AccessSet Access { get; init; }

    public required DateTimeOffset Changed { get; init; }

    /// <summary>The newer document that says it supersedes this one.</summary>
    public string? SupersededBy { get; init; }
}
