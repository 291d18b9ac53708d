namespace Cairn.Learning.Tests;

public sealed class LatentSemanticsTests
{
    [Fact]
    public void The_directions_are_those_of_the_full_decomposition()
    {
        var rows = NdArray<double>.Over(Array.ConvertAll(Table.Of(51, 60, 12).ToArray(), v => v > .6 ? v : 0), 60, 12);
        var (u, values, vt) = Linalg.Svd(rows);
        var model = new LatentSemantics(3);
        var reduced = model.FitTransform(SparseMatrix.FromDense(rows)).Dense;
        Table.Close(values.ToArray().AsSpan(0, 3), [.. model.SingularValues], 1e-4);
        for (var c = 0; c < 3; c++)
        {
            var sign = Math.Sign(vt[c, 0]) == Math.Sign(model.Components![c, 0]) ? 1 : -1;
            for (var column = 0; column < 12; column++)
                Assert.Equal(vt[c, column] * sign, model.Components[c, column], 2e-3);
            for (var row = 0; row < 60; row++)
                Assert.Equal(u[row, c] * values[c] * sign, reduced[row, c], 5e-3);
        }
    }

    [Fact]
    public void Texts_about_the_same_lie_close()
    {
        string[] texts =
        [
            "the card was lost", "lost my card", "card lost", "exchange rate today", "today's exchange rate", "rate of exchange",
        ];
        var vectoriser = new TfidfVectoriser();
        vectoriser.Fit(texts);
        var reduced = new LatentSemantics(2).FitTransform(vectoriser.Transform(texts)).Dense;
        double Between(int a, int b) => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<double>(reduced.Row(a), reduced.Row(b));
        Assert.True(Between(1, 2) > .9 && Between(3, 5) > .9 && Between(1, 4) < .3);
    }

    [Fact]
    public void More_components_than_the_smaller_side_are_refused()
        => Assert.Throws<BadInputException>(() => new LatentSemantics(5).Fit(NdArray.Ones<double>(4, 9)));
}
