namespace Cairn.Learning.Tests;

/// <summary>In one class, as the number of threads is one for the whole process.</summary>
public sealed class LearningThreadsTests
{
    [Fact]
    public void A_product_does_not_depend_on_the_number_of_threads()
    {
        var random = new Seeded(2);
        var a = random.Normal<float>(130, 300);
        var b = random.Normal<float>(300, 90);
        Same(() => a.MatMul(b).ToArray());
    }

    [Fact]
    public void Clusters_do_not_depend_on_the_number_of_threads()
    {
        var rows = new Seeded(3).Normal<double>(5000, 3);
        Same(() =>
        {
            var model = new KMeans(new() { Clusters = 5, Restarts = 2 });
            model.Fit(rows);
            return model.Centres!.ToArray().Append(model.Inertia).Concat(model.Labels.Select(l => (double)l));
        });
    }

    [Fact]
    public void Sums_and_deviations_of_groups_do_not_depend_on_the_number_of_threads()
    {
        var numbers = new Seeded(4).Normal<double>(200_000).ToArray();
        var frame = new Frame(("k", Enumerable.Range(0, numbers.Length).Select(i => i % 3).ToArray()), ("v", numbers));
        Same(() =>
        {
            var groups = frame.GroupBy("k").Compute(Aggregate.Sum("v"), Aggregate.Mean("v"), Aggregate.Std("v"));
            return groups.Names.SelectMany(name => groups.Numbers(name).ToArray());
        });
    }

    private static void Same<T>(Func<IEnumerable<T>> compute)
    {
        var before = LearningThreads.Count;
        try
        {
            LearningThreads.Count = 1;
            var one = compute().ToArray();
            foreach (var threads in new[] { 2, 3, 7 })
            {
                LearningThreads.Count = threads;
                Assert.Equal(one, compute().ToArray());
            }
        }
        finally
        {
            LearningThreads.Count = before;
        }
    }
}
