namespace Cairn.Learning.Tests;

public sealed class GptTests
{
    private const string Text =
        "the cat sat on the mat and the dog sat on the log; the cat saw the dog and the dog saw the cat; then the cat ran from the mat and the dog ran from the log. ";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_mini_gpt_learns_a_small_text_in_seconds(bool rotary)
    {
        // About a second of work; the limit is on the loss, not the clock.
        var tokenizer = TokenizerTrainer.Train([Text], 300);
        var ids = tokenizer.Encode(string.Concat(Enumerable.Repeat(Text, 4)));
        var random = new Seeded(7);
        var model = new Gpt(new GptOptions { Vocabulary = 300, Context = 32, Width = 48, Layers = 2, Heads = 4, Rotary = rotary }, random);
        Assert.InRange(TextGenerator.Perplexity(model, ids), 250, 350);
        var optimiser = Adam.W(model.Parameters(), 5e-3f);
        for (var step = 0; step < 130; step++)
        {
            optimiser.Scale(Schedule.Cosine(step, 130, 15, 0.05));
            var starts = Enumerable.Range(0, 8).Select(_ => random.Integer(ids.Length - 33)).ToArray();
            var loss = model.Loss(Windows(ids, starts, 0), Windows(ids, starts, 1));
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.ClipGradients(1);
            optimiser.Step();
        }
        Assert.InRange(TextGenerator.Perplexity(model, ids), 1, 1.6);
        var written = TextGenerator.Generate(model, tokenizer.Encode("the cat sat"), 12, random, new SamplingOptions { Temperature = 0 })
            .ToArray();
        Assert.StartsWith(" on the mat and the dog", tokenizer.Decode(written));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_cache_changes_nothing_but_the_time(bool rotary)
    {
        var random = new Seeded(1);
        var model = new Gpt(new GptOptions { Vocabulary = 40, Context = 16, Width = 16, Layers = 2, Heads = 2, Rotary = rotary }, random);
        var ids = random.Integers(0, 40, 1, 10);
        var whole = model.Forward(ids).Value;
        var cache = model.NewCache();
        var parts = new[] { ids[.., ..4], ids[.., 4..5], ids[.., 5..] }.Select(part => model.Forward(part, cache).Value).ToArray();
        var joined = NdArray.Concatenate<float>(1, parts);
        Assert.InRange(NdMath.Abs(whole - joined).Max(), 0, 1e-5);
        Assert.Contains("do not fit", Assert.Throws<ShapeException>(() => model.Forward(random.Integers(0, 40, 1, 7), cache)).Message);
    }

    [Fact]
    public void A_token_sees_nothing_of_what_follows()
    {
        var random = new Seeded(1);
        var model = new Gpt(new GptOptions { Vocabulary = 40, Context = 16, Width = 16, Layers = 2, Heads = 2 }, random);
        var ids = random.Integers(0, 40, 1, 10);
        var before = model.Forward(ids).Value[0, ..6].Copy();
        ids[0, 7] = (ids[0, 7] + 1) % 40;
        Assert.Equal(before.ToArray(), model.Forward(ids).Value[0, ..6].ToArray());
    }

    [Fact]
    public void Sampling_follows_its_options()
    {
        float[] scores = [1, 3, 2, -1];
        var random = new Seeded(1);
        Assert.Equal(1, Draw(new SamplingOptions { Temperature = 0 }));
        Assert.Equal([1, 2], Seen(new SamplingOptions { TopK = 2 }));
        Assert.Equal([1], Seen(new SamplingOptions { TopP = 0.5 }));
        Assert.Equal([0, 1, 2, 3], Seen(new SamplingOptions { Temperature = 3 }));
        Assert.Equal(2, Sampler.Draw(scores, [1], new SamplingOptions { Temperature = 0, RepetitionPenalty = 2 }, random));
        Assert.Throws<ArgumentException>(() => Sampler.Draw([float.NaN], [], new SamplingOptions(), random));
        Assert.Throws<ArgumentException>(() => Draw(new SamplingOptions { TopP = 0 }));

        int Draw(SamplingOptions options) => Sampler.Draw(scores, [], options, random);

        IEnumerable<int> Seen(SamplingOptions options) => Enumerable.Range(0, 400).Select(_ => Draw(options)).Distinct().Order().ToArray();
    }

    [Fact]
    public void Writing_stops_at_a_stop_token_and_at_the_end_of_the_context()
    {
        var model = new Gpt(new GptOptions { Vocabulary = 8, Context = 6, Width = 8, Layers = 1, Heads = 1 }, new Seeded(1));
        var all = TextGenerator.Generate(model, [1, 2], 50, new Seeded(1)).ToArray();
        Assert.Equal(5, all.Length);
        Assert.Equal(all[..2].TakeWhile(t => t != all[1]),
            TextGenerator.Generate(model, [1, 2], 50, new Seeded(1), stop: new HashSet<int> { all[1] }));
        Assert.Throws<ArgumentException>(() => TextGenerator.Generate(model, [], 1, new Seeded(1)));
    }

    private static NdArray<int> Windows(int[] ids, int[] starts, int shift)
        => NdArray.FromRows<int>([.. starts.Select(s => ids[(s + shift)..(s + shift + 32)])]);
}
