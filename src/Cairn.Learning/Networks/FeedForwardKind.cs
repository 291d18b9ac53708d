namespace Cairn.Learning;

/// <summary>What stands between a block's two linear layers.</summary>
public enum FeedForwardKind
{
    /// <summary>max(0, x): the first transformers and T5.</summary>
    Relu,

    /// <summary>BERT.</summary>
    Gelu,

    /// <summary>GPT-2.</summary>
    GeluTanh,

    /// <summary>silu(gate) times the first layer (Shazeer, 2020): Llama. Has a third layer, the gate.</summary>
    GatedSilu,
}
