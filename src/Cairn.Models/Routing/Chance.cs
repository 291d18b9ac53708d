using System.Security.Cryptography;

namespace Cairn.Models;

/// <summary>Random numbers for choices that need to be even, not secret (SplitMix64). Safe for many threads; a test gives a seed.</summary>
internal sealed class Chance(long seed)
{
    private long _state = seed;

    public Chance()
        : this(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)))
    {
    }

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Next()
    {
        var z = (ulong)Interlocked.Add(ref _state, unchecked((long)0x9E3779B97F4A7C15));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
