namespace Cairn.Learning;

/// <summary>How a random forest grows.</summary>
public sealed record ForestOptions
{
    public int Trees { get; init; } = 100;

    /// <summary>How each tree grows. Columns per split are by default the root of all for classes, and all for numbers.</summary>
    public TreeOptions Tree { get; init; } = new();

    /// <summary>Whether each tree learns from as many rows as there are, drawn with putting back; otherwise from every row once.</summary>
    public bool Bootstrap { get; init; } = true;

    public long Seed { get; init; }
}
