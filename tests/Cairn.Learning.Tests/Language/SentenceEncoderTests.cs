using System.Text;

namespace Cairn.Learning.Tests;

public sealed class SentenceEncoderTests
{
    private const string Config = """
        {"model_type":"bert","vocab_size":60,"max_position_embeddings":16,"hidden_size":32,"num_hidden_layers":2,
         "num_attention_heads":4,"intermediate_size":48,"layer_norm_eps":1e-12}
        """;

    private static readonly SentenceEncoder Encoder = Load();

    [Fact]
    public void A_published_folder_goes_from_text_to_vectors()
    {
        var texts = new[] { "The tide.", "rings, rings and unaffable rings!", "it is" };
        var vectors = Encoder.Encode(texts);
        Assert.Equal("(3, 32)", vectors.Shape.ToString());
        var bert = PublishedModel.Encoder(new MemoryStream(Encoding.UTF8.GetBytes(Config)), Weights());
        var tokenizer = WordPieceTests.Make();
        using var pause = Tensor.NoGradient();
        for (var i = 0; i < texts.Length; i++)
        {
            // Alone, without filling: the mean of its tokens' vectors, made to length 1.
            var ids = tokenizer.Encode(texts[i]);
            var mean = bert.Forward(NdArray.Of(ids).Reshape(1, ids.Length)).Value[0, ..].Mean(0).ToArray();
            var length = Math.Sqrt(mean.Sum(x => (double)x * x));
            Assert.Equal(mean.Select(x => x / length), vectors[i, ..].ToArray().Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public void A_text_beside_others_keeps_its_vector_and_its_place()
    {
        var texts = Enumerable.Range(0, 70)
            .Select(i => string.Concat(Enumerable.Repeat("tide ring ", i % 5)) + (i % 2 == 0 ? "a" : "x")).ToArray();
        var together = Encoder.Encode(texts);
        foreach (var i in new[] { 0, 33, 69 })
            Assert.Equal(Encoder.Encode([texts[i]]).ToArray(), together[i, ..].ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Vectors_keep_their_length_where_asked()
    {
        var (raw, unit) = (Encoder.Encode(["the tide"], normalise: false).ToArray(), Encoder.Encode(["the tide"]).ToArray());
        var length = Math.Sqrt(raw.Sum(x => (double)x * x));
        Assert.Equal(1, unit.Sum(x => (double)x * x), 1e-5);
        Assert.Equal(raw.Select(x => x / length), unit.Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_text_of_nothing_and_no_texts_are_no_trouble()
    {
        Assert.All(Encoder.Encode(["", "\0"]).ToArray(), x => Assert.True(float.IsFinite(x)));
        Assert.Equal("(0, 32)", Encoder.Encode([]).Shape.ToString());
    }

    [Fact]
    public void A_text_that_is_too_long_loses_its_end()
    {
        var long40 = string.Concat(Enumerable.Repeat("tide ", 40));
        Assert.Equal(Encoder.Encode([long40[..(5 * 14)]]).ToArray(), Encoder.Encode([long40 + "ring"]).ToArray());
    }

    [Fact]
    public void An_encoder_that_was_learning_drops_nothing()
    {
        var options = new EncoderOptions { Vocabulary = 60, Context = 16, Width = 16, Layers = 1, Dropout = 0.5f };
        var encoder = new SentenceEncoder(new TextEncoder(options, new Seeded(1)), WordPieceTests.Make());
        Assert.Equal(encoder.Encode(["the tide"]).ToArray(), encoder.Encode(["the tide"]).ToArray());
    }

    [Fact]
    public void A_tokenizer_of_another_model_is_refused()
    {
        using var small = new MemoryStream(Encoding.UTF8.GetBytes(Config.Replace("60", "59")));
        Assert.Contains("The tokenizer has 60 tokens, the encoder 59",
            Assert.Throws<InvalidDataException>(() => PublishedModel.SentenceEncoder(small, WordPieceTests.Json(), Weights(59))).Message);
    }

    private static SentenceEncoder Load()
        => PublishedModel.SentenceEncoder(new MemoryStream(Encoding.UTF8.GetBytes(Config)), WordPieceTests.Json(), Weights());

    private static MemoryStream Weights(int vocabulary = 60)
    {
        using var config = new MemoryStream(Encoding.UTF8.GetBytes(Config.Replace("60", $"{vocabulary}")));
        return SharedNumbers.Checkpoint(BertLayout.Of(BertLayout.Options(PublishedConfig.Read(config), scores: false)));
    }
}
