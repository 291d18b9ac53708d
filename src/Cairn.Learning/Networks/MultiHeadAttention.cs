namespace Cairn.Learning;

/// <summary>
/// Attention of several heads with its projections. To itself, or to another text (encoder-decoder); with shared key heads, rotary
/// positions and a cache where asked.
/// </summary>
public sealed class MultiHeadAttention : Module
{
    private readonly AttentionOptions options;
    private readonly int keyHeads;
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;
    private readonly Linear output;
    private readonly Dropout drop;

    public MultiHeadAttention(AttentionOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        this.options = options;
        keyHeads = options.KeyHeads ?? options.Heads;
        if (options.Width % options.Heads != 0 || options.Heads % keyHeads != 0)
            throw new ShapeException("attention",
                $"a width of {options.Width} is not divided evenly by {options.Heads} heads with {keyHeads} key heads");
        var keyWidth = options.Width / options.Heads * keyHeads;
        query = Child("query", new Linear(options.Width, options.Width, random, options.Bias));
        key = Child("key", new Linear(options.Width, keyWidth, random, options.Bias));
        value = Child("value", new Linear(options.Width, keyWidth, random, options.Bias));
        output = Child("output", new Linear(options.Width, options.Width, random, options.Bias));
        drop = Child("drop", new Dropout(options.Dropout, random));
    }

    /// <summary>The projection of all heads' results.</summary>
    internal Linear Output => output;

    /// <summary>(B, T, width) to itself, or to <paramref name="other"/> (B, S, width).</summary>
    public Tensor Forward(Tensor input, Tensor? other = null, NdArray<bool>? keyMask = null, KeyValueCache? cache = null, int layer = 0)
    {
        ArgumentNullException.ThrowIfNull(input);
        var start = cache?.Length ?? 0;
        var (q, k, v) = (query.Forward(input), key.Forward(other ?? input), value.Forward(other ?? input));
        if (options.RotaryTheta is { } theta && other is null)
        {
            q = q.Rotate(options.Heads, start, theta, options.RotaryScaling);
            k = k.Rotate(keyHeads, start, theta, options.RotaryScaling);
        }
        if (cache is not null)
            (k, v) = cache.Append(layer, k, v);
        return drop.Forward(output.Forward(q.Attention(k, v, options.Heads, keyHeads, options.Causal && other is null, keyMask)));
    }
}
