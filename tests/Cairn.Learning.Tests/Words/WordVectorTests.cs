using System.Numerics.Tensors;

namespace Cairn.Learning.Tests;

public sealed class WordVectorTests
{
    /// <summary>A small language with known meaning: each person word goes with words of its sex, its rank and its age.</summary>
    private static readonly List<string[]> Sentences = Speak(6000);

    [Fact]
    public void Counting_learns_analogies()
    {
        var vectors = CooccurrenceVectors.Train(Sentences, 1, new CooccurrenceOptions { Dimensions = 12 });
        HoldsAnalogies(vectors);
        Assert.Contains(vectors.Nearest("crown", 4), n => n.Word is "throne" or "palace" or "king" or "queen");
        Assert.Equal(1, vectors.Similarity("king", "king"), 1e-5);
        Assert.DoesNotContain(vectors.Nearest("king", 50), n => n.Word == "king");
    }

    [Fact]
    public void Predicting_learns_analogies()
        => HoldsAnalogies(SkipGram.Train(Sentences, 1,
            new SkipGramOptions { Dimensions = 16, Window = 6, Epochs = 3, LearningRate = 0.05f, Subsample = 0 }));

    [Fact]
    public void A_learning_rate_that_diverges_is_said_with_the_sentence()
    {
        var options = new SkipGramOptions { Dimensions = 8, Epochs = 1, LearningRate = 1e30f, Subsample = 0 };
        var error = Assert.Throws<DivergenceException>(() => SkipGram.Train(Sentences, 1, options));
        Assert.InRange(error.Step, 0, 50);
        Assert.Contains("no finite product", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_gives_one_result()
    {
        var some = Sentences[..200];
        var options = new SkipGramOptions { Dimensions = 8, Epochs = 1 };
        Assert.Equal(SkipGram.Train(some, 5, options).Vectors.ToArray(), SkipGram.Train(some, 5, options).Vectors.ToArray());
        Assert.Equal(CooccurrenceVectors.Train(some, 5).Vectors.ToArray(), CooccurrenceVectors.Train(some, 5).Vectors.ToArray());
    }

    [Fact]
    public void Sentences_that_share_meaning_are_closer_than_those_that_share_filling()
    {
        var vectors = CooccurrenceVectors.Train(Sentences, 1, new CooccurrenceOptions { Dimensions = 12 });
        var sentences = SentenceVectors.Fit(vectors, Sentences);
        string[] royal = ["the", "king", "of", "the", "palace"], near = ["throne", "crown"], far = ["the", "man", "of", "the", "field"];
        Assert.True(Cosine(sentences.Vector, royal, near) > Cosine(sentences.Vector, royal, far) + 0.1);
        Assert.True(Cosine(Mean, royal, near) < Cosine(Mean, royal, far));
        Assert.All(sentences.Vector(["unheard"]), v => Assert.Equal(0, v));

        float[] Mean(IReadOnlyList<string> sentence)
            => vectors.Vectors[NdArray.Of<int>(vectors.Vocabulary.Ids(sentence))].Mean(0).ToArray();

        static float Cosine(Func<IReadOnlyList<string>, float[]> of, string[] x, string[] y)
            => TensorPrimitives.CosineSimilarity<float>(of(x), of(y));
    }

    [Fact]
    public void Words_are_numbered_by_frequency_and_rare_ones_left_out()
    {
        var vocabulary = Vocabulary.Of([["b", "a", "a"], ["b", "c", "b"]], minCount: 2);
        Assert.Equal(["b", "a"], Enumerable.Range(0, vocabulary.Count).Select(vocabulary.Word));
        Assert.Equal([0, 1], vocabulary.Ids(["b", "c", "a"]));
        Assert.Contains("none occurs 5 times", Assert.Throws<ArgumentException>(() => Vocabulary.Of([["a"]])).Message);
        Assert.Contains("'x' is not among the 2 words",
            Assert.Throws<KeyNotFoundException>(() => new WordVectors(vocabulary, NdArray.Zeros<float>(2, 2)).Nearest("x")).Message);
    }

    private static void HoldsAnalogies(WordVectors vectors)
    {
        Assert.Equal("queen", vectors.Analogy("man", "king", "woman")[0].Word);
        Assert.Equal("princess", vectors.Analogy("boy", "prince", "girl")[0].Word);
        Assert.Equal("man", vectors.Analogy("queen", "king", "woman")[0].Word);
    }

    private static List<string[]> Speak(int count)
    {
        var random = new Seeded(3);
        string[] male = ["he", "his", "beard", "sir"], female = ["she", "her", "dress", "madam"];
        string[] royal = ["crown", "throne", "palace", "reign"], common = ["field", "work", "village", "plough"];
        string[] old = ["tall", "wise", "grey", "late"], young = ["small", "play", "school", "early"];
        string[] filling = ["the", "of"];
        (string Word, string[][] Fields)[] people =
        [
            ("king", [male, royal, old]), ("queen", [female, royal, old]), ("man", [male, common, old]), ("woman", [female, common, old]),
            ("prince", [male, royal, young]), ("princess", [female, royal, young]), ("boy", [male, common, young]),
                ("girl", [female, common, young]),
        ];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (word, fields) = people[random.Integer(people.Length)];
            var sentence = new[] { word, "the", "of", filling[random.Integer(2)], fields[0][random.Integer(4)],
                fields[1][random.Integer(4)], fields[2][random.Integer(4)] };
            random.Shuffle<string>(sentence);
            return sentence;
        })];
    }
}
