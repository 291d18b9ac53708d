namespace Cairn.Learning;

/// <summary>
/// A decoder that predicts the next token (Radford et al., "Language models are unsupervised multitask learners", 2019): embeddings,
/// blocks, a last norm, and the embeddings again to score the vocabulary.
/// </summary>
public sealed class Gpt : Module
{
    private readonly Embedding tokens;
    private readonly Embedding? positions;
    private readonly Dropout drop;
    private readonly TransformerBlock[] blocks;
    private readonly NetworkLayer last;
    private readonly Linear? head;

    public Gpt(GptOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        Options = options;
        const float deviation = 0.02f;
        tokens = Child("tokens", new Embedding(options.Vocabulary, options.Width, random, deviation));
        positions = options.Rotary ? null : Child("positions", new Embedding(options.Context, options.Width, random, deviation));
        drop = Child("drop", new Dropout(options.Dropout, random));
        blocks = [.. Enumerable.Range(0, options.Layers).Select(i => Child($"blocks.{i}", new TransformerBlock(options.Block(), random)))];
        last = Child("norm", TransformerBlock.NewNorm(options.Block()));
        head = options.TiedHead ? null : Child("head", new Linear(options.Width, options.Vocabulary, random, bias: false));
        foreach (var (name, parameter) in NamedParameters()
            .Where(p => p.Key.StartsWith("blocks", StringComparison.Ordinal)
                && !p.Key.Contains("norm", StringComparison.OrdinalIgnoreCase)))
        {
            if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.Data.AsSpan().Clear();
            else
                (random.Normal<float>(parameter.Shape.Lengths) * deviation).CopyTo(parameter.Data);
        }
        foreach (var linear in blocks.SelectMany(b => b.ToStream))
            (linear.Weight.Value * (1 / MathF.Sqrt(2 * options.Layers))).CopyTo(linear.Weight.Data);
    }

    public GptOptions Options { get; }

    /// <summary>A cache for one text of up to the model's context.</summary>
    public KeyValueCache NewCache() => new(Options.Layers, Options.Context, Options.KeyWidth);

    /// <summary>
    /// Scores (B, T, vocabulary) for the token after each of (B, T). With a cache, the tokens follow those that it holds, and it holds them
    /// afterwards.
    /// </summary>
    /// <exception cref="ShapeException">There are more tokens than the context holds.</exception>
    public Tensor Forward(NdArray<int> ids, KeyValueCache? cache = null) => Score(Hidden(ids, cache));

    /// <summary>The mean loss of predicting each next token; targets as <see cref="Tensor.CrossEntropy"/> takes them.</summary>
    public Tensor Loss(NdArray<int> ids, NdArray<int> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Forward(ids).CrossEntropy(targets);
    }

    /// <summary>Scores (vocabulary) for the token after the last one of a single text.</summary>
    internal float[] Next(ReadOnlySpan<int> ids, KeyValueCache cache)
    {
        using var pause = Tensor.NoGradient();
        var hidden = Hidden(NdArray.Of(ids).Reshape(1, ids.Length), cache);
        return Score(hidden[.., ^1]).Data;
    }

    private Tensor Score(Tensor hidden) => head?.Forward(hidden) ?? tokens.Score(hidden);

    private Tensor Hidden(NdArray<int> ids, KeyValueCache? cache)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var start = cache?.Length ?? 0;
        if (ids.Rank != 2 || start + ids.Shape[1] > Options.Context)
            throw new ShapeException("gpt", $"tokens of shape {ids.Shape} after {start} do not fit (texts, up to {Options.Context})");
        var x = tokens.Forward(ids);
        if (positions is not null)
            x += positions.Forward(NdArray.Arange(start, start + ids.Shape[1], 1));
        x = drop.Forward(x);
        for (var layer = 0; layer < blocks.Length; layer++)
            x = blocks[layer].Forward(x, cache: cache, layer: layer);
        cache?.Advance(ids.Shape[1]);
        return last.Forward(x);
    }
}
