using System.Text;

namespace Cairn.Models.Tests;

public sealed class RequestHeadTests
{
    [Theory]
    [InlineData("""{"model":"m","messages":[{"content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}]}""")]
    [InlineData("""{"model":"m","input":[{"content":[{"type":"input_image","image_url":"http://x/y.png"}]}]}""")]
    [InlineData("""{"model":"m","messages":[{"content":[{"type":"document","source":{"type":"url","\u0075rl":"https://x/y.pdf"}}]}]}""")]
    [InlineData("""{"model":"m","messages":[{"content":[{"type":"document","source":{"type":"file","file_id":"file_1"}}]}]}""")]
    [InlineData("""{"input":"go on","previous_response_id":"resp_1","model":"m"}""")]
    public void What_lies_elsewhere_is_noticed(string body) => Assert.True(Read(body).Refers);

    [Theory]
    [InlineData("""{"model":"m","messages":[{"content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\"url\":\"https://x\""}],"previous_response_id":null}""")]
    [InlineData("""{"model":"m","tools":[{"parameters":{"properties":{"url":{"type":"string"}}}}]}""")]
    public void What_is_in_the_body_itself_is_no_reference(string body) => Assert.False(Read(body).Refers);

    [Theory]
    [InlineData("max_tokens", "10000001", "from 0 to 10000000")]
    [InlineData("max_output_tokens", "9223372036854000000", "from 0 to 10000000")]
    [InlineData("max_completion_tokens", "-1", "from 0 to 10000000")]
    [InlineData("n", "0", "from 1 to 128")]
    [InlineData("n", "129", "from 1 to 128")]
    public void A_number_out_of_bounds_is_refused_by_name(string field, string value, string bounds)
    {
        var e = Assert.Throws<CairnException>(() => Read($"{{\"model\":\"m\",\"{field}\":{value}}}"));
        Assert.Equal("request.invalid", e.Code);
        Assert.Contains($"'{field}'", e.Message);
        Assert.Contains(bounds, e.Message);
    }

    [Theory]
    [InlineData("""{"model": }""", "line 1, column 11: expected a value, found '}'")]
    [InlineData("""{"model":"m"} {}""", "line 1, column 15: expected nothing behind the value, found '{'")]
    public void A_body_that_is_no_json_is_refused_with_the_place(string body, string mistake)
        => Assert.Equal($"The body is not JSON: {mistake}.", Assert.Throws<CairnException>(() => Read(body)).Message);

    [Fact]
    public void A_body_that_is_nested_too_deep_is_refused_with_the_depth()
    {
        var deep = $$"""{"model":"m","metadata":{{new string('[', 300)}}{{new string(']', 300)}}}""";
        Assert.EndsWith("nested deeper than 256 levels.", Assert.Throws<CairnException>(() => Read(deep)).Message);
    }

    private static RequestHead Read(string body) => RequestHead.Read(Encoding.UTF8.GetBytes(body));
}
