using System.Collections.Immutable;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Cairn.Models;
using Microsoft.Extensions.Logging;

namespace Cairn.Apps;

/// <summary>The way of one question: contract, retrieve as the caller, model or floor, ground, store.</summary>
internal sealed partial class AnswerRun(AnswerPorts ports, Principal caller, AskRequest request, ChannelWriter<AnswerEvent> events)
{
    private const string FloorName = "floor";

    private readonly long _started = ports.Time.GetTimestamp();
    private bool _streamed;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var recording = ports.Traces.Begin(request.App, caller.User);
        try
        {
            var question = CheckInput();
            var app = ports.Apps.Get(caller, request.App);
            var (history, told) = await HistoryAsync(cancellationToken);
            var query = FollowUp.Query(question, history);
            var evidence = await RetrieveAsync(app.Manifest, query, cancellationToken);
            var task = new AnswerTask { Caller = caller, Question = question, Evidence = evidence, History = history };
            var (result, engine, degraded) = await AnswerAsync(app, task, query, cancellationToken);
            var answer = await CompleteAsync(app.Manifest, evidence, result, engine, degraded, recording.Id, cancellationToken);
            var done = await StoreAsync(question, answer, evidence, told, recording, cancellationToken);
            await events.WriteAsync(done with { InputTokens = result.InputTokens, OutputTokens = result.OutputTokens }, cancellationToken);
        }
        catch (Exception e)
        {
            await StoreFailureAsync(recording, e);
            throw;
        }
    }

    private string CheckInput()
    {
        using var step = CairnTracing.Source.StartActivity(Steps.InputContract);
        step?.SetTag("characters", request.Question?.Length ?? 0);
        if (request.Save && caller.User is null)
            throw new CairnException(ErrorKind.NotSignedIn, "conversation.visitor",
                "A conversation is kept only for somebody who is signed in.", "Sign in, or ask without saving.");
        return QuestionContract.Check(request.Question);
    }

    /// <summary>The earlier turns, as far as the caller may still read what they quote, and the documents that went into them.</summary>
    private async Task<(ImmutableArray<ConversationTurn> Turns, ImmutableArray<string> Evidence)> HistoryAsync(
        CancellationToken cancellationToken)
        => request.Conversation is { } id ? await ports.Conversations.TurnsAsync(caller, id, cancellationToken) : (request.History, []);

    private async Task<Retrieval> RetrieveAsync(AppManifest app, string query, CancellationToken cancellationToken)
    {
        await StepAsync(Steps.Retrieve, "Searching the documents that you may see", 0, finished: false, cancellationToken);
        var started = ports.Time.GetTimestamp();
        using var step = CairnTracing.Source.StartActivity(Steps.Retrieve);
        var evidence = await ports.Retriever.RetrieveAsync(caller, new RetrievalQuery
        {
            Text = query,
            Sources = SourcesOf(app),
            Top = app.Knowledge.IsEmpty ? AppManifestReader.UsualTop : app.Knowledge.Max(k => k.Top),
        }, cancellationToken);
        step?.SetTag("passages", evidence.Passages.Length).SetTag("documents.visible", evidence.DocumentsVisible)
            .SetTag("score.first", evidence.Passages.FirstOrDefault()?.Score ?? 0);
        var detail = string.Create(CultureInfo.InvariantCulture,
            $"Searched {evidence.DocumentsVisible:N0} documents, found {evidence.Passages.Length} passages");
        await events.WriteAsync(
            new AnswerStep(Steps.Retrieve, detail, Math.Round(Since(started), 1), Finished: true) { Found = evidence.Passages },
            cancellationToken);
        return evidence;
    }

    private ImmutableArray<string>? SourcesOf(AppManifest app)
    {
        if (request.Source is not { } source)
            return app.Knowledge.IsEmpty ? null : [.. app.Knowledge.Select(k => k.Source)];
        return app.Knowledge.IsEmpty || app.Knowledge.Any(k => k.Source == source)
            ? [source]
            : throw new CairnException(ErrorKind.Input, "app.source", $"The app {request.App} does not answer from the source {source}.",
                $"Name one of: {string.Join(", ", app.Knowledge.Select(k => k.Source))}.");
    }

    private async Task<(EngineResult Result, string Engine, Degradation? Degraded)> AnswerAsync(
        App app, AnswerTask task, string query, CancellationToken cancellationToken)
    {
        var name = request.Model ?? app.Prompt.Model ?? app.Manifest.Model;
        string? reason = null;
        if (name != FloorName
            && ports.Routes.Find(name,
                new CallOrigin { Caller = caller, Key = request.Key, App = request.App, Conversation = request.Conversation }) is { } route)
        {
            (var result, reason) = await TryModelAsync(route, app, task, cancellationToken);
            if (result is not null)
                return (result, "model", null);
        }
        // The floor reads the evidence with the words it was searched with.
        var floor = await RunEngineAsync(ports.Floor, Steps.Floor,
            reason is null ? "Picking the sentences that answer" : $"{reason}; picking the sentences that answer",
            task with { Question = query }, cancellationToken);
        return (floor, ports.Floor.Name, reason is null ? null : new Degradation(reason));
    }

    private async Task<(EngineResult? Result, string? Reason)> TryModelAsync(
        ModelRoute route, App app, AnswerTask task, CancellationToken cancellationToken)
    {
        using var limit = app.Manifest.Timeout is { } timeout
            ? new CancellationTokenSource(timeout, ports.Time)
            : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string reason;
        try
        {
            var result = await RunEngineAsync(new ModelEngine(route, app, request.Wishes, ports.Time), Steps.Model,
                $"Reading {task.Evidence.Passages.Length} passages, writing with {route.Name}", task, both.Token);
            return (result, null);
        }
        catch (CairnException e) when (!cancellationToken.IsCancellationRequested)
        {
            reason = e.Message;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            reason = FormattableString.Invariant(
                $"{route.Name}: no whole answer within {app.Manifest.Timeout!.Value.TotalSeconds:0.###} s");
        }
        LogDegraded(ports.Logger, reason);
        if (_streamed)
            await events.WriteAsync(new AnswerReset(reason), cancellationToken);
        _streamed = false;
        return (null, reason);
    }

    private async Task<EngineResult> RunEngineAsync(
        IAnswerEngine engine, string name, string detail, AnswerTask task, CancellationToken cancellationToken)
    {
        await StepAsync(name, detail, 0, finished: false, cancellationToken);
        var started = ports.Time.GetTimestamp();
        using var step = CairnTracing.Source.StartActivity(name);
        EngineResult? result = null;
        try
        {
            await foreach (var engineEvent in engine.AnswerAsync(task, cancellationToken))
            {
                if (engineEvent is EngineDelta { Text.Length: > 0 } delta)
                {
                    if (!_streamed)
                        step?.SetTag("first.ms", Math.Round(Since(started), 1));
                    _streamed = true;
                    await events.WriteAsync(new AnswerDelta(delta.Text), cancellationToken);
                }
                result = engineEvent as EngineResult ?? result;
            }
        }
        catch (Exception e)
        {
            step?.SetStatus(ActivityStatusCode.Error, TraceRecorder.Describe(e));
            throw;
        }
        if (result is null)
            throw new CairnException(ErrorKind.Environment, "engine.unfinished", $"The engine '{engine.Name}' ended without an answer.",
                "Ask again; the trace shows where it ended.");
        step?.SetTag("status", result.Status.ToString()).SetTag("characters", result.Text.Length)
            .SetTag("sentences", result.Sentences.Length)
            .SetTag("citations", result.Citations.Length).SetTag("confidence", Math.Round(result.Confidence, 3))
            .SetTag("gen_ai.response.model", result.Model)
            .SetTag("gen_ai.usage.input_tokens", result.InputTokens).SetTag("gen_ai.usage.output_tokens", result.OutputTokens);
        await StepAsync(name, result.Model ?? "Picked the sentences that answer", Since(started), finished: true, cancellationToken);
        return result;
    }

    private async Task<Answer> CompleteAsync(
        AppManifest app, Retrieval evidence, EngineResult result, string engine, Degradation? degraded, string traceId,
        CancellationToken cancellationToken)
    {
        var citations = ImmutableArray.CreateBuilder<Citation>(result.Citations.Length);
        foreach (var citation in result.Citations)
        {
            citations.Add(citation.Page is null || !citation.Boxes.IsDefaultOrEmpty ? citation : citation with
            {
                Boxes = await ports.Documents.BoxesAsync(caller, citation.Document, citation.Version, citation.Start, citation.End,
                    cancellationToken),
            });
        }
        var missing = result.Status == AnswerStatus.Missing;
        var text = missing && string.IsNullOrWhiteSpace(result.Text) ? MissingAnswer.Text(evidence) : result.Text;
        if (!_streamed && text.Length > 0)
            await events.WriteAsync(new AnswerDelta(text), cancellationToken);
        foreach (var citation in citations)
            await events.WriteAsync(new AnswerCitation(citation), cancellationToken);
        return new Answer
        {
            Text = text,
            Status = result.Status,
            Sentences = result.Sentences,
            Citations = citations.ToImmutable(),
            Engine = engine,
            Degraded = degraded,
            Notices = [.. result.Notices.Concat(missing ? [MissingAnswer.Searched(evidence), MissingAnswer.Help(evidence)] : [])
                .Concat(EvidenceNotices(app, citations)).Distinct()],
            Model = result.Model,
            TraceId = traceId,
            Milliseconds = Math.Round(Since(_started), 1),
        };
    }

    private IEnumerable<string> EvidenceNotices(AppManifest app, IEnumerable<Citation> citations)
    {
        foreach (var citation in citations.DistinctBy(c => c.Document))
        {
            if (citation.Superseded)
                yield return $"\"{citation.Title}\" ({citation.Path}) has been superseded by a newer document.";
            if (app.Knowledge.FirstOrDefault(k => k.Source == citation.Source)?.Freshness is { } freshness
                && citation.Changed < ports.Time.GetUtcNow() - freshness)
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"\"{citation.Title}\" ({citation.Path}) has not changed since {citation.Changed:yyyy-MM-dd}; this app wants evidence of the last {freshness.TotalDays:0.#} days.");
        }
    }

    /// <summary>
    /// Keeps the trace, and the turn when it is to be saved, in one transaction. What cannot be kept does not take the answer away.
    /// </summary>
    private async Task<AnswerDone> StoreAsync(
        string question, Answer answer, Retrieval evidence, ImmutableArray<string> told, TraceRecording recording,
        CancellationToken cancellationToken)
    {
        var turn = request.Save || request.Conversation is not null
            ? new SavedTurn
            {
                Conversation = request.Conversation ?? ports.Identifiers.New(),
                IsNew = request.Conversation is null,
                App = request.App,
                Question = question,
                QuestionId = ports.Identifiers.New(),
                AnswerId = ports.Identifiers.New(),
                Answer = answer,
                Evidence = EvidenceOf(answer, evidence, told),
            }
            : null;
        try
        {
            await ports.Log.SaveAsync(caller, recording.End(answer), turn, cancellationToken);
            return new AnswerDone(answer, turn?.Conversation, turn?.AnswerId);
        }
        catch (Exception e) when (e is DbException or IOException or CairnException { Kind: ErrorKind.Environment })
        {
            LogUnsaved(ports.Logger, e);
            var what = turn is null ? "The trace of this answer" : "This turn";
            return new AnswerDone(
                answer with { Notices = answer.Notices.Add(
                    $"{what} could not be saved: {(e as CairnException)?.Message ?? "the database refused it"}; cairn doctor says more.") },
                    null, null);
        }
    }

    /// <summary>
    /// An extractive answer is made of what it cites. Into what is said of the nearest passage when something is missing, anything of the
    /// evidence may have gone; into a model's text, also what the earlier turns had told it.
    /// </summary>
    private static ImmutableArray<string> EvidenceOf(Answer answer, Retrieval evidence, ImmutableArray<string> told)
    {
        if (answer is { Engine: "extractive", Status: AnswerStatus.Answered })
            return [.. answer.Citations.Select(c => c.Document).Distinct()];
        var read = evidence.Passages.Select(p => p.Passage.Document);
        return [.. (answer.Engine == "extractive" ? read : read.Concat(told)).Distinct()];
    }

    private async Task StoreFailureAsync(TraceRecording recording, Exception exception)
    {
        try
        {
            await ports.Log.SaveAsync(caller, recording.Fail(exception), null, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or IOException or CairnException)
        {
            // The first failure is what the caller has to hear about.
            LogUnsaved(ports.Logger, e);
        }
    }

    private async ValueTask StepAsync(string name, string detail, double milliseconds, bool finished, CancellationToken cancellationToken)
        => await events.WriteAsync(new AnswerStep(name, detail, Math.Round(milliseconds, 1), finished), cancellationToken);

    private double Since(long timestamp) => ports.Time.GetElapsedTime(timestamp).TotalMilliseconds;

    [LoggerMessage(LogLevel.Warning, "The floor answers instead of a model: {Reason}")]
    private static partial void LogDegraded(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "An answer's trace or turn could not be stored")]
    private static partial void LogUnsaved(ILogger logger, Exception exception);
}
