namespace Cairn.Learning;

/// <summary>
/// Loads published models from their <c>config.json</c> and safetensors (one stream, or all parts of a checkpoint): data only, nothing in
/// them is executed, and
/// what they claim is checked before memory is taken. docs/published-models.md says which architectures, and what each was held against.
/// </summary>
public static class PublishedModel
{
    /// <summary>A decoder: <c>gpt2</c>, <c>llama</c>, <c>mistral</c>, <c>qwen2</c>. It is set to predict.</summary>
    /// <exception cref="InvalidDataException">Another architecture or option than are computed here, or weights that are damaged or do not
    /// fit; named.</exception>
    /// <exception cref="InsufficientMemoryException">The weights would not fit this machine's memory.</exception>
    public static Gpt Decoder(Stream config, params IReadOnlyList<Stream> weights)
    {
        var read = PublishedConfig.Read(config);
        var options = read.Kind switch
        {
            "gpt2" => Gpt2Layout.Options(read),
            "llama" or "mistral" or "qwen2" => LlamaLayout.Options(read),
            _ => throw Unknown(read, "gpt2, llama, mistral and qwen2 are read as decoders"),
        };
        RequireHeads(options.Width, options.Heads, options.KeyHeads ?? options.Heads);
        return Load(new PublishedWeights(weights), Laid(() => GptLayout.Of(options)), () => new Gpt(options, Seeded.Blank));
    }

    /// <summary>An encoder: <c>bert</c>, with or without the layer that scores hidden tokens. It is set to predict.</summary>
    /// <inheritdoc cref="Decoder"/>
    public static TextEncoder Encoder(Stream config, params IReadOnlyList<Stream> weights)
    {
        var read = PublishedConfig.Read(config);
        if (read.Kind != "bert")
            throw Unknown(read, "bert is read as an encoder");
        var stored = new PublishedWeights(weights);
        var options = BertLayout.Options(read, BertLayout.HasScores(stored.Names));
        RequireHeads(options.Width, options.Heads, options.Heads);
        return Load(stored, Laid(() => BertLayout.Of(options)), () => new TextEncoder(options, Seeded.Blank));
    }

    /// <summary>
    /// A vector for each text: an encoder and the <c>tokenizer.json</c> beside it, as MiniLM and other sentence encoders are published.
    /// </summary>
    /// <inheritdoc cref="Decoder"/>
    public static SentenceEncoder SentenceEncoder(Stream config, Stream tokenizerJson, params IReadOnlyList<Stream> weights)
        => new(Encoder(config, weights), Tokenizer.Load(tokenizerJson));

    /// <summary>A classifier of pictures: <c>resnet</c> of basic blocks, <c>resnet18</c>, <c>resnet34</c>. It is set to predict.</summary>
    /// <inheritdoc cref="Decoder"/>
    public static ResidualNetwork Residual(Stream config, params IReadOnlyList<Stream> weights)
    {
        var read = PublishedConfig.Read(config);
        if (read.Kind is not ("resnet" or "resnet18" or "resnet34"))
            throw Unknown(read, "resnet, resnet18 and resnet34 are read as classifiers of pictures");
        var options = ResNetLayout.Options(read);
        return Load(new PublishedWeights(weights), Laid(() => ResNetLayout.Of(options, read.Kind != "resnet")),
            () => new ResidualNetwork(options, Seeded.Blank));
    }

    private static TModel Load<TModel>(PublishedWeights weights, PublishedLayout layout, Func<TModel> make)
        where TModel : Module
    {
        weights.Check(layout);
        var model = make();
        weights.Fill(model, layout);
        model.Evaluate();
        return model;
    }

    /// <summary>Sizes of which each is sensible may still multiply to more than an array holds.</summary>
    private static PublishedLayout Laid(Func<PublishedLayout> layout)
    {
        try
        {
            return layout();
        }
        catch (ShapeException error)
        {
            throw new InvalidDataException($"The model's configuration asks for too much: {error.Message}", error);
        }
    }

    private static void RequireHeads(int width, int heads, int keyHeads)
    {
        if (width % heads != 0 || heads % keyHeads != 0)
            throw new InvalidDataException(
                $"The model's configuration has a width of {width}, {heads} heads and {keyHeads} key heads, which do not divide evenly.");
    }

    private static InvalidDataException Unknown(PublishedConfig config, string only)
        => new($"The model's configuration names the architecture '{config.Kind}'; {only}.");
}
