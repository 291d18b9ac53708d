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

    /// <summary>The same with each class in both parts by its share; a class of one row is learned from.</summary>
    public static (int[] Train, int[] Held) Stratified(ReadOnlySpan<int> labels, double share, long seed)
    {
        Require(labels.Length, share);
        var random = new Seeded(seed);
        var (distinct, positions) = Classifier.Encode(labels);
        var (train, held) = (new List<int>(), new List<int>());
        for (var c = 0; c < distinct.Length; c++)
        {
            var members = Enumerable.Range(0, positions.Length).Where(i => positions[i] == c).ToArray();
            random.Shuffle<int>(members);
            var aside = Math.Min((int)Math.Round(members.Length * share), members.Length - 1);
            held.AddRange(members.AsSpan(0, aside));
            train.AddRange(members.AsSpan(aside));
        }
        if (held.Count == 0)
        {
            held.Add(train[^1]);
            train.RemoveAt(train.Count - 1);
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

    private static void Require(int rows, double share)
    {
        if (rows < 2)
            throw new BadInputException($"{rows} rows cannot be parted in two.");
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share set aside lies between 0 and 1.");
    }
}
