using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Cairn.Apps;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

public sealed class AskApiTests
{
    private readonly ScriptedAnswers _answers = new();

    [Fact]
    public async Task Json_is_the_whole_answer_with_where_it_was_saved()
    {
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");

        var answer = await TestServer.PostAsync(ann, "/api/v1/apps/assistant/ask", new { question = "When?", save = true });

        Assert.Equal("The berth is booked four days ahead.", answer.GetProperty("answer").GetString());
        Assert.Equal(("answered", "extractive", "trace1", "conversation1"),
            (answer.GetProperty("status").GetString(), answer.GetProperty("engine").GetString(), answer.GetProperty("traceId").GetString(),
                answer.GetProperty("conversation").GetString()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("degraded").ValueKind);
        var (caller, request) = _answers.Asked.Single();
        Assert.Equal(("ann", "assistant", "When?", true), (caller.User, request.App, request.Question, request.Save));
    }

    [Fact]
    public async Task Events_come_one_by_one_with_numbers_while_the_answer_is_made()
    {
        _answers.Events.AddRange([new AnswerStep("retrieve", "Searched 84 documents", 3.5, true), new AnswerDelta("The berth\nis "),
            new AnswerReset("the model went away"), new AnswerDelta("booked")]);
        _answers.Pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync();

        using var response = await StreamAsync(server.Owner, CancellationToken.None);
        Assert.Equal(("text/event-stream", "no-store"),
            (response.Content.Headers.ContentType!.MediaType, response.Headers.CacheControl!.ToString()));
        await using var events = Events(response).GetAsyncEnumerator();
        async Task<SseItem<string>> Next() => await events.MoveNextAsync() ? events.Current : throw new EndOfStreamException();

        // The answer is not finished, and these are here already: nothing holds them back.
        var step = await Next();
        Assert.Equal(("step", "1"), (step.EventType, step.EventId));
        Assert.Contains("Searched 84 documents", step.Data);
        var delta = await Next();
        Assert.Equal(("delta", "2", "The berth\nis "), (delta.EventType, delta.EventId, Json(delta.Data).GetProperty("text").GetString()));
        Assert.Equal("the model went away", Json((await Next()).Data).GetProperty("reason").GetString());
        Assert.Equal("delta", (await Next()).EventType);
        _answers.Pause.SetResult();
        var done = await Next();
        Assert.Equal(("done", "5"), (done.EventType, done.EventId));
        Assert.Equal("The berth is booked four days ahead.", Json(done.Data).GetProperty("answer").GetString());
        Assert.Equal("message1", Json(done.Data).GetProperty("message").GetString());
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task A_question_that_can_t_be_asked_is_refused_with_a_status_also_when_events_were_wanted()
    {
        _answers.Failure = new CairnException(ErrorKind.Input, "question.empty", "There is no question.", "Ask something.");
        await using var server = await StartAsync();

        Assert.Equal((400, "question.empty"), await TestServer.ProblemAsync(await StreamAsync(server.Owner, CancellationToken.None)));
        Assert.Equal((400, "question.empty"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/apps/assistant/ask", new { question = "" })));
    }

    [Theory]
    [InlineData(true, "engine.lost")]
    [InlineData(false, "server.error")]
    public async Task A_failure_in_the_middle_is_an_error_event_that_gives_nothing_away(bool known, string code)
    {
        _answers.Events.Add(new AnswerDelta("The berth"));
        _answers.Failure = known
            ? new CairnException(ErrorKind.Environment, "engine.lost", "The engine went away.", "Ask again.")
            : new InvalidOperationException("secret detail");
        await using var server = await StartAsync();

        using var response = await StreamAsync(server.Owner, CancellationToken.None);
        var last = (await Events(response).ToListAsync()).Last();

        Assert.Equal("error", last.EventType);
        Assert.Equal(code, Json(last.Data).GetProperty("code").GetString());
        Assert.DoesNotContain("secret", last.Data);
    }

    [Fact]
    public async Task A_lost_stream_is_taken_up_behind_the_last_event_that_arrived()
    {
        _answers.Events.AddRange([new AnswerDelta("The berth "), new AnswerDelta("is booked")]);
        _answers.Pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync();
        string answer;
        using (var first = await StreamAsync(server.Owner, CancellationToken.None))
        {
            answer = first.Headers.GetValues("Cairn-Answer").Single();
            await using var events = Events(first).GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            Assert.Equal(("delta", "1"), (events.Current.EventType, events.Current.EventId));
        }

        using var again = await FollowAsync(server.Owner, answer, "1");
        _answers.Pause.SetResult();
        var rest = await Events(again).ToListAsync();

        Assert.Equal([("delta", "2"), ("done", "3")], rest.Select(e => (e.EventType, e.EventId!)));
        Assert.Equal("is booked", Json(rest[0].Data).GetProperty("text").GetString());
        // Whole, it can still be picked up, from any event; it was made once.
        using var whole = await FollowAsync(server.Owner, answer, null);
        Assert.Equal(["delta", "delta", "done"], (await Events(whole).ToListAsync()).Select(e => e.EventType));
        Assert.Single(_answers.Asked);
    }

    [Fact]
    public async Task An_answer_on_its_way_is_its_askers_alone()
    {
        _answers.Events.Add(new AnswerDelta("The berth"));
        _answers.Pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");
        using var ben = await server.KeyClientAsync("ben");
        using var stream = await StreamAsync(ann, CancellationToken.None);
        var answer = stream.Headers.GetValues("Cairn-Answer").Single();

        Assert.Equal((404, "answer.unknown"), await TestServer.ProblemAsync(await FollowAsync(ben, answer, null)));
        Assert.Equal((404, "answer.unknown"), await TestServer.ProblemAsync(await ben.PostAsync($"/api/v1/answers/{answer}/stop", null)));
        Assert.Equal((400, "stream.event-id"), await TestServer.ProblemAsync(await FollowAsync(ann, answer, "first")));
        Assert.False(_answers.Left.Task.IsCompleted);
        _answers.Pause.SetResult();
    }

    [Fact]
    public async Task A_stop_ends_the_making_and_the_stream()
    {
        _answers.Events.Add(new AnswerDelta("The berth"));
        _answers.Pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync();
        using var stream = await StreamAsync(server.Owner, CancellationToken.None);

        using var stopped = await server.Owner.PostAsync($"/api/v1/answers/{stream.Headers.GetValues("Cairn-Answer").Single()}/stop", null);

        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        Assert.Equal(["delta"], (await Events(stream).ToListAsync()).Select(e => e.EventType));
        await _answers.Left.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_was_found_comes_before_the_answer_is_written()
    {
        var passage = new Passage
        {
            Id = 1, Document = "d1", Version = 2, Source = "handbook", Path = "berths.md", Title = "Berths", HeadingPath = "Booking",
            Start = 10, End = 30,
            Text = "Book four days ahead", Access = AccessSet.OwnerOnly, Changed = DateTimeOffset.UnixEpoch,
        };
        _answers.Events.Add(new AnswerStep("retrieve", "Searched 84 documents", 3.5, true) { Found = [new RetrievedPassage(passage, 2.5,
            ImmutableDictionary<string, double>.Empty)] });
        await using var server = await StartAsync();

        using var response = await StreamAsync(server.Owner, CancellationToken.None);
        var step = Json((await Events(response).ToListAsync())[0].Data);

        var found = Assert.Single(step.GetProperty("passages").EnumerateArray());
        Assert.Equal(("d1", "Book four days ahead", 10),
            (found.GetProperty("document").GetString(), found.GetProperty("text").GetString(), found.GetProperty("start").GetInt32()));
    }

    [Fact]
    public async Task A_silent_stream_sends_a_sign_of_life()
    {
        var time = new ManualTime();
        _answers.Events.Add(new AnswerDelta("The berth"));
        _answers.Pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(replace: services => services.AddSingleton<IAnswers>(_answers)
            .AddSingleton<TimeProvider>(time));
        using var response = await StreamAsync(server.Owner, CancellationToken.None);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { Length: > 0 })
        {
        }

        time.Advance(TimeSpan.FromSeconds(15));

        Assert.StartsWith(":", await lines.ReadLineAsync());
        _answers.Pause.SetResult();
        Assert.Contains("event: done", await lines.ReadToEndAsync());
    }

    [Fact]
    public async Task Disposing_the_host_lets_an_answer_in_flight_end()
    {
        _answers.Events.Add(new AnswerDelta("The berth"));
        _answers.Pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync();
        using var response = await StreamAsync(server.Owner, CancellationToken.None);
        await using var events = Events(response).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());

        var stopping = server.Host.DisposeAsync();
        _answers.Pause.SetResult();

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("done", events.Current.EventType);
        Assert.False(await events.MoveNextAsync());
        await stopping;
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(replace: services => services.AddSingleton<IAnswers>(_answers));

    private static async Task<HttpResponseMessage> StreamAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/apps/assistant/ask") { Content = JsonContent.Create(
            new { question = "When?" }) };
        request.Headers.Accept.Add(new("text/event-stream"));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<HttpResponseMessage> FollowAsync(HttpClient client, string answer, string? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/answers/{answer}/events");
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async IAsyncEnumerable<SseItem<string>> Events(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            yield return item;
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
