namespace Cairn.Learning;

/// <summary>The size of an encoder of BERT's kind.</summary>
public sealed record EncoderOptions
{
    public required int Vocabulary { get; init; }

    /// <summary>The most tokens that it reads at once.</summary>
    public int Context { get; init; } = 128;

    public int Width { get; init; } = 128;

    public int Layers { get; init; } = 4;

    public int Heads { get; init; } = 4;

    public float Dropout { get; init; }
}
