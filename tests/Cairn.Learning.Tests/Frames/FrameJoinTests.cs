namespace Cairn.Learning.Tests;

public sealed class FrameJoinTests
{
    private static readonly Frame Left = Frame.ParseCsv("k,a\n1,x\n2,y\n,z\n2,w\n9,v\n");
    private static readonly Frame Right = Frame.ParseCsv("k,a,b\n2,p,20\n1,q,10\n2,r,21\n5,s,50\n,t,0\n");

    [Theory]
    [InlineData(JoinKind.Inner, "1xq10 2yp20 2yr21 2wp20 2wr21")]
    [InlineData(JoinKind.Left, "1xq10 2yp20 2yr21 –z–– 2wp20 2wr21 9v––")]
    [InlineData(JoinKind.Right, "1xq10 2yp20 2yr21 2wp20 2wr21 5–s50 ––t0")]
    [InlineData(JoinKind.Outer, "1xq10 2yp20 2yr21 –z–– 2wp20 2wr21 9v–– 5–s50 ––t0")]
    [InlineData(JoinKind.Semi, "1x 2y 2w")]
    [InlineData(JoinKind.Anti, "–z 9v")]
    public void Rows_are_paired_as_the_kind_says(JoinKind kind, string rows) => Assert.Equal(rows, Show(Left.Join(Right, kind, "k")));

    [Fact]
    public void A_cross_join_pairs_everything()
        => Assert.Equal("1a 1b 2a 2b", Show(Frame.ParseCsv("n\n1\n2\n").Join(Frame.ParseCsv("t\na\nb\n"), JoinKind.Cross)));

    [Fact]
    public void Names_that_both_have_are_told_apart_and_left_columns_are_shared_where_every_row_comes_once()
    {
        var prices = Frame.ParseCsv("k,a\n1,p\n2,q\n9,r\n");
        var left = Left.DropMissing("k");
        var joined = left.Join(prices, "k");
        Assert.Equal("k,a,a_right", string.Join(',', joined.Names));
        Assert.Same(left["a"], joined["a"]);
        Assert.Equal("1xp 2yq 2wq 9vr", Show(joined));
    }

    [Theory]
    [InlineData(JoinKind.Inner, "1a")]
    [InlineData(JoinKind.Left, "1a 2– ––")]
    [InlineData(JoinKind.Right, "1a –b")]
    [InlineData(JoinKind.Outer, "1a 2– –– –b")]
    public void A_single_missing_key_among_keys_that_come_once_meets_nothing(JoinKind kind, string rows)
    {
        var (left, right) = (Frame.ParseCsv("k,n\n1,0\n2,0\n,0\n").Drop("n"), Frame.ParseCsv("k,t\n1,a\n,b\n"));
        Assert.Equal(rows, Show(left.Join(right, kind, "k")));
        Assert.Equal(rows, Show(OfTexts(left).Join(OfTexts(right), kind, "k")));

        static Frame OfTexts(Frame frame)
        {
            var keys = frame["k"];
            var texts = Enumerable.Range(0, keys.Length).Select(i => keys.IsMissing(i) ? null : keys.TextOf(i));
            return frame.With("k", TextColumn.Of(texts));
        }
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("far")]
    [InlineData("text")]
    [InlineData("number")]
    [InlineData("two")]
    public void Random_joins_equal_a_plain_loop(string kind)
    {
        var random = new System.Random(11);
        var (left, right) = (Make(random, kind, 300), Make(random, kind, 80));
        string[] on = kind == "two" ? ["k", "j"] : ["k"];
        var expected = new List<string>();
        for (var i = 0; i < left.RowCount; i++)
        {
            for (var j = 0; j < right.RowCount; j++)
            {
                if (on.All(n => left[n, i] is { } key && key.Equals(right[n, j])))
                    expected.Add($"{left["row", i]}-{right["row", j]}");
            }
        }
        var joined = left.Join(right, on);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Enumerable.Range(0, joined.RowCount).Select(i => $"{joined["row", i]}-{joined["row_right", i]}"));
    }

    [Fact]
    public void Keys_of_different_kinds_are_refused_but_whole_numbers_meet_others()
    {
        Assert.Contains("'k' is integer on the left and text on the right",
            Assert.Throws<BadInputException>(() => Left.Join(Frame.ParseCsv("k,c\nx,1\n"), "k")).Message);
        Assert.Equal("2y7 2w7", Show(Left.Join(Frame.ParseCsv("k,c\n2.0,7\n2.5,8\n"), "k")));
    }

    private static Frame Make(System.Random random, string kind, int rows)
    {
        var keys = Enumerable.Range(0, rows).Select(_ => random.Next(-3, 30)).ToArray();
        Column column = kind switch
        {
            "far" => new IntegerColumn(keys.Select(k => k < 0 ? IntegerColumn.MissingValue : k * 1_000_000_000_007L).ToArray()),
            "text" => keys.Select(k => k < 0 ? null : $"key {k}").ToArray(),
            "number" => keys.Select(k => k < 0 ? double.NaN : k / 4.0).ToArray(),
            _ => new IntegerColumn(keys.Select(k => k < 0 ? IntegerColumn.MissingValue : k).ToArray()),
        };
        return new Frame(("k", column), ("j", keys.Select(_ => random.Next(3) == 0 ? null : "j" + random.Next(4)).ToArray()),
            ("row", Enumerable.Range(0, rows).ToArray()));
    }

    private static string Show(Frame frame)
        => string.Join(' ', Enumerable.Range(0, frame.RowCount)
            .Select(i => string.Concat(frame.Columns.Select(c => c.IsMissing(i) ? "–" : c.TextOf(i)))));
}
