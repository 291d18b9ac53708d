namespace Cairn.Learning;

/// <summary>Naive Bayes over counts, such as those of words in a text: <paramref name="smoothing"/> is added to every count.</summary>
public sealed class MultinomialNaiveBayes(double smoothing = 1) : Classifier
{
    private double[] logPriors = [];
    private double[][] logShares = [];

    private protected override void Require(Features features)
    {
        var sparse = features.Sparse;
        for (var row = 0; row < features.Rows; row++)
        {
            var values = sparse.RowValues(row);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] >= 0)
                    continue;
                var name = features.NameOf(sparse.RowIndices(row)[i]);
                throw new BadInputException(
                    $"MultinomialNaiveBayes: column '{name}', row {row} is {values[i]}; counts are 0 or more.")
                {
                    Column = name,
                    Row = row,
                };
            }
        }
    }

    private protected override void Learn(Features features, int[] labels, int count)
    {
        if (!(smoothing > 0) || double.IsInfinity(smoothing))
            throw new ArgumentException($"The smoothing is {smoothing}; it is above 0.");
        var sparse = features.Sparse;
        var sums = new double[count][];
        for (var k = 0; k < count; k++)
            sums[k] = new double[features.Columns];
        logPriors = new double[count];
        for (var row = 0; row < labels.Length; row++)
        {
            logPriors[labels[row]]++;
            var values = sparse.RowValues(row);
            for (var i = 0; i < values.Length; i++)
                sums[labels[row]][sparse.RowIndices(row)[i]] += values[i];
        }
        logPriors = Array.ConvertAll(logPriors, c => Math.Log(c / labels.Length));
        logShares = Array.ConvertAll(sums, s =>
        {
            var total = Math.Log(s.Sum() + (smoothing * s.Length));
            return Array.ConvertAll(s, v => Math.Log(v + smoothing) - total);
        });
    }

    private protected override NdArray<double> Probabilities(Features features)
    {
        var sparse = features.Sparse;
        var probabilities = NdArray.Zeros<double>(features.Rows, logPriors.Length);
        for (var row = 0; row < features.Rows; row++)
        {
            var target = probabilities.Row(row);
            var (from, to) = (sparse.Starts[row], sparse.Starts[row + 1]);
            for (var k = 0; k < target.Length; k++)
            {
                target[k] = logPriors[k];
                for (var i = from; i < to; i++)
                    target[k] += sparse.Values[i] * logShares[k][sparse.Indices[i]];
            }
            LogShares.ToShares(target);
        }
        return probabilities;
    }

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        state.Value("smoothing", ref smoothing);
        state.Numbers("logPriors", ref logPriors);
        state.Lists("logShares", ref logShares);
        state.Require(logPriors.Length == count && logShares.Length == count && logShares.All(s => s.Length == columns),
            "priors and shares are not one per class and column");
    }
}
