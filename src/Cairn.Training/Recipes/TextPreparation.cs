namespace Cairn.Training;

/// <summary>How prose becomes numbers: n-grams of words or of characters, weighted by how few texts have them.</summary>
public sealed record TextPreparation
{
    public bool Characters { get; init; }

    public int Shortest { get; init; } = 1;

    public int Longest { get; init; } = 1;

    /// <summary>Keep so many n-grams, the most frequent.</summary>
    public int MostFeatures { get; init; } = 50_000;

    public int LeastTexts { get; init; } = 1;
}
