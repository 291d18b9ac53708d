namespace Cairn.Knowledge.Tests;

public sealed class DocxParserTests
{
    [Fact]
    public void Headings_come_from_styles_and_what_they_are_based_on()
        => Assert.Equal(
            ["Heading1 Agreement", "Heading1 Term", "Heading2 Notice", "Paragraph Six months."],
            Parse(DocxFile.Paragraph("Agreement", "Title"), DocxFile.Paragraph("Term", "H1"), DocxFile.Paragraph("Notice", "Mine"),
                DocxFile.Paragraph("Six months.")).Outline());

    [Fact]
    public void Headings_of_a_file_without_styles_are_known_by_their_built_in_names()
        => Assert.Equal(
            ["Heading1 Lease", "Heading1 Lease of the boat shed", "Heading2 Rent", "Paragraph Ten a month.", "Paragraph None."],
            Parse(DocxFile.Paragraph("Lease", "Title"), DocxFile.Paragraph("Lease of the boat shed", "Heading1"),
                DocxFile.Paragraph("Rent", "heading2"), DocxFile.Paragraph("Ten a month.", "HeadingX"), DocxFile.Paragraph("None.", "Body"))
                .Outline());

    [Fact]
    public void Numbered_clauses_carry_the_numbers_that_Word_shows()
        => Assert.Equal(
            ["ListItem1 1. One", "ListItem2 1.1 a", "ListItem3 (a) deep", "ListItem3 (b) deeper", "ListItem2 1.2 by style",
                "ListItem1 2. Two", "ListItem2 2.1 again", "ListItem1 bullet", "ListItem1 7. restarted"],
            Parse(
                DocxFile.Paragraph("One", number: 1), DocxFile.Paragraph("a", number: 1, level: 1),
                DocxFile.Paragraph("deep", number: 1, level: 2), DocxFile.Paragraph("deeper", number: 1, level: 2),
                DocxFile.Paragraph("by style", "Clause"), DocxFile.Paragraph("Two", number: 1),
                DocxFile.Paragraph("again", number: 1, level: 1), DocxFile.Paragraph("bullet", number: 2),
                DocxFile.Paragraph("restarted", number: 3)).Outline());

    [Fact]
    public void Deleted_and_hidden_text_and_field_codes_are_left_out()
        => Assert.Equal(
            "The rent is 900 euro.",
            Parse("<w:p><w:r><w:t xml:space=\"preserve\">The rent is </w:t></w:r><w:del><w:r><w:delText>800</w:delText></w:r></w:del><w:ins><w:r><w:t>900</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t xml:space=\"preserve\"> euro.</w:t></w:r></w:p>").Text);

    [Fact]
    public void Tables_name_their_columns_and_repeat_merged_cells()
    {
        const string cell = "<w:tc><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:tc>";
        var table = "<w:tbl><w:tr>" + string.Concat(((string[])["Item", "Price"]).Select(c => cell.Replace("{0}", c)))
            + "</w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>Tug</w:t></w:r></w:p></w:tc>"
            + cell.Replace("{0}", "725")
            + "</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" + cell.Replace("{0}", "590") + "</w:tr></w:tbl>";
        Assert.Equal(["TableHeader Item | Price", "TableRow Item: Tug | Price: 725", "TableRow Item: Tug | Price: 590"],
            Parse(table).Outline());
    }

    [Theory]
    [InlineData("file.broken", new byte[] { 0x50, 0x4B, 3, 4, 5, 6, 7, 8 })]
    [InlineData("file.format_mismatch", new byte[] { 60, 104, 116, 109, 108, 62 })]
    [InlineData("file.empty", new byte[0])]
    public void What_is_not_a_Word_file_is_refused(string code, byte[] bytes)
        => Assert.Equal(code, Assert.Throws<UnreadableFileException>(() => new DocxParser().Parse(bytes, "a.docx", default)).Code);

    [Fact]
    public void An_entity_bomb_is_refused()
    {
        var bytes = DocxFile.Zip(("word/document.xml", "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><d>&b;</d>"));
        Assert.Equal("file.broken", Assert.Throws<UnreadableFileException>(() => new DocxParser().Parse(bytes, "a.docx", default)).Code);
    }

    [Fact]
    public void Elements_nested_without_end_are_refused()
    {
        var bytes = DocxFile.Of(string.Concat(Enumerable.Repeat("<w:sdt>", 5000)) + string.Concat(Enumerable.Repeat("</w:sdt>", 5000)));
        Assert.Equal("file.broken", Assert.Throws<UnreadableFileException>(() => new DocxParser().Parse(bytes, "a.docx", default)).Code);
    }

    private static ParsedDocument Parse(params string[] body)
    {
        var document = new DocxParser().Parse(DocxFile.Of(string.Concat(body)), "a.docx", default);
        Parsed.Holds(document);
        return document;
    }
}
