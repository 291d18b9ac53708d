namespace Cairn.Learning.Tests;

public sealed class EncoderTests
{
    [Fact]
    public void An_encoder_learns_to_fill_in_what_is_hidden()
    {
        // Texts count upward by a step that the text keeps to: the rest tells a hidden number.
        const int numbers = 12, mask = 12;
        var random = new Seeded(1);
        var model = new TextEncoder(new EncoderOptions { Vocabulary = 13, Context = 8, Width = 32, Layers = 2, Heads = 2 }, random);
        var optimiser = Adam.W(model.Parameters(), 3e-3f);
        for (var step = 0; step < 150; step++)
        {
            var (ids, targets) = TextEncoder.Hide(Texts(random, 32), mask, numbers, random, 0.25);
            var loss = model.Scores(ids).CrossEntropy(targets);
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.ClipGradients(1);
            optimiser.Step();
        }
        var texts = Texts(random, 100);
        var hidden = texts.Copy();
        hidden[.., 4] = mask;
        var found = model.Scores(hidden).Value[.., 4].ArgMax(1);
        Assert.InRange(NdMath.Equal(found, texts[.., 4]).CountTrue(), 85, 100);

        static NdArray<int> Texts(Seeded random, int count)
        {
            var texts = NdArray.Zeros<int>(count, 8);
            for (var row = 0; row < count; row++)
            {
                var (start, by) = (random.Integer(numbers), random.Integer(1, 4));
                for (var i = 0; i < 8; i++)
                    texts[row, i] = (start + (i * by)) % numbers;
            }
            return texts;
        }
    }

    [Fact]
    public void Filling_changes_nothing()
    {
        var random = new Seeded(1);
        var model = new TextEncoder(new EncoderOptions { Vocabulary = 20, Context = 8, Width = 16, Layers = 2, Heads = 2 }, random);
        var text = random.Integers(0, 20, 1, 5);
        var filled = NdArray.Concatenate<int>(1, text, random.Integers(0, 20, 1, 3));
        var mask = NdArray.FromRows(new[,] { { true, true, true, true, true, false, false, false } });
        Assert.InRange(NdMath.Abs(model.Mean(text).Value - model.Mean(filled, mask).Value).Max(), 0, 1e-5);
        Assert.InRange(NdMath.Abs(model.Mean(text).Value - model.Mean(filled).Value).Max(), 1e-3, 10);
    }

    [Fact]
    public void Hiding_keeps_to_its_shares()
    {
        var ids = NdArray.Full(5, 200, 50);
        var (hidden, targets) = TextEncoder.Hide(ids, 9, 9, new Seeded(1), 0.2);
        var chosen = NdMath.Equal(targets, 5).CountTrue();
        Assert.InRange(chosen, 1850, 2150);
        Assert.InRange((double)NdMath.Equal(hidden, 9).CountTrue() / chosen, 0.77, 0.83);
        Assert.Equal(ids.Count - chosen, NdMath.Equal(targets, Tensor.Ignored).CountTrue());
    }

    [Fact]
    public void An_encoder_and_a_decoder_learn_to_write_backwards()
    {
        const int length = 5, start = 8, end = 9;
        var random = new Seeded(3);
        var model = new SequenceToSequence(new EncoderOptions { Vocabulary = 10, Context = 8, Width = 32, Layers = 1, Heads = 4 }, random);
        var optimiser = Adam.W(model.Parameters(), 5e-3f);
        for (var step = 0; step < 250; step++)
        {
            var source = random.Integers(0, 8, 32, length);
            var reversed = source[.., "::-1"];
            var begin = NdArray.Full(start, 32, 1);
            var stop = NdArray.Full(end, 32, 1);
            var loss = model.Decode(NdArray.Concatenate<int>(1, begin, reversed), model.Encode(source))
                .CrossEntropy(NdArray.Concatenate<int>(1, reversed, stop));
            optimiser.Scale(Schedule.Linear(step, 250, 20));
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.ClipGradients(1);
            optimiser.Step();
        }
        var right = Enumerable.Range(0, 20).Count(_ =>
        {
            var source = random.Integers(0, 8, length).ToArray();
            return model.Write(source, start, end, 7).SequenceEqual(source.Reverse());
        });
        Assert.InRange(right, 17, 20);
    }
}
