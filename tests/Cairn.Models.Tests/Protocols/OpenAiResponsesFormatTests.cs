using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class OpenAiResponsesFormatTests
{
    private const WireProtocol Responses = WireProtocol.OpenAiResponses;

    [Fact]
    public void Every_item_of_a_conversation_is_read_and_what_the_assistant_said_is_one_message()
    {
        var call = Wire.Read(Responses, """
            {"model":"m","instructions":"Be brief.","input":[{"role":"user","content":[{"type":"input_text","text":"Look:"},{"type":"input_image","image_url":"data:image/png;base64,iVBORw==","detail":"high"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERg=="}]},
              {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"enc"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look."}]},
              {"type":"function_call","call_id":"c1","name":"now","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"noon"},{"role":"user","content":"And?"}]}
            """);
        Assert.Equal(["user", "assistant", "tool", "user"], call.Messages.Select(m => m.Role.Value));
        Assert.Equal("Be brief.", call.Options.Instructions);
        Assert.Equal(["TextReasoningContent", "TextContent", "FunctionCallContent"],
            call.Messages[1].Contents.Select(c => c.GetType().Name));
        Assert.Equal("enc", ((TextReasoningContent)call.Messages[1].Contents[0]).ProtectedData);
        Assert.Equal("noon", ((FunctionResultContent)call.Messages[2].Contents[0]).Result);
    }

    [Fact]
    public void Every_parameter_has_its_place_or_is_kept_by_name()
    {
        var o = Wire.Read(Responses, """
            {"model":"m","input":"Hi","max_output_tokens":7,"reasoning":{"effort":"low","summary":"auto"},"store":false,"truncation":"disabled","include":["reasoning.encrypted_content","message.output_text.logprobs"],"max_tool_calls":3,
             "tools":[{"type":"function","name":"now","parameters":{"type":"object"},"strict":false}],"tool_choice":"required","text":{"format":{"type":"json_schema","name":"out","schema":{"type":"object"},"strict":true},"verbosity":"low"}}
            """).Options;
        Assert.Equal((7, ReasoningEffort.Low, ReasoningOutput.Summary), (o.MaxOutputTokens, o.Reasoning!.Effort, o.Reasoning.Output));
        Assert.Equal("out", ((ChatResponseFormatJson)o.ResponseFormat!).SchemaName);
        Assert.Equal(["logprobs", "max_tool_calls", "strict", "verbosity"], o.AdditionalProperties!.Keys.Order());
    }

    [Theory]
    [InlineData("""{"model":"m","input":"x","previous_response_id":"resp_1"}""", "unsupported parameter: 'previous_response_id'")]
    [InlineData("""{"model":"m","input":[{"type":"item_reference","id":"x"}]}""", "store: false")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"web_search"}]}""", "unsupported parameter: 'tools[0].type'")]
    [InlineData("""{"model":"m"}""", "'input' is missing")]
    [InlineData("""{"model":"m","input":"x","include":["file_search_call.results"]}""", "unsupported parameter: 'include'")]
    public void What_cannot_be_done_is_named(string body, string expected)
        => Assert.Contains(expected, Wire.Mistake(Responses, body).Message);

    [Fact]
    public void A_whole_answer_has_an_item_per_kind_of_content()
    {
        var answer = Wire.Response(Responses, ChatFinishReason.Stop, new TextReasoningContent("Hm.") { ProtectedData = "enc" },
            new TextContent("Four "), new TextContent("days."), new FunctionCallContent("c1", "now"), Wire.Usage());
        Assert.Equal(["reasoning", "message", "function_call"],
            answer.GetProperty("output").EnumerateArray().Select(i => i.GetProperty("type").GetString()!));
        Assert.Equal("Four days.", answer.GetProperty("output")[1].GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(("completed", 100),
            (answer.GetProperty("status").GetString(), answer.GetProperty("usage").GetProperty("input_tokens").GetInt32()));
    }

    [Fact]
    public void An_answer_that_the_limit_cut_off_is_incomplete()
    {
        var answer = Wire.Response(Responses, ChatFinishReason.Length, new TextContent("Four"));
        Assert.Equal(("incomplete", "max_output_tokens"),
            (answer.GetProperty("status").GetString(), answer.GetProperty("incomplete_details").GetProperty("reason").GetString()));
    }

    [Fact]
    public void A_stream_is_numbered_and_its_end_holds_the_whole()
    {
        var events = Wire.Events(Wire.Stream(Responses, ChatFinishReason.Stop, new TextReasoningContent("Hm."), new TextContent("Four "),
            new TextContent("days."), new FunctionCallContent("c1", "now"), Wire.Usage()));
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => e.GetProperty("sequence_number").GetInt32()));
        Assert.Equal(
            [
                "created", "in_progress", "output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta",
                "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done",
                "output_item.added", "content_part.added", "output_text.delta", "output_text.delta", "output_text.done",
                "content_part.done", "output_item.done",
                "output_item.added", "function_call_arguments.delta", "function_call_arguments.done", "output_item.done", "completed",
            ],
            events.Select(e => e.GetProperty("type").GetString()!["response.".Length..]));
        var whole = events[^1].GetProperty("response");
        Assert.Equal(3, whole.GetProperty("output").GetArrayLength());
        Assert.Equal("Four days.", whole.GetProperty("output")[1].GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(140, whole.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(events.Where(e => e.TryGetProperty("output_index", out _)).Select(e => e.GetProperty("output_index").GetInt32())
            .Distinct(), [0, 1, 2]);
    }
}
