using System.Text;

namespace Cairn.Knowledge.Tests;

public sealed class HtmlParserTests
{
    [Fact]
    public void Only_the_main_part_is_read()
    {
        var document = Parsed.Html(
            """
            <!doctype html><html lang="en"><head><title>Gate | Portal</title><meta name="date" content="2026-06-10"><style>x{}</style></head><body>
            <header>Portal</header><nav><a href=/>Home</a></nav><div class="cookie-banner">We use cookies</div>
            <main><header><h1>The gate</h1></header><p>Opens at <b>six</b>.<br>Closes at ten.</p><aside>Advert</aside>
            <ol start=3><li>Badge<ul><li>on the reader</li></ul></li><li>PIN</li></ol><p hidden>secret</p><script>no()</script></main>
            <footer>Imprint</footer></body></html>
            """);
        Assert.Equal(["Heading1 The gate", "Paragraph Opens at six.⏎Closes at ten.", "ListItem1 3. Badge", "ListItem2 on the reader",
            "ListItem1 4. PIN"], document.Outline());
        Assert.Equal("The gate", document.Title);
        Assert.Equal("2026-06-10", document.Metadata["date"]);
        Parsed.Holds(document);
    }

    [Fact]
    public void A_page_without_a_main_part_loses_only_its_noise()
        => Assert.Equal("Text\n\nMore",
            Parsed.Html("<body><header>Site</header><nav>Menu</nav><p>Text</p><div>More</div><footer>F</footer>").Text);

    [Fact]
    public void Cells_that_span_rows_are_repeated()
        => Assert.Equal(
            ["TableHeader Name | Reports to", "TableRow Name: Ann | Reports to: Bo", "TableRow Name: Cy | Reports to: Bo"],
            Parsed.Html("<table><tr><th>Name<th>Reports to<tr><td>Ann<td rowspan=2>Bo<tr><td>Cy</table>").Outline());

    [Fact]
    public void The_page_says_which_encoding_it_has()
        => Assert.Equal("Größe",
            new HtmlParser().Parse(Encoding.Latin1.GetBytes("<meta charset=iso-8859-1><p>Größe"), "a.html", default).Text);

    [Fact]
    public void Elements_nested_by_the_ten_thousand_do_no_harm()
        => Assert.Equal("deep", Parsed.Html(string.Concat(Enumerable.Repeat("<div>", 20_000)) + "deep").Text);

    [Fact]
    public void A_PDF_that_claims_to_be_a_page_is_refused_by_name()
        => Assert.Equal("The name says HTML, but the content is a PDF document.",
            Assert.Throws<UnreadableFileException>(() => Parsed.Html("%PDF-1.7")).Message);
}
