namespace Cairn.Learning;

/// <summary>The size and kind of a decoder. The defaults are GPT-2's kind in miniature; with rotary positions, key heads, root-mean-square
/// norms, a gate and no bias it is Llama's.</summary>
public sealed record GptOptions
{
    public required int Vocabulary { get; init; }

    /// <summary>The most tokens that it reads at once.</summary>
    public int Context { get; init; } = 128;

    public int Width { get; init; } = 128;

    public int Layers { get; init; } = 4;

    public int Heads { get; init; } = 4;

    /// <summary>Fewer key heads are shared by neighbouring heads; null: as many as heads.</summary>
    public int? KeyHeads { get; init; }

    /// <summary>The width between the two linear layers of a block; null: four times the width.</summary>
    public int? Inner { get; init; }

    public FeedForwardKind FeedForward { get; init; } = FeedForwardKind.GeluTanh;

    /// <summary>Rotary positions in place of learned ones.</summary>
    public bool Rotary { get; init; }

    public double RotaryTheta { get; init; } = 10_000;

    /// <summary>How rotary positions are slowed for long texts; null: not.</summary>
    public RotaryScaling? RotaryScaling { get; init; }

    public bool RmsNorm { get; init; }

    public float NormEpsilon { get; init; } = 1e-5f;

    public bool Bias { get; init; } = true;

    /// <summary>The embeddings also score the vocabulary; otherwise weights of their own do.</summary>
    public bool TiedHead { get; init; } = true;

    public float Dropout { get; init; }

    /// <summary>Keys and values have this width.</summary>
    internal int KeyWidth => Width / Heads * (KeyHeads ?? Heads);

    internal TransformerOptions Block() => new()
    {
        Width = Width,
        Heads = Heads,
        KeyHeads = KeyHeads,
        Inner = Inner,
        FeedForward = FeedForward,
        Causal = true,
        RmsNorm = RmsNorm,
        NormEpsilon = NormEpsilon,
        Bias = Bias,
        Dropout = Dropout,
        RotaryTheta = Rotary ? RotaryTheta : null,
        RotaryScaling = RotaryScaling,
    };
}
