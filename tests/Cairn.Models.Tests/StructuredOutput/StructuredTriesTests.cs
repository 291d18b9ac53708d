using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>What is set aside for the tries of a call, how many there are, and what is booked for them.</summary>
public sealed class StructuredTriesTests
{
    private const string Tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":" + Schema
        + "}}]";
    private const string Loose = ""","tools":[{"type":"function","function":{"name":"f","strict":false}}]""";
    private const string Format = ""","response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"integer"}}}""";
    private const string Named = ""","metadata":{"json_schema":"none"}""";
    private const string Schema = """{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""";
    private const string Reply = """{"choices":[{"index":0,"message":{"content":"1"},"finish_reason":"stop"}]}""";
    private const string Event = """data: {"choices":[{"index":0,"delta":{"content":"1"},"finish_reason":"stop"}]}""";

    private static readonly AITool Tool = new ToolDeclaration(
        "f", null, JsonElement.Parse(Schema), new Dictionary<string, object?> { [CallParameters.Strict] = true });

    [Theory]
    [InlineData(false, Tools, 300)]
    [InlineData(false, Format, 300)]
    [InlineData(false, Loose, 100)]
    [InlineData(false, Named, 100)]
    // It may begin with words, which cannot be taken back.
    [InlineData(true, Tools, 100)]
    public async Task As_much_is_set_aside_as_the_tries_can_cost(bool stream, string rest, long output)
    {
        var models = new RawModels(_ => Task.FromResult(
            stream ? RawModels.Events(new MemoryStream(Encoding.UTF8.GetBytes(Event + "\n\ndata: [DONE]\n\n"))) : RawModels.Json(Reply)));
        Assert.Null((await models.SendAsync(new RawModels.Sink(), stream, ",\"max_tokens\":100" + rest)).Error);
        Assert.Equal(output, models.Reserved.Single().Most.Output);
    }

    [Fact]
    public async Task What_a_translated_stream_s_second_try_can_cost_is_set_aside()
    {
        var chat = new CallingModel("""{"n":"one"}""", """{"n":1}""");
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = chat };
        Assert.Null((await models.SendAsync(new RawModels.Sink(), stream: true, ",\"max_tokens\":100" + Tools)).Error);
        Assert.Equal((2, 300L), (chat.Asked, models.Reserved.Single().Most.Output));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_s_schema_and_those_of_tools_share_their_tries(bool streams)
    {
        var chat = new CallingModel("{}", "none", "{}", "{}", "none", "{}", "none", "none", "none");
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = chat };
        var failure = await Assert.ThrowsAsync<StructuredOutputException>(async () =>
        {
            if (streams)
                await models.Route.GetStreamingResponseAsync("How many?", Both()).ToListAsync();
            else
                await models.Route.GetResponseAsync("How many?", Both());
        });
        Assert.Equal(("output.invalid", 3), (failure.Code, chat.Asked));
        Assert.Equal(new CallUsage(27, 0, 0, 9, 0), models.Reserved.Single().Settled);
    }

    [Fact]
    public async Task Each_call_has_its_own_tries()
    {
        var chat = new CallingModel("{}", "{}", """{"n":1}""", "none", "{}", """{"n":2}""");
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = chat };
        for (var i = 0; i < 2; i++)
            Assert.Single((await models.Route.GetResponseAsync("How many?", Both())).Messages.SelectMany(m => m.Contents)
                .OfType<FunctionCallContent>());
        Assert.Equal(6, chat.Asked);
    }

    [Theory]
    [InlineData("""{"n":"one"}""")]
    [InlineData("none")]
    public async Task What_tries_cost_is_booked_when_the_next_one_is_refused(string first)
    {
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = new CallingModel(first, "{}") };
        Assert.Equal("provider.limited",
            (await Assert.ThrowsAsync<ProviderFailureException>(() => models.Route.GetResponseAsync("How many?", Both()))).Code);
        Assert.Equal(new CallUsage(18, 0, 0, 6, 0), models.Reserved.First().Settled);
    }

    [Fact]
    public async Task What_a_call_cost_is_booked_when_the_next_one_is_refused()
    {
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = new CallingModel("{}") };
        Assert.Equal("provider.limited",
            (await Assert.ThrowsAsync<ProviderFailureException>(
                () => models.Route.GetResponseAsync("How many?", new() { Tools = [Tool] }))).Code);
        Assert.Equal(new CallUsage(9, 0, 0, 3, 0), models.Reserved.First().Settled);
    }

    private static ChatOptions Both()
        => new() { Tools = [Tool], ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema)) };
}
