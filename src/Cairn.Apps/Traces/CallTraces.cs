using System.Data.Common;
using System.Threading.Channels;
using Cairn.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Apps;

/// <summary>
/// Keeps calls through the gateway as traces, off their way: a call costs one write into a bounded channel, and a batch of them one
/// transaction. Every call is kept up to a hundred a second; of more, those that failed or fell over, up to as many again. What the
/// database can't take in time is left out rather than waited for.
/// </summary>
internal sealed partial class CallTraces(AnswerLog log, TimeProvider time, ILogger<CallTraces> logger) : BackgroundService, ICallLog
{
    public const int PerSecond = 100;
    private const int Ahead = 1024;
    private const int MostOfOneBatch = 256;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);

    private readonly Channel<CallRecord> _calls = Channel.CreateBounded<CallRecord>(new BoundedChannelOptions(Ahead)
    {
        SingleReader = true,
        FullMode = BoundedChannelFullMode.Wait,
    });
    private long _second;
    private int _usual;
    private int _notable;

    public void Add(CallRecord call)
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (Interlocked.Exchange(ref _second, second) != second)
        {
            // Two threads that meet here count some calls of the new second twice or not: the bound is for the database, not to the digit.
            Volatile.Write(ref _usual, 0);
            Volatile.Write(ref _notable, 0);
        }
        var notable = call.Error is not null || call.Attempts.Count > 1;
        if (Interlocked.Increment(ref notable ? ref _notable : ref _usual) <= PerSecond)
            _calls.Writer.TryWrite(call);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _calls.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        await WriteAsync(Take());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _calls.Reader.WaitToReadAsync(stoppingToken))
            {
                await WriteAsync(Take());
                // Whoever comes in the meantime shares the next transaction.
                await Task.Delay(Gather, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written while stopping.
        }
    }

    private List<CallRecord> Take()
    {
        var batch = new List<CallRecord>();
        while (batch.Count < MostOfOneBatch && _calls.Reader.TryRead(out var call))
            batch.Add(call);
        return batch;
    }

    private async Task WriteAsync(List<CallRecord> batch)
    {
        if (batch.Count == 0)
            return;
        try
        {
            await log.SaveCallsAsync([.. batch.Select(c => (c.Origin.Caller.Tenant, CallTrace.Of(c)))], CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or CairnException or IOException or ObjectDisposedException)
        {
            Unsaved(logger, e, batch.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The traces of {Calls} model calls could not be stored")]
    private static partial void Unsaved(ILogger logger, Exception error, int calls);
}
