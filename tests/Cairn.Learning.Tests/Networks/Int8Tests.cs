using System.Runtime.CompilerServices;

namespace Cairn.Learning.Tests;

public sealed class Int8Tests
{
    [Theory]
    [InlineData(1, 70, 100)]
    [InlineData(3, 64, 33)]
    [InlineData(9, 65, 130)]
    public void A_layer_of_int8_is_off_by_at_most_half_a_step_for_each_weight(int rows, int outputs, int inputs)
    {
        var random = new Seeded(rows);
        var layer = new Linear(inputs, outputs, random);
        var x = new Tensor(random.Uniform(-1f, 1f, rows, inputs));
        var (exact, largest) = (layer.Forward(x).Value, NdMath.Abs(layer.Weight.Value).Max(1));
        var bytes = layer.Bytes();
        layer.UseInt8();
        var error = NdMath.Abs(layer.Forward(x).Value - exact).Max(0);
        // A weight is rounded by at most half of its row's step, the row's largest over 127; inputs are at most 1.
        for (var output = 0; output < outputs; output++)
            Assert.InRange(error[output], 0, (inputs * largest[output] / 254) + 1e-4f);
        Assert.Equal((outputs * inputs) + (outputs * 2 * sizeof(float)), layer.Bytes());
        Assert.InRange(layer.Bytes(), 0, bytes / 3);
    }

    [Fact]
    public void Whole_numbers_with_a_row_of_127_are_kept_exactly_on_both_ways()
    {
        var layer = new Linear(70, 70, new Seeded(1), bias: false);
        for (var i = 0; i < 70; i++)
        {
            for (var j = 0; j < 70; j++)
                layer.Weight.Value[i, j] = j == 0 ? 127 : ((i * 31) + (j * 17)) % 200 - 100;
        }
        var random = new Seeded(2);
        foreach (var rows in new[] { 2, 6 })
        {
            var x = new Tensor(random.Integers(-3, 4, rows, 70).To<float>(), requiresGradient: true);
            var other = new Linear(70, 70, new Seeded(3), bias: false);
            layer.Weight.Value.CopyTo(other.Weight.Value.Span);
            (other.Forward(x) * 0.5f).Sum().Backward();
            var gradient = x.Gradient!.ToArray();
            var exact = other.Forward(x).Value.ToArray();
            other.UseInt8();
            x.ZeroGradient();
            Assert.Equal(exact, other.Forward(x).Value.ToArray());
            (other.Forward(x) * 0.5f).Sum().Backward();
            Assert.Equal(gradient, x.Gradient!.ToArray());
        }
    }

    [Fact]
    public void A_gpt_of_int8_gives_nearly_the_same_probabilities_in_less_memory()
    {
        var random = new Seeded(4);
        var model = new Gpt(new() { Vocabulary = 200, Context = 32, Width = 64, Layers = 2, Heads = 4 }, random);
        var ids = random.Integers(0, 200, 2, 12);
        var (exact, bytes) = (model.Forward(ids).Value, model.Bytes());
        model.UseInt8();
        Assert.InRange(NdMath.Abs(model.Forward(ids).Value - exact).Max() / NdMath.Abs(exact).Max(), 0, 0.03);
        Assert.InRange(model.Bytes(), 0, 0.3 * bytes);
        Assert.Contains("int8", model.Summary(), StringComparison.Ordinal);
        Assert.Equal(5, TextGenerator.Generate(model, [1, 2], 5, random).Count());
    }

    [Fact]
    public void What_is_int8_is_not_saved_or_read_as_floats()
    {
        var network = new Sequential(new Linear(4, 3, new Seeded(1)));
        network.UseInt8();
        Assert.Contains("cannot be saved", Assert.Throws<InvalidOperationException>(() => network.Save(new MemoryStream())).Message,
            StringComparison.Ordinal);
        Assert.Contains("cannot be loaded into", Assert.Throws<InvalidOperationException>(() => network.Load(new MemoryStream())).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ((Linear)network[0]).Weight);
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_refused_with_its_row()
    {
        var layer = new Linear(4, 3, new Seeded(1));
        layer.Weight.Value[2, 1] = float.NaN;
        Assert.Contains("Row 2", Assert.Throws<ArgumentException>(layer.UseInt8).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_float_weights_are_let_go()
    {
        var model = new Gpt(new() { Vocabulary = 20, Context = 8, Width = 8, Layers = 1, Heads = 2 }, new Seeded(1));
        var weights = Weights(model);
        model.UseInt8();
        GC.Collect();
        Assert.All(weights, w => Assert.False(w.IsAlive));
        Assert.Equal(4, model.Forward(NdArray.FromRows(new[,] { { 1, 2, 3, 4 } })).Shape[1]);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Weights(Gpt model)
            => [.. model.NamedParameters().Where(p => p.Value.Shape.Rank == 2).Select(p => new WeakReference(p.Value.Value.Storage))];
    }

    [Fact]
    public void A_token_that_the_table_lacks_is_refused()
    {
        var table = new Embedding(5, 4, new Seeded(1));
        table.UseInt8();
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Forward(NdArray.Of(5)));
    }
}
