using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Vectors of texts whose angles say how alike the texts are in meaning (Reimers and Gurevych, "Sentence-BERT", 2019): the mean of the
/// tokens' vectors,
/// the filling left out. Safe for several threads.
/// </summary>
public sealed class SentenceEncoder
{
    private const int BatchSize = 32;
    private readonly TextEncoder encoder;
    private readonly Tokenizer tokenizer;
    private readonly int longest;

    /// <param name="encoder">It is set to predict.</param>
    /// <param name="longest">
    /// A longer text's end is cut off, in tokens; null: what the encoder reads. Published encoders often say less in
    /// <c>sentence_bert_config.json</c> (256 for all-MiniLM-L6-v2).
    /// </param>
    /// <exception cref="InvalidDataException">The tokenizer has more tokens than the encoder.</exception>
    public SentenceEncoder(TextEncoder encoder, Tokenizer tokenizer, int? longest = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.VocabularySize > encoder.Options.Vocabulary)
        {
            throw new InvalidDataException(
                $"The tokenizer has {tokenizer.VocabularySize} tokens, the encoder {encoder.Options.Vocabulary}: not of one model.");
        }
        (this.encoder, this.tokenizer, this.longest) = (encoder, tokenizer, longest ?? encoder.Options.Context);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.longest, encoder.Options.Context, nameof(longest));
        encoder.Evaluate();
    }

    /// <summary>The length of a vector.</summary>
    public int Width => encoder.Options.Width;

    /// <summary>
    /// A vector for each text: (texts, width). A text's vector does not hang on the texts beside it but for the last bits.
    /// </summary>
    /// <param name="normalise">Vectors of length 1, so that their product is the cosine of their angle.</param>
    public NdArray<float> Encode(IReadOnlyList<string> texts, bool normalise = true, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var result = NdArray.Zeros<float>(texts.Count, Width);
        // Texts of like length side by side: less filling to compute.
        foreach (var batch in Enumerable.Range(0, texts.Count).OrderBy(i => texts[i].Length).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var pause = Tensor.NoGradient();
            var tokens = tokenizer.EncodeBatch([.. batch.Select(i => texts[i])], longest);
            var vectors = encoder.Mean(tokens.Ids, tokens.Mask).Value.ToContiguous();
            for (var i = 0; i < batch.Length; i++)
            {
                var vector = vectors.Row(i);
                var length = normalise ? TensorPrimitives.Norm<float>(vector) : 1;
                TensorPrimitives.Divide(vector, length == 0 ? 1 : length, result.Row(batch[i]));
            }
        }
        return result;
    }
}
