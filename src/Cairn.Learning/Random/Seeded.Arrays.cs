using System.Numerics;

namespace Cairn.Learning;

public sealed partial class Seeded
{
    /// <summary>An array of numbers from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public NdArray<T> Uniform<T>(T low, T high, params ReadOnlySpan<int> shape)
        where T : unmanaged, IFloatingPoint<T>
    {
        var result = NdArray.Zeros<T>(shape);
        if (isBlank)
            return result;
        foreach (ref var value in result.Span)
        {
            // Rounding a double just under 1 to a float gives 1: draw again.
            do
                value = low + ((high - low) * T.CreateTruncating(Uniform()));
            while (value >= high && high > low);
        }
        return result;
    }

    /// <summary>An array from the standard normal distribution.</summary>
    public NdArray<T> Normal<T>(params ReadOnlySpan<int> shape)
        where T : unmanaged, IFloatingPoint<T>
    {
        var result = NdArray.Zeros<T>(shape);
        if (isBlank)
            return result;
        foreach (ref var value in result.Span)
            value = T.CreateTruncating(Normal());
        return result;
    }

    /// <summary>An array of whole numbers from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public NdArray<int> Integers(int low, int high, params ReadOnlySpan<int> shape)
    {
        var result = NdArray.Zeros<int>(shape);
        foreach (ref var value in result.Span)
            value = Integer(low, high);
        return result;
    }

    /// <summary>Puts the values into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Integer(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in a random order.</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        Shuffle<int>(order);
        return order;
    }

    /// <summary>Draws positions from 0 to <paramref name="count"/> - 1, with or without putting back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Without putting back, more are asked for than there are.</exception>
    public int[] Choice(int count, int size, bool replace = false)
    {
        if (replace)
        {
            var drawn = new int[size];
            foreach (ref var value in drawn.AsSpan())
                value = Integer(count);
            return drawn;
        }
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, count);
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = 0; i < size; i++)
        {
            var j = Integer(i, count);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order[..size];
    }

    /// <summary>Draws a position with the given weights (they need not sum to 1).</summary>
    /// <exception cref="ArgumentException">A weight is negative or not a number, or all are 0.</exception>
    public int Choice(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight >= 0 ? weight : throw new ArgumentException($"A weight is {weight}; weights are 0 or more.", nameof(weights));
        if (total <= 0 || double.IsInfinity(total))
            throw new ArgumentException($"The weights sum to {total}.", nameof(weights));
        var left = Uniform() * total;
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            last = i;
            left -= weights[i];
            if (left < 0)
                return i;
        }
        return last;
    }
}
