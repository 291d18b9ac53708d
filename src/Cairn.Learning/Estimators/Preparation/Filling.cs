namespace Cairn.Learning;

/// <summary>What takes a missing value's place.</summary>
public enum Filling
{
    Mean,
    Median,

    /// <summary>The value that occurs most often; of several, the least.</summary>
    MostFrequent,

    /// <summary>A given number.</summary>
    Constant,
}
