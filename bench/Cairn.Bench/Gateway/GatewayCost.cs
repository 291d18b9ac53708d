using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// What one call costs the process that serves it: processor time and allocated bytes. Both say something also on a machine that does other
/// things, where a rate is as much the neighbours'. Targets are measured in turn, a round each; figures are medians.
/// </summary>
internal static class GatewayCost
{
    private const int Connections = 32;
    private const int LongestWarmUp = 60;
    private const int FewMethods = 10;

    public static async Task MeasureAsync(GatewayProcess[] processes, GatewayTarget[] targets, bool stream, int rounds, int requests)
    {
        var what = stream ? "stream" : "request";
        var processor = targets.Select(_ => new double[rounds]).ToArray();
        var bytes = targets.Select(_ => new double[rounds]).ToArray();
        for (var i = 0; i < targets.Length; i++)
            await WarmAsync(processes[i], targets[i], stream);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < targets.Length; i++)
            {
                var (before, allocated) = (processes[i].Processor, await processes[i].AllocatedAsync());
                await GatewayLoad.CountAsync(targets[i], stream, Connections, requests);
                processor[i][round] = (processes[i].Processor - before).TotalMicroseconds / requests;
                bytes[i][round] = (await processes[i].AllocatedAsync() - allocated) / (double)requests;
            }
        }
        for (var i = 0; i < targets.Length; i++)
        {
            var times = Median([.. processor[i].Zip(processor[0], (a, b) => a / b)]);
            Console.WriteLine(FormattableString.Invariant($"{targets[i].Name} {Median(processor[i]):0.0} processor microseconds/{what}")
                + FormattableString.Invariant(
                    $" (least {processor[i].Min():0.0}), {times:0.00} times {targets[0].Name}; {Median(bytes[i]):0} bytes/{what}"));
        }
    }

    /// <summary>
    /// Calls until the runtime has compiled what is hot: it does so in the background, method by method, and on a busy machine that
    /// takes many seconds, in which a large program costs several times what it costs afterwards and a small one does not.
    /// </summary>
    public static async Task WarmAsync(GatewayProcess process, GatewayTarget target, bool stream)
    {
        var until = Stopwatch.GetTimestamp() + (LongestWarmUp * Stopwatch.Frequency);
        var quiet = 0;
        for (var compiled = await process.CompiledAsync(); quiet < 2 && Stopwatch.GetTimestamp() < until;)
        {
            await GatewayLoad.RunAsync(target, stream, Connections, 1);
            var now = await process.CompiledAsync();
            quiet = now - compiled < FewMethods ? quiet + 1 : 0;
            compiled = now;
        }
        await Console.Error.WriteLineAsync(quiet < 2
            ? $"{target.Name}: the runtime still compiles after {LongestWarmUp} s, figures are too high"
            : $"{target.Name}: warm");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
