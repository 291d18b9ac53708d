namespace Cairn.Learning;

/// <summary>How work over many rows or columns is spread over threads.</summary>
internal static class Cores
{
    public static ParallelOptions Options => new() { MaxDegreeOfParallelism = LearningThreads.Count };

    /// <summary>Does the numbers from 0 to below <paramref name="count"/> in as many runs as there are threads; one run where the work is small.</summary>
    public static void Split(int count, bool worthIt, Action<int, int> run)
    {
        var parts = worthIt ? Math.Min(LearningThreads.Count, count) : 1;
        LearningThreads.For(Math.Max(parts, 1), part => run((int)((long)count * part / Math.Max(parts, 1)), (int)((long)count * (part + 1) / Math.Max(parts, 1))));
    }
}
