using System.Text;

namespace Cairn.Knowledge.Tests;

public sealed class TextParserTests
{
    [Fact]
    public void Wrapped_lines_are_joined_and_short_lines_stay()
    {
        var document = Parsed.Text(
            """
            Notice to mariners
            ==================

            The fairway between buoys 3 and 5 is closed from Monday until Friday
            because divers are at work there; listen on channel 12 before you pass
            the leading lights.

            Harbour office
            Quay Street 4
            Sallow Haven

            - first point that is rather long and goes over the
              end of the line
            - second
            """);
        Assert.Equal(
            [
                "Heading1 Notice to mariners",
                "Paragraph The fairway between buoys 3 and 5 is closed from Monday until Friday because divers are at work there; listen on channel 12 before you pass the leading lights.",
                "Paragraph Harbour office⏎Quay Street 4⏎Sallow Haven",
                "ListItem1 first point that is rather long and goes over the end of the line",
                "ListItem1 second",
            ],
            document.Outline());
        Parsed.Holds(document);
    }

    [Fact]
    public void Lines_in_capitals_and_a_lone_first_line_are_headings()
        => Assert.Equal(
            ["Heading1 Shift report", "Heading2 NIGHT OF 6 MAY", "Paragraph All quiet.", "Paragraph OK."],
            Parsed.Text("Shift report\n\nNIGHT OF 6 MAY\nAll quiet.\n\nOK.").Outline());

    public static TheoryData<string, byte[]> Encodings()
    {
        const string text = "Größe der Boje: 3 m\n\nzweitens";
        var data = new TheoryData<string, byte[]> { { "utf-8", Encoding.UTF8.GetBytes(text) } };
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32,
            new UTF32Encoding(true, true) })
            data.Add(encoding.WebName + " with mark", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
        data.Add("utf-16 without mark", Encoding.Unicode.GetBytes(text));
        data.Add("utf-16 big endian without mark", Encoding.BigEndianUnicode.GetBytes(text));
        data.Add("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text));
        return data;
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_usual_encoding_gives_the_same_text(string name, byte[] bytes)
    {
        Assert.NotEmpty(name);
        Assert.Equal("Größe der Boje: 3 m\n\nzweitens", Parsed.Text(bytes).Text);
    }

    [Fact]
    public void Mostly_valid_utf_8_keeps_its_letters_and_says_what_was_replaced()
    {
        var document = Parsed.Text([.. "Größe, Länge, Höhe "u8, 0xC3, 0x28, .. " Ende"u8]);
        Assert.StartsWith("Größe, Länge, Höhe \uFFFD", document.Text);
        Assert.Contains("1 byte sequences that are not UTF-8 were replaced by \uFFFD", document.Notices);
    }

    [Fact]
    public void Windows_1252_is_said_to_be_so()
        => Assert.Contains("not UTF-8; read as Windows-1252", Parsed.Text([0x47, 0x72, 0xF6, 0xDF, 0x65]).Notices);

    [Theory]
    [InlineData("file.empty", new byte[0])]
    [InlineData("file.binary", new byte[] { 65, 66, 0, 67, 68, 69, 70, 71 })]
    [InlineData("file.binary", new byte[] { 0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10 })]
    [InlineData("file.binary", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 65 })]
    [InlineData("file.no_text", new byte[] { 32, 10, 13, 10, 9 })]
    public void What_is_not_text_is_refused_with_a_reason(string code, byte[] bytes)
        => Assert.Equal(code, Assert.Throws<UnreadableFileException>(() => Parsed.Text(bytes)).Code);

    [Fact]
    public void Letters_are_composed_and_invisible_characters_left_out()
        => Assert.Equal("Ü fine Ớ 가 word a b", Parsed.Text("U\u0308 \uFB01ne O\u031B\u0301 \u1100\u1161 wo\u00ADrd\u200B a\u00A0b").Text);

    [Fact]
    public void A_lone_surrogate_becomes_a_replacement_character()
        => Assert.Equal("a\uFFFDb", ReadingText.Of("a\uD800b"));
}
