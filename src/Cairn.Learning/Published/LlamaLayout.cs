namespace Cairn.Learning;

/// <summary>
/// Llama (Touvron et al., 2023) and what is built like it, as Hugging Face keeps them: Mistral, and Qwen2, whose queries, keys and values
/// have a bias.
/// </summary>
internal static class LlamaLayout
{
    internal static GptOptions Options(PublishedConfig config)
    {
        config.Require(config.Text("hidden_act", "silu") == "silu", "hidden_act", "only silu is computed");
        config.Require(!config.Flag("attention_bias", false), "attention_bias", "only false is computed");
        config.Require(!config.Flag("mlp_bias", false), "mlp_bias", "only false is computed");
        var (width, heads, context) = (config.Size("hidden_size", most: 65536), config.Size("num_attention_heads", most: 1024),
            config.Size("max_position_embeddings", 2048));
        config.Require(width % heads == 0 && config.Size("head_dim", width / heads) == width / heads, "head_dim",
            "only hidden_size over num_attention_heads is computed");
        // Within the window all tokens are seen, so a shorter context computes the same.
        var window = config.Has("sliding_window") && config.Flag("use_sliding_window", config.Kind == "mistral")
            ? config.Size("sliding_window")
            : context;
        return new GptOptions
        {
            Vocabulary = config.Size("vocab_size"),
            Context = Math.Min(context, window),
            Width = width,
            Layers = config.Size("num_hidden_layers", most: 1000),
            Heads = heads,
            KeyHeads = config.Size("num_key_value_heads", heads, 1024),
            Inner = config.Size("intermediate_size", most: 1 << 20),
            FeedForward = FeedForwardKind.GatedSilu,
            Rotary = true,
            RotaryTheta = config.Number("rope_theta", 10_000),
            RotaryScaling = Scaling(config),
            RmsNorm = true,
            NormEpsilon = (float)config.Number("rms_norm_eps", 1e-6),
            // Where only some layers have a bias, the others' is 0.
            Bias = config.Kind == "qwen2",
            TiedHead = config.Flag("tie_word_embeddings", false),
        };
    }

    private static RotaryScaling? Scaling(PublishedConfig config)
    {
        // Older files say type, newer ones rope_type.
        if (config.Part("rope_scaling") is not { } part || part.Text("rope_type", part.Text("type", "")) is not { } kind
            || kind == "default")
            return null;
        config.Require(kind == "llama3", "rope_scaling", "only llama3 is computed");
        var scaling = new RotaryScaling
        {
            Factor = part.Number("factor", 1),
            LowFactor = part.Number("low_freq_factor", 1),
            HighFactor = part.Number("high_freq_factor", 4),
            OriginalContext = part.Size("original_max_position_embeddings"),
        };
        config.Require(scaling.HighFactor > scaling.LowFactor, "rope_scaling", "high_freq_factor is above low_freq_factor");
        return scaling;
    }

    internal static PublishedLayout Of(GptOptions options)
    {
        var (width, inner, keyWidth) = (options.Width, options.Inner ?? (4 * options.Width), options.KeyWidth);
        var tensors = new List<PublishedTensor> { new("model.embed_tokens.weight", Shape.Of(options.Vocabulary, width),
            ["tokens.weight"]) };
        for (var layer = 0; layer < options.Layers; layer++)
        {
            var (theirs, ours) = ($"model.layers.{layer}.", $"blocks.{layer}.");
            Add(theirs + "input_layernorm", ours + "norm1", width);
            Project(theirs + "self_attn.q_proj", ours + "attention.query", width);
            Project(theirs + "self_attn.k_proj", ours + "attention.key", keyWidth);
            Project(theirs + "self_attn.v_proj", ours + "attention.value", keyWidth);
            Add(theirs + "self_attn.o_proj", ours + "attention.output", width, width);
            Add(theirs + "post_attention_layernorm", ours + "norm2", width);
            Add(theirs + "mlp.gate_proj", ours + "network.gate", inner, width);
            Add(theirs + "mlp.up_proj", ours + "network.widen", inner, width);
            Add(theirs + "mlp.down_proj", ours + "network.narrow", width, inner);
        }
        Add("model.norm", "norm", width);
        if (!options.TiedHead)
            Add("lm_head", "head", options.Vocabulary, width);
        return new PublishedLayout
        {
            Prefix = "model.",
            Tensors = tensors,
            Ignores = name => name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
                || (options.TiedHead && name == "lm_head.weight"),
        };

        void Add(string theirs, string ours, params int[] shape)
            => tensors.Add(new(theirs + ".weight", Shape.Of(shape), [ours + ".weight"]));

        void Project(string theirs, string ours, int outputs)
        {
            Add(theirs, ours, outputs, width);
            if (options.Bias)
                tensors.Add(new(theirs + ".bias", Shape.Of(outputs), [ours + ".bias"]));
        }
    }
}
