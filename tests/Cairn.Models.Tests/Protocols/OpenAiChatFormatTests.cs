using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class OpenAiChatFormatTests
{
    private const WireProtocol Chat = WireProtocol.OpenAiChat;

    [Fact]
    public void Every_part_of_a_conversation_is_read()
    {
        var call = Wire.Read(Chat, """
            {"model":"default","messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","name":"ann","content":[{"type":"text","text":"Look:","cache_control":{"type":"ephemeral"}},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw==","detail":"low"}},{"type":"image_url","image_url":{"url":"https://x.test/a.jpg"}},
                {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},{"type":"file","file":{"file_data":"data:application/pdf;base64,JVBERg==","filename":"a.pdf"}}]},
              {"role":"assistant","content":null,"reasoning_content":"Hm.","tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{\"zone\":\"UTC\",\"n\":1.50}"}},
                {"id":"c2","type":"function","function":{"name":"now","arguments":"{\"zone\":"}}]},
              {"role":"tool","tool_call_id":"c1","content":"noon"},{"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}
            """);
        Assert.Equal(["system", "user", "assistant", "tool", "tool"], call.Messages.Select(m => m.Role.Value));
        Assert.Equal("ann", call.Messages[1].AuthorName);
        var parts = call.Messages[1].Contents;
        Assert.Equal("""{"type":"ephemeral"}""", parts[0].AdditionalProperties![CallParameters.CacheControl]!.ToString());
        Assert.Equal(("image/png", "low"),
            (((DataContent)parts[1]).MediaType, (string)parts[1].AdditionalProperties![CallParameters.Detail]!));
        Assert.Equal("image/jpeg", ((UriContent)parts[2]).MediaType);
        Assert.Equal("audio/wav", ((DataContent)parts[3]).MediaType);
        Assert.Equal(("application/pdf", "a.pdf"), (((DataContent)parts[4]).MediaType, ((DataContent)parts[4]).Name));
        Assert.Equal("Hm.", call.Messages[2].Contents.OfType<TextReasoningContent>().Single().Text);
        var calls = call.Messages[2].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal("1.50", ((JsonElement)calls[0].Arguments!["n"]!).GetRawText());
        Assert.NotNull(calls[1].Exception);
        Assert.Equal("""{"zone":""", calls[1].AdditionalProperties![CallParameters.RawArguments]);
        Assert.Equal("noon", ((FunctionResultContent)call.Messages[3].Contents[0]).Result);
        Assert.Equal(2, Assert.IsType<List<AIContent>>(((FunctionResultContent)call.Messages[4].Contents[0]).Result).Count);
    }

    [Fact]
    public void Every_parameter_has_its_place_or_is_kept_by_name()
    {
        var call = Wire.Read(Chat, """
            {"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"top_p":0.9,"max_completion_tokens":7,"seed":3,"stop":"END",
             "frequency_penalty":0,"presence_penalty":0.1,"parallel_tool_calls":false,"reasoning_effort":"high","logprobs":true,"top_logprobs":2,"n":1,"user":"u","store":false,"unheard_of":{"a":1},
             "tools":[{"type":"function","function":{"name":"now","description":"Time.","parameters":{"type":"object"},"strict":true}}],"tool_choice":{"type":"function","function":{"name":"now"}},
             "response_format":{"type":"json_schema","json_schema":{"name":"out","schema":{"type":"object"},"strict":true}}}
            """);
        var o = call.Options;
        Assert.True(call.Stream && call.StreamUsage);
        Assert.Equal((0.5f, 0.9f, 7, 3L, null, 0.1f, false),
            (o.Temperature, o.TopP, o.MaxOutputTokens, o.Seed, o.FrequencyPenalty, o.PresencePenalty, o.AllowMultipleToolCalls));
        Assert.Equal(["END"], o.StopSequences);
        Assert.Equal(ReasoningEffort.High, o.Reasoning!.Effort);
        Assert.Equal("now", ((RequiredChatToolMode)o.ToolMode!).RequiredFunctionName);
        Assert.Equal(("now", "Time."), (o.Tools![0].Name, o.Tools[0].Description));
        Assert.Equal("out", ((ChatResponseFormatJson)o.ResponseFormat!).SchemaName);
        Assert.Equal(["logprobs", "strict", "top_logprobs", "unheard_of", "user"], o.AdditionalProperties!.Keys.Order());
    }

    [Theory]
    [InlineData("{", "no JSON: line 1, column 2: the end comes before the '}'")]
    [InlineData("[]", "no JSON object")]
    [InlineData("""{"messages":[]}""", "'model' is missing")]
    [InlineData("""{"model":"m"}""", "'messages' is missing")]
    [InlineData("""{"model":"m","messages":{}}""", "'messages' should be a list")]
    [InlineData("""{"model":"m","messages":[{"content":"x"}]}""", "'messages[0].role' is missing")]
    [InlineData("""{"model":"m","messages":[{"role":"usr","content":"x"}]}""", "'messages[0].role' should be")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"video"}]}]}""", "'messages[0].content[0].type' should be")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///etc/passwd"}}]}]}""",
        "'messages[0].content[0].image_url.url' should be an address")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"?","format":"wav"}}]}]}""", "should be base 64")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"x"}]}""", "'messages[0].tool_call_id' is missing")]
    [InlineData("""{"model":"m","messages":[],"temperature":"hot"}""", "'temperature' should be a number")]
    [InlineData("""{"model":"m","messages":[],"functions":[]}""", "unsupported parameter: 'functions'")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"type":"custom"}]}""", "unsupported parameter: 'tools[0].type'")]
    [InlineData("""{"model":"m","messages":[],"response_format":{"type":"xml"}}""", "'response_format.type' should be")]
    [InlineData("""{"model":"m","messages":[],"reasoning_effort":"huge"}""", "'reasoning_effort' should be")]
    public void A_mistake_names_its_field(string body, string expected)
    {
        var e = Wire.Mistake(Chat, body);
        Assert.Equal(ErrorKind.Input, e.Kind);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void A_whole_answer_has_what_clients_insist_on()
    {
        var answer = Wire.Response(Chat, ChatFinishReason.ToolCalls, new TextReasoningContent("Hm."), new TextContent("Let me see."),
            new FunctionCallContent("c1", "now", new Dictionary<string, object?> { ["zone"] = "UTC" }), Wire.Usage());
        Assert.StartsWith("chatcmpl-", answer.GetProperty("id").GetString());
        Assert.Equal(("chat.completion", "m"), (answer.GetProperty("object").GetString(), answer.GetProperty("model").GetString()));
        var choice = answer.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(("Let me see.", "Hm."),
            (choice.GetProperty("message").GetProperty("content").GetString(),
                choice.GetProperty("message").GetProperty("reasoning_content").GetString()));
        Assert.Equal("""{"id":"c1","type":"function","function":{"name":"now","arguments":"{\"zone\":\"UTC\"}"}}""",
            choice.GetProperty("message").GetProperty("tool_calls")[0].GetRawText());
        Assert.Equal(
            """{"prompt_tokens":100,"completion_tokens":40,"total_tokens":140,"prompt_tokens_details":{"cached_tokens":60},"completion_tokens_details":{"reasoning_tokens":10}}""", answer.GetProperty("usage").GetRawText());
    }

    [Fact]
    public void A_stream_begins_with_the_role_and_ends_with_reason_usage_and_DONE()
    {
        var stream = Wire.Stream(Chat, ChatFinishReason.ToolCalls, new TextContent("Four "), new TextContent("dàys."),
            new FunctionCallContent("c1", "now"), new FunctionCallContent("c2", "now"), Wire.Usage());
        Assert.EndsWith("data: [DONE]\n\n", stream);
        var events = Wire.Events(stream);
        Assert.All(events, e => Assert.Equal(JsonValueKind.Array, e.GetProperty("choices").ValueKind));
        var deltas = events.SkipLast(1).Select(e => e.GetProperty("choices")[0].GetProperty("delta")).ToList();
        Assert.Equal("assistant", deltas[0].GetProperty("role").GetString());
        Assert.Equal(["Four ", "dàys."], deltas.Skip(1).Take(2).Select(d => d.GetProperty("content").GetString()!));
        Assert.Equal([0, 1], deltas.Skip(3).Take(2).Select(d => d.GetProperty("tool_calls")[0].GetProperty("index").GetInt32()));
        Assert.Equal("tool_calls", events[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal((0, 140), (events[^1].GetProperty("choices").GetArrayLength(),
            events[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.Single(events.Select(e => e.GetProperty("id").GetString()).Distinct());
    }

    [Theory]
    [InlineData("provider.limited", 429, "rate_limit_error")]
    [InlineData("provider.timeout", 503, "server_error")]
    [InlineData("provider.overloaded", 503, "server_error")]
    [InlineData("provider.unsupported", 400, "invalid_request_error")]
    [InlineData("budget.spent", 402, "insufficient_quota")]
    public void An_error_is_an_object_with_a_code(string code, int status, string type)
    {
        var (answered, body) = Wire.Error(Chat, new ProviderFailureException(code, "a/m", "no", "Mend it."));
        var error = body.GetProperty("error");
        Assert.Equal((status, type, code, "a/m: no. Mend it."),
            (answered, error.GetProperty("type").GetString(), error.GetProperty("code").GetString(),
                error.GetProperty("message").GetString()));
    }
}
