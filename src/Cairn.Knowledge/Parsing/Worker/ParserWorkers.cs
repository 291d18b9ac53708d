using Cairn.Sandbox;
using Microsoft.Extensions.Logging;

namespace Cairn.Knowledge;

/// <summary>
/// The workers that read files: started when needed, kept for the next file, replaced after many files or any failure, ended when idle.
/// A file whose worker fails is tried once more in a fresh process; what fails there is the file's own fault.
/// </summary>
internal sealed partial class ParserWorkers(ISandbox sandbox, ParserOptions options, TimeProvider time, ILogger<ParserWorkers> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Workers);
    private readonly Stack<(WorkerConnection Worker, ITimer Idle)> _resting = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    public async Task<ParsedDocument> ParseAsync(string file, string path, string format, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            if (await TakeRestedAsync() is { } used)
            {
                try
                {
                    return await ParseAsync(used, file, path, format, cancellationToken);
                }
                catch (UnreadableFileException e) when (e.Code is "file.parser_crashed" or "file.out_of_memory" or "file.out_of_time")
                {
                    LogRetry(path, e.Code);
                }
            }
            return await ParseAsync(await StartAsync(cancellationToken), file, path, format, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<(WorkerConnection Worker, ITimer Idle)> resting;
        lock (_lock)
        {
            _disposed = true;
            resting = [.. _resting];
            _resting.Clear();
        }
        foreach (var (worker, idle) in resting)
        {
            await idle.DisposeAsync();
            await worker.DisposeAsync();
        }
        _slots.Dispose();
    }

    private async Task<ParsedDocument> ParseAsync(WorkerConnection worker, string file, string path, string format, CancellationToken cancellationToken)
    {
        var keep = false;
        using var patience = new CancellationTokenSource(options.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var document = await worker.ParseAsync(file, path, format, either.Token);
            keep = true;
            return document;
        }
        catch (UnreadableFileException)
        {
            keep = true;
            throw;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreadable.OutOfTime(options.Time);
        }
        catch (OutOfMemoryException)
        {
            throw Unreadable.OutOfMemory(options.Memory);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            throw await FailureAsync(worker, e, either.Token);
        }
        finally
        {
            if (keep && worker.FilesRead < options.FilesPerWorker)
                Rest(worker);
            else
                await worker.DisposeAsync();
        }
    }

    private async Task<UnreadableFileException> FailureAsync(WorkerConnection worker, Exception cause, CancellationToken cancellationToken)
    {
        if (cause is InvalidDataException)
            return Unreadable.Crashed("");
        var (outcome, exitCode) = await worker.Process.WaitAsync(cancellationToken);
        LogFailure(outcome, exitCode, worker.Process.ErrorTail);
        return outcome == SandboxOutcome.OutOfMemory ? Unreadable.OutOfMemory(options.Memory) : Unreadable.Crashed($" (exit code {exitCode})");
    }

    private async Task<WorkerConnection> StartAsync(CancellationToken cancellationToken)
        => new(await sandbox.StartAsync(WorkerProgram.Of(options), cancellationToken));

    private async Task<WorkerConnection?> TakeRestedAsync()
    {
        (WorkerConnection Worker, ITimer Idle) rested;
        lock (_lock)
        {
            if (!_resting.TryPop(out rested))
                return null;
        }
        await rested.Idle.DisposeAsync();
        return rested.Worker;
    }

    private void Rest(WorkerConnection worker)
    {
        var idle = time.CreateTimer(_ => _ = RetireAsync(worker), null, options.IdleTime, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            if (!_disposed)
            {
                _resting.Push((worker, idle));
                return;
            }
        }
        idle.Dispose();
        _ = worker.DisposeAsync().AsTask();
    }

    private async Task RetireAsync(WorkerConnection worker)
    {
        lock (_lock)
        {
            var others = _resting.Where(r => r.Worker != worker).Reverse().ToList();
            if (others.Count == _resting.Count)
                return;
            _resting.Clear();
            others.ForEach(_resting.Push);
        }
        await worker.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A parser worker failed at {Path} ({Code}); trying once more in a fresh one")]
    private partial void LogRetry(string path, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A parser worker ended: {Outcome}, exit code {ExitCode}. {Errors}")]
    private partial void LogFailure(SandboxOutcome outcome, int exitCode, string errors);
}
