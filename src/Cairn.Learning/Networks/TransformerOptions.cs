namespace Cairn.Learning;

/// <summary>One layer of a transformer: encoder, decoder (<see cref="Causal"/>) or decoder over an encoder (<see cref="Cross"/>).</summary>
public sealed record TransformerOptions
{
    public required int Width { get; init; }

    public required int Heads { get; init; }

    /// <summary>Fewer key heads are shared by neighbouring heads; null: as many as heads.</summary>
    public int? KeyHeads { get; init; }

    /// <summary>The width between the two linear layers; null: four times the width.</summary>
    public int? Inner { get; init; }

    public FeedForwardKind FeedForward { get; init; } = FeedForwardKind.Gelu;

    /// <summary>A token sees those before it only.</summary>
    public bool Causal { get; init; }

    /// <summary>Has an attention to another text between its own and the linear layers.</summary>
    public bool Cross { get; init; }

    /// <summary>Normalises what goes into each part (GPT-2, Llama), not the sum that comes out (the first transformers, BERT).</summary>
    public bool NormFirst { get; init; } = true;

    /// <summary>Root-mean-square norms in place of layer norms.</summary>
    public bool RmsNorm { get; init; }

    public float NormEpsilon { get; init; } = 1e-5f;

    public bool Bias { get; init; } = true;

    public float Dropout { get; init; }

    /// <summary>The base of rotary positions; null: positions come from elsewhere.</summary>
    public double? RotaryTheta { get; init; }

    /// <summary>How rotary positions are slowed for long texts; null: not.</summary>
    public RotaryScaling? RotaryScaling { get; init; }
}
