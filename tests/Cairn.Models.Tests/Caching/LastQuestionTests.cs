using System.Text;

namespace Cairn.Models.Tests;

public sealed class LastQuestionTests
{
    [Theory]
    [InlineData(WireProtocol.OpenAiChat,
        """{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"h\u00e9?"}]}""")]
    [InlineData(WireProtocol.OpenAiChat, """{"model":"m","messages":[{"content":[{"type":"text","text":"hé?"}],"role":"user"}]}""")]
    [InlineData(WireProtocol.AnthropicMessages,
        """{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"hé?"}]}""")]
    [InlineData(WireProtocol.OpenAiResponses, """{"model":"m","input":"hé?"}""")]
    [InlineData(WireProtocol.OpenAiResponses,
        """{"model":"m","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"hé?"}]}]}""")]
    public void The_last_text_of_the_user_is_found_and_blanked(WireProtocol protocol, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var question = LastQuestion.Find(protocol, RequestHead.Read(bytes), bytes)!.Value;
        Assert.Equal("hé?", question.Text);
        var blank = Encoding.UTF8.GetString(question.Blank(bytes));
        Assert.Equal(body.Replace("\"h\\u00e9?\"", "\"\"", StringComparison.Ordinal).Replace("\"hé?\"", "\"\"", StringComparison.Ordinal),
            blank);
    }

    [Theory]
    [InlineData(WireProtocol.OpenAiChat, """{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""")]
    [InlineData(WireProtocol.OpenAiChat,
        """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}""")]
    [InlineData(WireProtocol.OpenAiChat,
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}]}]}""")]
    [InlineData(WireProtocol.OpenAiChat, """{"model":"m","messages":[{"role":"user","content":"a"},7]}""")]
    [InlineData(WireProtocol.OpenAiChat, """{"model":"m","messages":[{"role":"user","content":""}]}""")]
    [InlineData(WireProtocol.OpenAiChat, """{"model":"m","tools":[],"messages":[{"role":"user","content":"a"}]}""")]
    [InlineData(WireProtocol.OpenAiResponses, """{"model":"m","previous_response_id":"r","input":"a"}""")]
    [InlineData(WireProtocol.OpenAiEmbeddings, """{"model":"m","input":"a"}""")]
    public void What_does_not_end_with_one_text_of_a_user_is_not_compared(WireProtocol protocol, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Null(LastQuestion.Find(protocol, RequestHead.Read(bytes), bytes));
    }
}
