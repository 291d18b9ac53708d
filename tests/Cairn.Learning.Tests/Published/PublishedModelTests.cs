using System.Text;

namespace Cairn.Learning.Tests;

/// <summary>
/// The expected numbers are ten of those that reference implementations compute of the same weights: PyTorch's modules (gpt2, bert),
/// torchvision (resnet) and llama.cpp (llama, qwen2; logarithms of probabilities). <c>bench/run learning published --print</c> prints them.
/// </summary>
public sealed class PublishedModelTests
{
    private const string Gpt2 =
        """{"model_type":"gpt2","vocab_size":61,"n_positions":24,"n_embd":32,"n_layer":2,"n_head":4,"activation_function":"gelu_new"}""";
    private const string Bert = """{"model_type":"bert","vocab_size":67,"max_position_embeddings":20,"hidden_size":32,"num_hidden_layers":2,"num_attention_heads":4,"intermediate_size":48,"layer_norm_eps":1e-12}""";
    private const string Resnet = """{"model_type":"resnet","layer_type":"basic","embedding_size":64,"hidden_sizes":[64,128,256,512],"depths":[1,2,1,1],"num_labels":5}""";
    private const string Llama = """{"model_type":"llama","vocab_size":300,"max_position_embeddings":64,"hidden_size":32,"num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"intermediate_size":48,"rms_norm_eps":1e-5,"rope_theta":5000}""";

    [Fact]
    public void Gpt2_gives_the_scores_that_pytorch_gives()
    {
        var model = PublishedModel.Decoder(Json(Gpt2), SharedNumbers.Checkpoint(Layout(Gpt2)));
        Agree(model.Forward(NdArray.FromRows(new[,] { { 3, 1, 4, 1, 5, 9, 2, 6, 53, 58, 60, 0 } })).Value,
            1.9548008f, 0.6364193f, 0.8198445f, 0.6614568f, -1.4651753f, 1.5984653f, 1.5959226f, -0.17717199f, 1.4645593f, -0.5709374f);
    }

    [Fact]
    public void Llama_gives_the_probabilities_that_llama_cpp_gives()
        => Agree(LogProbabilities(PublishedModel.Decoder(Json(Llama), SharedNumbers.Checkpoint(Layout(Llama)))),
            -7.166345822f, -5.158004554f, -4.473824980f, -6.404936210f, -7.388471648f, -5.540714922f, -5.397961590f, -6.620651386f,
            -4.657380746f, -5.960274168f);

    [Fact]
    public void Llama3_with_slowed_rotary_positions_gives_the_probabilities_that_llama_cpp_gives()
    {
        const string scaling = """ "rope_scaling":{"rope_type":"llama3","factor":8,"low_freq_factor":1,"high_freq_factor":4,"original_max_position_embeddings":128}} """;
        Agree(LogProbabilities(PublishedModel.Decoder(Json(Llama[..^1] + "," + scaling), SharedNumbers.Checkpoint(Layout(Llama)))),
            -7.166345822f, -5.158783986f, -4.507913749f, -6.408881560f, -7.423808056f, -5.573813768f, -5.324140392f, -6.587377430f,
            -4.650436155f, -6.064705913f);
    }

    [Fact]
    public void Qwen2_gives_the_probabilities_that_llama_cpp_gives()
    {
        var config = Llama.Replace("\"llama\"", "\"qwen2\",\"tie_word_embeddings\":true", StringComparison.Ordinal);
        Agree(LogProbabilities(PublishedModel.Decoder(Json(config), SharedNumbers.Checkpoint(Layout(config)))),
            -7.077884663f, -6.469640853f, -5.314897893f, -5.328818022f, -6.134046006f, -6.688934406f, -6.845993064f, -6.976077796f,
            -7.141946939f, -4.579567444f);
    }

    [Fact]
    public void Bert_gives_the_scores_that_pytorch_gives()
    {
        var model = PublishedModel.Encoder(Json(Bert),
            SharedNumbers.Checkpoint(BertLayout.Of(BertLayout.Options(Config(Bert), scores: true))));
        var scores = model.Scores(
            NdArray.FromRows(new[,] { { 2, 7, 1, 8, 28, 18, 28, 45 }, { 3, 14, 15, 9, 26, 0, 0, 0 } }),
            NdArray.FromRows(new[,] { { true, true, true, true, true, true, true, true },
                { true, true, true, true, true, false, false, false } }),
            NdArray.FromRows(new[,] { { 0, 0, 0, 0, 1, 1, 1, 1 }, { 0, 0, 0, 1, 1, 0, 0, 0 } })).Value;
        Agree(NdArray.Concatenate<float>(0, scores[0, ..], scores[1, ..5]),
            -0.227711379f, -1.205886840f, 1.0444985628f, 0.4764324724f, 0.3795835375f, 0.4403184652f, 0.9919959306f, 0.4706077277f,
            -1.164963364f, 0.0559418350f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_residual_network_gives_the_scores_that_torchvision_gives(bool torchvision)
    {
        // 4.9 million weights: the reference cannot be built smaller. torchvision's names lead to the same places.
        var options = ResNetLayout.Options(Config(Resnet));
        var named = ResNetLayout.Of(options, torchvision: false).Tensors.Select(t => SharedNumbers.Weights(t.Name, t.Shape));
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, ResNetLayout.Of(options, torchvision).Tensors.Zip(named, (t, w) => KeyValuePair.Create(t.Name, w)));
        stream.Position = 0;
        var weights = new PublishedWeights([stream]);
        var layout = ResNetLayout.Of(options, torchvision);
        weights.Check(layout);
        var model = new ResidualNetwork(options, Seeded.Blank);
        weights.Fill(model, layout);
        model.Evaluate();
        using var pause = Tensor.NoGradient();
        Agree(model.Forward(new Tensor(NdArray<float>.Over([.. SharedNumbers.Of("images", 2 * 3 * 40 * 36).Select(u => (float)u)], 2, 3, 40,
            36))).Value,
            -0.070243865f, 0.1168374866f, -0.256806612f, -0.434578001f, -0.754251360f, -0.072415769f, 0.0227471664f, -0.248587101f,
            -0.381327629f, -0.803354740f);
    }

    [Fact]
    public void An_encoder_without_scores_gives_vectors()
    {
        var layout = BertLayout.Of(BertLayout.Options(Config(Bert), scores: false));
        var model = PublishedModel.Encoder(Json(Bert), SharedNumbers.Checkpoint(layout));
        Assert.Equal("(1, 32)", model.Mean(NdArray.FromRows(new[,] { { 2, 7, 1 } })).Shape.ToString());
    }

    [Fact]
    public void A_checkpoint_may_come_in_parts_without_its_prefix_and_with_what_is_not_needed()
    {
        var layout = Layout(Gpt2);
        var half = layout.Tensors.Take(9).ToHashSet();
        using var first = SharedNumbers.Checkpoint(layout, half.Contains);
        using var second = new MemoryStream();
        SafeTensors.Write(second,
            layout.Tensors.Where(t => !half.Contains(t))
                .Select(t => KeyValuePair.Create(t.Name[layout.Prefix.Length..], SharedNumbers.Weights(t.Name, t.Shape)))
            .Append(KeyValuePair.Create("h.0.attn.bias", NdArray.Ones<float>(1, 1, 4, 4))));
        second.Position = 0;
        var ids = NdArray.FromRows(new[,] { { 3, 1, 4 } });
        Assert.Equal(
            PublishedModel.Decoder(Json(Gpt2), SharedNumbers.Checkpoint(layout)).Forward(ids).Value.ToArray(),
            PublishedModel.Decoder(Json(Gpt2), first, second).Forward(ids).Value.ToArray());
    }

    [Theory]
    [InlineData("""{"model_type":"mamba"}""", "names the architecture 'mamba'; gpt2, llama, mistral and qwen2 are read")]
    [InlineData("""[]""", "no JSON object")]
    [InlineData("""{"model_type":""", "not JSON")]
    [InlineData("""{"model_type":"gpt2","vocab_size":61,"n_embd":32,"n_layer":2,"n_head":5}""", "do not divide evenly")]
    [InlineData("""{"model_type":"gpt2","vocab_size":61,"n_embd":32,"n_layer":2}""", "lacks 'n_head'")]
    [InlineData("""{"model_type":"gpt2","vocab_size":-1,"n_embd":32,"n_layer":2,"n_head":4}""", "vocab_size: -1; 1 to")]
    [InlineData("""{"model_type":"gpt2","vocab_size":1e99,"n_embd":32,"n_layer":2,"n_head":4}""", "vocab_size: 1e99; 1 to")]
    [InlineData("""{"model_type":"gpt2","vocab_size":4000000,"n_embd":65536,"n_layer":2,"n_head":4}""", "asks for too much")]
    [InlineData("""{"model_type":"gpt2","vocab_size":61,"n_embd":32,"n_layer":2,"n_head":4,"activation_function":"relu"}""",
        "only gelu_new is computed")]
    [InlineData("""{"model_type":"llama","vocab_size":61,"hidden_size":32,"num_hidden_layers":1,"num_attention_heads":4,"intermediate_size":8,"rope_scaling":{"type":"linear"}}""", "only llama3 is computed")]
    [InlineData("""{"model_type":"llama","vocab_size":61,"hidden_size":32,"num_hidden_layers":1,"num_attention_heads":4,"intermediate_size":8,"rope_scaling":7}""", "which is no object")]
    [InlineData("""{"model_type":"gpt2","vocab_size":61,"n_positions":24,"n_embd":32,"n_layer":3,"n_head":4}""",
        "lack the tensor 'transformer.h.2.ln_1.weight'")]
    [InlineData("""{"model_type":"gpt2","vocab_size":61,"n_positions":24,"n_embd":32,"n_layer":1,"n_head":4}""",
        "that the configuration has no place for")]
    [InlineData("""{"model_type":"gpt2","vocab_size":62,"n_positions":24,"n_embd":32,"n_layer":2,"n_head":4}""",
        "'transformer.wte.weight' has shape (61, 32); by the configuration it has (62, 32)")]
    public void What_does_not_fit_is_refused_and_named(string config, string reason)
        => Assert.Contains(reason,
            Assert.Throws<InvalidDataException>(() => PublishedModel.Decoder(Json(config), SharedNumbers.Checkpoint(Layout(Gpt2)))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Weights_that_are_cut_short_are_refused_before_a_model_is_made()
    {
        var whole = SharedNumbers.Checkpoint(Layout(Gpt2)).ToArray();
        Assert.Contains("cut short", Refused(new MemoryStream(whole[..^1])), StringComparison.Ordinal);
        Assert.Contains("cut short, or changed", Refused(new MemoryStream([.. whole, 0])), StringComparison.Ordinal);
        Assert.Contains("ends within its header", Refused(new MemoryStream(whole[..200])), StringComparison.Ordinal);

        static string Refused(Stream weights)
            => Assert.Throws<InvalidDataException>(() => PublishedModel.Decoder(Json(Gpt2), weights)).Message;
    }

    [Fact]
    public void A_header_that_claims_more_than_the_stream_holds_takes_no_memory()
    {
        // Four million tokens of 512 numbers are 8 GB; the stream has none of them.
        const string config = """{"model_type":"gpt2","vocab_size":4000000,"n_positions":24,"n_embd":512,"n_layer":1,"n_head":4}""";
        var offset = 0L;
        var entries = Layout(config).Tensors
            .Select(t => $"\"{t.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', t.Shape.Lengths.ToArray())}],\"data_offsets\":[{offset},{offset += t.Shape.Count * 4L}]}}");
        var header = Encoding.UTF8.GetBytes("{" + string.Join(',', entries) + "}");
        using var stream = new MemoryStream([.. BitConverter.GetBytes((long)header.Length), .. header]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => PublishedModel.Decoder(Json(config), stream));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Fact]
    public void A_model_that_would_not_fit_is_refused_with_the_estimate()
    {
        var layout = Layout(Gpt2);
        var weights = new PublishedWeights([SharedNumbers.Checkpoint(layout)]);
        var error = Assert.Throws<InsufficientMemoryException>(() => weights.Check(layout, memory: 1000));
        Assert.Contains("The model of 28,192 numbers needs 0 MiB, and 0 MiB are there", error.Message, StringComparison.Ordinal);
        weights.Check(layout, memory: 1 << 20);
    }

    private static NdArray<float> LogProbabilities(Gpt model)
        => NdMath.Log(model.Forward(NdArray.FromRows(new[,] { { 1, 270, 12, 5, 133, 5, 8, 264, 3, 20 } })).Softmax().Value);

    private static void Agree(NdArray<float> ours, params float[] expected)
    {
        var flat = ours.Ravel();
        Assert.All(expected, (value, i) => Assert.Equal(value, flat[(int)((long)i * (flat.Count - 1) / 9)], 5e-5f));
    }

    private static PublishedLayout Layout(string config)
        => GptLayout.Of(config.Contains("gpt2", StringComparison.Ordinal)
            ? Gpt2Layout.Options(Config(config))
            : LlamaLayout.Options(Config(config)));

    private static PublishedConfig Config(string text) => PublishedConfig.Read(Json(text));

    private static MemoryStream Json(string text) => new(Encoding.UTF8.GetBytes(text));
}
