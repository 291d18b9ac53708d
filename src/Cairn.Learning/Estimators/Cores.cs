namespace Cairn.Learning;

/// <summary>How work is spread over the machine's cores.</summary>
internal static class Cores
{
    public static ParallelOptions Options { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Does the numbers from 0 to below <paramref name="count"/> in as many runs as there are cores; one run where the work is small.</summary>
    public static void Split(int count, bool worthIt, Action<int, int> run)
    {
        var parts = Math.Min(Environment.ProcessorCount, count);
        if (!worthIt || parts < 2)
        {
            run(0, count);
            return;
        }
        Parallel.For(0, parts, Options, part => run((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts)));
    }
}
