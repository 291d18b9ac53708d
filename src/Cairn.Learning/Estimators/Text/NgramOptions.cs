namespace Cairn.Learning;

/// <summary>Which n-grams are taken from a text.</summary>
public sealed record NgramOptions
{
    public NgramUnit Unit { get; init; } = NgramUnit.Word;

    /// <summary>Units in the shortest n-gram.</summary>
    public int Shortest { get; init; } = 1;

    /// <summary>Units in the longest n-gram.</summary>
    public int Longest { get; init; } = 1;

    public bool Lowercase { get; init; } = true;

    internal void Validate()
    {
        if (Shortest < 1 || Longest < Shortest)
            throw new ArgumentException(
                $"N-grams of {Shortest} to {Longest} units cannot be; the shortest is at least 1 and not above the longest.");
    }
}
