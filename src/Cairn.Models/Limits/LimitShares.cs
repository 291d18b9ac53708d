using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Models;

/// <summary>
/// Where several servers share a database, says every two seconds which parts of each limit are this server's. A server that cannot say
/// that it lives lets nobody in after 30 seconds; the others take its parts after two minutes, when its last minute is over.
/// </summary>
internal sealed partial class LimitShares(CallLimits limits, ShareStore store, TimeProvider time, ILogger<LimitShares> log)
    : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private const int HoldsSeconds = 30;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Writes what this server wants and takes what it may have.</summary>
    public async Task ShareAsync(CancellationToken cancellationToken)
    {
        var meters = limits.Meters.ToDictionary(m => m.Key);
        if (meters.Count == 0)
            return;
        var now = time.GetUtcNow();
        var turn = now.ToUnixTimeSeconds() / 60;
        var asks = meters.Values.Select(Ask).ToArray();
        var preview = await store.PreviewAsync(asks, turn, cancellationToken);
        // What is to shrink shrinks here first: when the others read it, it is true.
        asks = [.. asks.Select(a => a with { Filled = Shrink(meters[a.Key], preview[a.Key]) })];
        foreach (var (key, parts) in await store.ShareAsync(asks, now, now + Lease, turn, cancellationToken))
            Give(meters[key], parts);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        limits.MeterAdded += () => _wake.Writer.TryWrite(true);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ShareAsync(stoppingToken);
            }
            catch (CairnException e)
            {
                LogNotShared(e.Message);
            }
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(Every, time, both.Token), _wake.Reader.WaitToReadAsync(both.Token).AsTask());
            await both.CancelAsync();
            _wake.Reader.TryRead(out _);
        }
    }

    private ShareAsk Ask(LimitMeter meter)
    {
        var gate = limits.GateOf(meter);
        lock (gate.Lock)
        {
            // What was wanted fades, so that a pause of a moment does not cost the share.
            meter.Fading = Math.Max(meter.Demand, meter.Fading / 2);
            meter.Demand = 0;
            return new(meter.Key, meter.Parts, meter.FilledParts(gate.Second), meter.Fading);
        }
    }

    /// <returns>What is this server's from now on, until it is given more.</returns>
    private long Shrink(LimitMeter meter, long parts)
    {
        var gate = limits.GateOf(meter);
        lock (gate.Lock)
        {
            meter.OwnParts = (int)Math.Min(meter.OwnParts, Math.Max(parts, meter.FilledParts(gate.Second)));
            return meter.OwnParts;
        }
    }

    private void Give(LimitMeter meter, long parts)
    {
        var gate = limits.GateOf(meter);
        lock (gate.Lock)
        {
            meter.OwnParts = (int)parts;
            meter.OwnUntil = gate.Second + HoldsSeconds;
            gate.Drain();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The limits could not be shared with the other servers and are tried again: {Reason}")]
    private partial void LogNotShared(string reason);
}
