using Cairn.Models;
using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

public sealed class TracesTests
{
    private const string Question = "How long before arrival does a ship over 150 m book a berth?";

    [Theory, Engines]
    public async Task Every_step_of_a_question_is_a_span_under_its_parent(DatabaseEngine engine)
    {
        await using var harbour = await Harbour.OpenAsync(engine, new ScriptTurn { Reply = "Ships over 150 m book four days ahead [1]." });
        var answer = await harbour.AskAsync(Question);
        var trace = await harbour.Traces.GetAsync(Harbour.Ann, answer.TraceId, CancellationToken.None);
        Assert.Equal(["ask", "input contract", "retrieve", "search", "model", "chat llama", "ground"], trace.Spans.Select(s => s.Name));
        var parents = trace.Spans.ToDictionary(s => s.Name, s => trace.Spans.FirstOrDefault(p => p.Id == s.Parent)?.Name);
        Assert.Equal((null, "ask", "retrieve", "ask", "model"),
            (parents["ask"], parents["retrieve"], parents["search"], parents["model"], parents["ground"]));
        var attempt = trace.Spans.Single(s => s.Name == "chat llama");
        Assert.Equal(("model", "local", "chat"),
            (parents["chat llama"], attempt.Attributes["gen_ai.provider.name"], attempt.Attributes["gen_ai.operation.name"]));
        Assert.True(attempt.Attributes.ContainsKey("gen_ai.usage.output_tokens"));
        Assert.Equal("1", trace.Spans.Single(s => s.Name == "ground").Attributes["supported"]);
        Assert.Equal("ann", trace.User);
        Assert.Matches(@"^\d+(\.\d{1,4})?$", trace.Spans.Single(s => s.Name == "retrieve").Attributes["score.first"]);
    }

    [Fact]
    public async Task A_trace_holds_no_text_of_question_documents_or_answer()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = "Ships over 150 m book four days ahead [1]." });
        var trace = await harbour.Traces.GetAsync(Harbour.Ann, (await harbour.AskAsync(Question)).TraceId, CancellationToken.None);
        var all = string.Join('\n', trace.Spans.SelectMany(s => s.Attributes.Values.Append(s.Error ?? "").Append(s.Name)));
        Assert.DoesNotContain("150", all);
        Assert.DoesNotContain("ahead", all);
    }

    [Fact]
    public async Task A_trace_is_seen_by_its_caller_and_by_who_operates()
    {
        await using var harbour = await Harbour.OpenAsync();
        var id = (await harbour.AskAsync(Question)).TraceId;
        await harbour.Traces.GetAsync(Harbour.Owner, id, CancellationToken.None);
        Assert.Equal("trace.unknown",
            (await Assert.ThrowsAsync<CairnException>(() => harbour.Traces.GetAsync(Harbour.Ben, id, CancellationToken.None))).Code);
        Assert.Equal("trace.unknown",
            (await Assert.ThrowsAsync<CairnException>(
                () => harbour.Traces.GetAsync(Principal.Visitor("t"), id, CancellationToken.None))).Code);
        Assert.Empty(await harbour.Traces.ListAsync(Harbour.Ben, 10, CancellationToken.None));
        Assert.Single(await harbour.Traces.ListAsync(Harbour.Owner, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_failed_model_and_a_refused_question_are_on_record()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Failure = new() { Kind = ScriptFailureKind.Status,
            StatusCode = 500 } });
        var trace = await harbour.Traces.GetAsync(Harbour.Ann, (await harbour.AskAsync(Question)).TraceId, CancellationToken.None);
        Assert.Equal("provider.failed", trace.Spans.Single(s => s.Name == "model").Error);
        Assert.Null(trace.Spans.Single(s => s.Name == "floor").Error);
        await Assert.ThrowsAsync<CairnException>(() => harbour.AskAsync(""));
        Assert.Contains(await harbour.Traces.ListAsync(Harbour.Ann, 10, CancellationToken.None), t => t.Spans[0].Error == "question.empty");
    }

    [Fact]
    public async Task Questions_at_the_same_time_keep_their_spans_apart()
    {
        await using var harbour = await Harbour.OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => harbour.AskAsync(Question)));
        Assert.Equal(20, answers.Select(a => a.TraceId).Distinct().Count());
        foreach (var answer in answers)
            Assert.Equal(["ask", "input contract", "retrieve", "search", "floor"],
                (await harbour.Traces.GetAsync(Harbour.Ann, answer.TraceId, CancellationToken.None)).Spans.Select(s => s.Name));
    }
}
