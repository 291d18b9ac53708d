using System.Text.RegularExpressions;
using Cairn.Learning;

namespace Cairn.EndToEnd.Tests;

public sealed partial class PictureColourTests
{
    [Fact]
    public void Every_colour_of_a_picture_has_a_lighter_one_for_a_dark_page()
    {
        var plot = new Plot([.. Enumerable.Range(0, 8).Select(i => new LineLayer([0, 1], [0, i]) { Name = $"line {i}" })]);
        var styles = File.ReadAllText(Checkout.Path("src/Cairn.Server/Interface/Training/training.css"));
        string[] colours = [.. Colour().Matches(new Picture(plot).ToSvg()).Select(m => m.Value).Distinct()];
        Assert.Equal(8, colours.Length);
        foreach (var colour in colours)
        {
            Assert.Contains($".plot [stroke=\"{colour}\"] {{ stroke: light-dark({colour}, #", styles, StringComparison.Ordinal);
            Assert.Contains($".plot [fill=\"{colour}\"] {{ fill: light-dark({colour}, #", styles, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("#[0-9a-f]{6}")]
    private static partial Regex Colour();
}
