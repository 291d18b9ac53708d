namespace Cairn.Training;

/// <summary>Which rows are kept from training and judged by.</summary>
public sealed record RecipeSplit
{
    public double Test { get; init; } = 0.2;

    public SplitKind By { get; init; }

    /// <summary>The column of groups or of times.</summary>
    public string? Column { get; init; }
}
