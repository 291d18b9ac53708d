namespace Cairn.Learning;

public sealed record BootstrapOptions
{
    public static BootstrapOptions Default { get; } = new();

    /// <summary>How many times the rows are drawn anew.</summary>
    public int Samples { get; init; } = 1000;

    public double Confidence { get; init; } = 0.95;

    public long Seed { get; init; }
}
