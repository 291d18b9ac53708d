namespace Cairn.Learning;

/// <summary>
/// An encoder in which each token sees the whole text (Devlin et al., "BERT", 2019): learned positions, norms behind each part, the
/// embeddings again to score the vocabulary where tokens were hidden.
/// </summary>
public sealed class TextEncoder : Module
{
    private readonly EncoderOptions options;
    private readonly Embedding tokens;
    private readonly Embedding positions;
    private readonly LayerNormalisation norm;
    private readonly Dropout drop;
    private readonly TransformerBlock[] blocks;

    public TextEncoder(EncoderOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        this.options = options;
        const float deviation = 0.02f;
        tokens = Child("tokens", new Embedding(options.Vocabulary, options.Width, random, deviation));
        positions = Child("positions", new Embedding(options.Context, options.Width, random, deviation));
        norm = Child("norm", new LayerNormalisation(options.Width));
        drop = Child("drop", new Dropout(options.Dropout, random));
        var block = new TransformerOptions { Width = options.Width, Heads = options.Heads, NormFirst = false, Dropout = options.Dropout };
        blocks = [.. Enumerable.Range(0, options.Layers).Select(i => Child($"blocks.{i}", new TransformerBlock(block, random)))];
    }

    /// <summary>A vector for each token: (B, T) gives (B, T, width). Where the mask (B, T) is false there is no token, only
    /// filling.</summary>
    public Tensor Forward(NdArray<int> ids, NdArray<bool>? mask = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Rank != 2 || ids.Shape[1] > options.Context)
            throw new ShapeException("encoder", $"tokens of shape {ids.Shape} do not fit (texts, up to {options.Context})");
        var x = drop.Forward(norm.Forward(tokens.Forward(ids) + positions.Forward(NdArray.Arange<int>(ids.Shape[1]))));
        return blocks.Aggregate(x, (h, block) => block.Forward(h, mask));
    }

    /// <summary>Scores (B, T, vocabulary) for what each token is.</summary>
    public Tensor Scores(NdArray<int> ids, NdArray<bool>? mask = null) => Forward(ids, mask).Linear(tokens.Weight, null);

    /// <summary>
    /// Hides tokens as BERT does: of each share that is chosen, eight in ten become the mask token, one a random one, one stays. The
    /// targets are
    /// <see cref="Tensor.Ignored"/> where nothing was chosen.
    /// </summary>
    public static (NdArray<int> Ids, NdArray<int> Targets) Hide(NdArray<int> ids, int maskToken, int vocabulary, Seeded random,
        double share = 0.15)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(random);
        var (hidden, targets) = (ids.Copy(), NdArray.Full(Tensor.Ignored, ids.Shape.Lengths));
        for (var i = 0; i < hidden.Count; i++)
        {
            if (!random.Bernoulli(share))
                continue;
            targets.Span[i] = hidden.Span[i];
            var fate = random.Uniform();
            hidden.Span[i] = fate < 0.8 ? maskToken : fate < 0.9 ? random.Integer(vocabulary) : hidden.Span[i];
        }
        return (hidden, targets);
    }

    /// <summary>One vector for each text: the mean of its tokens' vectors (B, width).</summary>
    public Tensor Mean(NdArray<int> ids, NdArray<bool>? mask = null)
    {
        var vectors = Forward(ids, mask);
        if (mask is null)
            return vectors.Mean(1);
        var weights = mask.To<float>();
        var share = weights / NdMath.Maximum(weights.Sum(1, keepAxis: true), 1f);
        return (vectors * new Tensor(share.ExpandDims(-1))).Sum(1);
    }
}
