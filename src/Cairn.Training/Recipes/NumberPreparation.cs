namespace Cairn.Training;

/// <summary>What numeric columns go through, in this order: filling, products, scaling.</summary>
public sealed record NumberPreparation
{
    public MissingNumbers Missing { get; init; }

    /// <summary>Whether a column of 0 and 1 tells of each column that missed values.</summary>
    public bool Indicators { get; init; }

    /// <summary>The degree up to which columns are multiplied; 1 for the columns alone.</summary>
    public int Polynomial { get; init; } = 1;

    public NumberScale Scale { get; init; }
}
