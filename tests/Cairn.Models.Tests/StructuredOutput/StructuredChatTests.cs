using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class StructuredChatTests
{
    private const string Answer = """{"title":"Roof","minutes":30,"kind":"Review","guests":["Ann","Bo"],"room":null}""";

    [Fact]
    public async Task A_type_s_value_is_asked_for_by_its_schema()
    {
        var model = new FakeModel(Answer);
        var meeting = await model.GetAsync(MeetingJson.Default.Meeting, "When do we meet?");
        Assert.Equal(("Roof", 30, MeetingKind.Review, 2), (meeting.Title, meeting.Minutes, meeting.Kind, meeting.Guests.Count));
    }

    [Fact]
    public void A_type_s_schema_has_its_descriptions_required_members_and_enum()
    {
        var schema = TypeSchema.Of(MeetingJson.Default.Meeting);
        Assert.Equal("What it is about", schema.GetProperty("properties").GetProperty("title").GetProperty("description").GetString());
        Assert.Equal(["title", "minutes"], schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(["Review", "Planning"],
            schema.GetProperty("properties").GetProperty("kind").GetProperty("enum").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("object", schema.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_value_of_the_wrong_shape_never_becomes_an_object()
    {
        var model = new FakeModel("""{"title":"Roof","minutes":"thirty"}""", """{"title":"Roof","minutes":30}""");
        Assert.Equal(30, (await model.GetAsync(MeetingJson.Default.Meeting, "When?")).Minutes);
        Assert.Equal(2, model.Calls.Count);
    }

    [Fact]
    public async Task A_list_is_wrapped_for_a_provider_that_takes_objects_only()
    {
        var model = new FakeModel("""{"value":[1,2]}""");
        using var client = new StructuredOutputChatClient(model, new() { Mode = StructuredMode.Strict });
        var numbers = await client.GetAsync(MeetingJson.Default.Int32Array, "Which?");
        Assert.Equal([1, 2], numbers);
        Assert.Equal("object", ((ChatResponseFormatJson)model.Calls[0].Options!.ResponseFormat!).Schema!.Value.GetProperty("type")
            .GetString());
    }

    [Fact]
    public async Task A_stream_shows_what_is_complete_and_ends_with_the_judged_value()
    {
        var parts = await new FakeModel(Answer) { PieceLength = 4 }.StreamAsync(MeetingJson.Default.Meeting, [new(ChatRole.User, "When?")])
            .ToListAsync();
        Assert.True(parts[^1].IsFinal);
        Assert.Equal("Roof", parts[^1].Value!.Title);
        Assert.Single(parts, p => p.IsFinal);
        // 30 never shows as 3, and no value exists before its required members do.
        Assert.All(parts.Where(p => p.Json?["minutes"] is not null), p => Assert.Equal(30, (int)p.Json!["minutes"]!));
        Assert.Contains(parts, p => p.Value is null && p.Json?["title"] is not null);
        Assert.Contains(parts, p => !p.IsFinal && p.Value is { Minutes: 30, Guests.Count: 1 });
    }

    [Fact]
    public async Task A_tool_call_instead_of_an_answer_is_an_error_of_its_own()
    {
        using var client = new ToolCallingModel();
        Assert.Equal("output.tool-call",
            (await Assert.ThrowsAsync<StructuredOutputException>(() => client.GetAsync(MeetingJson.Default.Meeting, "When?"))).Code);
    }

    private sealed class ToolCallingModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "look")])));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
