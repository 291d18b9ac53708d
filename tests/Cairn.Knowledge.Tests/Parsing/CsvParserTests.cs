namespace Cairn.Knowledge.Tests;

public sealed class CsvParserTests
{
    [Theory]
    [InlineData("berth,length_m,note\nE1,320,\"cone, 1300\"\nE2,290,\n")]
    [InlineData("berth;length_m;note\r\nE1;320;\"cone, 1300\"\r\nE2;290;\r\n")]
    [InlineData("berth\tlength_m\tnote\nE1\t320\tcone, 1300\nE2\t290\t")]
    public void A_row_can_be_understood_alone(string csv)
        => Assert.Equal(
            ["TableHeader berth | length m | note", "TableRow berth: E1 | length m: 320 | note: cone, 1300",
                "TableRow berth: E2 | length m: 290"],
            Parsed.Csv(csv).Outline());

    [Fact]
    public void A_field_may_hold_line_ends_and_doubled_quotes()
        => Assert.Equal("TableRow name: The \"Merle\" | note: two lines",
            Parsed.Csv("name,note\n\"The \"\"Merle\"\"\",\"two\nlines\"\n").Outline()[1]);

    [Fact]
    public void Rows_without_column_names_stay_values()
        => Assert.Equal(["TableRow 1 | 2.5 | a", "TableRow 2 | 3.5 | b"], Parsed.Csv("1,2.5,a\n2,3.5,b\n").Outline());

    [Fact]
    public void An_open_quote_ends_with_the_file() => Assert.Equal("TableRow a: 1 | b: x,y", Parsed.Csv("a,b\n1,\"x,y").Outline()[1]);
}
