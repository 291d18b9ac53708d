using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cairn.Apps;
using Cairn.Models;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// Answers from a script, and keeps conversations in memory. A question with "slow" waits in the middle until it is stopped, or a test lets
/// it go on.
/// </summary>
internal sealed class FakeApps : IAnswers, IConversations, ITraces, IRoutes
{
    private readonly ConcurrentDictionary<string, (Conversation Conversation, ImmutableArray<Message> Messages)> _kept = new();
    private readonly ConcurrentDictionary<string, bool> _removed = new();
    private int _last;

    public bool HasModel { get; init; }

    public TaskCompletionSource Left { get; } = new();

    /// <summary>Lets a slow answer end.</summary>
    public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async IAsyncEnumerable<AnswerEvent> AskAsync(
        Principal caller, AskRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Question))
            throw new CairnException(ErrorKind.Input, "question.empty", "The question is empty.", "Type a question.");
        yield return new AnswerStep("retrieve", "Searching the documents that you may see", 0, false);
        yield return new AnswerStep("retrieve", "Searched 84 documents, found 8 passages", 12, true) { Found = FakeKnowledge.Found() };
        yield return new AnswerStep("floor", "Picking the sentences that answer", 0, false);
        var answer = Script(request);
        foreach (var word in answer.Text.Split(' '))
        {
            yield return new AnswerDelta(word + " ");
            if (request.Question.Contains("slow", StringComparison.Ordinal) && word == "tug")
            {
                try
                {
                    await GoOn.Task.WaitAsync(cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    Left.TrySetResult();
                    throw;
                }
            }
        }
        foreach (var citation in answer.Citations)
            yield return new AnswerCitation(citation);
        yield return new AnswerStep("floor", "Picked the sentences that answer", 31, true);
        var (conversation, message) = request.Save ? Keep(request, answer) : (null, null);
        yield return new AnswerDone(answer, conversation, message);
    }

    public Task<IReadOnlyList<Conversation>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Conversation>>([.. _kept.Values.Select(k => k.Conversation).Where(c => !_removed.ContainsKey(c.Id))
            .OrderByDescending(c => c.Updated).Take(limit)]);

    public Task<(Conversation Conversation, IReadOnlyList<Message> Messages)> GetAsync(
        Principal caller, string id, CancellationToken cancellationToken)
        => _kept.TryGetValue(id, out var kept) && !_removed.ContainsKey(id)
            ? Task.FromResult<(Conversation, IReadOnlyList<Message>)>((kept.Conversation, kept.Messages))
            : throw new CairnException(ErrorKind.NotFound, "conversation.unknown", "There is no such conversation of yours.",
                "It may be somebody else's, or deleted. Yours are listed beside Ask.");

    public Task RenameAsync(Principal caller, string id, string title, CancellationToken cancellationToken)
    {
        _kept[id] = (_kept[id].Conversation with { Title = title }, _kept[id].Messages);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(Principal caller, string id, CancellationToken cancellationToken)
    {
        _removed[id] = true;
        return Task.CompletedTask;
    }

    public Task RestoreAsync(Principal caller, string id, CancellationToken cancellationToken)
    {
        _removed.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    Task<Trace> ITraces.GetAsync(Principal caller, string id, CancellationToken cancellationToken)
        => Task.FromResult(new Trace(id, "assistant", caller.User, HarbourPapers.Now.AddMinutes(-2),
    [
        Step("1", null, "ask", 0, 47.2, ("characters", "41")),
        Step("2", "1", "input contract", .1, .3, ("characters", "41")),
        Step("3", "1", "retrieve", .5, 12.4, ("documents.visible", "84"), ("passages", "8"), ("score.first", "11.2")),
        Step("4", "3", "search", .7, 9.1, ("terms", "6")),
        Step("5", "3", "access check", 10, 2.6, ("checked", "8"), ("refilled", "0")),
        Step("6", "1", "floor", 13.2, 31.3, ("sentences", "2"), ("citations", "2"), ("confidence", "0.82")),
        Step("7", "1", "ground", 44.6, 1.1, ("supported", "2")),
    ]));

    Task<IReadOnlyList<Trace>> ITraces.ListAsync(Principal caller, int limit, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Trace>>([]);

    public ModelRoute? Find(string name, CallOrigin origin) => null;

    public IReadOnlyList<RouteStatus> List() => HasModel ? [new RouteStatus("default", [])] : [];

    public IReadOnlyList<string> MissingProviders() => [];

    private (string, string) Keep(AskRequest request, Answer answer)
    {
        var id = request.Conversation ?? $"c{Interlocked.Increment(ref _last)}";
        var at = HarbourPapers.Now.AddMinutes(-60 + _last);
        var message = $"{id}m{Interlocked.Increment(ref _last)}";
        var (conversation, messages) = _kept.GetValueOrDefault(id,
            (new Conversation { Id = id, App = "assistant", Title = request.Question, Created = at, Updated = at }, []));
        _kept[id] = (conversation with { Updated = at },
        [
            .. messages, new Message { Id = message + "q", Role = "user", Text = request.Question, Created = at },
            new Message { Id = message, Role = "assistant", Text = answer.Text, Answer = answer, Created = at },
        ]);
        return (id, message);
    }

    private Answer Script(AskRequest request)
    {
        if (request.Question.Contains("kraken", StringComparison.OrdinalIgnoreCase))
        {
            return new Answer
            {
                Text = "The documents that you may see do not answer this.", Status = AnswerStatus.Missing, Engine = "extractive",
                TraceId = "t2", Milliseconds = 21,
                Notices = ["Searched 84 documents that you may see.",
                    "None of them contains \"kraken\": other words may find more, or a document about it is missing."],
            };
        }
        var model = HasModel && request.Model != "floor";
        var first = model
            ? "A tug has to be ordered once the mean wind reaches 12 m/s, if the ship's lateral wind area is above 2,500 m²; on berth R2 always."
            : "A tug is compulsory from a mean of 12 m/s for ships with more than 2,500 m² of lateral wind area, and for every ship on R2.";
        const string Second = "The charges apply to everyone who has no contract saying something else.";
        const string Third = "Most masters order one earlier.";
        var text = model ? $"{first} {Second} {Third}" : $"{first} {Second}";
        return new Answer
        {
            Text = text, Status = AnswerStatus.Answered, Engine = model ? "model" : "extractive", Model = model ? "local/llama3.2" : null,
            TraceId = "t1", Milliseconds = model ? 1840 : 47, CostUsd = model ? .0021m : 0,
            Degraded = request.Question.Contains("degraded", StringComparison.Ordinal)
                ? new Degradation("local/llama3.2 gave no whole answer within 30 s")
                : null,
            Sentences =
            [
                new AnswerSentence { Start = 0, End = first.Length, Citations = [1, 2] },
                new AnswerSentence { Start = first.Length + 1, End = first.Length + 1 + Second.Length, Citations = [3] },
                .. model ? new[] { new AnswerSentence { Start = text.Length - Third.Length, End = text.Length, Supported = false } } : [],
            ],
            Citations =
            [
                HarbourPapers.Cite(1, HarbourPapers.Mooring, HarbourPapers.MooringText,
                    "A tug is compulsory from a mean of 12 m/s for ships with more than 2,500 m² of lateral wind area, and for every ship on R2.", "MR-2026 Mooring and berthing rules › 6 Wind"),
                HarbourPapers.Cite(2, HarbourPapers.OldMooring, HarbourPapers.MooringText, "Mooring and unmooring stop at gusts of 22 m/s.",
                    "MR-2024 Mooring and berthing rules › 5 Wind"),
                HarbourPapers.Cite(3, HarbourPapers.Tariff, HarbourPapers.TariffText,
                    "All charges are in euro, without value added tax, and apply to everyone who has no contract saying something else.",
                    "", 1),
            ],
            Notices = ["\"Mooring and berthing rules MR-2024\" (policies/mooring-rules-2024.md) has been superseded by a newer document."],
        };
    }

    private static Span Step(
        string id, string? parent, string name, double start, double milliseconds, params (string, string)[] attributes)
        => new()
        {
            Id = id,
            Parent = parent,
            Name = name,
            Start = start,
            Milliseconds = milliseconds,
            Attributes = attributes.ToImmutableDictionary(a => a.Item1, a => a.Item2),
        };
}
