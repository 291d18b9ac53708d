using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Finds a minimum with the memory of the last few steps (L-BFGS; Liu and Nocedal, 1989): two-loop recursion and a line search that
/// halves until the value falls
/// enough. With an L1 weight the search keeps to the orthant of the current point (OWL-QN; Andrew and Gao, 2007).
/// </summary>
internal sealed class Lbfgs<T>(int maxIterations, double tolerance, int memory = 10)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 1 << 15;

    /// <summary>Told the value after each step.</summary>
    public Action<int, double>? OnStep { get; init; }

    /// <summary>Steps taken by the last search.</summary>
    public int Iterations { get; private set; }

    /// <summary>Whether the last search ended because the slope was small, not because of the limit.</summary>
    public bool Converged { get; private set; }

    /// <param name="point">The start, and then the minimum.</param>
    /// <param name="l1">By position, the weight of the absolute value that is added to the objective; null for none.</param>
    public double Minimise(Objective<T> objective, T[] point, double[]? l1 = null)
    {
        var n = point.Length;
        var gradient = new T[n];
        var slope = l1 is null ? gradient : new T[n];
        var direction = new T[n];
        var next = new T[n];
        var nextGradient = new T[n];
        var steps = new List<(T[] S, T[] Y, double Inverse)>();
        var value = objective(point, gradient) + Penalty(point, l1);
        Converged = false;
        for (Iterations = 0; Iterations < maxIterations; Iterations++)
        {
            if (l1 is not null)
                PseudoGradient(point, gradient, l1, slope);
            if (double.CreateTruncating(Greatest(slope)) <= tolerance)
            {
                Converged = true;
                break;
            }
            Direction(slope, steps, direction);
            if (l1 is not null)
                KeepOrthant(direction, slope);
            var fall = Dot(slope, direction);
            if (!(fall < 0))
                break;
            var length = steps.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(Dot(slope, slope))) : 1.0;
            var (found, nextValue) = Search(objective, point, value, slope, direction, fall, length, l1, next, nextGradient);
            if (!found)
                break;
            Remember(steps, point, gradient, next, nextGradient);
            next.CopyTo(point, 0);
            (gradient, nextGradient) = (nextGradient, gradient);
            if (l1 is null)
                slope = gradient;
            value = nextValue;
            OnStep?.Invoke(Iterations + 1, value);
        }
        return value;
    }

    private static (bool Found, double Value) Search(
        Objective<T> objective, T[] point, double value, T[] slope, T[] direction, double fall, double length, double[]? l1, T[] next,
        T[] nextGradient)
    {
        for (var halving = 0; halving < 40; halving++, length /= 2)
        {
            var step = T.CreateTruncating(length);
            Blocks(point.Length, (from, count) => TensorPrimitives.MultiplyAdd(
                direction.AsSpan(from, count), step, point.AsSpan(from, count), next.AsSpan(from, count)));
            if (l1 is not null)
            {
                for (var i = 0; i < next.Length; i++)
                {
                    var sign = T.IsZero(point[i]) ? -slope[i] : point[i];
                    if (l1[i] > 0 && sign * next[i] <= T.Zero)
                        next[i] = T.Zero;
                }
            }
            var found = objective(next, nextGradient) + Penalty(next, l1);
            if (found <= value + (1e-4 * length * fall))
                return (true, found);
        }
        return (false, value);
    }

    private static void Direction(T[] slope, List<(T[] S, T[] Y, double Inverse)> steps, T[] direction)
    {
        Blocks(slope.Length, (from, count) => TensorPrimitives.Negate(slope.AsSpan(from, count), direction.AsSpan(from, count)));
        var factors = new double[steps.Count];
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            factors[i] = steps[i].Inverse * Dot(steps[i].S, direction);
            Add(direction, -factors[i], steps[i].Y);
        }
        if (steps.Count > 0)
        {
            var (_, y, inverse) = steps[^1];
            var scale = T.CreateTruncating(1 / (inverse * Dot(y, y)));
            Blocks(slope.Length, (from, count) => TensorPrimitives.Multiply(direction.AsSpan(from, count), scale,
                direction.AsSpan(from, count)));
        }
        for (var i = 0; i < steps.Count; i++)
            Add(direction, factors[i] - (steps[i].Inverse * Dot(steps[i].Y, direction)), steps[i].S);
    }

    private void Remember(List<(T[] S, T[] Y, double Inverse)> steps, T[] point, T[] gradient, T[] next, T[] nextGradient)
    {
        var (s, y) = (new T[point.Length], new T[point.Length]);
        if (steps.Count == memory)
        {
            (s, y, _) = steps[0];
            steps.RemoveAt(0);
        }
        Blocks(point.Length, (from, count) =>
        {
            TensorPrimitives.Subtract(next.AsSpan(from, count), point.AsSpan(from, count), s.AsSpan(from, count));
            TensorPrimitives.Subtract(nextGradient.AsSpan(from, count), gradient.AsSpan(from, count), y.AsSpan(from, count));
        });
        var curvature = Dot(s, y);
        if (curvature > 1e-12 * Dot(y, y))
            steps.Add((s, y, 1 / curvature));
    }

    private static void PseudoGradient(T[] point, T[] gradient, double[] l1, T[] slope)
    {
        for (var i = 0; i < slope.Length; i++)
        {
            var (g, weight) = (gradient[i], T.CreateTruncating(l1[i]));
            slope[i] = point[i] > T.Zero ? g + weight
                : point[i] < T.Zero ? g - weight
                : g + weight < T.Zero ? g + weight
                : g - weight > T.Zero ? g - weight
                : T.Zero;
        }
    }

    private static void KeepOrthant(T[] direction, T[] slope)
    {
        for (var i = 0; i < direction.Length; i++)
        {
            if (direction[i] * slope[i] >= T.Zero)
                direction[i] = T.Zero;
        }
    }

    private static double Penalty(T[] point, double[]? l1)
    {
        var sum = 0.0;
        for (var i = 0; i < (l1?.Length ?? 0); i++)
            sum += l1![i] * Math.Abs(double.CreateTruncating(point[i]));
        return sum;
    }

    private static T Greatest(T[] values)
    {
        var greatest = T.Zero;
        var gate = new object();
        Blocks(values.Length, (from, count) =>
        {
            var ours = T.Abs(TensorPrimitives.MaxMagnitude<T>(values.AsSpan(from, count)));
            lock (gate)
                greatest = T.Max(greatest, ours);
        });
        return greatest;
    }

    private static void Add(T[] target, double factor, T[] what)
    {
        var f = T.CreateTruncating(factor);
        Blocks(target.Length, (from, count) => TensorPrimitives.MultiplyAdd(
            what.AsSpan(from, count), f, target.AsSpan(from, count), target.AsSpan(from, count)));
    }

    /// <summary>Sums within blocks in T, over blocks in double, in the same order whatever the number of cores.</summary>
    private static double Dot(T[] a, T[] b)
    {
        var sums = new double[(a.Length + Block - 1) / Block];
        Blocks(a.Length, (from, count) => sums[from / Block] = double.CreateTruncating(TensorPrimitives.Dot<T>(a.AsSpan(from, count),
            b.AsSpan(from, count))));
        return sums.Sum();
    }

    private static void Blocks(int length, Action<int, int> work)
    {
        var blocks = (length + Block - 1) / Block;
        Cores.Split(blocks, blocks > 2, (low, high) =>
        {
            for (var block = low; block < high; block++)
                work(block * Block, Math.Min(Block, length - (block * Block)));
        });
    }
}
