using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>Parts rows into those to learn from and those set aside.</summary>
public static class Holdout
{
    /// <summary>Row numbers in a random order, the share set aside rounded up; neither part is empty.</summary>
    public static (int[] Train, int[] Held) Random(int rows, double share, long seed)
    {
        Require(rows, share);
        var order = new Seeded(seed).Permutation(rows);
        var held = Math.Clamp((int)Math.Ceiling(rows * share), 1, rows - 1);
        return (order[held..], order[..held]);
    }

    /// <summary>
    /// Row numbers in a random order, the share set aside rounded to the nearest and spread over the classes by their sizes: what
    /// rounding down leaves goes to the classes with the largest parts of a row left (Hamilton's method), between equals by the seed.
    /// Each class is learned from, so one of a single row is not set aside; only where all are such, one is all the same.
    /// </summary>
    public static (int[] Train, int[] Held) Stratified(ReadOnlySpan<int> labels, double share, long seed)
    {
        Require(labels.Length, share);
        var random = new Seeded(seed);
        var (distinct, positions) = Classifier.Encode(labels);
        var members = Enumerable.Range(0, distinct.Length).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < positions.Length; row++)
            members[positions[row]].Add(row);
        foreach (var rows in members)
            random.Shuffle<int>(CollectionsMarshal.AsSpan(rows));
        var aside = Allot(Array.ConvertAll(members, m => m.Count), share, seed);
        var (train, held) = (new List<int>(), new List<int>());
        for (var c = 0; c < members.Length; c++)
        {
            held.AddRange(members[c][..aside[c]]);
            train.AddRange(members[c][aside[c]..]);
        }
        var (a, b) = (train.ToArray(), held.ToArray());
        random.Shuffle<int>(a);
        random.Shuffle<int>(b);
        return (a, b);
    }

    /// <summary>The values of the chosen rows.</summary>
    public static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = values[rows[i]];
        return taken;
    }

    /// <summary>How many rows of each class are set aside; 1 at least of all, and of a class all but one at most.</summary>
    private static int[] Allot(int[] sizes, double share, long seed)
    {
        const double Rounding = 1e-9;
        var aside = Array.ConvertAll(sizes, s => Math.Min((int)((s * share) + Rounding), s - 1));
        var left = Math.Max(1, (int)Math.Round(sizes.Sum() * share)) - aside.Sum();
        var order = new Seeded(seed).Permutation(sizes.Length)
            .Where(c => aside[c] < sizes[c] - 1)
            .OrderByDescending(c => Math.Round((sizes[c] * share) - aside[c], 9));
        foreach (var c in order.Take(left).ToArray())
            aside[c]++;
        if (aside.Sum() == 0)
            aside[0] = 1;
        return aside;
    }

    private static void Require(int rows, double share)
    {
        if (rows < 2)
            throw new BadInputException($"{rows} rows cannot be parted in two.");
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share set aside lies between 0 and 1.");
    }
}
