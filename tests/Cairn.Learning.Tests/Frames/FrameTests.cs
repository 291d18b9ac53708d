namespace Cairn.Learning.Tests;

public sealed class FrameTests
{
    private static readonly Frame Ships = Frame.ParseCsv(
        """
        ship,kind,draught,calls,since,towed
        Alma,barge,2.5,12,2019-04-01,false
        Berta,tanker,,3,2021-11-30,true
        Cora,barge,3.5,,2020-01-15,false
        Dora,,4.25,7,,true
        """);

    [Fact]
    public void Columns_have_the_types_that_their_cells_have()
    {
        Assert.Equal(["text", "text", "number", "integer", "date", "truth"], Ships.Columns.Select(c => c.Kind));
        Assert.Equal([0, 1, 1, 1, 1, 0], Ships.Columns.Select(c => c.MissingCount));
        Assert.Equal((2.5, 12L, new DateTime(2019, 4, 1), false),
            (Ships["draught", 0], Ships["calls", 0], Ships["since", 0], Ships["towed", 0]));
        Assert.Null(Ships["draught", 1]);
        Assert.Equal([12, 3, double.NaN, 7], Ships.Numbers("calls").ToArray());
    }

    [Fact]
    public void Rows_are_chosen_by_place_and_by_what_they_hold()
    {
        Assert.Equal("Alma,Berta", Names(Ships.Head(2)));
        Assert.Equal("Cora,Dora", Names(Ships.Tail(2)));
        Assert.Equal("Alma,Cora", Names(Ships.Where(r => r.Text("kind") == "barge")));
        Assert.Equal("Alma,Dora", Names(Ships.Where(r => r.Number("calls") > 5)));
        Assert.Equal("Berta,Dora", Names(Ships.Where([false, true, false, true])));
        Assert.Equal("Alma,Dora", Names(Ships.DropMissing("calls", "draught")));
    }

    [Fact]
    public void Sorting_puts_missing_values_last_and_keeps_the_order_of_equal_rows()
    {
        Assert.Equal("Alma,Cora,Dora,Berta", Names(Ships.Sort("draught")));
        Assert.Equal("Dora,Cora,Alma,Berta", Names(Ships.Sort(("draught", true))));
        Assert.Equal("Alma,Cora,Berta,Dora", Names(Ships.Sort(("kind", false), ("ship", false))));
    }

    [Fact]
    public void Columns_are_added_renamed_dropped_and_filled_without_changing_the_frame()
    {
        var frame = Ships.With("double", r => r.Number("draught") * 2).Rename("ship", "name").Drop("since").FillMissing("calls", 0)
            .FillMissing("kind", "unknown");
        Assert.Equal("name,kind,draught,calls,towed,double", string.Join(',', frame.Names));
        Assert.Equal([5, double.NaN, 7, 8.5], frame.Numbers("double").ToArray());
        Assert.Equal((0L, "unknown"), (frame["calls", 2], frame["kind", 3]));
        Assert.Equal(1, Ships["calls"].MissingCount);
    }

    [Fact]
    public void Filling_missing_whole_numbers_changes_no_other()
    {
        var frame = new Frame(("id", new IntegerColumn(new[] { 9007199254740993, IntegerColumn.MissingValue })));
        Assert.Equal((9007199254740993L, 0L), (frame.FillMissing("id", 0)["id", 0], frame.FillMissing("id", 0)["id", 1]));
        Assert.Equal(0.5, frame.FillMissing("id", 0.5)["id", 1]);
        Assert.Equal(1e30, frame.FillMissing("id", 1e30)["id", 1]);
    }

    [Fact]
    public void Errors_name_the_column_and_the_nearest_one()
    {
        Assert.Contains("did you mean 'draught'", Assert.Throws<BadInputException>(() => Ships["draft"]).Message);
        Assert.Contains("'ship' is text", Assert.Throws<BadInputException>(() => Ships.Numbers("ship").Length).Message);
        Assert.Contains("named 'a'", Assert.Throws<BadInputException>(() => new Frame(("a", new double[1]), ("a", new double[1]))).Message);
        Assert.Contains("'b' has 2 rows",
            Assert.Throws<BadInputException>(() => new Frame(("a", new double[1]), ("b", new double[2]))).Message);
    }

    [Fact]
    public void A_frame_prints_as_a_table_that_fits_a_terminal()
    {
        Assert.Equal(
            """
               ship   kind    draught  calls       since  towed
            0  Alma   barge       2.5     12  2019-04-01  false
            1  Berta  tanker        –      3  2021-11-30   true
            2  Cora   barge       3.5      –  2020-01-15  false
            3  Dora   –          4.25      7           –   true
            4 rows, 6 columns
            """,
            Ships.ToString());
        var wide = new Frame([.. Enumerable.Range(0, 60).Select(i => ($"column{i}", (Column)Enumerable.Range(0, 200).ToArray()))])
            .ToString();
        Assert.All(wide.Split('\n')[..^1], line => Assert.True(line.Length <= 100));
        Assert.Contains("200 rows, 60 columns; not shown: column", wide);
    }

    [Fact]
    public void Describe_gives_what_pandas_gives()
    {
        // pandas 1.5: pd.DataFrame({'x': [4, 1, 2.5, None, 10]}).describe()
        var x = new Frame(("x", new[] { 4, 1, 2.5, double.NaN, 10 })).Describe();
        Assert.Equal((4L, 1L, 4L), (x["count", 0], x["missing", 0], x["distinct", 0]));
        Assert.Equal([4.375, 3.9449334595, 1, 2.125, 3.25, 5.5, 10],
            new[] { "mean", "std", "min", "25%", "50%", "75%", "max" }.Select(n => Math.Round((double)x[n, 0]!, 10)));
    }

    private static string Names(Frame frame) => string.Join(',', Enumerable.Range(0, frame.RowCount).Select(i => frame["ship"].TextOf(i)));
}
