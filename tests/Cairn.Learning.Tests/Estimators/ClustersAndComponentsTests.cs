namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.</summary>
public sealed class ClustersAndComponentsTests
{
    private static readonly NdArray<double> Spread = Table.Of(33, 300, 2);
    private static readonly NdArray<double> Rows = Table.Of(31, 150, 4);

    [Fact]
    public void Three_clouds_are_found_as_by_the_reference()
    {
        var clouds = Clouds();
        var model = new KMeans(new() { Clusters = 3, Seed = 5 });
        model.Fit(clouds);
        Assert.Equal(1.9435989531390157, model.Inertia, 9);
        var centres = Enumerable.Range(0, 3).Select(k => model.Centres!.Row(k).ToArray()).OrderBy(c => c[0]).SelectMany(c => c).ToArray();
        Table.Close([.19857356336154053, .19576796266436575, .5015031566340477, .9050098826959729, .7992674979995936, .29532136813178655],
            centres, 1e-9);
        Assert.Equal(.8350143034049364, Silhouette.Of(clouds, [.. model.Labels]), 9);
        Assert.Equal(model.Labels, model.Predict(clouds));
    }

    [Theory]
    [InlineData(1e5)]
    [InlineData(1.76e9)]
    public void Clouds_far_from_zero_are_found_as_those_around_it(double offset)
    {
        var (near, far) = (new KMeans(new() { Clusters = 3, Seed = 5 }), new KMeans(new() { Clusters = 3, Seed = 5 }));
        near.Fit(Clouds());
        far.Fit(Clouds() + offset);
        Assert.Equal(near.Labels, far.Labels);
        Assert.Equal(near.Inertia, far.Inertia, 1e-5);
        Table.Close(near.Centres!.ToArray(), (far.Centres! - offset).ToArray(), 1e-6);
        Assert.Equal(far.Labels, far.Predict(Clouds() + offset));
    }

    [Fact]
    public void The_elbow_is_at_the_number_of_clouds()
    {
        var inertias = KMeans.Elbow(Clouds(), [1, 2, 3, 4]);
        Assert.True(inertias[1] - inertias[2] > 5 * (inertias[2] - inertias[3]));
    }

    [Fact]
    public void More_clusters_than_distinct_rows_leave_none_without_a_number()
    {
        var model = new KMeans(new() { Clusters = 3 });
        model.Fit(NdArray.FromRows(new[,] { { 1.0 }, { 1 }, { 2 }, { 2 } }));
        Assert.Equal(0, model.Inertia, 12);
        Assert.All(model.Centres!.ToArray(), c => Assert.True(double.IsFinite(c)));
    }

    [Fact]
    public void Components_agree_with_the_reference()
    {
        var mixed = Mixed();
        var pca = new Pca(2);
        var reduced = pca.FitTransform(mixed);
        Table.Close([.47193976989432973, .08653966102239172], [.. pca.Variances], 1e-9);
        Table.Close([.8130824409847255, .14909503990696074], [.. pca.VarianceShares], 1e-9);
        Table.Close([.9123517928701433, .4060870194484988, .03928482266207895, .034120981675197774], pca.Components!.Row(0), 1e-9);
        Table.Close([-.4042433113663256, .9048944875523514, .1052420768631685, -.0817154628603621], pca.Components.Row(1), 1e-9);
        Assert.Equal((150, 2), (reduced.Rows, reduced.Columns));
    }

    [Fact]
    public void All_components_lose_nothing_whichever_way_they_were_found()
    {
        foreach (var rows in new[] { Mixed(), Mixed()[..3, ..].ToContiguous() })
        {
            var pca = new Pca(Math.Min(rows.Shape[0], 4));
            Table.Close(rows.ToArray(), pca.Inverse(pca.FitTransform(rows).Dense).ToArray(), 1e-9);
        }
    }

    [Fact]
    public void A_constant_column_has_no_part_in_a_component()
    {
        var rows = NdArray.FromRows(new[,] { { 1.0, 7 }, { 2, 7 }, { 4, 7 } });
        var pca = new Pca(1);
        pca.Fit(rows);
        Table.Close([1, 0], pca.Components!.Row(0), 1e-12);
    }

    private static NdArray<double> Clouds()
    {
        double[,] centres = { { .2, .2 }, { .8, .3 }, { .5, .9 } };
        var clouds = NdArray.Zeros<double>(300, 2);
        for (var row = 0; row < 300; row++)
        {
            for (var c = 0; c < 2; c++)
                clouds[row, c] = centres[row % 3, c] + (.2 * (Spread[row, c] - .5));
        }
        return clouds;
    }

    private static NdArray<double> Mixed()
        => Rows.MatMul(NdArray.FromRows(new[,] { { 2, 1, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, .5, 0 }, { 1, 0, 0, .2 } }));
}
