using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>Arguments of tools that say <c>strict</c>, in replies of the caller's own protocol.</summary>
public sealed class StrictToolTests
{
    private const string Strict = ",\"tools\":["
        + "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":" + Schema + "}},"
        + "{\"type\":\"function\",\"function\":{\"name\":\"loose\",\"parameters\":" + Schema + "}}]";

    private const string Forced = Strict + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
    private const string Schema = """{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":"""
        + """false}""";
    private const string Word = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"I call.\"}}]}\n\n";
    private const string End = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n";

    [Fact]
    public async Task A_call_with_invalid_arguments_is_shown_to_its_model_and_made_again()
    {
        var models = Saying(Reply("""{\"n\":\"one\"}"""), Reply("no JSON"), Reply("""{\"n\":1}"""));
        Assert.Equal(Reply("""{\"n\":1}"""), await TextAsync(models, false, Strict));
        var turns = JsonElement.Parse(models.Asked.Last()).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["assistant", "tool", "assistant", "tool"], turns.Select(t => t.GetProperty("role").GetString()));
        Assert.Equal("{\"n\":\"one\"}", turns[0].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString());
        Assert.Contains("in the arguments of f: /n is a string, but must be an integer", turns[1].GetProperty("content").GetString());
        Assert.Equal("t", turns[1].GetProperty("tool_call_id").GetString());
        Assert.Equal("{}", turns[2].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString());
        Assert.Contains("its arguments were no JSON", turns[3].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData(false, Strict)]
    [InlineData(false, Forced)]
    [InlineData(true, Forced)]
    public async Task What_stays_invalid_reaches_nobody(bool stream, string rest)
    {
        var models = Saying(stream ? Begins("""{\"n\":""") + Goes("""true}""") + End : Reply("""{\"n\":true}"""));
        var sink = new RawModels.Sink();
        var failure = await Assert.ThrowsAsync<StructuredOutputException>(() => models.SendAsync(sink, stream, rest));
        Assert.Equal("output.invalid", failure.Code);
        Assert.StartsWith("After 3 tries the model's answer is not valid under the schema: in the arguments of f: /n is a boolean",
            failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, models.Asked.Count);
        await sink.Body.CompleteAsync();
        Assert.Equal("", await sink.ReadAsync());
    }

    [Fact]
    public async Task A_forced_call_s_stream_goes_out_as_it_came_once_it_is_valid()
    {
        var valid = Begins("""{\"n\":""") + Goes("1}") + End;
        var models = Saying(Begins("{}") + End, valid);
        Assert.Equal(valid, await TextAsync(models, true, Forced));
        Assert.Equal(2, models.Asked.Count);
    }

    [Fact]
    public async Task Words_before_a_call_go_out_at_once_and_the_call_when_it_is_whole()
    {
        var provider = new System.IO.Pipelines.Pipe();
        var models = new RawModels(_ => Task.FromResult(RawModels.Events(provider.Reader.AsStream())));
        var sink = new RawModels.Sink();
        await provider.Writer.WriteAsync(Encoding.UTF8.GetBytes(Word));
        var call = models.SendAsync(sink, stream: true, Strict);
        Assert.Equal(Word, await sink.ReadAsync());
        var rest = Begins("""{\"n\":""") + Goes("1}") + End;
        await provider.Writer.WriteAsync(Encoding.UTF8.GetBytes(rest));
        await provider.Writer.CompleteAsync();
        Assert.Null((await call).Error);
        Assert.Equal(rest, await sink.ReadAsync());
    }

    [Fact]
    public async Task Where_words_have_gone_out_an_invalid_call_ends_the_stream_with_an_error_and_is_not_shown()
    {
        var models = Saying(Word + Begins("""{\"m\":""") + Goes("1}") + End);
        var sink = new RawModels.Sink();
        var failure = await Assert.ThrowsAsync<StructuredOutputException>(() => models.SendAsync(sink, stream: true, Strict));
        Assert.Equal("output.invalid", failure.Code);
        Assert.Equal(Word, await sink.ReadAsync());
        Assert.Single(models.Asked);
        Assert.Equal("output.invalid", models.Ended.Single().Attempts.Single().Error);
        Assert.NotNull(models.Reserved.Single().Settled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_that_is_not_strict_gets_what_the_model_wrote(bool stream)
    {
        var reply = (stream ? Begins("{") + End : Reply("{")).Replace("\"f\"", "\"loose\"", StringComparison.Ordinal);
        Assert.Equal(reply, await TextAsync(Saying(reply), stream, Strict));
    }

    [Fact]
    public async Task A_call_that_the_token_limit_cut_off_is_told_as_that()
    {
        var failure = await Assert.ThrowsAsync<StructuredOutputException>(
            () => Saying(Reply("""{\"n\":""").Replace("tool_calls\"}", "length\"}", StringComparison.Ordinal))
                .SendAsync(new RawModels.Sink(), rest: Strict));
        Assert.Equal("output.truncated", failure.Code);
    }

    [Fact]
    public async Task A_strict_tool_whose_schema_cannot_be_used_is_refused()
    {
        var models = Saying(Reply("{}"));
        var failure = await Assert.ThrowsAnyAsync<CairnException>(
            () => models.SendAsync(new RawModels.Sink(), rest: Strict.Replace("integer", "thing", StringComparison.Ordinal)));
        Assert.StartsWith("schema.", failure.Code, StringComparison.Ordinal);
        Assert.Empty(models.Asked);
    }

    [Theory]
    [InlineData(Strict)]
    [InlineData(",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"integer\"}}}")]
    public async Task Callers_whose_schemas_cannot_be_used_do_not_take_the_model_from_the_others(string asked)
    {
        var models = Saying(Reply("{}"));
        for (var i = 0; i < 4; i++)
        {
            var failure = await Assert.ThrowsAnyAsync<CairnException>(
                () => models.SendAsync(new RawModels.Sink(), rest: asked.Replace("integer", "thing", StringComparison.Ordinal)));
            Assert.StartsWith("schema.", failure.Code, StringComparison.Ordinal);
        }
        Assert.Null((await models.SendAsync(new RawModels.Sink())).Error);
    }

    [Fact]
    public async Task Callers_whose_bodies_cannot_be_read_do_not_take_the_model_from_the_others()
    {
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = new CallingModel("one") };
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("request.invalid", (await Assert.ThrowsAnyAsync<CairnException>(
                () => models.SendAsync(new RawModels.Sink(), rest: ",\"response_format\":{\"type\":\"poem\"}"))).Code);
        }
        Assert.Equal("one", (await models.Route.GetResponseAsync("x")).Text);
    }

    [Fact]
    public async Task An_invalid_call_is_not_shown_whose_name_comes_empty_with_later_pieces()
    {
        var later = Goes("1}").Replace("\"function\":{", "\"function\":{\"name\":\"\",", StringComparison.Ordinal);
        var sink = new RawModels.Sink();
        var failure = await Assert.ThrowsAsync<StructuredOutputException>(
            () => Saying(Word + Begins("""{\"m\":""") + later + End).SendAsync(sink, stream: true, Strict));
        Assert.Equal("output.invalid", failure.Code);
        Assert.Equal(Word, await sink.ReadAsync());
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("{}")]
    public async Task A_strict_tool_without_members_may_be_called_without_arguments(string arguments)
    {
        var reply = Reply("").Replace("\"\"", arguments, StringComparison.Ordinal);
        var tools = Strict.Replace(Schema, """{"type":"object","properties":{}}""", StringComparison.Ordinal);
        Assert.Equal(reply, await TextAsync(Saying(reply), false, tools));
    }

    [Fact]
    public async Task Of_two_calls_of_one_tool_only_the_invalid_one_is_said_to_be_wrong()
    {
        const string Second = """,{"id":"u","type":"function","function":{"name":"f","arguments":"{\"n\":\"two\"}"}}]""";
        var both = Reply("""{\"n\":1}""").Replace("]},\"finish", Second + "},\"finish", StringComparison.Ordinal);
        var models = Saying(both, Reply("""{\"n\":1}"""));
        await TextAsync(models, false, Strict);
        var told = JsonElement.Parse(models.Asked.Last()).GetProperty("messages").EnumerateArray().Skip(1)
            .Select(t => (t.GetProperty("tool_call_id").GetString(),
                t.GetProperty("content").GetString()!.Contains("/n is a string", StringComparison.Ordinal)));
        Assert.Equal([("t", false), ("u", true)], told);
    }

    [Fact]
    public async Task A_message_of_Anthropic_s_is_held_to_its_tools_too()
    {
        const string Tools = ",\"tools\":[{\"name\":\"f\",\"strict\":true,\"input_schema\":" + Schema + "}]";
        var replies = new Queue<string>([Message("""{"n":"one"}"""), Message("""{"n":1}""")]);
        var models = new RawModels(_ => Task.FromResult(RawModels.Json(replies.Dequeue()))) { Protocol = WireProtocol.AnthropicMessages };
        Assert.Equal(Message("""{"n":1}"""), await TextAsync(models, false, Tools));
        var turns = JsonElement.Parse(models.Asked.Last()).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["assistant", "user"], turns.Select(t => t.GetProperty("role").GetString()));
        Assert.Contains("""The call of f was not carried out: its arguments were {"n":"one"}""",
            turns[1].GetProperty("content").GetString());

        static string Message(string input)
            => $$$"""{"type":"message","content":[{"type":"text","text":"I call."},{"type":"tool_use","id":"t","name":"f","input":"""
                + $$$"""{{{input}}}}],"stop_reason":"tool_use"}""";
    }

    [Fact]
    public async Task A_response_is_held_to_its_tools_whole_and_streamed()
    {
        const string Tools = ",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"strict\":true,\"parameters\":" + Schema + "}]";
        var replies = new Queue<string>([Response("""{\"n\":\"one\"}"""), Response("""{\"n\":1}""")]);
        var models = new RawModels(_ => Task.FromResult(RawModels.Json(replies.Dequeue()))) { Protocol = WireProtocol.OpenAiResponses };
        Assert.Equal(Response("""{\"n\":1}"""), await TextAsync(models, false, Tools + ",\"input\":\"hi\""));
        Assert.Equal(["function_call", "function_call_output"],
            JsonElement.Parse(models.Asked.Last()).GetProperty("input").EnumerateArray().Skip(1)
            .Select(i => i.GetProperty("type").GetString()));

        var begun = "data: {\"type\":\"response.created\",\"response\":{}}\n\n";
        var stream = begun + "data: {\"type\":\"response.output_item.added\",\"item\":{\"type\":\"function_call\",\"name\":\"f\"}}\n\n"
            + "data: {\"type\":\"response.completed\",\"response\":" + Response("{}") + "}\n\n";
        var streaming = new RawModels(_ => Task.FromResult(RawModels.Events(new MemoryStream(Encoding.UTF8.GetBytes(stream)))))
        {
            Protocol = WireProtocol.OpenAiResponses,
        };
        var sink = new RawModels.Sink();
        Assert.Equal("output.invalid",
            (await Assert.ThrowsAsync<StructuredOutputException>(() => streaming.SendAsync(sink, stream: true, Tools))).Code);
        Assert.Equal(begun, await sink.ReadAsync());

        static string Response(string arguments)
            => $$$"""{"object":"response","status":"completed","output":["""
                + $$$"""{"type":"function_call","call_id":"t","name":"f","arguments":"{{{arguments}}}"}]}""";
    }

    private static RawModels Saying(params string[] replies)
    {
        var next = 0;
        return new(_ =>
        {
            var reply = replies[Math.Min(next++, replies.Length - 1)];
            var streams = reply.StartsWith("data:", StringComparison.Ordinal);
            return Task.FromResult(streams ? RawModels.Events(new MemoryStream(Encoding.UTF8.GetBytes(reply))) : RawModels.Json(reply));
        });
    }

    private static async Task<string> TextAsync(RawModels models, bool stream, string rest)
    {
        var sink = new RawModels.Sink();
        Assert.Null((await models.SendAsync(sink, stream, rest)).Error);
        return await sink.ReadAsync();
    }

    private static string Reply(string arguments)
        => $$$"""{"choices":[{"index":0,"message":{"content":null,"tool_calls":[{"id":"t","type":"function","function":"""
            + $$$"""{"name":"f","arguments":"{{{arguments}}}"}}]},"finish_reason":"tool_calls"}]}""";

    private static string Begins(string arguments)
        => $$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"function","function":"""
            + $$$"""{"name":"f","arguments":"{{{arguments}}}"}}]}}]}""" + "\n\n";

    private static string Goes(string arguments) => $$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":"""
        + $$$"""{"arguments":"{{{arguments}}}"}}]}}]}""" + "\n\n";
}
