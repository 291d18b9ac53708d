namespace Cairn.Learning.Tests;

public sealed class FrameGroupsTests
{
    [Fact]
    public void Groups_come_in_the_order_of_their_keys_with_the_missing_one_last()
    {
        var frame = Frame.ParseCsv("port,n\nKiel,1\n,5\nBremen,2\nKiel,4\n,7\n");
        var groups = frame.GroupBy("port").Compute(Aggregate.Sum("n"), Aggregate.Count(), Aggregate.Mean("n").As("m"));
        Assert.Equal("port,n_sum,count,m", string.Join(',', groups.Names));
        Assert.Equal(["Bremen", "Kiel", null], Enumerable.Range(0, 3).Select(i => groups["port", i]));
        Assert.Equal([2L, 5L, 12L], groups.Get<IntegerColumn>("n_sum").Values.ToArray());
        Assert.Equal([2, 2.5, 6], groups.Numbers("m").ToArray());
    }

    [Fact]
    public void Every_aggregate_equals_what_a_plain_loop_finds()
    {
        var random = new System.Random(5);
        const int rows = 3_000;
        var keys = Enumerable.Range(0, rows).Select(_ => random.Next(40)).ToArray();
        var texts = Enumerable.Range(0, rows).Select(_ => random.Next(5) == 0 ? null : "t" + random.Next(3)).ToArray();
        var values = Enumerable.Range(0, rows).Select(_ => random.Next(6) == 0 ? double.NaN : random.Next(1000) / 8.0).ToArray();
        var frame = new Frame(("k", keys), ("t", texts), ("v", values));
        var found = frame.GroupBy("k", "t").Compute(
            Aggregate.Sum("v"), Aggregate.Mean("v"), Aggregate.Min("v"), Aggregate.Max("v"), Aggregate.Std("v"), Aggregate.Median("v"),
            Aggregate.Count("v"), Aggregate.Count(), Aggregate.Distinct("v"), Aggregate.First("v"), Aggregate.Last("v"));
        var expected = Enumerable.Range(0, rows).GroupBy(i => (keys[i], texts[i])).OrderBy(g => g.Key.Item1)
            .ThenBy(g => g.Key.Item2 is null)
            .ThenBy(g => g.Key.Item2, StringComparer.Ordinal).ToList();
        Assert.Equal(expected.Count, found.RowCount);
        for (var g = 0; g < expected.Count; g++)
        {
            var present = expected[g].Select(i => values[i]).Where(v => !double.IsNaN(v)).ToArray();
            Assert.Equal(((long)expected[g].Key.Item1, expected[g].Key.Item2), (found["k", g], found["t", g]));
            Assert.Equal(present.Sum(), (double)found["v_sum", g]!);
            Assert.Equal((long)present.Length, found["v_count", g]);
            Assert.Equal((long)expected[g].Count(), found["count", g]);
            Assert.Equal((long)present.Distinct().Count(), found["v_distinct", g]);
            if (present.Length == 0)
                continue;
            var sorted = present.Order().ToArray();
            Assert.Equal(present.Average(), (double)found["v_mean", g]!, 1e-12);
            Assert.Equal((sorted[0], sorted[^1], present[0], present[^1]),
                ((double)found["v_min", g]!, (double)found["v_max", g]!, (double)found["v_first", g]!, (double)found["v_last", g]!));
            Assert.Equal((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, (double)found["v_median", g]!);
            if (present.Length > 1)
                Assert.Equal(Math.Sqrt(present.Sum(v => Math.Pow(v - present.Average(), 2)) / (present.Length - 1)),
                    (double)found["v_std", g]!, 1e-9);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(long.MaxValue - 10, 1)]
    [InlineData(-5_000_000_000, 1_000_000_007)]
    public void Keys_of_any_range_make_the_same_groups(long start, long step)
    {
        var random = new System.Random(3);
        var numbers = Enumerable.Range(0, 200_000).Select(_ => random.Next(7)).ToArray();
        var frame = new Frame(("k",
            new IntegerColumn(numbers.Select(n => n == 6 ? IntegerColumn.MissingValue : start + n * step).ToArray())));
        var counts = frame.GroupBy("k").Compute(Aggregate.Count());
        Assert.Equal(Enumerable.Range(0, 7).Select(n => (long)numbers.Count(m => m == n)),
            counts.Get<IntegerColumn>("count").Values.ToArray());
        Assert.Null(counts["k", 6]);
    }

    [Fact]
    public void A_date_is_taken_back_to_its_period_and_a_window_moves_over_rows()
    {
        var frame = Frame.ParseCsv("day,n\n2026-01-30,1\n2026-01-31,2\n2026-02-01,4\n2026-04-02,8\n");
        Assert.Equal([3L, 4L, 8L],
            frame.Resample("day", Period.Month).GroupBy("day_month").Compute(Aggregate.Sum("n")).Get<IntegerColumn>("n_sum").Values
                .ToArray());
        Assert.Equal(new DateTime(2026, 1, 26), frame.Resample("day", Period.Week)["day_week", 2]);
        Assert.Equal([double.NaN, 1.5, 3, 6], frame.Rolling("n", 2).Mean().Numbers("n_mean_2").ToArray());
        Assert.Equal([double.NaN, double.NaN, 4, 8], frame.Rolling("n", 3).Max().Numbers("n_max_3").ToArray());
    }

    [Fact]
    public void Windows_equal_a_plain_loop_also_around_missing_values()
    {
        var random = new System.Random(8);
        var values = Enumerable.Range(0, 500).Select(_ => random.Next(12) == 0 ? double.NaN : random.Next(20)).ToArray();
        var frame = new Frame(("v", values));
        foreach (var window in new[] { 1, 2, 7 })
        {
            var (least, most) = (frame.Rolling("v", window).Min().Numbers($"v_min_{window}").ToArray(),
                frame.Rolling("v", window).Max().Numbers($"v_max_{window}").ToArray());
            for (var i = 0; i < values.Length; i++)
            {
                var part = i + 1 < window ? [double.NaN] : values[(i + 1 - window)..(i + 1)];
                Assert.Equal(part.Any(double.IsNaN) ? double.NaN : part.Min(), least[i]);
                Assert.Equal(part.Any(double.IsNaN) ? double.NaN : part.Max(), most[i]);
            }
        }
    }

    [Fact]
    public void A_pivot_is_a_table_of_two_columns_values()
    {
        var pivot = Frame.ParseCsv("port,year,n\nKiel,2025,1\nKiel,2026,2\nBremen,2026,3\nKiel,2026,5\n")
            .Pivot("port", "year", Aggregate.Sum("n"));
        Assert.Equal("port,2025,2026", string.Join(',', pivot.Names));
        Assert.Equal(new object?[] { "Bremen", null, 3L, "Kiel", 1L, 7L },
            Enumerable.Range(0, 2).SelectMany(i => pivot.Names.Select(n => pivot[n, i])));
    }

    [Fact]
    public void A_pivot_tells_a_missing_value_from_an_empty_text_and_from_one_that_says_missing()
    {
        var frame = new Frame(
            ("port", new[] { "Kiel", "Kiel", "Kiel", null }),
            ("kind", new[] { "", null, "missing", "" }),
            ("n", new[] { 1, 2, 3, 4 }));
        var pivot = frame.Pivot("port", "kind", Aggregate.Sum("n"));
        Assert.Equal(["port", "", "missing", "missing_2"], pivot.Names);
        Assert.Equal(new object?[] { "Kiel", 1L, 3L, 2L, null, 4L, null, null },
            Enumerable.Range(0, pivot.RowCount).SelectMany(i => pivot.Names.Select(n => pivot[n, i])));
    }

    [Fact]
    public void One_hot_makes_a_column_for_each_value_and_refuses_unseen_ones()
    {
        var hot = Frame.ParseCsv("a,kind\n1,tug\n2,\n3,barge\n").OneHot("kind");
        Assert.Equal("a,kind=barge,kind=tug", string.Join(',', hot.Names));
        Assert.Equal([0, 0, 1], hot.Numbers("kind=barge").ToArray());
        Assert.Contains("'tug'", Assert.Throws<BadInputException>(() => Frame.ParseCsv("kind\ntug\n").OneHot("kind", ["barge"])).Message);
    }
}
