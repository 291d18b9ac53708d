namespace Cairn.Learning;

/// <summary>
/// An encoder that reads one text and a decoder that writes another (Vaswani et al., 2017; Raffel et al., "T5", 2020), with learned
/// positions and embeddings that both share.
/// </summary>
public sealed class SequenceToSequence : Module
{
    private readonly EncoderOptions options;
    private readonly Embedding tokens;
    private readonly Embedding positions;
    private readonly TransformerBlock[] encoder;
    private readonly TransformerBlock[] decoder;
    private readonly LayerNormalisation encoderNorm;
    private readonly LayerNormalisation decoderNorm;

    public SequenceToSequence(EncoderOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        this.options = options;
        const float deviation = 0.02f;
        tokens = Child("tokens", new Embedding(options.Vocabulary, options.Width, random, deviation));
        positions = Child("positions", new Embedding(options.Context, options.Width, random, deviation));
        var block = new TransformerOptions { Width = options.Width, Heads = options.Heads, FeedForward = FeedForwardKind.Relu,
            Dropout = options.Dropout };
        encoder = [.. Enumerable.Range(0, options.Layers).Select(i => Child($"encoder.{i}", new TransformerBlock(block, random)))];
        encoderNorm = Child("encoderNorm", new LayerNormalisation(options.Width));
        decoder = [.. Enumerable.Range(0, options.Layers)
            .Select(i => Child($"decoder.{i}", new TransformerBlock(block with { Causal = true, Cross = true }, random)))];
        decoderNorm = Child("decoderNorm", new LayerNormalisation(options.Width));
    }

    /// <summary>What the decoder attends to: (B, S, width) of texts (B, S).</summary>
    public Tensor Encode(NdArray<int> source, NdArray<bool>? mask = null)
        => encoderNorm.Forward(encoder.Aggregate(Embed(source), (x, block) => block.Forward(x, mask)));

    /// <summary>Scores (B, T, vocabulary) for the token after each of (B, T).</summary>
    public Tensor Decode(NdArray<int> written, Tensor memory, NdArray<bool>? memoryMask = null)
        => tokens.Score(decoderNorm.Forward(decoder.Aggregate(Embed(written), (x, block) => block.Forward(x, null, memory, memoryMask))));

    /// <summary>The likeliest token again and again, from <paramref name="start"/> to <paramref name="end"/> (neither is given), for one
    /// text.</summary>
    public IReadOnlyList<int> Write(IReadOnlyList<int> source, int start, int end, int most)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var pause = Tensor.NoGradient();
        var memory = Encode(NdArray.Of<int>([.. source]).Reshape(1, source.Count));
        var written = new List<int> { start };
        while (written.Count <= Math.Min(most, options.Context - 1))
        {
            var scores = Decode(NdArray.Of<int>([.. written]).Reshape(1, written.Count), memory).Value;
            var next = scores[0, ^1].ArgMax();
            if (next == end)
                break;
            written.Add(next);
        }
        return written[1..];
    }

    private Tensor Embed(NdArray<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Rank != 2 || ids.Shape[1] > options.Context)
            throw new ShapeException("sequence to sequence", $"tokens of shape {ids.Shape} do not fit (texts, up to {options.Context})");
        return tokens.Forward(ids) + positions.Forward(NdArray.Arange<int>(ids.Shape[1]));
    }
}
