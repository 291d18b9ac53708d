using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>Lets a model write from numbered passages, and keeps of it what the passages carry.</summary>
internal sealed partial class ModelEngine(ModelRoute route, App app, ModelWishes? wishes, TimeProvider time) : IAnswerEngine
{
    /// <summary>What the prompt asks a model to begin with when the passages do not answer.</summary>
    private const string NoAnswer = "NO ANSWER";

    public string Name => "model";

    public async IAsyncEnumerable<EngineEvent> AnswerAsync(AnswerTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (passages, messages) = await PackAsync(task, cancellationToken);
        var filter = new MarkerFilter(passages.Length);
        var opening = new OpeningFilter(NoAnswer);
        var (model, usage, finish) = (route.Name, new UsageDetails(), default(ChatFinishReason?));
        await foreach (var update in route.Client.GetStreamingResponseAsync(messages, Options(), cancellationToken))
        {
            model = update.ModelId ?? model;
            finish = update.FinishReason ?? finish;
            foreach (var content in update.Contents.OfType<UsageContent>())
                usage.Add(content.Details);
            if (opening.Accept(update.Text) is { Length: > 0 } text && filter.Accept(text) is { Length: > 0 } delta)
                yield return new EngineDelta(delta);
        }
        if (filter.Accept(opening.Finish()) + filter.Finish() is { Length: > 0 } rest)
            yield return new EngineDelta(rest);
        var result = opening.Matched || (filter.Markers.Count == 0 && SaysMissing().IsMatch(filter.Text))
            ? Missing(task.Evidence)
            : Ground(filter, passages, task.Question, model);
        yield return result with
        {
            Model = model == route.Name ? model : $"{route.Name}: {model}",
            InputTokens = (int?)usage.InputTokenCount,
            OutputTokens = (int?)usage.OutputTokenCount,
            Notices = finish == ChatFinishReason.Length
                ? result.Notices.Add("The model stopped at its limit of length; the answer may be cut off.")
                : result.Notices,
        };
    }

    /// <summary>As much of the evidence as the model has room for beside the question; older turns go before any evidence does.</summary>
    private async Task<(ImmutableArray<PackedPassage> Passages, List<ChatMessage> Messages)> PackAsync(
        AnswerTask task, CancellationToken cancellationToken)
    {
        var (room, options) = (route.Client.GetService<IContextRoom>(), Options());
        for (var most = ContextPacker.MostTokens; ;)
        {
            var passages = ContextPacker.Pack(task.Evidence, most);
            var messages = Messages(task, ContextPacker.Write(passages));
            var left = room is null ? null : await room.LeftAsync(messages, options, cancellationToken);
            if (left is null or >= 0 || (passages.Length <= 1 && task.History.IsEmpty))
                return (passages, messages);
            if (!task.History.IsEmpty)
            {
                task = task with { History = task.History.RemoveRange(0, (task.History.Length + 1) / 2) };
                continue;
            }
            // The model's tokens are not the packer's, so it comes near step by step.
            var used = passages.Sum(p => ContextPacker.Tokens(p.Text));
            most = (int)Math.Min(used + left.Value, used * 3L / 4);
        }
    }

    private List<ChatMessage> Messages(AnswerTask task, string passages)
    {
        var messages = app.Prompt.Render(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["question"] = task.Question,
                ["passages"] = passages,
                ["today"] = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            },
            task.History);
        // The caller's wish is the caller's word: behind the app's own instructions, before the question.
        if (wishes?.Instructions is { } wish)
            messages.Insert(Math.Max(0, messages.FindLastIndex(m => m.Role == ChatRole.User)), new ChatMessage(ChatRole.User, wish));
        return messages;
    }

    private ChatOptions Options()
    {
        var options = app.Prompt.Options();
        options.Temperature = wishes?.Temperature ?? options.Temperature;
        options.TopP = wishes?.TopP ?? options.TopP;
        options.TopK = wishes?.TopK;
        options.Seed = wishes?.Seed;
        if (wishes?.MaxOutputTokens is { } most && !(options.MaxOutputTokens <= most))
            options.MaxOutputTokens = most;
        return options;
    }

    private EngineResult Ground(MarkerFilter filter, ImmutableArray<PackedPassage> passages, string question, string model)
    {
        using var step = CairnTracing.Source.StartActivity(Steps.Ground);
        var grounded = new Grounder(passages, question).Ground(filter.Text, filter.Markers, app.Manifest.Unsupported);
        step?.SetTag("sentences", grounded.Sentences.Length).SetTag("supported", grounded.Supported)
            .SetTag("citations", grounded.Citations.Length);
        if (grounded.Supported == 0)
        {
            throw new CairnException(ErrorKind.Environment, "answer.ungrounded", $"{model}: wrote nothing that the passages carry",
                "Ask again, or try a stronger model; the passages are in the trace's retrieve step.");
        }
        return new EngineResult
        {
            Status = AnswerStatus.Answered,
            Text = grounded.Text,
            Sentences = grounded.Sentences,
            Citations = grounded.Citations,
            Confidence = (double)grounded.Supported / grounded.Sentences.Length,
        };
    }

    private static EngineResult Missing(Retrieval evidence) => new() { Status = AnswerStatus.Missing, Text = MissingAnswer.Text(evidence) };

    [GeneratedRegex(
        @"\b(passages?|documents?|context|sources?|text|information)\b.{0,40}\b(do(es)? not|don['’]t|doesn['’]t|did not|not|no)\b.{0,30}\b(contain|mention|say|include|provide|address|cover|specify|state|answer|available|found)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysMissing();
}
