namespace Cairn.Learning;

public sealed record AttentionOptions
{
    public required int Width { get; init; }

    public required int Heads { get; init; }

    /// <summary>Fewer key heads are shared by neighbouring heads; null: as many as heads.</summary>
    public int? KeyHeads { get; init; }

    /// <summary>A token sees those before it only.</summary>
    public bool Causal { get; init; }

    public bool Bias { get; init; } = true;

    public float Dropout { get; init; }

    /// <summary>The base of rotary positions; null: positions come from elsewhere.</summary>
    public double? RotaryTheta { get; init; }

    /// <summary>How rotary positions are slowed for long texts; null: not.</summary>
    public RotaryScaling? RotaryScaling { get; init; }
}
