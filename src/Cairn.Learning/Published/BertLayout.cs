namespace Cairn.Learning;

/// <summary>
/// BERT (Devlin et al., 2018) as Hugging Face's <c>BertModel</c> (MiniLM and many sentence encoders) and <c>BertForMaskedLM</c> keep it.
/// </summary>
internal static class BertLayout
{
    private const string Scores = "cls.predictions.";

    internal static EncoderOptions Options(PublishedConfig config, bool scores)
    {
        config.Require(config.Text("hidden_act", "gelu") == "gelu", "hidden_act", "only gelu is computed");
        config.Require(config.Text("position_embedding_type", "absolute") == "absolute", "position_embedding_type",
            "only absolute is computed");
        return new EncoderOptions
        {
            Vocabulary = config.Size("vocab_size"),
            Context = config.Size("max_position_embeddings", 512),
            Width = config.Size("hidden_size", most: 65536),
            Layers = config.Size("num_hidden_layers", most: 1000),
            Heads = config.Size("num_attention_heads", most: 1024),
            Inner = config.Size("intermediate_size", most: 1 << 20),
            Types = config.Size("type_vocab_size", 2, 1024),
            NormEpsilon = (float)config.Number("layer_norm_eps", 1e-12),
            ScoreLayer = scores,
        };
    }

    /// <summary>Whether a checkpoint with these names scores the vocabulary.</summary>
    internal static bool HasScores(IEnumerable<string> names) => names.Contains(Scores + "transform.dense.weight");

    internal static PublishedLayout Of(EncoderOptions options)
    {
        var (width, inner) = (options.Width, options.Inner ?? (4 * options.Width));
        var tensors = new List<PublishedTensor>
        {
            new("bert.embeddings.word_embeddings.weight", Shape.Of(options.Vocabulary, width), ["tokens.weight"]),
            new("bert.embeddings.position_embeddings.weight", Shape.Of(options.Context, width), ["positions.weight"]),
            new("bert.embeddings.token_type_embeddings.weight", Shape.Of(options.Types, width), ["types.weight"]),
        };
        Add("bert.embeddings.LayerNorm", "norm", width);
        for (var layer = 0; layer < options.Layers; layer++)
        {
            var (theirs, ours) = ($"bert.encoder.layer.{layer}.", $"blocks.{layer}.");
            Add(theirs + "attention.self.query", ours + "attention.query", width, width);
            Add(theirs + "attention.self.key", ours + "attention.key", width, width);
            Add(theirs + "attention.self.value", ours + "attention.value", width, width);
            Add(theirs + "attention.output.dense", ours + "attention.output", width, width);
            Add(theirs + "attention.output.LayerNorm", ours + "norm1", width);
            Add(theirs + "intermediate.dense", ours + "network.widen", inner, width);
            Add(theirs + "output.dense", ours + "network.narrow", width, inner);
            Add(theirs + "output.LayerNorm", ours + "norm2", width);
        }
        if (options.ScoreLayer)
        {
            Add(Scores + "transform.dense", "score", width, width);
            Add(Scores + "transform.LayerNorm", "scoreNorm", width);
            tensors.Add(new(Scores + "bias", Shape.Of(options.Vocabulary), ["scoreBias"]));
        }
        return new PublishedLayout
        {
            Prefix = "bert.",
            Tensors = tensors,
            Ignores = name => name.EndsWith("embeddings.position_ids", StringComparison.Ordinal)
                || name.StartsWith("bert.pooler.", StringComparison.Ordinal)
                || name.StartsWith("pooler.", StringComparison.Ordinal)
                || name.StartsWith("cls.seq_relationship.", StringComparison.Ordinal)
                || name.StartsWith(Scores + "decoder.", StringComparison.Ordinal),
        };

        void Add(string theirs, string ours, int outputs, int? inputs = null)
        {
            tensors.Add(new(theirs + ".weight", inputs is { } i ? Shape.Of(outputs, i) : Shape.Of(outputs), [ours + ".weight"]));
            tensors.Add(new(theirs + ".bias", Shape.Of(outputs), [ours + ".bias"]));
        }
    }
}
