namespace Cairn.Learning;

/// <summary>How often each actual class (row) was predicted as each class (column); classes in ascending order.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] counts;

    private ConfusionMatrix(int[] classes, int[,] counts)
    {
        Classes = classes;
        this.counts = counts;
    }

    /// <summary>Every class that occurs, actual or predicted, ascending.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>The number of rows of the data.</summary>
    public int Total { get; private init; }

    /// <summary>Counts by position in <see cref="Classes"/>.</summary>
    public int this[int actual, int predicted] => counts[actual, predicted];

    public static ConfusionMatrix Of(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        Pairs.Require("confusion matrix", actual.Length, predicted.Length);
        var distinct = new SortedSet<int>();
        foreach (var label in actual)
            distinct.Add(label);
        foreach (var label in predicted)
            distinct.Add(label);
        var classes = distinct.ToArray();
        var position = new Dictionary<int, int>(classes.Length);
        for (var i = 0; i < classes.Length; i++)
            position[classes[i]] = i;
        var counts = new int[classes.Length, classes.Length];
        for (var i = 0; i < actual.Length; i++)
            counts[position[actual[i]], position[predicted[i]]]++;
        return new ConfusionMatrix(classes, counts) { Total = actual.Length };
    }

    /// <summary>How many rows are of the class at this position.</summary>
    public int Actual(int position)
    {
        var sum = 0;
        for (var j = 0; j < Classes.Count; j++)
            sum += counts[position, j];
        return sum;
    }

    /// <summary>How many rows were predicted as the class at this position.</summary>
    public int Predicted(int position)
    {
        var sum = 0;
        for (var i = 0; i < Classes.Count; i++)
            sum += counts[i, position];
        return sum;
    }
}
