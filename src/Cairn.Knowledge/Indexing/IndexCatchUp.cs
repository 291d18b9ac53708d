using Cairn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Knowledge;

/// <summary>
/// Keeps the index in step with the database: opens it (or makes it anew when it is missing, damaged, of another version, or ahead of the
/// database), then follows the change feed. A change is taken by reading the document as it is now, so taking one twice does no harm, and
/// a crash costs what was not committed.
/// </summary>
internal sealed partial class IndexCatchUp(
    string folder, IPassageStore store, IChangeFeed feed, TimeProvider time, ILogger<IndexCatchUp> log) : BackgroundService, IIndexProgress
{
    private const int ChangesPerRead = 256;
    private const int PassagesPerBatch = 5_000;

    /// <summary>Passages taken in that a crash may cost; more are committed without waiting for a pause.</summary>
    private const int MaxUncommitted = 20_000;

    private static readonly TimeSpan CommitAfterPause = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Upkeep takes a reader that said nothing for weeks for gone, and forgets the changes that it would have to go on from.
    /// </summary>
    private static readonly TimeSpan SayAgainAfter = TimeSpan.FromDays(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Lock _moving = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LexicalIndex? _index;
    private Task _merging = Task.CompletedTask;
    private long _position = -1;
    private int _uncommitted;
    private long _said;

    /// <summary>Each replica has an index of its own, which stays where it is.</summary>
    private string Reader => $"index {Environment.MachineName} {Path.GetFullPath(folder)}";

    public long Position => Math.Max(0, Interlocked.Read(ref _position));

    /// <summary>The index, as soon as it holds the whole corpus of some moment: a rebuild is never searched half-way.</summary>
    /// <exception cref="CairnException">It can't be opened or made.</exception>
    public async Task<LexicalIndex> IndexAsync(CancellationToken cancellationToken)
    {
        await WaitUntilAsync(0, cancellationToken).ConfigureAwait(false);
        return _index!;
    }

    public async Task WaitUntilAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_moving)
                moved = _moved.Task;
            if (Interlocked.Read(ref _position) >= sequence)
                return;
            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await _merging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_index is { } index && _uncommitted > 0)
            await KeepAsync(index, Position, cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_index is null)
                {
                    (_index, var position) = await OpenAsync(stoppingToken).ConfigureAwait(false);
                    MoveTo(position);
                }
                await FollowAsync(_index, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever fails here (disk, database) is told to those who wait, and tried again: the index must come back by itself.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailure(log, e);
                Fail(e);
                await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<(LexicalIndex Index, long Position)> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var index = LexicalIndex.Open(folder);
            var position = index.CommittedPosition;
            if (position > 0 && index.CommittedMark is { Length: > 0 } mark
                && mark == await MarkAsync(position, cancellationToken).ConfigureAwait(false))
            {
                await SayAsync(position, cancellationToken).ConfigureAwait(false);
                return (index, position);
            }
            if (position > 0)
                LogForeign(log, position, await feed.HeadAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (DamagedIndexException e)
        {
            LogDamaged(log, e.Message);
        }
        LexicalIndex.Delete(folder);
        // From here on nobody forgets a change: those made while the documents are read are taken from the feed afterwards.
        await feed.PassedAsync(Reader, 0, cancellationToken).ConfigureAwait(false);
        var head = await feed.HeadAsync(cancellationToken).ConfigureAwait(false);
        return (await RebuildAsync(head, cancellationToken).ConfigureAwait(false), head);
    }

    private async Task<LexicalIndex> RebuildAsync(long head, CancellationToken cancellationToken)
    {
        var index = LexicalIndex.Open(folder);
        var started = time.GetTimestamp();
        var batch = new List<DocumentPassages>();
        var (passages, inBatch) = (0, 0);
        await foreach (var document in store.AllAsync(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(document);
            inBatch += document.Passages.Count;
            if (inBatch < PassagesPerBatch)
                continue;
            index.Apply(batch);
            batch.Clear();
            (passages, inBatch) = (passages + inBatch, 0);
        }
        index.Apply(batch);
        passages += inBatch;
        while (index.Merge())
            cancellationToken.ThrowIfCancellationRequested();
        await KeepAsync(index, head, cancellationToken).ConfigureAwait(false);
        LogRebuilt(log, passages, time.GetElapsedTime(started).TotalSeconds);
        return index;
    }

    private async Task FollowAsync(LexicalIndex index, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await feed.HeadAsync(cancellationToken).ConfigureAwait(false);
            var changes = await feed.ReadAsync(IPassageStore.Topic, Position, ChangesPerRead, cancellationToken).ConfigureAwait(false);
            await TakeAsync(index, changes, cancellationToken).ConfigureAwait(false);
            if (changes.Count == ChangesPerRead)
            {
                MoveTo(changes[^1].Sequence);
                continue;
            }
            MoveTo(Math.Max(head, changes.Count > 0 ? changes[^1].Sequence : Position));
            await WaitAsync(index, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(LexicalIndex index, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var batch = new List<DocumentPassages>();
        foreach (var (tenant, document) in changes.Select(c => (c.Tenant, c.Entity)).Distinct())
        {
            batch.Add(new DocumentPassages(tenant, document,
                await store.PassagesAsync(tenant, document, cancellationToken).ConfigureAwait(false)));
            if (batch.Sum(d => d.Passages.Count) >= PassagesPerBatch)
                Take(index, batch);
        }
        if (batch.Count > 0)
            Take(index, batch);
    }

    private void Take(LexicalIndex index, List<DocumentPassages> batch)
    {
        index.Apply(batch);
        _uncommitted += batch.Count + batch.Sum(d => d.Passages.Count);
        batch.Clear();
    }

    /// <summary>
    /// Waits for the next change; a pause, or much that is not committed, is the time to commit and to merge. Where nothing comes, or only
    /// what other readers want, it commits once a day all the same, and so says that it is still there.
    /// </summary>
    private async Task WaitAsync(LexicalIndex index, CancellationToken cancellationToken)
    {
        while (true)
        {
            var left = SayAgainAfter - time.GetElapsedTime(_said);
            if (_uncommitted < MaxUncommitted && left > TimeSpan.Zero
                && await MovedWithinAsync(_uncommitted > 0 ? CommitAfterPause : left, cancellationToken).ConfigureAwait(false))
                return;
            await CommitAsync(index, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>False when nothing changed for so long.</returns>
    private async Task<bool> MovedWithinAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var pause = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
        try
        {
            await feed.WaitAsync(Position, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (pause.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Which change stands at the position: a restored or exchanged database may have as many changes as the index has seen, but not the
    /// same ones. Empty when none stands there.
    /// </summary>
    private async Task<string> MarkAsync(long position, CancellationToken cancellationToken)
        => await feed.FindAsync(position, cancellationToken).ConfigureAwait(false) is { } change
            ? $"{change.Tenant}/{change.Topic}/{change.Entity}"
            : "";

    /// <summary>Changes before what is on disk are not asked for again, those after it after a crash.</summary>
    private async Task KeepAsync(LexicalIndex index, long position, CancellationToken cancellationToken)
    {
        index.Commit(position, await MarkAsync(position, cancellationToken).ConfigureAwait(false));
        await SayAsync(position, cancellationToken).ConfigureAwait(false);
    }

    private async Task SayAsync(long position, CancellationToken cancellationToken)
    {
        _said = time.GetTimestamp();
        try
        {
            await feed.PassedAsync(Reader, position, cancellationToken).ConfigureAwait(false);
        }
        catch (CairnException e)
        {
            // The index stands; the database only keeps more changes than it needs until the next time.
            LogUnpassed(log, e);
        }
    }

    private async Task CommitAsync(LexicalIndex index, CancellationToken cancellationToken)
    {
        await KeepAsync(index, Position, cancellationToken).ConfigureAwait(false);
        _uncommitted = 0;
        if (!_merging.IsCompleted)
            return;
        // A merge that failed (a full disk) is told once, and tried again after the next commit.
        var merged = _merging;
        _merging = Task.CompletedTask;
        merged.GetAwaiter().GetResult();
        _merging = Task.Run(() =>
        {
            // The next commit, at the latest when the server stops, lets go of the files that were merged.
            while (index.Merge())
                Interlocked.Increment(ref _uncommitted);
        }, CancellationToken.None);
    }

    private void MoveTo(long position)
    {
        lock (_moving)
        {
            Interlocked.Exchange(ref _position, position);
            _moved.TrySetResult();
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Fail(Exception reason)
    {
        var error = new CairnException(
            ErrorKind.Environment, "index.behind", $"The index in {folder} can't follow the database: {reason.Message}",
            "Run `cairn doctor`; free disk space if it is full. The index goes on by itself.", reason);
        lock (_moving)
        {
            _moved.TrySetException(error);
            _ = _moved.Task.Exception;
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index is made again from the database: {Reason}")]
    private static partial void LogDamaged(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The index was made at change {Position} of another history than that of the database, which is at {Head}: it is made again")]
    private static partial void LogForeign(ILogger log, long position, long head);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not take down how far the index is")]
    private static partial void LogUnpassed(ILogger log, Exception reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Indexed {Passages} passages in {Seconds:0.0} s")]
    private static partial void LogRebuilt(ILogger log, int passages, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The index could not be brought up to date; trying again")]
    private static partial void LogFailure(ILogger log, Exception reason);
}
