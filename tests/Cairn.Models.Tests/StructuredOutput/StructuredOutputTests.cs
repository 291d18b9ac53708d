using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class StructuredOutputTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "type": "object",
          "properties": { "city": { "type": "string", "minLength": 1 }, "days": { "type": "integer", "minimum": 1 } },
          "required": ["city"], "additionalProperties": false
        }
        """);

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Where, and how long?")];

    private static ChatOptions Asked => new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "trip") };

    [Theory]
    [InlineData("""{"city":"Lisbon","days":3}""")]
    [InlineData("""  {"city":"Lisbon","days":3}  """)]
    [InlineData("Here you are:\n```json\n{\"city\":\"Lisbon\",\"days\":3}\n```\nAnything else?")]
    [InlineData("""Sure {as you like}: {"city":"Lisbon","days":3} is the answer.""")]
    public async Task The_caller_gets_the_value_alone(string answer)
    {
        using var client = new StructuredOutputChatClient(new FakeModel(answer), new());
        Assert.Equal("""{"city":"Lisbon","days":3}""", (await client.GetResponseAsync(Question, Asked)).Text);
    }

    [Fact]
    public async Task A_model_without_a_native_mode_is_told_the_schema()
    {
        var model = new FakeModel("""{"city":"Lisbon"}""");
        using var client = new StructuredOutputChatClient(model, new());
        await client.GetResponseAsync(Question, Asked);
        var (messages, options) = Assert.Single(model.Calls);
        Assert.Equal(ChatRole.System, messages[0].Role);
        Assert.Contains("\"minLength\": 1", messages[0].Text);
        Assert.Null(options!.ResponseFormat);
    }

    [Fact]
    public async Task An_invalid_answer_is_repaired_and_every_try_is_counted()
    {
        var model = new FakeModel("""{"days":0}""", "no idea", """{"city":"Lisbon"}""");
        using var client = new StructuredOutputChatClient(model, new());
        var response = await client.GetResponseAsync(Question, Asked);
        Assert.Equal("""{"city":"Lisbon"}""", response.Text);
        Assert.Equal(30, response.Usage!.InputTokenCount);
        var attempts = (StructuredAttempt[])response.AdditionalProperties![StructuredOutputChatClient.AttemptsName]!;
        Assert.Equal([2, 1, 0], attempts.Select(a => a.Violations.Length));
        var shown = model.Calls[1].Messages[^1].Text;
        Assert.Contains("has no member 'city', which is required", shown);
        Assert.Contains("/days is 0, but must be at least 1 (#/properties/days/minimum)", shown);
        Assert.Equal("""{"days":0}""", model.Calls[1].Messages[^2].Text);
    }

    [Fact]
    public async Task Tries_are_bounded_and_the_error_names_the_violations_but_not_the_text()
    {
        using var client = new StructuredOutputChatClient(new FakeModel("""{"town":"Lisbon"}""", """{"town":"Lisbon"}"""),
            new() { MaxRepairs = 1 });
        var error = await Assert.ThrowsAsync<StructuredOutputException>(() => client.GetResponseAsync(Question, Asked));
        Assert.Equal("output.invalid", error.Code);
        Assert.Equal(["#/additionalProperties", "#/required"], error.Violations.Select(v => v.SchemaPath).Order());
        Assert.Equal(20, error.Usage.InputTokenCount);
        Assert.Equal(2, error.Attempts.Length);
        Assert.DoesNotContain("Lisbon", error.Message);
    }

    [Fact]
    public async Task A_member_that_is_there_twice_is_refused()
    {
        using var client = new StructuredOutputChatClient(new FakeModel("""{"city":"Lisbon","city":"Porto"}"""), new() { MaxRepairs = 0 });
        await Assert.ThrowsAsync<StructuredOutputException>(() => client.GetResponseAsync(Question, Asked));
    }

    [Fact]
    public async Task Prose_in_place_of_JSON_is_told_in_words_that_name_no_reader()
    {
        using var client = new StructuredOutputChatClient(new FakeModel("NO ANSWER"), new() { MaxRepairs = 0 });
        var error = await Assert.ThrowsAsync<StructuredOutputException>(() => client.GetResponseAsync(Question, Asked));
        Assert.Contains("is not JSON: line 1, column 1", error.Message);
        Assert.DoesNotContain("LineNumber", error.Message);
        Assert.DoesNotContain("()", error.Message);
    }

    [Theory]
    [InlineData("length", "output.truncated")]
    [InlineData("content_filter", "output.filtered")]
    public async Task An_answer_that_was_cut_off_is_not_asked_for_again(string reason, string code)
    {
        var model = new FakeModel("""{"city":"Lis""", "unused") { FinishReason = new(reason) };
        using var client = new StructuredOutputChatClient(model, new());
        Assert.Equal(code, (await Assert.ThrowsAsync<StructuredOutputException>(() => client.GetResponseAsync(Question, Asked))).Code);
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task A_native_mode_gets_the_schema_and_is_judged_all_the_same()
    {
        var model = new FakeModel("""{"city":""}""", """{"city":"Lisbon"}""");
        using var client = new StructuredOutputChatClient(model, new() { Mode = StructuredMode.Native });
        Assert.Equal("""{"city":"Lisbon"}""", (await client.GetResponseAsync(Question, Asked)).Text);
        Assert.Equal(Schema.GetRawText(), ((ChatResponseFormatJson)model.Calls[0].Options!.ResponseFormat!).Schema!.Value.GetRawText());
        Assert.Equal(Question[0].Text, Assert.Single(model.Calls[0].Messages).Text);
    }

    [Fact]
    public async Task In_strict_mode_a_null_that_stands_for_an_absent_member_is_taken_out()
    {
        var model = new FakeModel("""{"city":"Lisbon","days":null}""");
        using var client = new StructuredOutputChatClient(model, new() { Mode = StructuredMode.Strict });
        Assert.Equal("""{"city":"Lisbon"}""", (await client.GetResponseAsync(Question, Asked)).Text);
        var sent = ((ChatResponseFormatJson)model.Calls[0].Options!.ResponseFormat!).Schema!.Value;
        Assert.Equal(["city", "days"], sent.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(true, model.Calls[0].Options!.AdditionalProperties![CallParameters.Strict]);
    }

    [Fact]
    public async Task A_stream_carries_nothing_before_it_is_judged()
    {
        using var client = new StructuredOutputChatClient(new FakeModel("""{"days":0}""", """{"city":"Lisbon"}"""), new());
        Assert.Equal("""{"city":"Lisbon"}""",
            string.Concat(await client.GetStreamingResponseAsync(Question, Asked).Select(u => u.Text).ToListAsync()));
    }

    [Fact]
    public async Task A_call_without_a_schema_passes_through()
    {
        using var client = new StructuredOutputChatClient(new FakeModel("Anything at all"), new());
        Assert.Equal("Anything at all", (await client.GetResponseAsync(Question)).Text);
    }

    [Fact]
    public async Task Each_try_is_a_span_with_what_was_wrong_counted()
    {
        var seen = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == CairnTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => { lock (seen) seen.Add(a); },
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = CairnTracing.Source.StartActivity("test");
        using var client = new StructuredOutputChatClient(new FakeModel("{}", """{"city":"Lisbon"}"""), new());
        await client.GetResponseAsync(Question, Asked);
        lock (seen)
            Assert.Equal([1, 0], seen.Where(a => a.ParentId == parent!.Id).Select(a => a.GetTagItem("cairn.structured.violations")));
    }
}
