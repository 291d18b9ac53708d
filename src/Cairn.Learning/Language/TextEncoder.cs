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
    private readonly Embedding? types;
    private readonly LayerNormalisation norm;
    private readonly Dropout drop;
    private readonly Linear? score;
    private readonly LayerNormalisation? scoreNorm;
    private readonly Tensor? scoreBias;
    private readonly TransformerBlock[] blocks;

    public TextEncoder(EncoderOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        this.options = options;
        const float deviation = 0.02f;
        tokens = Child("tokens", new Embedding(options.Vocabulary, options.Width, random, deviation));
        positions = Child("positions", new Embedding(options.Context, options.Width, random, deviation));
        types = options.Types == 0 ? null : Child("types", new Embedding(options.Types, options.Width, random, deviation));
        norm = Child("norm", new LayerNormalisation(options.Width, options.NormEpsilon));
        drop = Child("drop", new Dropout(options.Dropout, random));
        var block = new TransformerOptions
        {
            Width = options.Width,
            Heads = options.Heads,
            Inner = options.Inner,
            NormFirst = false,
            NormEpsilon = options.NormEpsilon,
            Dropout = options.Dropout,
        };
        blocks = [.. Enumerable.Range(0, options.Layers).Select(i => Child($"blocks.{i}", new TransformerBlock(block, random)))];
        if (!options.ScoreLayer)
            return;
        score = Child("score", new Linear(options.Width, options.Width, random));
        scoreNorm = Child("scoreNorm", new LayerNormalisation(options.Width, options.NormEpsilon));
        scoreBias = Parameter("scoreBias", NdArray.Zeros<float>(options.Vocabulary));
    }

    public EncoderOptions Options => options;

    /// <summary>A vector for each token: (B, T) gives (B, T, width). Where the mask (B, T) is false there is no token, only
    /// filling.</summary>
    /// <param name="kinds">(B, T): the kind of text that each token is of; null: the first kind.</param>
    public Tensor Forward(NdArray<int> ids, NdArray<bool>? mask = null, NdArray<int>? kinds = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Rank != 2 || ids.Shape[1] > options.Context)
            throw new ShapeException("encoder", $"tokens of shape {ids.Shape} do not fit (texts, up to {options.Context})");
        if (kinds is not null && (types is null || kinds.Shape != ids.Shape))
        {
            throw ShapeException.Between(
                "encoder", ids.Shape, kinds.Shape, types is null ? "this encoder knows no kinds of text" : "each token has a kind");
        }
        var x = tokens.Forward(ids) + positions.Forward(NdArray.Arange<int>(ids.Shape[1]));
        if (types is not null)
            x += types.Forward(kinds ?? NdArray.Zeros<int>(ids.Shape.Lengths));
        return blocks.Aggregate(drop.Forward(norm.Forward(x)), (h, block) => block.Forward(h, mask));
    }

    /// <summary>Scores (B, T, vocabulary) for what each token is.</summary>
    public Tensor Scores(NdArray<int> ids, NdArray<bool>? mask = null, NdArray<int>? kinds = null)
    {
        var x = Forward(ids, mask, kinds);
        return tokens.Score(score is null ? x : scoreNorm!.Forward(score.Forward(x).Gelu()), scoreBias);
    }

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
