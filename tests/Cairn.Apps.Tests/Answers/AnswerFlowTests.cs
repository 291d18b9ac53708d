using Cairn.Models;
using Cairn.Storage;

namespace Cairn.Apps.Tests;

public sealed class AnswerFlowTests
{
    private const string Question = "How long before arrival does a ship over 150 m book a berth?";
    private const string Good = "Ships over 150 m book a berth four days ahead [1]. The berth fee is 1,500 EUR per day [2].";

    [Fact]
    public async Task A_model_s_answer_comes_without_markers_and_with_exact_quotes()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = Good, PieceLength = 1 });
        var events = await harbour.EventsAsync(Question);
        var answer = ((AnswerDone)events[^1]).Answer;
        Assert.Equal("Ships over 150 m book a berth four days ahead. The berth fee is 1,500 EUR per day.", answer.Text);
        Assert.Equal(answer.Text, string.Concat(events.OfType<AnswerDelta>().Select(d => d.Text)));
        Assert.Equal((AnswerStatus.Answered, "model", "default: local/llama"), (answer.Status, answer.Engine, answer.Model));
        Assert.Null(answer.Degraded);
        Assert.Equal([1, 2], answer.Sentences.Select(s => Assert.Single(s.Citations)));
        Assert.Equal("Ships over 150 m book a berth four days ahead.", answer.Citations[0].Quote);
        Assert.Equal((100, 146), (answer.Citations[0].Start, answer.Citations[0].End));
        Assert.Equal(2, events.OfType<AnswerCitation>().Count());
        Assert.Equal(["retrieve", "retrieve", "model", "model"], events.OfType<AnswerStep>().Select(s => s.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100_000)]
    [InlineData(3_000)]
    [InlineData(1_500)]
    public async Task The_evidence_is_packed_to_the_length_of_the_model(int? window)
    {
        await using var harbour = await Harbour.OpenAsync(
            DatabaseEngine.Sqlite, window, new ScriptTurn { Reply = "Ships over 150 m book a berth four days ahead [1]." });
        var papers = Enumerable.Range(1, 11)
            .Select(i => Papers.Passage($"paper{i}", $"Paper {i}. " + string.Concat(Enumerable.Repeat(Papers.Tariff + " ", 30))));
        harbour.Retriever.Evidence = Papers.Retrieval([Papers.Passage("mooring", Papers.Mooring), .. papers]);
        var answer = await harbour.AskAsync(Question);
        Assert.Null(answer.Degraded);
        Assert.Equal(("model", AnswerStatus.Answered), (answer.Engine, answer.Status));
    }

    [Fact]
    public async Task A_model_that_has_no_room_for_one_passage_leaves_the_answer_to_the_floor()
    {
        await using var harbour = await Harbour.OpenAsync(DatabaseEngine.Sqlite, window: 40, new ScriptTurn { Reply = Good });
        var answer = await harbour.AskAsync(Question);
        Assert.Equal("extractive", answer.Engine);
        Assert.EndsWith("but the model's context window is 40", answer.Degraded!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_the_floor_answers_and_nothing_is_degraded()
    {
        await using var harbour = await Harbour.OpenAsync();
        var answer = await harbour.AskAsync(Question);
        Assert.Equal(("extractive", AnswerStatus.Answered), (answer.Engine, answer.Status));
        Assert.Null(answer.Degraded);
        Assert.Null(answer.Model);
    }

    [Fact]
    public async Task The_floor_can_be_asked_for()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = Good });
        var answer = await harbour.AskAsync(Question, model: "floor");
        Assert.Equal("extractive", answer.Engine);
        Assert.Null(answer.Degraded);
    }

    [Theory]
    [InlineData(ScriptFailureKind.Html, "local/llama: answered with a web page instead of a completion")]
    [InlineData(ScriptFailureKind.Status, "local/llama: failed with status 500")]
    [InlineData(ScriptFailureKind.Close, "local/llama: the connection closed in the middle of the answer")]
    public async Task A_model_that_fails_at_once_leaves_the_answer_to_the_floor_and_the_reason(ScriptFailureKind kind, string reason)
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Failure = new() { Kind = kind, StatusCode = 500 } });
        var events = await harbour.EventsAsync(Question);
        var answer = ((AnswerDone)events[^1]).Answer;
        Assert.Equal(("extractive", reason), (answer.Engine, answer.Degraded!.Reason));
        Assert.DoesNotContain(events, e => e is AnswerReset);
    }

    [Fact]
    public async Task A_model_that_hangs_is_given_up_at_its_limit()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Failure = new() { Kind = ScriptFailureKind.Hang } });
        var asking = harbour.AskAsync(Question);
        await harbour.Time.UntilTimersAsync(2);
        harbour.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("local/llama: no answer within 30 s", (await asking).Degraded!.Reason);
    }

    [Fact]
    public async Task A_model_that_dies_in_the_middle_resets_what_was_streamed()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn
        {
            Reply = Good,
            PieceLength = 5,
            Failure = new() { Kind = ScriptFailureKind.Close, After = 20 },
        });
        var events = await harbour.EventsAsync(Question);
        var reset = events.FindIndex(e => e is AnswerReset);
        Assert.True(reset > 0);
        Assert.Equal("Ships over 150 m boo", string.Concat(events.Take(reset).OfType<AnswerDelta>().Select(d => d.Text)));
        var answer = ((AnswerDone)events[^1]).Answer;
        Assert.Equal(answer.Text, string.Concat(events.Skip(reset).OfType<AnswerDelta>().Select(d => d.Text)));
        Assert.Equal(("extractive", ((AnswerReset)events[reset]).Reason), (answer.Engine, answer.Degraded!.Reason));
    }

    [Fact]
    public async Task The_app_s_own_time_limit_holds()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = Good, Delay = TimeSpan.FromSeconds(20) });
        WriteApp(harbour, "limits: { timeout: 5s }");
        var asking = harbour.AskAsync(Question);
        await harbour.Time.UntilTimersAsync(4);
        harbour.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("default: no whole answer within 5 s", (await asking).Degraded!.Reason);
    }

    [Theory]
    [InlineData("NO ANSWER: nothing about zeppelins.")]
    [InlineData("**No answer**: the passages are about ships.")]
    [InlineData("The passages do not contain any information about zeppelins.")]
    public async Task A_model_that_finds_nothing_says_missing_with_what_was_searched_and_what_would_help(string reply)
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = reply, PieceLength = 3 });
        var answer = await harbour.AskAsync("Where do zeppelins berth?");
        Assert.Equal((AnswerStatus.Missing, "model"), (answer.Status, answer.Engine));
        Assert.Empty(answer.Citations);
        Assert.Equal(MissingAnswer.Text(harbour.Retriever.Evidence), answer.Text);
        Assert.Contains("Searched 84 documents that you may see.", answer.Notices);
        Assert.Contains(answer.Notices, n => n.StartsWith("None of them contains \"zeppelin\":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_passage_carries_is_not_shown_as_an_answer()
    {
        await using var harbour =
            await Harbour.OpenAsync(new ScriptTurn { Reply = "Bananas ripen in October near Lisbon [1]. Paris has 77 museums [2]." });
        var answer = await harbour.AskAsync(Question);
        Assert.Equal(("extractive", "local/llama: wrote nothing that the passages carry"), (answer.Engine, answer.Degraded!.Reason));
        Assert.DoesNotContain("Bananas", answer.Text);
    }

    [Fact]
    public async Task A_sentence_without_support_is_marked_or_removed_by_the_app_s_policy()
    {
        const string Reply = "Ships over 150 m book a berth four days ahead [1]. Bananas ripen in October [2].";
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = Reply });
        var marked = await harbour.AskAsync(Question);
        Assert.Equal([true, false], marked.Sentences.Select(s => s.Supported));
        Assert.Empty(marked.Sentences[1].Citations);
        WriteApp(harbour, "", "unsupported: remove");
        Assert.Equal("Ships over 150 m book a berth four days ahead.", (await harbour.AskAsync(Question)).Text);
    }

    [Theory]
    [InlineData("", "question.empty")]
    [InlineData(" \n\t ", "question.empty")]
    [InlineData("???", "question.empty")]
    [InlineData("\0\0", "question.empty")]
    public async Task An_empty_question_is_refused_with_an_example(string question, string code)
    {
        await using var harbour = await Harbour.OpenAsync();
        var e = await Assert.ThrowsAsync<CairnException>(() => harbour.AskAsync(question));
        Assert.Equal(code, e.Code);
        Assert.Contains("cairn ask", e.Fix);
    }

    [Theory]
    [InlineData(8001)]
    [InlineData(100_000)]
    [InlineData(10_000_000)]
    public async Task A_question_that_is_too_long_is_refused(int length)
    {
        await using var harbour = await Harbour.OpenAsync();
        var e = await Assert.ThrowsAsync<CairnException>(() => harbour.AskAsync(new string('x', length)));
        Assert.Equal(("question.too-long", ErrorKind.TooLarge), (e.Code, e.Kind));
        Assert.Empty(harbour.Retriever.Asked);
    }

    [Fact]
    public async Task Broken_characters_of_a_question_are_mended()
    {
        await using var harbour = await Harbour.OpenAsync();
        await harbour.AskAsync("berth\uD800 for\0 a ship");
        Assert.Equal("berth\uFFFD for  a ship", harbour.Retriever.Asked.Single().Query.Text);
    }

    [Fact]
    public async Task A_follow_up_is_searched_with_the_question_before_it()
    {
        await using var harbour = await Harbour.OpenAsync();
        var first = (AnswerDone)(await harbour.EventsAsync(Question, save: true))[^1];
        await harbour.EventsAsync("And for ships under 100 m?", conversation: first.Conversation);
        await harbour.EventsAsync("What does the canteen cost on the fourth floor of the office?", conversation: first.Conversation);
        Assert.Equal($"{Question} And for ships under 100 m?", harbour.Retriever.Asked[1].Query.Text);
        Assert.Equal("What does the canteen cost on the fourth floor of the office?", harbour.Retriever.Asked[2].Query.Text);
        Assert.Equal(4, harbour.Floor.Tasks[2].History.Length);
    }

    [Fact]
    public async Task An_unknown_app_is_told_with_the_nearest_one()
    {
        await using var harbour = await Harbour.OpenAsync();
        var e = await Assert.ThrowsAsync<CairnException>(async () =>
        {
            await foreach (var _ in harbour.Answers.AskAsync(Harbour.Ann, new AskRequest { App = "asistant", Question = Question },
                CancellationToken.None))
            {
            }
        });
        Assert.Equal(("app.unknown", "Did you mean 'assistant'?"), (e.Code, e.Fix));
    }

    [Fact]
    public async Task A_visitor_may_not_use_an_app_for_everyone()
    {
        await using var harbour = await Harbour.OpenAsync();
        Assert.Equal("app.unknown",
            (await Assert.ThrowsAsync<CairnException>(() => harbour.AskAsync(Question, Principal.Visitor("t")))).Code);
        Assert.Empty(harbour.Retriever.Asked);
    }

    [Fact]
    public async Task Superseded_and_stale_evidence_is_named()
    {
        await using var harbour = await Harbour.OpenAsync();
        harbour.Retriever.Evidence = Papers.Retrieval(Papers.Passage("mooring", Papers.Mooring, title: "Mooring rules", superseded: true,
            page: 3, changed: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        WriteApp(harbour, "knowledge: [ { source: harbour, top: 5, freshness: 365d } ]");
        var answer = await harbour.AskAsync(Question);
        Assert.Contains("\"Mooring rules\" (mooring.md) has been superseded by a newer document.", answer.Notices);
        Assert.Contains(answer.Notices, n => n.Contains("has not changed since 2020-01-01", StringComparison.Ordinal));
        Assert.Single(answer.Citations[0].Boxes);
        Assert.Equal(5, harbour.Retriever.Asked[0].Query.Top);
    }

    [Fact]
    public async Task Someone_who_stops_listening_stops_the_flow()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn
        {
            Reply = Good,
            PieceLength = 1,
            PieceDelay = TimeSpan.FromSeconds(1),
        });
        await foreach (var e in harbour.Answers.AskAsync(Harbour.Ann, new AskRequest { Question = Question }, CancellationToken.None))
        {
            if (e is AnswerDelta)
                break;
        }
        var trace = Assert.Single(await harbour.Traces.ListAsync(Harbour.Ann, 10, CancellationToken.None));
        Assert.Equal("cancelled", trace.Spans[0].Error);
    }

    [Fact]
    public async Task An_edited_prompt_with_a_mistake_is_told_with_its_line()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = Good });
        WriteApp(harbour, "");
        File.WriteAllText(Path.Combine(harbour.Workspace, "apps/assistant/prompts/answer.prompt.md"),
            "---\ninput:\n  schema:\n    question: string\n---\nAnswer {{qestion}}\n");
        var e = await Assert.ThrowsAsync<ManifestException>(() => harbour.AskAsync(Question));
        Assert.Contains("apps/assistant/prompts/answer.prompt.md:6:8: unknown variable '{{qestion}}'", e.Message);
        Assert.Contains("did you mean 'question'?", e.Message);
    }

    private static void WriteApp(Harbour harbour, string line, string flow = "floor: extractive")
    {
        AppFolders.WriteAssistant(harbour.Workspace);
        File.WriteAllText(Path.Combine(harbour.Workspace, "apps/assistant/app.yaml"),
            $"version: 1\nname: assistant\nflow: {{ kind: answer, prompt: prompts/answer.prompt.md, {flow} }}\n{line}\n");
    }
}
