using System.Numerics;

namespace Cairn.Learning;

/// <summary>
/// Random numbers from a seed: the same seed gives the same numbers on every machine. The generator is xoshiro256** (Blackman and Vigna,
/// "Scrambled linear pseudorandom number generators", 2018), its state filled by SplitMix64. Not for secrets; one thread at a time
/// (<see cref="Split"/> makes an independent source for another).
/// </summary>
public sealed partial class Seeded
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spareNormal = double.NaN;
    private readonly bool isBlank;

    public Seeded(long seed)
    {
        var state = unchecked((ulong)seed);
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    private Seeded() => isBlank = true;

    /// <summary>Fills arrays with zeros: for weights that are written over right away.</summary>
    internal static Seeded Blank => new();

    /// <summary>A new source whose numbers do not depend on how many more this one gives.</summary>
    public Seeded Split() => new(unchecked((long)NextBits()));

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number from 0 to below 1, of 53 random bits.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>A whole number from 0 to below <paramref name="below"/>, each equally likely (Lemire's method, 2019).</summary>
    public int Integer(int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        var range = (uint)below;
        var product = (ulong)(uint)(NextBits() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = unchecked(0u - range) % range;
            while ((uint)product < threshold)
                product = (ulong)(uint)(NextBits() >> 32) * range;
        }
        return (int)(product >> 32);
    }

    /// <summary>A whole number from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public int Integer(int low, int high)
    {
        if ((long)high - low is <= 0 or > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(high), high,
                $"There is no whole number from {low} to below {high}, or more than {int.MaxValue}.");
        return low + Integer(high - low);
    }

    /// <summary>A number from the standard normal distribution (Marsaglia's polar method).</summary>
    public double Normal()
    {
        if (!double.IsNaN(spareNormal))
        {
            var spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }
        double u, v, s;
        do
        {
            u = (2 * Uniform()) - 1;
            v = (2 * Uniform()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);
        var factor = Math.Sqrt(-2 * Math.Log(s) / s);
        spareNormal = v * factor;
        return u * factor;
    }

    /// <summary>A number from the normal distribution with the given mean and standard deviation.</summary>
    public double Normal(double mean, double deviation) => mean + (deviation * Normal());

    private static ulong SplitMix(ref ulong state)
    {
        var z = unchecked(state += 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
