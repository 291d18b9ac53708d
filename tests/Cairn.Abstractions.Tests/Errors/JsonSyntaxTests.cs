using System.Text;

namespace Cairn.Abstractions.Tests;

public sealed class JsonSyntaxTests
{
    [Theory]
    [InlineData("", "line 1, column 1: expected a value, found the end")]
    [InlineData("}", "line 1, column 1: expected a value, found '}'")]
    [InlineData("{\"a\": }", "line 1, column 7: expected a value, found '}'")]
    [InlineData("{\"a\" 1}", "line 1, column 6: expected ':' after the name, found '1'")]
    [InlineData("{\"a\": 1,}", "line 1, column 9: expected a name in double quotes, found '}'")]
    [InlineData("{'a': 1}", "line 1, column 2: expected a name in double quotes or '}', found '''")]
    [InlineData("{\n  \"ü\": 'x'\n}", "line 2, column 8: expected a value, found '''")]
    [InlineData("{\"a\": 1 \"b\": 2}", "line 1, column 9: expected ',' or '}', found '\"'")]
    [InlineData("{\"a\": \"x\" \"b\": 2}", "line 1, column 11: expected ',' or '}', found '\"'")]
    [InlineData("[1 2]", "line 1, column 4: expected ',' or ']', found '2'")]
    [InlineData("[1,]", "line 1, column 4: expected a value, found ']'")]
    [InlineData("[,]", "line 1, column 2: expected a value or ']', found ','")]
    [InlineData("{\"a\": True}", "line 1, column 7: expected a value, found 'T'")]
    [InlineData("{\"a\": sk-secret}", "line 1, column 7: expected a value, found 's'")]
    [InlineData("{\"a\": 01}", "line 1, column 8: expected a number like 12 or -1.5, found '1'")]
    [InlineData("{\"a\": [1", "line 1, column 9: the end comes before the ']' of the list that begins at line 1, column 7")]
    [InlineData("{\"a\": 1", "line 1, column 8: the end comes before the '}' of the object that begins at line 1, column 1")]
    [InlineData("{\"a\": \"x}", "line 1, column 7: the text that begins here has no closing '\"'")]
    [InlineData("{\"a\": \"x\ny\"}", "line 1, column 9: a line break or control character inside a text is written as an escape, like \\n")]
    [InlineData("{} {}", "line 1, column 4: expected nothing behind the value, found '{'")]
    [InlineData("// x\n{}", "line 1, column 1: expected a value, found '/'")]
    public void It_says_where_what_was_expected_and_what_was_found(string text, string mistake)
        => Assert.Equal(mistake, JsonSyntax.Mistake(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_wrong_escape_is_told_with_those_that_there_are()
        => Assert.StartsWith("line 1, column 4: inside a text '\\' is followed by one of", JsonSyntax.Mistake("\"a\\x\""u8));

    [Theory]
    [InlineData("{}")]
    [InlineData(" {\"a\": [1, -2.5e3, null, true, \"\\u00e9\\n\"]} ")]
    [InlineData("\uFEFF{}")]
    public void Well_formed_text_has_no_mistake(string text) => Assert.Null(JsonSyntax.Mistake(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_that_are_no_utf8_are_placed()
        => Assert.Equal("line 1, column 3: the text is not UTF-8", JsonSyntax.Mistake([(byte)'"', (byte)'a', 0xE9, (byte)'"']));

    [Fact]
    public void Nesting_deeper_than_the_reader_goes_is_told()
        => Assert.Equal("line 1, column 65: nested deeper than 64 levels",
            JsonSyntax.Mistake(Encoding.UTF8.GetBytes(new string('[', 70) + new string(']', 70))));

    [Fact]
    public void Every_prefix_of_a_text_has_a_mistake_that_lies_inside_it()
    {
        const string text = "{\"a\": [1, -2.5e3, null, true, \"\\u00e9\\n\"], \"b\": {\"c\": \"d\"}}";
        for (var length = 0; length < text.Length; length++)
            Assert.StartsWith("line 1, column ", JsonSyntax.Mistake(Encoding.UTF8.GetBytes(text[..length])));
    }
}
