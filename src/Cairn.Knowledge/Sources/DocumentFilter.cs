namespace Cairn.Knowledge;

/// <summary>Which documents to list. <see cref="Text"/> matches title and path, case-insensitively.</summary>
public sealed record DocumentFilter
{
    public string? Source { get; init; }

    public DocumentStatus? Status { get; init; }

    public string? Text { get; init; }

    public int Skip { get; init; }

    /// <summary>1 to 200.</summary>
    public int Take { get; init; } = 50;
}
