namespace Cairn.Learning;

/// <summary>Ways to part rows for cross-validation.</summary>
public static class Folds
{
    /// <summary>Each row is judged once, in a random order.</summary>
    public static IReadOnlyList<Fold> Random(int rows, int count = 5, long seed = 0)
    {
        Require(rows, count, "rows");
        return Of(new Seeded(seed).Permutation(rows).Select((row, i) => (row, i % count)), rows, count);
    }

    /// <summary>Each fold has each class by its share.</summary>
    /// <exception cref="BadInputException">A class has fewer rows than there are folds.</exception>
    public static IReadOnlyList<Fold> Stratified(ReadOnlySpan<int> labels, int count = 5, long seed = 0)
    {
        Require(labels.Length, count, "rows");
        var (distinct, positions) = Classifier.Encode(labels);
        var random = new Seeded(seed);
        var assigned = new List<(int, int)>();
        for (var c = 0; c < distinct.Length; c++)
        {
            var members = Enumerable.Range(0, positions.Length).Where(i => positions[i] == c).ToArray();
            if (members.Length < count)
                throw new BadInputException($"stratified folds: class {distinct[c]} has {members.Length} rows, fewer than {count} folds.");
            random.Shuffle<int>(members);
            // Going on where the last class ended keeps the folds' sizes within one row of each other.
            foreach (var row in members)
                assigned.Add((row, assigned.Count % count));
        }
        return Of(assigned, labels.Length, count);
    }

    /// <summary>Rows of one group (a customer, a document) are never parted: what is judged comes from groups not learned from.</summary>
    public static IReadOnlyList<Fold> Grouped(ReadOnlySpan<int> groups, int count = 5)
    {
        var (distinct, positions) = Classifier.Encode(groups);
        Require(distinct.Length, count, "groups");
        var sizes = new int[distinct.Length];
        foreach (var position in positions)
            sizes[position]++;
        var (loads, foldOf) = (new int[count], new int[distinct.Length]);
        // The largest group goes to the fold with the fewest rows.
        foreach (var g in Enumerable.Range(0, sizes.Length).OrderByDescending(g => sizes[g]))
        {
            foldOf[g] = Array.IndexOf(loads, loads.Min());
            loads[foldOf[g]] += sizes[g];
        }
        return Of(positions.Select((g, row) => (row, foldOf[g])), groups.Length, count);
    }

    /// <summary>Rows in the order of time: each fold learns from what came before what it is judged by.</summary>
    public static IReadOnlyList<Fold> Time(int rows, int count = 5)
    {
        Require(rows, count + 1, "rows");
        var size = rows / (count + 1);
        return [.. Enumerable.Range(0, count).Select(i => rows - ((count - i) * size)).Select(start => new Fold(
            [.. Enumerable.Range(0, start)], [.. Enumerable.Range(start, size)]))];
    }

    private static Fold[] Of(IEnumerable<(int Row, int Fold)> assigned, int rows, int count)
    {
        var foldOf = new int[rows];
        foreach (var (row, fold) in assigned)
            foldOf[row] = fold;
        return [.. Enumerable.Range(0, count).Select(f => new Fold(
            [.. Enumerable.Range(0, rows).Where(r => foldOf[r] != f)], [.. Enumerable.Range(0, rows).Where(r => foldOf[r] == f)]))];
    }

    private static void Require(int have, int count, string what)
    {
        OptionBounds.AtLeast(2, count, "the number of folds");
        if (have < count)
            throw new BadInputException($"folds: {have} {what} cannot be parted {count} times.");
    }
}
