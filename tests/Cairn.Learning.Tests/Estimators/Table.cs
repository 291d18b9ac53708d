namespace Cairn.Learning.Tests;

/// <summary>
/// Numbers that any language makes alike (s = 1664525 s + 1013904223 mod 2^32, u = s / 2^32): golden values were computed on the same
/// tables with scikit-learn 1.2.
/// </summary>
internal static class Table
{
    public static IEnumerable<double> Uniform(uint seed)
    {
        var state = seed;
        while (true)
        {
            state = unchecked((state * 1664525) + 1013904223);
            yield return state / 4294967296.0;
        }
    }

    /// <summary>Uniform numbers from 0 to 1, rounded down to steps.</summary>
    public static NdArray<double> Steps(uint seed, int rows, int columns, int steps = 100)
        => NdArray<double>.Over([.. Uniform(seed).Take(rows * columns).Select(u => Math.Floor(u * steps) / steps)], rows, columns);

    public static NdArray<double> Of(uint seed, int rows, int columns)
        => NdArray<double>.Over([.. Uniform(seed).Take(rows * columns)], rows, columns);

    public static double[] Map(NdArray<double> table, Func<double[], double> target)
        => [.. Enumerable.Range(0, table.Length).Select(r => target(table.Row(r).ToArray()))];

    public static int[] Classes(NdArray<double> table, Func<double[], int> label)
        => [.. Enumerable.Range(0, table.Length).Select(r => label(table.Row(r).ToArray()))];

    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"position {i}: expected {expected[i]}, was {actual[i]}");
    }
}
