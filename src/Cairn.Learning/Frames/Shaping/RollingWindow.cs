namespace Cairn.Learning;

/// <summary>A window over the rows of one column of numbers.</summary>
public sealed class RollingWindow
{
    private readonly Frame _frame;
    private readonly string _column;
    private readonly int _window;

    internal RollingWindow(Frame frame, string column, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        (_frame, _column, _window) = (frame, column, window);
    }

    public Frame Mean() => Sums("mean", s => s / _window);

    public Frame Sum() => Sums("sum", s => s);

    public Frame Min() => Extremes("min", (a, b) => a <= b);

    public Frame Max() => Extremes("max", (a, b) => a >= b);

    // Summed anew for each row: a running sum would carry every rounding on.
    private Frame Sums(string name, Func<double, double> finish)
    {
        var values = _frame.Numbers(_column);
        var results = new double[values.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var sum = i + 1 < _window ? double.NaN : 0;
            for (var j = Math.Max(0, i - _window + 1); j <= i; j++)
                sum += values[j];
            results[i] = finish(sum);
        }
        return _frame.With($"{_column}_{name}_{_window}", results);
    }

    /// <summary>
    /// Each value enters and leaves a list of those that may still become the extreme once, so that the whole takes one pass.
    /// </summary>
    private Frame Extremes(string name, Func<double, double, bool> wins)
    {
        var values = _frame.Numbers(_column);
        var results = new double[values.Length];
        var (candidates, lastMissing) = (new LinkedList<int>(), -1);
        for (var i = 0; i < results.Length; i++)
        {
            if (double.IsNaN(values[i]))
                lastMissing = i;
            while (candidates.Last is { } last && (double.IsNaN(values[last.Value]) || wins(values[i], values[last.Value])))
                candidates.RemoveLast();
            candidates.AddLast(i);
            if (candidates.First!.Value <= i - _window)
                candidates.RemoveFirst();
            results[i] = i + 1 < _window || (lastMissing >= 0 && lastMissing > i - _window) ? double.NaN : values[candidates.First!.Value];
        }
        return _frame.With($"{_column}_{name}_{_window}", results);
    }
}
