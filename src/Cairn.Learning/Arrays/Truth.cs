namespace Cairn.Learning;

/// <summary>The element operations of truth values.</summary>
internal static class Truth
{
    internal static readonly BinaryKernel<bool, bool> And = Kernel("and", static (x, y) => x & y);
    internal static readonly BinaryKernel<bool, bool> Or = Kernel("or", static (x, y) => x | y);
    internal static readonly BinaryKernel<bool, bool> Xor = Kernel("exclusive or", static (x, y) => x ^ y);

    internal static void Not(ReadOnlySpan<bool> x, Span<bool> result)
    {
        for (var i = 0; i < x.Length; i++)
            result[i] = !x[i];
    }

    private static BinaryKernel<bool, bool> Kernel(string name, Func<bool, bool, bool> join) => new(
        name,
        (x, y, r) =>
        {
            for (var i = 0; i < r.Length; i++)
                r[i] = join(x[i], y[i]);
        },
        (x, y, r) =>
        {
            for (var i = 0; i < r.Length; i++)
                r[i] = join(x[i], y);
        },
        (x, y, r) =>
        {
            for (var i = 0; i < r.Length; i++)
                r[i] = join(x, y[i]);
        });
}
