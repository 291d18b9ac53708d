namespace Cairn.Learning;

/// <summary>How many threads one computation may use; as many as there are processors unless set. Results do not depend on it.</summary>
public static class LearningThreads
{
    private static int count = Environment.ProcessorCount;

    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public static int Count
    {
        get => count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            count = value;
        }
    }

    /// <summary>Runs <paramref name="body"/> for 0 to <paramref name="parts"/> - 1, on this thread alone where there is one part or one
    /// thread.</summary>
    internal static void For(int parts, Action<int> body)
    {
        if (parts <= 1 || count == 1)
        {
            for (var part = 0; part < parts; part++)
                body(part);
            return;
        }
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = count }, body);
    }
}
