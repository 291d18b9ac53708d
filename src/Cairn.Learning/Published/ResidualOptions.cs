namespace Cairn.Learning;

/// <summary>The size of a residual network of basic blocks; the defaults are ResNet-18.</summary>
public sealed record ResidualOptions
{
    /// <summary>Channels of a picture.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Channels after the first convolution.</summary>
    public int First { get; init; } = 64;

    /// <summary>Channels of each stage.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [64, 128, 256, 512];

    /// <summary>Blocks of each stage.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [2, 2, 2, 2];

    public int Classes { get; init; } = 1000;
}
