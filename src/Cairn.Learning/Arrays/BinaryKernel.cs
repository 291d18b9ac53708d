namespace Cairn.Learning;

/// <summary>One operation on two runs of numbers, or on a run and a number from either side.</summary>
internal sealed class BinaryKernel<T, TResult>(
    string name,
    BinaryKernel<T, TResult>.Runs both,
    BinaryKernel<T, TResult>.RunAndNumber right,
    BinaryKernel<T, TResult>.NumberAndRun left)
{
    internal delegate void Runs(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<TResult> result);

    internal delegate void RunAndNumber(ReadOnlySpan<T> x, T y, Span<TResult> result);

    internal delegate void NumberAndRun(T x, ReadOnlySpan<T> y, Span<TResult> result);

    internal string Name => name;

    internal void Apply(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<TResult> result) => both(x, y, result);

    internal void Apply(ReadOnlySpan<T> x, T y, Span<TResult> result) => right(x, y, result);

    internal void Apply(T x, ReadOnlySpan<T> y, Span<TResult> result) => left(x, y, result);
}
