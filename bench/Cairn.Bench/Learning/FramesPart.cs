using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>Grouping and joining ten million rows beside pandas. Both make the same data and must find the same sums.</summary>
internal sealed class FramesPart : ILearningPart
{
    private const int Keys = 1000;

    public string Name => "frames";

    public async Task RunAsync(BenchOptions options)
    {
        var rows = options.Quick ? 1_000_000 : 10_000_000;
        var (frame, right) = (Make(rows),
            new Frame(("k", Enumerable.Range(0, Keys).ToArray()), ("w", Enumerable.Range(0, Keys).Select(i => i / 8.0).ToArray())));
        var (group, join, found) = (double.PositiveInfinity, double.PositiveInfinity, (Mean: 0.0, Joined: 0.0));
        var peer = new Dictionary<string, double>();
        for (var round = 0; round < 3; round++)
        {
            foreach (var (name, value) in await PythonPeer.RunAsync("frames.py", rows, Keys))
                peer[name] = peer.TryGetValue(name, out var before) ? Math.Min(before, value) : value;
            group = Math.Min(group, Rounds.Best(5, () => found.Mean = Sum(frame.GroupBy("k").Compute(Aggregate.Mean("v")), "v_mean")));
            join = Math.Min(join, Rounds.Best(5, () => found.Joined = Sum(frame.Join(right, "k").Rows(0, 1000), "w")));
        }
        var groupMemory = PeakMemory.Growth(() => frame.GroupBy("k").Compute(Aggregate.Mean("v")));
        var joinMemory = PeakMemory.Growth(() => frame.Join(right, "k"));
        if (Math.Abs(found.Mean - peer["mean"]) > 1e-6 * Math.Abs(peer["mean"]) || found.Joined != peer["joined"])
            throw new BenchException(
                $"Cairn and pandas find different things: {found.Mean} and {peer["mean"]}, {found.Joined} and {peer["joined"]}.");
        Console.Error.WriteLine(
            $"{rows:N0} rows: group by {group:0} ms, pandas {peer["group_ms"]:0} ms; join {join:0} ms, pandas {peer["join_ms"]:0} ms");
        Bar.AtLeast("learning.group-by.pandas", peer["group_ms"] / group, "x", 1.5);
        Bar.AtLeast("learning.join.pandas", peer["join_ms"] / join, "x", 3);
        PeakMemory.Report("group-by", "pandas", groupMemory, peer["group_mib"]);
        PeakMemory.Report("join", "pandas", joinMemory, peer["join_mib"]);
    }

    private static Frame Make(int rows)
    {
        var (keys, values) = (new long[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            keys[i] = (long)((ulong)i * 2654435761UL % (1UL << 32) >> 7) % Keys;
            values[i] = (long)i * 48271 % 1000003 / 1000.0;
        }
        return new Frame(("k", keys), ("v", values));
    }

    private static double Sum(Frame frame, string column)
    {
        var sum = 0.0;
        foreach (var value in frame.Numbers(column))
            sum += value;
        return sum;
    }
}
