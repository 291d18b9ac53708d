using Cairn.Sandbox;
using Microsoft.Extensions.Logging;

namespace Cairn.Knowledge;

/// <summary>
/// The workers that read files: started when needed, kept for the next file, replaced after many files or any failure, ended when idle.
/// Small files that wait are sent together, for a page of some kB is read in less time than two processes take to wake each other; each
/// is answered, timed and blamed by itself. A file whose worker fails is tried once more, as the first one of a fresh process; what fails
/// there is the file's own fault. Those sent behind it are sent again.
/// </summary>
internal sealed partial class ParserWorkers(ISandbox sandbox, ParserOptions options, TimeProvider time, ILogger<ParserWorkers> logger)
    : IAsyncDisposable
{
    private const int MostTogether = 16;

    /// <summary>Larger files are sent alone.</summary>
    private const int BytesTogether = 256 << 10;

    private readonly RestingWorkers _resting = new(options.IdleTime, time);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<ParserRequest> _waiting = [];
    private readonly List<Task> _serving = [];
    private readonly Lock _lock = new();
    private int _slots;

    public Task<ParsedDocument> ParseAsync(string file, string path, string format, CancellationToken cancellationToken)
        => ParseAsync(new ParserRequest(path, format, default, file, cancellationToken));

    public Task<ParsedDocument> ParseAsync(ReadOnlyMemory<byte> bytes, string path, string format, CancellationToken cancellationToken)
        => ParseAsync(new ParserRequest(path, format, bytes, null, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] serving;
        lock (_lock)
            serving = [.. _serving];
        await Task.WhenAll(serving);
        await _resting.DisposeAsync();
    }

    private async Task<ParsedDocument> ParseAsync(ParserRequest request)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _waiting.Enqueue(request);
            if (_slots < options.Workers)
            {
                _slots++;
                _serving.RemoveAll(t => t.IsCompleted);
                _serving.Add(Task.Run(ServeAsync, CancellationToken.None));
            }
        }
        // Whoever gives up does not wait for those before it.
        await using var given = request.CancellationToken.Register(request.Cancel);
        return await request.Answer;
    }

    /// <summary>One slot: serves until nothing waits.</summary>
    private async Task ServeAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            try
            {
                for (var first = 0; first < batch.Count;)
                    first = batch[first].Answer.IsCompleted ? first + 1 : await ServeAsync(batch, first);
            }
#pragma warning disable CA1031 // A worker that cannot even be started: those who asked hear of it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                batch.ForEach(r => r.Fail(e));
            }
        }
    }

    /// <returns>One file, or small ones that are sent together; the slot is free when there is none.</returns>
    private List<ParserRequest> Next()
    {
        lock (_lock)
        {
            var batch = new List<ParserRequest>();
            var most = Math.Clamp(_waiting.Count / options.Workers, 1, MostTogether);
            var bytes = 0;
            while (batch.Count < most && _waiting.TryPeek(out var next) && (batch.Count == 0 || Joins(next, bytes)))
            {
                batch.Add(_waiting.Dequeue());
                bytes += next.Bytes.Length;
                if (!IsSmall(next))
                    break;
            }
            _slots -= batch.Count == 0 ? 1 : 0;
            return batch;
        }
    }

    private static bool Joins(ParserRequest request, int bytes) => IsSmall(request) && bytes + request.Bytes.Length <= BytesTogether;

    private static bool IsSmall(ParserRequest request) => request.File is null && request.Format is not (Formats.Pdf or Formats.Docx);

    /// <returns>Index of the file to go on with: the same one when it has to be tried again.</returns>
    private async Task<int> ServeAsync(List<ParserRequest> batch, int first)
    {
        var used = batch[first].Retried ? null : await _resting.TakeAsync();
        var worker = used ?? new WorkerConnection(await sandbox.StartAsync(WorkerProgram.Of(options), _stop.Token));
        var keep = false;
        var sending = SendAsync(worker, batch.Skip(first));
        try
        {
            for (var at = first; at < batch.Count; at++)
            {
                var failure = await AnswerAsync(worker, batch[at]);
                if (failure is null)
                    continue;
                if (failure is UnreadableFileException e && (used is not null || at > first))
                {
                    LogRetry(batch[at].Path, e.Code);
                    batch[at].Retried = true;
                    return at;
                }
                batch[at].Fail(failure);
                return at + 1;
            }
            keep = worker.FilesRead < options.FilesPerWorker;
            return batch.Count;
        }
        finally
        {
            if (keep)
                _resting.Rest(worker);
            else
                await worker.DisposeAsync();
            await sending;
        }
    }

    private static async Task SendAsync(WorkerConnection worker, IEnumerable<ParserRequest> requests)
    {
        try
        {
            await worker.SendAsync(requests);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The worker is gone, or a file to send is: without the rest of its input it ends, and the missing answer tells.
            await worker.EndInputAsync();
        }
    }

    /// <returns>Null: there is an answer, and the worker is as good as before.</returns>
    private async Task<Exception?> AnswerAsync(WorkerConnection worker, ParserRequest request)
    {
        using var patience = new CancellationTokenSource(options.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, request.CancellationToken, _stop.Token);
        try
        {
            request.Complete(await worker.ReceiveAsync(either.Token));
            return null;
        }
        catch (UnreadableFileException e)
        {
            request.Fail(e);
            return null;
        }
        catch (OperationCanceledException e)
        {
            var givenUp = request.CancellationToken.IsCancellationRequested || _stop.IsCancellationRequested;
            return givenUp ? e : Unreadable.OutOfTime(options.Time);
        }
        catch (OutOfMemoryException)
        {
            return Unreadable.OutOfMemory(options.Memory);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            return e is InvalidDataException ? Unreadable.Crashed("") : await FailureAsync(worker, either.Token);
        }
    }

    private async Task<Exception> FailureAsync(WorkerConnection worker, CancellationToken cancellationToken)
    {
        try
        {
            var (outcome, exitCode) = await worker.Process.WaitAsync(cancellationToken);
            LogFailure(outcome, exitCode, worker.Process.ErrorTail);
            return outcome == SandboxOutcome.OutOfMemory
                ? Unreadable.OutOfMemory(options.Memory)
                : Unreadable.Crashed($" (exit code {exitCode})");
        }
        catch (OperationCanceledException)
        {
            return Unreadable.Crashed("");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A parser worker failed at {Path} ({Code}); trying once more in a fresh one")]
    private partial void LogRetry(string path, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A parser worker ended: {Outcome}, exit code {ExitCode}. {Errors}")]
    private partial void LogFailure(SandboxOutcome outcome, int exitCode, string errors);
}
