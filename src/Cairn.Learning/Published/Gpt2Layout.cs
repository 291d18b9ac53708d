namespace Cairn.Learning;

/// <summary>GPT-2 (Radford et al., 2019) as Hugging Face's <c>GPT2LMHeadModel</c> keeps it; its linear layers lie turned.</summary>
internal static class Gpt2Layout
{
    internal static GptOptions Options(PublishedConfig config)
    {
        config.Require(config.Text("activation_function", "gelu_new") is "gelu_new" or "gelu_pytorch_tanh", "activation_function",
            "only gelu_new is computed");
        config.Require(!config.Flag("scale_attn_by_inverse_layer_idx", false), "scale_attn_by_inverse_layer_idx", "only false is computed");
        config.Require(config.Flag("scale_attn_weights", true), "scale_attn_weights", "only true is computed");
        config.Require(config.Flag("tie_word_embeddings", true), "tie_word_embeddings", "only true is computed");
        return new GptOptions
        {
            Vocabulary = config.Size("vocab_size"),
            Context = config.Size("n_positions", config.Has("n_ctx") ? config.Size("n_ctx") : 1024),
            Width = config.Size("n_embd", most: 65536),
            Layers = config.Size("n_layer", most: 1000),
            Heads = config.Size("n_head", most: 1024),
            Inner = config.Has("n_inner") ? config.Size("n_inner", most: 1 << 20) : null,
            NormEpsilon = (float)config.Number("layer_norm_epsilon", 1e-5),
        };
    }

    internal static PublishedLayout Of(GptOptions options)
    {
        var (width, inner) = (options.Width, options.Inner ?? (4 * options.Width));
        var tensors = new List<PublishedTensor>
        {
            new("transformer.wte.weight", Shape.Of(options.Vocabulary, width), ["tokens.weight"]),
            new("transformer.wpe.weight", Shape.Of(options.Context, width), ["positions.weight"]),
        };
        for (var layer = 0; layer < options.Layers; layer++)
        {
            var (theirs, ours) = ($"transformer.h.{layer}.", $"blocks.{layer}.");
            Norm(theirs + "ln_1", ours + "norm1");
            Linear(theirs + "attn.c_attn", width, 3 * width, ours + "attention.query", ours + "attention.key", ours + "attention.value");
            Linear(theirs + "attn.c_proj", width, width, ours + "attention.output");
            Norm(theirs + "ln_2", ours + "norm2");
            Linear(theirs + "mlp.c_fc", width, inner, ours + "network.widen");
            Linear(theirs + "mlp.c_proj", inner, width, ours + "network.narrow");
        }
        Norm("transformer.ln_f", "norm");
        return new PublishedLayout
        {
            Prefix = "transformer.",
            Tensors = tensors,
            Ignores = name => name == "lm_head.weight" || name.EndsWith(".attn.bias", StringComparison.Ordinal)
                || name.EndsWith(".attn.masked_bias", StringComparison.Ordinal),
        };

        void Norm(string theirs, string ours)
        {
            tensors.Add(new(theirs + ".weight", Shape.Of(width), [ours + ".weight"]));
            tensors.Add(new(theirs + ".bias", Shape.Of(width), [ours + ".bias"]));
        }

        void Linear(string theirs, int inputs, int outputs, params string[] ours)
        {
            tensors.Add(new(theirs + ".weight", Shape.Of(inputs, outputs), [.. ours.Select(o => o + ".weight")], Turned: true));
            tensors.Add(new(theirs + ".bias", Shape.Of(outputs), [.. ours.Select(o => o + ".bias")]));
        }
    }
}
