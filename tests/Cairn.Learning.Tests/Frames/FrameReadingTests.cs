using System.Text;

namespace Cairn.Learning.Tests;

public sealed class FrameReadingTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a;b\r\n1;x\r\n2;y")]
    [InlineData("\uFEFFa\tb\n1\tx\n2\ty\n\n")]
    [InlineData("\"a\"|\"b\"\n1|\"x\"\n\n2|\"y\"\n")]
    public void The_dialect_is_found(string text)
    {
        var frame = Frame.ParseCsv(text);
        Assert.Equal("a:integer,b:text", string.Join(',', frame.Names.Zip(frame.Columns, (n, c) => $"{n}:{c.Kind}")));
        Assert.Equal((2, "y"), (frame.RowCount, frame["b", 1]));
    }

    [Fact]
    public void Quoted_cells_hold_separators_lines_and_quotes()
    {
        var frame = Frame.ParseCsv("a,b\n\"x, y\",\"line 1\nline 2\"\n\"say \"\"hi\"\"\",\"\"\n");
        Assert.Equal(("x, y", "line 1\nline 2", "say \"hi\""), (frame["a", 0], frame["b", 0], frame["a", 1]));
    }

    [Theory]
    [InlineData("1,2,3", "integer")]
    [InlineData("1,2.5,3", "number")]
    [InlineData("1e3,-2,.5", "number")]
    [InlineData("007,12,13", "text")]
    [InlineData("00.5,1,2", "text")]
    [InlineData("-007,12,13", "text")]
    [InlineData("-00.5,1,2", "text")]
    [InlineData("-0,-0.5,0.25", "number")]
    [InlineData("18446744073709551617,1,2", "text")]
    [InlineData("-18446744073709551617,1.5,2", "text")]
    [InlineData("100000000000000000000,1,2", "number")]
    [InlineData("9223372036854775808,1,2", "number")]
    [InlineData("true,FALSE,NA", "truth")]
    [InlineData("2026-01-31,2026-02-01T10:30,null", "date")]
    [InlineData("2026-01-31,2026-02-30,2026-01-01", "text")]
    [InlineData("NA,,null", "number")]
    [InlineData("1,2,drei", "text")]
    public void A_column_is_the_narrowest_type_that_all_its_cells_are(string cells, string kind)
        => Assert.Equal(kind, Frame.ParseCsv("x,y\n" + string.Join('\n', cells.Split(',').Select(c => c + ",1"))).Columns[0].Kind);

    [Fact]
    public void Keys_of_more_digits_than_a_number_holds_stay_apart()
        => Assert.Equal(2, Frame.ParseCsv("id,n\n12345678901234567890,1\n12345678901234567891,2\n").GroupBy("id").Count);

    [Fact]
    public void Words_of_any_length_can_stand_for_missing_values()
    {
        var frame = Frame.ParseCsv("depth,n\n1.5,1\nnot measured,2\n-,3\n", new() { Missing = ["not measured", "-"] });
        Assert.Equal([1.5, double.NaN, double.NaN], frame.Numbers("depth").ToArray());
    }

    [Fact]
    public void Text_and_numbers_with_a_comma_can_be_asked_for()
    {
        var frame = Frame.ParseCsv("plz;preis\n24103;1,5\n24105;2\n", new() { DecimalComma = true, Text = ["plz"] });
        Assert.Equal(("24103", 1.5), (frame["plz", 0], frame["preis", 0]));
        Assert.Equal("x0,x1", string.Join(',', Frame.ParseCsv("1,2\n3,4\n", new() { HasHeader = false }).Names));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3 has 1 fields where the first has 2")]
    [InlineData("a,b\n1,2,3\n", "line 2 has more fields")]
    [InlineData("a,b\n1,\"x\ny,2\n", "quote that opens in line 2 is never closed")]
    [InlineData("a,b\n\"x\"y,2\n", "line 2 has text behind a closing quote")]
    [InlineData("a,a\n1,2\n", "the column 'a' twice")]
    [InlineData("", "empty")]
    [InlineData("a\0b", "no UTF-8")]
    public void What_is_wrong_is_named_with_its_line(string text, string message)
        => Assert.Contains(message, Assert.Throws<BadInputException>(() => Frame.ParseCsv(text)).Message);

    [Fact]
    public void Lines_are_counted_through_quoted_ones()
        => Assert.Contains("line 4 has", Assert.Throws<BadInputException>(() => Frame.ParseCsv("a,b\n\"x\ny\",2\n3\n")).Message);

    [Fact]
    public void Writing_and_reading_again_gives_the_same()
    {
        var frame = new Frame(
            ("t", new[] { "plain", "a,b", "q\"q", "l\nl", null }),
            ("n", new[] { 0.1, -1e300, double.NaN, 1.0 / 3, 5 }),
            ("i", new IntegerColumn(new[] { 1, -2, 3, 4, IntegerColumn.MissingValue })),
            ("d", new[] { new DateTime(2026, 1, 1), new DateTime(2026, 1, 1, 10, 30, 0), new DateTime(1999, 12, 31),
                new DateTime(2026, 1, 1), new DateTime(2026, 1, 1, 0, 0, 0, 120) }));
        using var text = new StringWriter();
        frame.WriteCsv(text);
        var again = Frame.ParseCsv(text.ToString());
        Assert.Equal(frame.ToString(), again.ToString());
        Assert.Equal(frame.Numbers("n").ToArray(), again.Numbers("n").ToArray());
        Assert.Equal(frame.Columns.Select(c => c.Kind), again.Columns.Select(c => c.Kind));
    }

    [Fact]
    public void Json_lines_are_read_and_written()
    {
        var frame =
            Frame.ReadJsonLines(new StringReader("{\"a\":1,\"b\":\"x\"}\n\n{\"b\":null,\"c\":true}\n{\"a\":2,\"c\":false,\"d\":[1,2]}\n"));
        Assert.Equal("a:integer,b:text,c:truth,d:text", string.Join(',', frame.Names.Zip(frame.Columns, (n, c) => $"{n}:{c.Kind}")));
        Assert.Equal(new object?[] { 1L, null, 2L }, Enumerable.Range(0, 3).Select(i => frame["a", i]));
        using var stream = new MemoryStream();
        frame.WriteJsonLines(stream);
        Assert.Equal("{\"a\":1,\"b\":\"x\"}\n{\"c\":true}\n{\"a\":2,\"c\":false,\"d\":\"[1,2]\"}\n",
            Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Contains("line 2", Assert.Throws<BadInputException>(() => Frame.ReadJsonLines(new StringReader("{}\n[1]\n"))).Message);
        Assert.Contains("'a' is a number at first and a string in row 1",
            Assert.Throws<BadInputException>(() => Frame.ReadJsonLines(new StringReader("{\"a\":1}\n{\"a\":\"x\"}\n"))).Message);
    }

    [Fact]
    public void Frames_are_put_under_each_other()
    {
        var all = Frame.Concatenate(Frame.ParseCsv("a,b\n1,x\n"), Frame.ParseCsv("b,c\ny,2.5\nx,1.5\n"));
        Assert.Equal("a,b,c", string.Join(',', all.Names));
        Assert.Equal(new object?[] { 1L, null, null, "x", "y", "x", null, 2.5, 1.5 },
            all.Names.SelectMany(n => Enumerable.Range(0, 3).Select(i => all[n, i])));
        Assert.Contains("'a' is integer in one frame and text in another",
            Assert.Throws<BadInputException>(() => Frame.Concatenate(Frame.ParseCsv("a\n1\n"), Frame.ParseCsv("a\nx\n"))).Message);
    }
}
