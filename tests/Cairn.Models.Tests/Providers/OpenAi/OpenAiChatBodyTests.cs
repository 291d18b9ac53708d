using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class OpenAiChatBodyTests
{
    [Fact]
    public void A_whole_conversation_is_sent_as_chat_completions_take_it()
    {
        var sent = Sent(WireProtocol.AnthropicMessages, """
            {"model":"x","max_tokens":9000,"system":"Be brief.","stop_sequences":["END"],"thinking":{"type":"enabled","budget_tokens":4096},"metadata":{"user_id":"ann"},
             "tools":[{"name":"berth","description":"d","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"berth","disable_parallel_tool_use":true},
             "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},
             "messages":[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw=="}},{"type":"document","title":"a.pdf","source":{"type":"base64","media_type":"application/pdf","data":"JVBERg=="}}]},
              {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"tool_use","id":"t1","name":"berth","input":{"length":180}},{"type":"tool_use","id":"t2","name":"berth","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"four"},{"type":"image","source":{"type":"url","url":"https://x.test/a.png"}}]},{"type":"tool_result","tool_use_id":"t2","content":"no","is_error":true},{"type":"text","text":"And?"}]}]}
            """);
        Assert.Equal(["system", "user", "assistant", "tool", "tool", "user", "user"], sent.Items("messages").Select(m => m.Text("role")!));
        Assert.Equal(["text", "image_url", "file"], sent.GetProperty("messages")[1].Items("content").Select(c => c.Text("type")!));
        Assert.Equal(
            """{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"berth","arguments":"{\"length\":180}"}},{"id":"t2","type":"function","function":{"name":"berth","arguments":"{}"}}]}""", sent.GetProperty("messages")[2].GetRawText());
        Assert.Equal(("four", "The tool failed: no"),
            (sent.GetProperty("messages")[3].Text("content"), sent.GetProperty("messages")[4].Text("content")));
        Assert.Equal("image_url", sent.GetProperty("messages")[5].GetProperty("content")[1].Text("type"));
        Assert.Equal(("medium", "ann", 9000),
            (sent.Text("reasoning_effort"), sent.Text("user"), sent.GetProperty("max_tokens").GetInt32()));
        Assert.Equal("""{"type":"function","function":{"name":"berth"}}""", sent.GetProperty("tool_choice").GetRawText());
        Assert.False(sent.GetProperty("parallel_tool_calls").GetBoolean());
        Assert.Equal("""{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}}""",
            sent.GetProperty("response_format").GetRawText());
        Assert.False(sent.TryGetProperty("thinking", out _));
    }

    [Theory]
    [InlineData("\"seed\":1", "seed")]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"frequency_penalty\":0.5", "frequency_penalty")]
    [InlineData("\"logit_bias\":{\"1\":2}", "logit_bias")]
    [InlineData("\"metadata\":{\"a\":\"b\"}", "metadata")]
    [InlineData("\"service_tier\":\"flex\"", "service_tier")]
    [InlineData("\"min_p\":0.1", "min_p")]
    [InlineData("\"top_k\":5", "top_k")]
    public void A_parameter_that_it_knows_is_sent(string parameter, string name)
        => Assert.True(Sent(WireProtocol.OpenAiChat, $$"""{"model":"x","messages":[],{{parameter}}}""").TryGetProperty(name, out _));

    [Theory]
    [InlineData("\"n\":3", "n", false)]
    [InlineData("\"modalities\":[\"audio\"]", "modalities", false)]
    [InlineData("\"top_k\":5", "top_k", true)]
    [InlineData("\"min_p\":0.1", "min_p", true)]
    [InlineData("\"made_up\":1", "made_up", false)]
    public void What_it_cannot_do_is_named(string parameter, string name, bool isOpenAi)
        => Assert.Contains($"unsupported parameter: '{name}' with an openai model",
            Assert.Throws<ProviderFailureException>(() => Sent(WireProtocol.OpenAiChat, $$"""{"model":"x","messages":[],{{parameter}}}""",
                isOpenAi)).Message);

    [Fact]
    public void OpenAI_itself_has_its_own_name_for_the_limit()
        => Assert.Equal(5, Sent(WireProtocol.OpenAiChat, """{"model":"x","messages":[],"max_tokens":5}""", isOpenAi: true)
            .GetProperty("max_completion_tokens").GetInt32());

    [Fact]
    public void Audio_and_pictures_keep_their_details()
    {
        var sent = Sent(WireProtocol.OpenAiChat, """
            {"model":"x","messages":[{"role":"user","name":"ann","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"mp3"}},{"type":"image_url","image_url":{"url":"https://x.test/a.png","detail":"low"}}]}]}
            """);
        Assert.Equal(
            """{"role":"user","name":"ann","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"mp3"}},{"type":"image_url","image_url":{"url":"https://x.test/a.png","detail":"low"}}]}""",
            sent.GetProperty("messages")[0].GetRawText());
    }

    [Fact]
    public void A_tool_that_is_no_function_is_refused()
        => Assert.Throws<ProviderFailureException>(() => OpenAiChatBody.Write("p/m", "m", default, [],
            new ChatOptions { Tools = [new HostedWebSearchTool()] }));

    private static JsonElement Sent(WireProtocol protocol, string body, bool isOpenAi = false)
    {
        var call = Wire.Read(protocol, body);
        return JsonElement.Parse(OpenAiChatBody.Write("p/m", "m", new(Responses: isOpenAi, CompletionTokens: isOpenAi), call.Messages,
            call.Options));
    }
}
