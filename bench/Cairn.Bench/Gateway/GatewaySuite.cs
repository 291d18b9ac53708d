using System.Globalization;

namespace Cairn.Bench;

/// <summary>
/// Portkey, a bare Kestrel pass-through and Cairn before one upstream, all on loopback, 32 connections. Each is a process of its own;
/// rounds are interleaved and a ratio is the median of the rounds' ratios. Cairn always authenticates a key; "all on" adds a budget, the
/// exact cache (every call a miss) and tracing of every call that the writer keeps up with. <c>--cost</c> measures processor time and
/// allocation only, <c>--latency</c> what a call takes longer (at half of <c>--most</c> calls a second in place of what Cairn can do),
/// <c>--million</c> lets memory be watched over a million requests.
/// </summary>
internal sealed class GatewaySuite : ISuite
{
    private const int Connections = 32;

    public string Name => "gateway";

    public async Task RunAsync(BenchOptions options)
    {
        if (options.Arguments is { Count: > 1 } arguments && arguments[0] == "--role")
        {
            await GatewayRoles.RunAsync(arguments[1], [.. arguments.Skip(2)]);
            return;
        }
        var (costOnly, latencyOnly) = (options.Arguments.Contains("--cost"), options.Arguments.Contains("--latency"));
        if (!costOnly && !latencyOnly)
            await PortkeyPeer.InstallAsync();
        await using var upstream = await GatewayProcess.StartAsync("upstream");
        await using var bare = await GatewayProcess.StartAsync("bare", upstream.Port);
        await using var cairn = await GatewayProcess.StartAsync("cairn", upstream.Port);
        await using var full = await GatewayProcess.StartAsync("all-on", upstream.Port);
        GatewayTarget[] targets = [upstream.Target("upstream"), bare.Target("bare"), cairn.Target("cairn"), full.Target("all-on")];
        if (latencyOnly)
        {
            await GatewayCost.WarmAsync(bare, targets[1], stream: false);
            await GatewayCost.WarmAsync(cairn, targets[2], stream: false);
            var most = options.Arguments.SkipWhile(a => a != "--most").ElementAtOrDefault(1) is { } given
                ? double.Parse(given, CultureInfo.InvariantCulture)
                : await GatewayLoad.RunAsync(targets[2], stream: false, Connections, 3);
            MeasureLatency(targets, most, options.Quick);
            return;
        }
        await CostAsync([bare, cairn, full], targets[1..], options.Quick);
        if (costOnly)
            return;
        await using (var portkey = await PortkeyPeer.StartAsync(upstream.Port))
        {
            var most = await RatesAsync([.. targets, portkey.Target], options.Quick);
            MeasureLatency(targets, most, options.Quick);
        }
        await MemoryAsync(cairn, targets[2], options.Quick ? 40_000 : options.Arguments.Contains("--million") ? 1_000_000 : 200_000);
    }

    private static async Task CostAsync(GatewayProcess[] processes, GatewayTarget[] targets, bool quick)
    {
        var (rounds, requests) = quick ? (3, 2_000) : (5, 10_000);
        await GatewayCost.MeasureAsync(processes, targets, stream: false, rounds, requests);
        await GatewayCost.MeasureAsync(processes, targets, stream: true, rounds, requests / 2);
    }

    /// <returns>Of Cairn, in requests per second.</returns>
    private static async Task<double> RatesAsync(GatewayTarget[] targets, bool quick)
    {
        var (rounds, seconds) = quick ? (3, 1.0) : (5, 3.0);
        foreach (var target in targets)
            await GatewayLoad.RunAsync(target, stream: false, Connections, quick ? .5 : 2);
        var calls = await RatesAsync(targets, stream: false, rounds, seconds);
        var streams = await RatesAsync(targets[..4], stream: true, rounds, seconds);

        Report("requests/s", targets, calls);
        Report("streams/s", targets[..4], streams);
        Bar.AtLeast("gateway.requests.over-portkey", Ratio(calls, 2, 4), "x", 15);
        Bar.AtLeast("gateway.requests.over-bare", Ratio(calls, 2, 1), "x", .7);
        Bar.AtLeast("gateway.streams.over-bare", Ratio(streams, 2, 1), "x", .7);
        Bar.AtLeast("gateway.all-on.requests.over-bare", Ratio(calls, 3, 1), "x", .5);
        return Median(calls[2]);
    }

    private static async Task<double[][]> RatesAsync(GatewayTarget[] targets, bool stream, int rounds, double seconds)
    {
        var rates = targets.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < targets.Length; i++)
                rates[i][round] = await GatewayLoad.RunAsync(targets[i], stream, Connections, seconds);
        }
        return rates;
    }

    /// <summary>
    /// At half of what Cairn can do, what a call takes longer than straight to the upstream; beside it what the bare proxy adds in the same
    /// rounds. Generator and upstream share the processors, which are full at that rate, so the same is measured at a quarter, without a
    /// bar.
    /// </summary>
    private static void MeasureLatency(GatewayTarget[] targets, double most, bool quick)
    {
        var quarter = Added(targets, most / 4, quick);
        Console.WriteLine($"at a quarter of the load bare adds {quarter.Bare}, cairn {quarter.Cairn}");
        var half = Added(targets, most / 2, quick);
        Console.WriteLine($"at half of the load bare adds {half.Bare}");
        Bar.AtMost("gateway.added.p50", half.Cairn.P50, "ms", .2);
        Bar.AtMost("gateway.added.p99", half.Cairn.P99, "ms", 2);
    }

    private static (Latencies Bare, Latencies Cairn) Added(GatewayTarget[] targets, double rate, bool quick)
    {
        var (seconds, rounds) = quick ? (2, 2) : (5, 5);
        var (byBare, byCairn) = (new List<Latencies>(), new List<Latencies>());
        for (var round = 0; round < rounds; round++)
        {
            var direct = GatewayPace.Measure(targets[0], Connections, rate, seconds);
            byBare.Add(GatewayPace.Measure(targets[1], Connections, rate, seconds).Over(direct));
            byCairn.Add(GatewayPace.Measure(targets[2], Connections, rate, seconds).Over(direct));
            Console.Error.WriteLine(
                $"latency at {(int)rate} requests/s: direct {direct}; added by bare {byBare[^1]}, by cairn {byCairn[^1]}");
        }
        return (Latencies.Median(byBare), Latencies.Median(byCairn));
    }

    private static async Task MemoryAsync(GatewayProcess process, GatewayTarget target, int requests)
    {
        await GatewayLoad.CountAsync(target, stream: false, Connections, requests / 5);
        var (before, allocated) = (process.ResidentMegabytes, await process.AllocatedAsync());
        await GatewayLoad.CountAsync(target, stream: false, Connections, requests);
        var bytes = (await process.AllocatedAsync() - allocated) / (double)requests;
        var grown = process.ResidentMegabytes - before;
        Console.WriteLine(
            FormattableString.Invariant(
                $"allocated {bytes:0} bytes/request, resident {process.ResidentMegabytes:0} MB after {requests} requests"));
        Bar.AtMost("gateway.memory.growth", grown / before, "share", .1);
    }

    private static void Report(string unit, GatewayTarget[] targets, double[][] rates)
    {
        for (var i = 0; i < targets.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"{targets[i].Name} {Median(rates[i]):0} {unit}"));
    }

    private static double Ratio(double[][] rates, int one, int other) => Median([.. rates[one].Zip(rates[other], (a, b) => a / b)]);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
