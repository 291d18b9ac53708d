namespace Cairn.Learning;

/// <summary>How work over many rows or columns is spread over threads.</summary>
internal static class Cores
{
    public static ParallelOptions Options => new() { MaxDegreeOfParallelism = LearningThreads.Count };

    /// <summary>
    /// Does the numbers from 0 to below <paramref name="count"/> in as many runs as there are threads; one run where the work is small.
    /// </summary>
    public static void Split(int count, bool worthIt, Action<int, int> run)
    {
        var parts = worthIt ? Math.Max(1, Math.Min(LearningThreads.Count, count)) : 1;
        LearningThreads.For(parts, part => run(At(part), At(part + 1)));

        int At(int part) => (int)((long)count * part / parts);
    }
}
