namespace Cairn.Learning;

/// <summary>What all classifiers do alike: check the input, number the classes from 0, choose the most probable.</summary>
public abstract class Classifier : IClassifier, IStorable
{
    private FittedShape? shape;
    private int[] classes = [];

    private protected Classifier()
    {
    }

    public IReadOnlyList<int> Classes => classes;

    private protected virtual bool AllowsMissing => false;

    private protected bool IsFitted => shape is not null;

    public void Fit(Features features, ReadOnlySpan<int> labels)
    {
        var (fitted, distinct, positions) = Checked(features, labels);
        shape = null;
        Learn(features, positions, distinct.Length);
        classes = distinct;
        shape = fitted;
    }

    /// <summary>Refuses what <see cref="Fit"/> would refuse before it learns, in the same words; learns nothing.</summary>
    /// <exception cref="BadInputException">As <see cref="Fit"/> says it.</exception>
    public void CheckFit(Features features, ReadOnlySpan<int> labels) => Checked(features, labels);

    public int[] Predict(Features features)
    {
        var probabilities = PredictProbability(features);
        var predicted = new int[probabilities.Length];
        for (var row = 0; row < predicted.Length; row++)
            predicted[row] = classes[System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(probabilities.Row(row))];
        return predicted;
    }

    public NdArray<double> PredictProbability(Features features)
    {
        FittedShape.Require(shape, GetType().Name).Check(features, AllowsMissing);
        return Probabilities(features);
    }

    /// <summary>What this kind refuses beside what all do; called before <see cref="Learn"/>.</summary>
    private protected virtual void Require(Features features)
    {
    }

    /// <param name="features">Checked.</param>
    /// <param name="labels">Positions of classes, from 0.</param>
    /// <param name="count">How many classes there are, at least two.</param>
    private protected abstract void Learn(Features features, int[] labels, int count);

    private protected abstract NdArray<double> Probabilities(Features features);

    private (FittedShape Shape, int[] Distinct, int[] Positions) Checked(Features features, ReadOnlySpan<int> labels)
    {
        var name = GetType().Name;
        var fitted = FittedShape.Of(name, features, labels.Length, AllowsMissing);
        var (distinct, positions) = Encode(labels);
        if (distinct.Length < 2)
            throw new BadInputException($"{name}: all {labels.Length} rows are of class {distinct[0]}; it needs at least two classes.");
        Require(features);
        return (fitted, distinct, positions);
    }

    internal static (int[] Distinct, int[] Positions) Encode(ReadOnlySpan<int> labels)
    {
        var set = new SortedSet<int>();
        foreach (var label in labels)
            set.Add(label);
        var distinct = set.ToArray();
        var positions = new int[labels.Length];
        for (var i = 0; i < positions.Length; i++)
            positions[i] = Array.BinarySearch(distinct, labels[i]);
        return (distinct, positions);
    }

    void IStorable.Exchange(ModelState state)
    {
        state.Part("shape", ref shape);
        state.Numbers("classes", ref classes);
        state.Require(shape is not null && classes.Length >= 2 && !classes.Zip(classes.Skip(1)).Any(p => p.First >= p.Second),
            "a classifier has a shape and at least two classes, ascending");
        Exchange(state, FittedShape.Require(shape, GetType().Name).Columns, classes.Length);
    }

    /// <summary>
    /// See <see cref="IStorable.Exchange"/>; reading, <paramref name="columns"/> and <paramref name="count"/> are known already.
    /// </summary>
    private protected abstract void Exchange(ModelState state, int columns, int count);
}
