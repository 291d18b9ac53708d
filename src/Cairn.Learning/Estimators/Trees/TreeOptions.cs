namespace Cairn.Learning;

/// <summary>How a single tree, or each tree of a forest, grows.</summary>
public sealed record TreeOptions
{
    /// <summary>Questions from root to leaf at most; null for no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Fewer rows than this are not parted (a bootstrap repeat counts as a row).</summary>
    public int MinRowsToSplit { get; init; } = 2;

    public int MinRowsPerLeaf { get; init; } = 1;

    /// <summary>
    /// How many columns, drawn anew at each node, a question may be about; null for all in a tree, and for the forest's own rule.
    /// </summary>
    public int? ColumnsPerSplit { get; init; }

    /// <summary>Bins per column, 2 to 255: a column with at most as many distinct values is parted exactly.</summary>
    public int MaxBins { get; init; } = 255;

    public long Seed { get; init; }

    internal void Validate()
    {
        OptionBounds.AtLeast(2, MinRowsToSplit, "the number of rows to split");
        OptionBounds.AtLeast(1, MinRowsPerLeaf, "the number of rows per leaf");
        if (MaxDepth < 1 || ColumnsPerSplit < 1)
            throw new ArgumentException("A tree's depth and its columns per split are at least 1.");
    }
}
