namespace Cairn.Learning;

/// <summary>
/// One layer of a transformer (Vaswani et al., "Attention is all you need", 2017): attention, perhaps attention to another text, then two
/// linear layers, each added to what came in. Agrees with PyTorch's TransformerEncoderLayer and TransformerDecoderLayer.
/// </summary>
public sealed class TransformerBlock : Module
{
    private readonly bool normFirst;
    private readonly NetworkLayer norm;
    private readonly MultiHeadAttention attention;
    private readonly NetworkLayer? crossNorm;
    private readonly MultiHeadAttention? cross;
    private readonly NetworkLayer lastNorm;
    private readonly FeedForward network;
    private readonly Dropout drop;

    public TransformerBlock(TransformerOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        normFirst = options.NormFirst;
        var heads = new AttentionOptions
        {
            Width = options.Width,
            Heads = options.Heads,
            KeyHeads = options.KeyHeads,
            Causal = options.Causal,
            Bias = options.Bias,
            Dropout = options.Dropout,
            RotaryTheta = options.RotaryTheta,
            RotaryScaling = options.RotaryScaling,
        };
        norm = Child("norm1", NewNorm(options));
        attention = Child("attention", new MultiHeadAttention(heads, random));
        crossNorm = options.Cross ? Child("crossNorm", NewNorm(options)) : null;
        cross = options.Cross ? Child("cross", new MultiHeadAttention(heads with { Causal = false, RotaryTheta = null }, random)) : null;
        lastNorm = Child("norm2", NewNorm(options));
        network = Child("network", new FeedForward(options, random));
        drop = Child("drop", new Dropout(options.Dropout, random));
    }

    /// <summary>The weights that end in the sum that runs through all layers; GPT-2 begins them smaller the deeper the network.</summary>
    internal IEnumerable<Linear> ToStream => [attention.Output, network.Narrow];

    /// <summary>(B, T, width) to itself, seeing of each text what its mask lets (B, T).</summary>
    /// <param name="memory">What a layer with <see cref="TransformerOptions.Cross"/> attends to: (B, S, width), with its mask (B,
    /// S).</param>
    public Tensor Forward(Tensor input, NdArray<bool>? mask = null, Tensor? memory = null, NdArray<bool>? memoryMask = null,
        KeyValueCache? cache = null, int layer = 0)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (cross is null != memory is null)
            throw new ArgumentException(cross is null ? "This block has no attention to another text."
                : "This block attends to another text, and none was given.", nameof(memory));
        var x = Part(input, norm, h => attention.Forward(h, keyMask: mask, cache: cache, layer: layer));
        if (cross is not null)
            x = Part(x, crossNorm!, h => cross.Forward(h, memory, memoryMask));
        return Part(x, lastNorm, h => drop.Forward(network.Forward(h)));
    }

    internal static NetworkLayer NewNorm(TransformerOptions options) => options.RmsNorm
        ? new RmsNormalisation(options.Width, options.NormEpsilon)
        : new LayerNormalisation(options.Width, options.NormEpsilon);

    private Tensor Part(Tensor x, NetworkLayer norm, Func<Tensor, Tensor> part)
        => normFirst ? x + part(norm.Forward(x)) : norm.Forward(x + part(x));
}
