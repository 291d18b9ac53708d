using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class AnthropicFormatTests
{
    private const WireProtocol Messages = WireProtocol.AnthropicMessages;

    [Fact]
    public void Every_block_of_a_conversation_is_read()
    {
        var call = Wire.Read(Messages, """
            {"model":"default","max_tokens":64,"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],"messages":[
              {"role":"user","content":"Hello"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"redacted_thinking","data":"b3BhcXVl"},{"type":"text","text":"I look."},
                {"type":"tool_use","id":"t1","name":"now","input":{"zone":"UTC"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"noon"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw=="}}],"is_error":true},
                {"type":"text","text":"And?"},{"type":"image","source":{"type":"url","url":"https://x.test/a.webp"}},{"type":"document","title":"a","source":{"type":"text","media_type":"text/plain","data":"abc"}}]}]}
            """);
        Assert.Equal(["system", "user", "assistant", "tool", "user"], call.Messages.Select(m => m.Role.Value));
        Assert.NotNull(call.Messages[0].Contents[0].AdditionalProperties![CallParameters.CacheControl]);
        var said = call.Messages[2].Contents;
        Assert.Equal(("Hm.", "c2ln"), (((TextReasoningContent)said[0]).Text, ((TextReasoningContent)said[0]).ProtectedData));
        Assert.True(said[1].AdditionalProperties!.ContainsKey(CallParameters.Redacted));
        Assert.Equal("UTC", ((FunctionCallContent)said[3]).Arguments!["zone"]!.ToString());
        var result = (FunctionResultContent)call.Messages[3].Contents[0];
        Assert.NotNull(result.Exception);
        Assert.Equal(2, Assert.IsType<List<AIContent>>(result.Result).Count);
        Assert.Equal(["And?", "image/webp", "text/plain"],
            call.Messages[4].Contents.Select(c => c switch
            {
                TextContent t => t.Text,
                UriContent u => u.MediaType,
                DataContent d => d.MediaType,
                _ => "",
            }));
    }

    [Fact]
    public void Every_parameter_has_its_place_or_is_kept_by_name()
    {
        var call = Wire.Read(Messages, """
            {"model":"m","max_tokens":9000,"messages":[],"temperature":1,"top_k":5,"stop_sequences":["END"],"metadata":{"user_id":"u"},"thinking":{"type":"enabled","budget_tokens":4096},"container":"c",
             "tools":[{"name":"now","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],"tool_choice":{"type":"any","disable_parallel_tool_use":true},
             "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}
            """);
        var o = call.Options;
        Assert.Equal((9000, 1f, 5, false, ReasoningEffort.Medium),
            (o.MaxOutputTokens, o.Temperature, o.TopK, o.AllowMultipleToolCalls, o.Reasoning!.Effort));
        Assert.Null(((RequiredChatToolMode)o.ToolMode!).RequiredFunctionName);
        Assert.NotNull(((ChatResponseFormatJson)o.ResponseFormat!).Schema);
        Assert.NotNull(o.Tools![0].AdditionalProperties[CallParameters.CacheControl]);
        Assert.Equal(["container", "thinking", "user"], o.AdditionalProperties!.Keys.Order());
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"server_tool_use"}]}]}""",
        "unsupported parameter: 'messages[0].content[0].type'")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "'messages[0].content' is missing")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image"}]}]}""",
        "'messages[0].content[0].source' is missing")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"type":"web_search_20250305","name":"web_search"}]}""",
        "unsupported parameter: 'tools[0].type'")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"name":"x"}]}""", "'tools[0].input_schema' is missing")]
    [InlineData("""{"model":"m","messages":[],"thinking":{"type":"enabled"}}""", "'thinking.budget_tokens' is missing")]
    [InlineData("""{"model":"m","messages":[],"tool_choice":{"type":"maybe"}}""", "'tool_choice.type' should be")]
    public void A_mistake_names_its_field(string body, string expected) => Assert.Contains(expected, Wire.Mistake(Messages, body).Message);

    [Fact]
    public void A_whole_answer_keeps_signatures_and_counts_the_cache_beside_the_input()
    {
        var answer = Wire.Response(Messages, ChatFinishReason.ToolCalls, new TextReasoningContent("H"),
            new TextReasoningContent("m.") { ProtectedData = "c2ln" }, new TextContent("Four "), new TextContent("days."),
            new FunctionCallContent("t1", "now", new Dictionary<string, object?> { ["zone"] = "UTC" }),
            ToolArguments.Read("t2", "now", "{\"zo"), Wire.Usage());
        Assert.Equal(
            """[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"text","text":"Four days."},{"type":"tool_use","id":"t1","name":"now","input":{"zone":"UTC"}},{"type":"tool_use","id":"t2","name":"now","input":{"INVALID_JSON":"{\"zo"}}]""",
            answer.GetProperty("content").GetRawText());
        Assert.Equal(("message", "tool_use"), (answer.GetProperty("type").GetString(), answer.GetProperty("stop_reason").GetString()));
        Assert.Equal("""{"input_tokens":20,"cache_creation_input_tokens":20,"cache_read_input_tokens":60,"output_tokens":40}""",
            answer.GetProperty("usage").GetRawText());
    }

    [Fact]
    public void A_stream_keeps_the_published_order()
    {
        var events = Wire.Events(Wire.Stream(Messages, ChatFinishReason.ToolCalls, new TextReasoningContent("Hm."),
            new TextReasoningContent("") { ProtectedData = "c2ln" },
            new TextContent("Four "), new TextContent("days."),
            new FunctionCallContent("t1", "now", new Dictionary<string, object?> { ["a"] = 1 }), new FunctionCallContent("t2", "now"),
            Wire.Usage()));
        Assert.Equal(
            [
                "message_start", "content_block_start 0 thinking", "content_block_delta 0 thinking_delta",
                "content_block_delta 0 signature_delta", "content_block_stop 0",
                "content_block_start 1 text", "content_block_delta 1 text_delta", "content_block_delta 1 text_delta",
                "content_block_stop 1",
                "content_block_start 2 tool_use", "content_block_delta 2 input_json_delta", "content_block_stop 2",
                "content_block_start 3 tool_use", "content_block_delta 3 input_json_delta", "content_block_stop 3", "message_delta",
                "message_stop",
            ],
            events.Select(Line));
        Assert.Equal(JsonValueKind.Object, events[0].GetProperty("message").GetProperty("usage").ValueKind);
        Assert.Equal("tool_use", events[^2].GetProperty("delta").GetProperty("stop_reason").GetString());
        Assert.Equal(40, events[^2].GetProperty("usage").GetProperty("output_tokens").GetInt32());

        static string Line(JsonElement e) => string.Join(' ', new[]
        {
            e.GetProperty("type").GetString(), e.Count("index")?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            e.Child("content_block")?.Text("type") ?? (e.TryGetProperty("index", out _) ? e.Child("delta")?.Text("type") : null),
        }.OfType<string>());
    }

    [Fact]
    public void Every_event_says_its_name()
        => Assert.All(Wire.Stream(Messages, null, new TextContent("x")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries), e =>
        {
            var lines = e.Split('\n');
            Assert.Equal(lines[0]["event: ".Length..], JsonElement.Parse(lines[1]["data: ".Length..]).GetProperty("type").GetString());
        });

    [Theory]
    [InlineData("provider.overloaded", 529, "overloaded_error")]
    [InlineData("provider.limited", 429, "rate_limit_error")]
    [InlineData("budget.spent", 402, "billing_error")]
    [InlineData("provider.failed", 503, "api_error")]
    public void An_error_has_its_type(string code, int status, string type)
    {
        var (answered, body) = Wire.Error(Messages, new ProviderFailureException(code, "a/m", "no", "Mend it."));
        Assert.Equal((status, "error", type),
            (answered, body.GetProperty("type").GetString(), body.GetProperty("error").GetProperty("type").GetString()));
    }
}
