namespace Cairn.Learning;

/// <summary>Work over rows, split between threads where there are enough of them.</summary>
internal static class Threads
{
    /// <summary>How many parts <see cref="Split(int, int, Action{int, int, int})"/> makes.</summary>
    public static int PartsOf(int rows, int least) => Math.Clamp(rows / Math.Max(1, least), 1, LearningThreads.Count);

    public static void Split(int rows, int least, Action<int, int> body) => Split(rows, least, (from, to, _) => body(from, to));

    /// <param name="least">How many rows a part is worth a thread for.</param>
    /// <param name="body">First row, row after the last, and the part's number.</param>
    public static void Split(int rows, int least, Action<int, int, int> body)
    {
        var parts = PartsOf(rows, least);
        LearningThreads.For(parts, part => body((int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts), part));
    }
}
