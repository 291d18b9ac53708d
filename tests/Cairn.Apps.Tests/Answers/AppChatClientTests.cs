using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Cairn.Apps.Tests;

/// <summary>An app as a model: what a client asks for is done or refused by its name.</summary>
public sealed class AppChatClientTests
{
    private const string Question = "How long before arrival does a ship over 150 m book a berth?";
    private const string Good = "Ships over 150 m book a berth four days ahead [1].";

    private static readonly ScriptTurn Broken = new()
    {
        Reply = Good,
        PieceLength = 5,
        Failure = new() { Kind = ScriptFailureKind.Close, After = 20 },
    };

    [Fact]
    public async Task A_whole_reply_holds_only_the_answer_that_stands()
    {
        await using var harbour = await Harbour.OpenAsync(Broken);
        using var app = Open(harbour);
        var text = (await app.GetResponseAsync(Question)).Text;
        var answer = await harbour.AskAsync(Question);
        Assert.StartsWith(MarkedText.Of(answer), text);
        Assert.All(answer.Sentences, s => Assert.Contains(answer.Text[s.Start..s.End] + $"[{s.Citations[0]}]", text));
        Assert.DoesNotContain("what follows is taken from the documents", text);
        Assert.DoesNotContain("150 m boo", text[..MarkedText.Of(answer).Length]
            .Replace(MarkedText.Of(answer), "", StringComparison.Ordinal));
        Assert.Contains("[1] ", text);
    }

    [Fact]
    public async Task A_reply_says_which_sentence_rests_on_what_who_wrote_it_and_what_it_used()
    {
        await using var harbour = await Harbour.OpenAsync(new ScriptTurn { Reply = Good, Usage = new() { Input = 70, Output = 9 } });
        using var app = Open(harbour);
        var whole = await app.GetResponseAsync(Question);
        Assert.StartsWith("Ships over 150 m book a berth four days ahead.[1]\n\n[1] ", whole.Text);
        Assert.Equal((70L, 9L), (whole.Usage!.InputTokenCount, whole.Usage.OutputTokenCount));
        Assert.DoesNotContain(": ", (string)whole.AdditionalProperties![IAppModels.Writer]!);
        var streamed = await app.GetStreamingResponseAsync(Question).ToChatResponseAsync();
        Assert.Contains(" for \"Ships over 150 m book a berth four days ahead.\"", streamed.Text);
        Assert.Equal(70L, streamed.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task The_floor_s_stream_is_marked_and_its_first_update_says_that_it_wrote()
    {
        await using var harbour = await Harbour.OpenAsync();
        using var app = Open(harbour);
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in app.GetStreamingResponseAsync(Question))
            updates.Add(update);
        Assert.Equal(Steps.Floor, updates[0].AdditionalProperties![IAppModels.Writer]);
        Assert.Equal((await app.GetResponseAsync(Question)).Text, string.Concat(updates.Select(u => u.Text)));
        Assert.Contains(".[1]", updates[0].Text);
    }

    [Fact]
    public async Task A_stream_says_where_the_floor_takes_over()
    {
        await using var harbour = await Harbour.OpenAsync(Broken);
        using var app = Open(harbour);
        var text = "";
        await foreach (var update in app.GetStreamingResponseAsync(Question))
            text += update.Text;
        Assert.StartsWith("Ships over 150 m boo", text);
        Assert.Contains("what follows is taken from the documents", text);
    }

    [Fact]
    public async Task Options_that_a_model_takes_reach_it_and_the_app_s_lower_limit_stays()
    {
        var options = new ChatOptions { Temperature = .5f, TopP = .9f, Seed = 7, MaxOutputTokens = 50 };
        var seen = await SeenAsync(options, [new(ChatRole.System, "Answer in verse."), new(ChatRole.User, Question)]);
        Assert.Equal((.5f, .9f, 7L, 50), (seen.Options!.Temperature, seen.Options.TopP, seen.Options.Seed, seen.Options.MaxOutputTokens));
        var wish = seen.Messages.FindIndex(m => m.Text == "Answer in verse.");
        Assert.Equal((ChatRole.User, seen.Messages.Count - 2), (seen.Messages[wish].Role, wish));
        Assert.Equal(Assistant.Prompt.MaxOutputTokens ?? 100_000,
            (await SeenAsync(new() { MaxOutputTokens = 100_000 }, [new(ChatRole.User, Question)])).Options!.MaxOutputTokens);
    }

    public static TheoryData<string, ChatOptions> Refused => new()
    {
        { "stop", new() { StopSequences = ["."] } },
        { "frequency_penalty", new() { FrequencyPenalty = 1 } },
        { "presence_penalty", new() { PresencePenalty = 1 } },
        { "reasoning_effort", new() { Reasoning = new() { Effort = ReasoningEffort.High } } },
        { "response_format", new() { ResponseFormat = ChatResponseFormat.Json } },
        { "logprobs", new() { AdditionalProperties = new() { ["logprobs"] = true } } },
        { "n", new() { AdditionalProperties = new() { ["n"] = 2 } } },
        { "web_search_options", new() { AdditionalProperties = new() { ["web_search_options"] = "{}" } } },
    };

    [Theory, MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task An_option_that_an_app_cannot_follow_is_refused_by_its_name(string name, ChatOptions options)
    {
        await using var harbour = await Harbour.OpenAsync();
        using var app = Open(harbour);
        var failure = await Assert.ThrowsAsync<CairnException>(() => app.GetResponseAsync(Question, options));
        Assert.Equal(("app.unsupported", $"The app assistant does not take '{name}'."), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Pictures_and_results_of_tools_are_refused_and_labels_are_not()
    {
        await using var harbour = await Harbour.OpenAsync();
        using var app = Open(harbour);
        ChatMessage[][] wrong = [[new(ChatRole.User, [new DataContent(new byte[1], "image/png")])],
            [new(ChatRole.Tool, [new FunctionResultContent("1", "x")]), new(ChatRole.User, Question)]];
        foreach (var messages in wrong)
            Assert.Equal("app.unsupported", (await Assert.ThrowsAsync<CairnException>(() => app.GetResponseAsync(messages))).Code);
        Assert.NotEmpty((await app.GetResponseAsync(Question,
            new() { AdditionalProperties = new() { ["user"] = "u1", ["metadata"] = "{}" } })).Text);
    }

    private static App Assistant { get; } = new AppFolders("/nowhere").Get(Harbour.Ann, "assistant");

    private static AppChatClient Open(Harbour harbour) => new AppChatClient(harbour.Answers, new() { Caller = Harbour.Ann }, "assistant");

    /// <summary>What a model is given on the way through <see cref="ModelEngine"/>.</summary>
    private static async Task<(List<ChatMessage> Messages, ChatOptions? Options)> SeenAsync(ChatOptions options, List<ChatMessage> messages)
    {
        var request = AppCall.Read("assistant", new() { Caller = Harbour.Ann }, messages, options);
        using var model = new Listening();
        var engine = new ModelEngine(new("r", model), Assistant, request.Wishes, TimeProvider.System);
        var task = new AnswerTask
        {
            Caller = Harbour.Ann,
            Question = request.Question,
            Evidence = new FakeRetriever().Evidence,
            History = request.History,
        };
        await foreach (var _ in engine.AnswerAsync(task, CancellationToken.None))
        {
        }
        return (model.Messages, model.Options);
    }

    private sealed class Listening : IChatClient
    {
        public List<ChatMessage> Messages { get; } = [];

        public ChatOptions? Options { get; private set; }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => throw new InvalidOperationException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Messages.AddRange(messages);
            Options = options;
            await Task.CompletedTask;
            yield return new(ChatRole.Assistant, Good);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
