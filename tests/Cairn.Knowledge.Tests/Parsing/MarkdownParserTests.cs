namespace Cairn.Knowledge.Tests;

public sealed class MarkdownParserTests
{
    [Fact]
    public void The_text_is_what_a_reader_sees()
    {
        var document = Parsed.Markdown(
            """
            # The *quay*

            Wrapped
            prose with `code`, a [link](https://x.y) and ![a crane](c.png).

            - first
              - second **bold**
            3. third

            > quoted

            ```sh
            make  all
              now
            ```
            """);
        Assert.Equal(
            ["Heading1 The quay", "Paragraph Wrapped prose with code, a link and a crane.", "ListItem1 first", "ListItem2 second bold",
                "ListItem1 3. third", "Quote quoted", "Code make  all⏎  now"],
            document.Outline());
        Assert.Equal("The quay", document.Title);
        Parsed.Holds(document);
    }

    [Fact]
    public void A_row_of_a_table_names_its_columns()
    {
        var document = Parsed.Markdown("| | Domestic | Abroad |\n|---|---|---|\n| Hotel | €165 | €210 |\n| Meals | | €78 |\n");
        Assert.Equal(["TableHeader Domestic | Abroad", "TableRow Hotel | Domestic: €165 | Abroad: €210", "TableRow Meals | Abroad: €78"],
            document.Outline());
    }

    [Fact]
    public void Front_matter_is_metadata_and_not_text()
    {
        var document = Parsed.Markdown(
            "---\ntitle: Leave policy\ndate: 2026-01-01\nsupersedes: hr/old.md\naccess: { allow: [group:hr], deny: [user:temp] }\ntags: [a, b]\n---\n\n# Leave\n");
        Assert.Equal("Leave policy", document.Title);
        Assert.Equal("hr/old.md", document.Metadata["supersedes"]);
        Assert.Equal("2026-01-01", document.Metadata["date"]);
        Assert.Equal("a, b", document.Metadata["tags"]);
        Assert.Equal(["group:hr"], document.Access!.Allow);
        Assert.Equal(["user:temp"], document.Access.Deny);
        Assert.Equal("Leave", document.Text);
    }

    [Fact]
    public void Front_matter_that_only_denies_allows_everybody_else()
        => Assert.Equal(["public"], Parsed.Markdown("---\naccess: { deny: [user:temp] }\n---\ntext").Access!.Allow);

    [Theory]
    [InlineData("---\naccess: { allow: [hr] }\n---\ntext")]
    [InlineData("---\naccess: { alow: [group:hr] }\n---\ntext")]
    [InlineData("---\naccess: { allow: [group:hr\n---\ntext")]
    public void Front_matter_whose_access_is_unclear_is_refused_rather_than_ignored(string text)
        => Assert.Equal("file.front_matter", Assert.Throws<UnreadableFileException>(() => Parsed.Markdown(text)).Code);

    [Fact]
    public void A_rule_between_paragraphs_is_not_front_matter()
        => Assert.Equal("One\n\nTwo", Parsed.Markdown("---\n\nOne\n\n---\n\nTwo").Text);

    [Fact]
    public void Front_matter_nested_thousandfold_does_no_harm()
        => Assert.Equal("text", Parsed.Markdown("---\na: " + new string('[', 5000) + "\n---\ntext").Text);

    [Fact]
    public void Lists_and_quotes_nested_thousandfold_become_plain_text()
    {
        var document = Parsed.Markdown(new string('>', 20_000) + " deep");
        Assert.Contains("deep", document.Text);
        Assert.Contains(document.Notices, n => n.Contains("nested"));
    }

    [Fact]
    public void Html_inside_is_reduced_to_its_words()
        => Assert.Equal("Kept & seen", Parsed.Markdown("<div class=\"x\"><script>evil()</script>Kept &amp; <b>seen</b></div>\n").Text);
}
