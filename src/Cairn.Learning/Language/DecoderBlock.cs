namespace Cairn.Learning;

/// <summary>One layer of a decoder: attention to what came before, then a network of two linear layers, each on normalised input and added to it.</summary>
internal sealed class DecoderBlock : Module
{
    private readonly LayerNormalisation first;
    private readonly MultiHeadAttention attention;
    private readonly LayerNormalisation second;
    private readonly Linear widen;
    private readonly Linear narrow;
    private readonly Dropout drop;

    internal DecoderBlock(GptOptions options, Seeded random)
    {
        first = Child("norm1", new LayerNormalisation(options.Width));
        attention = Child("attention", new MultiHeadAttention(
            new AttentionOptions { Width = options.Width, Heads = options.Heads, Causal = true, Dropout = options.Dropout, RotaryTheta = options.Rotary ? 10_000 : null }, random));
        second = Child("norm2", new LayerNormalisation(options.Width));
        widen = Child("widen", new Linear(options.Width, 4 * options.Width, random));
        narrow = Child("narrow", new Linear(4 * options.Width, options.Width, random));
        drop = Child("drop", new Dropout(options.Dropout, random));
    }

    /// <summary>The weights that end in the residual stream; GPT-2 begins them smaller the deeper the network.</summary>
    internal IEnumerable<Linear> ToStream => [attention.Output, narrow];

    internal Tensor Forward(Tensor x, KeyValueCache? cache, int layer)
    {
        x += attention.Forward(first.Forward(x), cache: cache, layer: layer);
        return x + drop.Forward(narrow.Forward(widen.Forward(second.Forward(x)).GeluTanh()));
    }
}
