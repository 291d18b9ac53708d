using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class WireAnswerTests
{
    [Theory]
    [InlineData("""{"type":"message","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"{\"n\":1}"}],"stop_reason":"end_turn"}""", "{\"n\":1}", false)]
    [InlineData("""{"type":"message","content":[{"type":"text","text":"I look."},{"type":"server_tool_use","name":"web_search"},{"type":"web_search_tool_result"},{"type":"text","text":"1"}],"stop_reason":"end_turn"}""", "1", false)]
    [InlineData("""{"type":"message","content":[{"type":"tool_use","name":"f","input":{}}],"stop_reason":"tool_use"}""", "", true)]
    [InlineData("""{"type":"message","content":[{"type":"text","text":"half"}],"stop_reason":"pause_turn"}""", "half", true)]
    public async Task An_Anthropic_message_says_its_text(string reply, string text, bool other)
    {
        var answer = await WireAnswer.ReadAsync(WireProtocol.AnthropicMessages, false, Encoding.UTF8.GetBytes(reply));
        Assert.Equal((text, other), Said(answer));
    }

    [Fact]
    public async Task An_Anthropic_stream_says_its_text_and_why_it_ended()
    {
        const string Events = """
            event: message_start
            data: {"type":"message_start","message":{"usage":{"input_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{\"n\""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":":1"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":3}}

            event: message_stop
            data: {"type":"message_stop"}


            """;
        var answer = await WireAnswer.ReadAsync(WireProtocol.AnthropicMessages, true, Encoding.UTF8.GetBytes(Events));
        Assert.Equal(("{\"n\":1", ChatFinishReason.Length), (answer.Choices.Single().Text, answer.Choices.Single().Finish));
    }

    [Theory]
    [InlineData("""{"type":"message","content":[{"type":"output_text","text":"1"}]}""", "1", false)]
    [InlineData("""{"type":"web_search_call"},{"type":"message","content":[{"type":"output_text","text":"1"}]}""", "1", false)]
    [InlineData("""{"type":"function_call","name":"f"}""", "", true)]
    [InlineData("""{"type":"message","content":[{"type":"refusal","refusal":"No."}]}""", "", true)]
    public async Task A_response_says_its_text_whole_and_streamed(string output, string text, bool other)
    {
        var response = $$"""{"object":"response","output":[{{output}}]}""";
        var whole = await WireAnswer.ReadAsync(WireProtocol.OpenAiResponses, false, Encoding.UTF8.GetBytes(response));
        var streamed = await WireAnswer.ReadAsync(WireProtocol.OpenAiResponses, true, Encoding.UTF8.GetBytes(
            $"data: {{\"type\":\"response.output_text.delta\",\"delta\":\"x\"}}\n\ndata: {{\"type\":\"response.completed\",\"response\":{response}}}\n\n"));
        Assert.All(new[] { whole, streamed }, a => Assert.Equal((text, other), Said(a)));
    }

    [Fact]
    public async Task Each_choice_is_an_answer_of_its_own()
    {
        const string Reply = """
            {"choices":[{"index":2,"message":{"content":"c"},"finish_reason":"stop"},
            {"index":1,"message":{"content":null},"finish_reason":"length"},
            {"index":0,"message":{"content":null,"tool_calls":[{"id":"1"}]},"finish_reason":"tool_calls"}]}
            """;
        var answer = await WireAnswer.ReadAsync(WireProtocol.OpenAiChat, false, Encoding.UTF8.GetBytes(Reply));
        Assert.Equal(
            [("", true, ChatFinishReason.ToolCalls), ("", false, ChatFinishReason.Length), ("c", false, ChatFinishReason.Stop)],
            answer.Choices.Select(c => (c.Text, c.IsOther, c.Finish!.Value)));
    }

    [Theory]
    [InlineData(WireProtocol.OpenAiChat, """{"choices":[{"message":{"tool_calls":[{"id":"1","function":"""
        + """{"name":"f","arguments":"{\"n\":1}"}},{"id":"2","function":{"name":"g","arguments":"{}"}}]}}]}""")]
    [InlineData(WireProtocol.OpenAiResponses, """{"object":"response","output":[{"type":"reasoning"},"""
        + """{"type":"function_call","call_id":"1","name":"f","arguments":"{\"n\":1}"},"""
        + """{"type":"function_call","call_id":"2","name":"g","arguments":"{}"}]}""")]
    [InlineData(WireProtocol.AnthropicMessages, """{"type":"message","content":[{"type":"text","text":"I call."},"""
        + """{"type":"tool_use","id":"1","name":"f","input":{"n":1}},{"type":"tool_use","id":"2","name":"g","input":{}}]}""")]
    public async Task A_whole_reply_says_its_calls(WireProtocol protocol, string reply)
        => Assert.Equal(TwoCalls, Calls(await WireAnswer.ReadAsync(protocol, false, Encoding.UTF8.GetBytes(reply))));

    [Theory]
    [InlineData(WireProtocol.OpenAiChat,
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"f","arguments":""}}]}}]}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"2","function":{"name":"g","arguments":"{}"}},{"index":"""
            + """0,"function":{"arguments":"{\"n\""}}]}}]}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}""")]
    [InlineData(WireProtocol.AnthropicMessages,
        """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"1","name":"f","input":{}}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"n\":1}"}}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"2","name":"g","input":{}}}""")]
    public async Task A_stream_says_its_calls(WireProtocol protocol, params string[] events)
        => Assert.Equal(TwoCalls,
            Calls(await WireAnswer.ReadAsync(protocol, true, Encoding.UTF8.GetBytes(string.Concat(events.Select(e => $"data: {e}\n\n"))))));

    [Theory]
    // An empty name with each later piece.
    [InlineData("""[{"index":0,"id":"1","function":{"name":"f","arguments":"{\"n\""}},{"index":1,"id":"2","function":{"name":"g"}}]""",
        """[{"index":0,"id":"","function":{"name":"","arguments":":1}"}},{"index":1,"function":{"name":"","arguments":"{}"}}]""")]
    // The name repeated with each piece.
    [InlineData("""[{"index":0,"id":"1","function":{"name":"f","arguments":"{\"n\""}}]""",
        """[{"index":0,"id":"1","function":{"name":"f","arguments":":1}"}},{"index":1,"id":"2","function":{"name":"g"}}]""")]
    // Told apart by their ids alone.
    [InlineData("""[{"id":"1","function":{"name":"f","arguments":"{\"n\""}}]""", """[{"id":"1","function":{"arguments":":1}"}}]""",
        """[{"id":"2","function":{"name":"g","arguments":"{}"}}]""")]
    // Later pieces say nothing of whose they are.
    [InlineData("""[{"id":"1","function":{"name":"f","arguments":"{\"n\""}}]""", """[{"function":{"arguments":":1}"}}]""",
        """[{"id":"2","function":{"name":"g"}}]""")]
    // Objects in place of their text.
    [InlineData("""[{"index":0,"id":"1","function":{"name":"f","arguments":{"n":1}}}]""",
        """[{"index":1,"id":"2","function":{"name":"g","arguments":{}}}]""")]
    public async Task Calls_that_a_server_tells_oddly_are_understood(params string[] pieces)
        => Assert.Equal(TwoCalls, Calls(await WireAnswer.ReadAsync(WireProtocol.OpenAiChat, true, Encoding.UTF8.GetBytes(
            string.Concat(pieces.Select(p => "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":" + p + "}}]}\n\n"))))));

    [Theory]
    [InlineData(WireProtocol.OpenAiChat, """{"choices":[{"message":{"tool_calls":[{"index":0,"id":"1","function":"""
        + """{"name":"f","arguments":{"n":1}}},{"index":0,"id":"2","function":{"name":"g","arguments":""}}]}}]}""")]
    [InlineData(WireProtocol.OpenAiResponses, """{"object":"response","output":["""
        + """{"type":"function_call","call_id":"1","name":"f","arguments":{"n":1}},"""
        + """{"type":"function_call","call_id":"2","name":"g","arguments":""}]}""")]
    public async Task Calls_that_a_server_tells_oddly_as_a_whole_are_understood(WireProtocol protocol, string reply)
        => Assert.Equal(TwoCalls, Calls(await WireAnswer.ReadAsync(protocol, false, Encoding.UTF8.GetBytes(reply))));

    [Theory]
    [InlineData("")]
    [InlineData("""{"type":"function_call","call_id":"1","name":"f","arguments":"{\"n\":1}"},"""
        + """{"type":"function_call","call_id":"2","name":"g","arguments":"{}"}""")]
    public async Task A_response_s_calls_are_those_of_its_stream_where_its_end_repeats_none(string repeated)
    {
        string[] events =
        [
            """{"type":"response.output_item.done","item":{"type":"function_call","call_id":"1","name":"f","arguments":"{\"n\":1}"}}""",
            """{"type":"response.output_item.done","item":{"type":"function_call","call_id":"2","name":"g","arguments":"{}"}}""",
            "{\"type\":\"response.completed\",\"response\":{\"object\":\"response\",\"output\":[" + repeated + "]}}",
        ];
        var answer = await WireAnswer.ReadAsync(
            WireProtocol.OpenAiResponses, true, Encoding.UTF8.GetBytes(string.Concat(events.Select(e => $"data: {e}\n\n"))));
        Assert.Equal(TwoCalls, Calls(answer));
        Assert.True(answer.Choices.Single().IsOther);
    }

    [Fact]
    public async Task Blocks_of_Anthropic_s_that_all_say_one_number_are_calls_of_their_own()
    {
        string[] events =
        [
            """{"type":"content_block_start","content_block":{"type":"tool_use","id":"1","name":"f","input":{}}}""",
            """{"type":"content_block_delta","delta":{"type":"input_json_delta","partial_json":"{\"n\":1}"}}""",
            """{"type":"content_block_stop"}""",
            """{"type":"content_block_start","content_block":{"type":"tool_use","id":"2","name":"g","input":{}}}""",
            """{"type":"content_block_stop"}""",
        ];
        Assert.Equal(TwoCalls, Calls(await WireAnswer.ReadAsync(
            WireProtocol.AnthropicMessages, true, Encoding.UTF8.GetBytes(string.Concat(events.Select(e => $"data: {e}\n\n"))))));
    }

    [Theory]
    [InlineData(WireProtocol.OpenAiChat,
        """{"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}}}""", true)]
    [InlineData(WireProtocol.OpenAiChat, """{"response_format":{"type":"json_object"}}""", false)]
    [InlineData(WireProtocol.OpenAiResponses, """{"text":{"format":{"type":"json_schema","name":"a","schema":{"type":"object"}}}}""", true)]
    [InlineData(WireProtocol.OpenAiResponses, """{"text":{"verbosity":"low"}}""", false)]
    [InlineData(WireProtocol.AnthropicMessages, """{"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}""", true)]
    [InlineData(WireProtocol.AnthropicMessages, """{"output_format":{"type":"json_schema","schema":{"type":"object"}}}""", true)]
    [InlineData(WireProtocol.AnthropicMessages, """{"output_config":{"effort":"low"}}""", false)]
    public void Each_protocol_has_its_place_for_a_schema(WireProtocol protocol, string body, bool asks)
        => Assert.Equal(asks ? """{"type":"object"}""" : null, AskedSchema.Find(protocol, Encoding.UTF8.GetBytes(body))?.GetRawText());

    [Theory]
    [InlineData(WireProtocol.OpenAiChat, """{"messages":[]}""", "messages")]
    [InlineData(WireProtocol.AnthropicMessages, """{"messages":[]}""", "messages")]
    [InlineData(WireProtocol.OpenAiResponses, """{"input":[]}""", "input")]
    public void A_second_try_shows_the_answer_and_what_is_wrong(WireProtocol protocol, string body, string turns)
    {
        var more = RepairTurn.Append(protocol, Encoding.UTF8.GetBytes(body), "no", "It is wrong.")!;
        Assert.Equal($$"""{"{{turns}}":[{"role":"assistant","content":"no"},{"role":"user","content":"It is wrong."}]}""",
            Encoding.UTF8.GetString(more));
        Assert.Equal($$"""{"{{turns}}":[{"role":"user","content":"It is wrong."}]}""",
            Encoding.UTF8.GetString(RepairTurn.Append(protocol, Encoding.UTF8.GetBytes(body), " ", "It is wrong.")!));
    }

    [Fact]
    public void A_body_that_readers_read_differently_gets_no_second_try()
        => Assert.Null(RepairTurn.Append(WireProtocol.OpenAiChat, """{"messages":[],"messages":[]}"""u8, "no", "It is wrong."));

    private static readonly (string, string, string)[] TwoCalls = [("1", "f", """{"n":1}"""), ("2", "g", "{}")];

    private static IEnumerable<(string Id, string Name, string Arguments)> Calls(WireAnswer answer)
        => answer.Choices.Single().Calls.Select(c => (c.Id, c.Name, c.Arguments));

    private static (string Text, bool IsOther) Said(WireAnswer answer) => (answer.Choices.Single().Text, answer.Choices.Single().IsOther);
}
