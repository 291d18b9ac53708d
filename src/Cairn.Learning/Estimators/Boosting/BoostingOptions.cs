namespace Cairn.Learning;

/// <summary>How histogram gradient boosting grows its trees.</summary>
public sealed record BoostingOptions
{
    /// <summary>Trees per output, at most (early stopping may end sooner).</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>What part of each tree's correction is taken.</summary>
    public double LearningRate { get; init; } = 0.1;

    public int MaxLeaves { get; init; } = 31;

    /// <summary>Questions from root to leaf at most; null for no limit.</summary>
    public int? MaxDepth { get; init; }

    public int MinRowsPerLeaf { get; init; } = 20;

    /// <summary>How strongly leaves are drawn to 0.</summary>
    public double L2 { get; init; }

    /// <summary>Bins per column, 2 to 255; missing values have one of their own.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>Columns whose numbers are names of categories (at most 255 each). A category unseen in training is as if missing.</summary>
    public IReadOnlyList<int> CategoricalColumns { get; init; } = [];

    /// <summary>Stop when the loss on rows set aside has not fallen for this many rounds; null learns every round from every row.</summary>
    public int? Patience { get; init; }

    /// <summary>The share of rows set aside for early stopping.</summary>
    public double ValidationShare { get; init; } = 0.1;

    public long Seed { get; init; }

    internal void Validate()
    {
        OptionBounds.AtLeast(1, Rounds, "the number of rounds");
        OptionBounds.AtLeast(2, MaxLeaves, "the largest number of leaves");
        OptionBounds.AtLeast(1, MinRowsPerLeaf, "the number of rows per leaf");
        OptionBounds.AtLeast(0, L2, "the penalty L2");
        if (!(LearningRate > 0) || double.IsInfinity(LearningRate))
            throw new ArgumentException($"The learning rate is {LearningRate}; it is a number above 0, 0.1 by default.");
        if (Patience is < 1 || (Patience is not null && ValidationShare is not (> 0 and < 1)))
            throw new ArgumentException("Early stopping needs a patience of at least 1 round and a validation share between 0 and 1.");
    }
}
