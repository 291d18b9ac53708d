namespace Cairn.Training;

/// <summary>
/// How to measure what each column is worth: the model judges the rows kept from training again with that column shuffled.
/// </summary>
public sealed record RecipeImportance
{
    /// <summary>How often each column is shuffled.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>null: the first of the recipe's metrics.</summary>
    public string? Metric { get; init; }
}
