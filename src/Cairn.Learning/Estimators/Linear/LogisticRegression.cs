namespace Cairn.Learning;

/// <summary>
/// Logistic regression, binary and multinomial, over dense or sparse features. Small problems are solved in double precision; those of
/// more than a million
/// coefficients in single, which halves what memory has to move.
/// </summary>
public sealed class LogisticRegression(LogisticOptions? options = null) : Classifier, IObservableFit
{
    private const int Large = 1_000_000;
    private LogisticOptions options = options ?? new LogisticOptions();
    private Func<SparseMatrix, double[,]>? score;
    private bool single;

    /// <summary>Outputs by columns: one output for two classes, else one per class.</summary>
    public NdArray<double>? Coefficients { get; private set; }

    /// <summary>One per output.</summary>
    public NdArray<double>? Intercepts { get; private set; }

    public Action<FitRound>? Observer { get; set; }

    /// <summary>Steps of the search.</summary>
    public int Iterations { get; private set; }

    /// <summary>Whether the search ended because the slope was small; if not, more iterations may change the coefficients.</summary>
    public bool Converged { get; private set; }

    private protected override void Learn(Features features, int[] labels, int count)
    {
        if (!(options.L1 >= 0) || !(options.L2 >= 0) || double.IsInfinity(options.L1 + options.L2))
            throw new ArgumentException($"The penalties are L1 {options.L1} and L2 {options.L2}; each is 0 or more.");
        var outputs = count == 2 ? 1 : count;
        if ((long)outputs * features.Columns > Large)
            Search<float>(features.Sparse, labels, outputs);
        else
            Search<double>(features.Sparse, labels, outputs);
    }

    private void Search<T>(SparseMatrix features, int[] labels, int outputs)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var objective = new SoftmaxObjective<T>(features, labels, outputs, options.L2 / labels.Length, options.Intercept);
        var weights = new T[objective.Parameters];
        double[]? l1 = null;
        if (options.L1 > 0)
        {
            l1 = new double[weights.Length];
            l1.AsSpan(0, objective.Columns * objective.Width).Fill(options.L1 / labels.Length);
        }
        var search = new Lbfgs<T>(options.MaxIterations, options.Tolerance)
        {
            OnStep = (step, value) => Observer?.Invoke(new FitRound(step, options.MaxIterations, value, null)),
        };
        search.Minimise(objective.Evaluate, weights, l1);
        (Iterations, Converged) = (search.Iterations, search.Converged);
        Coefficients = NdArray.Zeros<double>(outputs, features.Columns);
        Intercepts = NdArray.Zeros<double>(outputs);
        for (var output = 0; output < outputs; output++)
        {
            for (var column = 0; column < features.Columns; column++)
                Coefficients[output, column] = double.CreateTruncating(weights[(column * objective.Width) + output]);
            Intercepts[output] = double.CreateTruncating(weights[(features.Columns * objective.Width) + output]);
        }
        single = typeof(T) == typeof(float);
        score = new SoftmaxScores<T>(Coefficients, Intercepts).Of;
    }

    private protected override NdArray<double> Probabilities(Features features)
    {
        var scores = score!(features.Sparse);
        var probabilities = NdArray.Zeros<double>(features.Rows, Math.Max(2, scores.GetLength(1)));
        for (var row = 0; row < features.Rows; row++)
        {
            var target = probabilities.Row(row);
            if (scores.GetLength(1) == 1)
            {
                target[1] = 1 / (1 + Math.Exp(-scores[row, 0]));
                target[0] = 1 - target[1];
                continue;
            }
            for (var k = 0; k < target.Length; k++)
                target[k] = scores[row, k];
            System.Numerics.Tensors.TensorPrimitives.Subtract(target, System.Numerics.Tensors.TensorPrimitives.Max<double>(target), target);
            System.Numerics.Tensors.TensorPrimitives.SoftMax(target, target);
        }
        return probabilities;
    }

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        var (coefficients, intercepts, iterations, converged) = (Coefficients, Intercepts?.ToArray() ?? [], Iterations, Converged);
        state.Options("options", ref options, ModelJson.Default.LogisticOptions);
        state.Value("single", ref single);
        state.Value("iterations", ref iterations);
        state.Value("converged", ref converged);
        state.Matrix("coefficients", ref coefficients);
        state.Numbers("intercepts", ref intercepts);
        var outputs = count == 2 ? 1 : count;
        state.Require(coefficients is { Rank: 2 } && coefficients.Shape[0] == outputs && coefficients.Shape[1] == columns
            && intercepts.Length == outputs,
            "the coefficients are not one per class and column");
        (Coefficients, Intercepts, Iterations, Converged) = (coefficients, NdArray.Of<double>(intercepts), iterations, converged);
        score = single ? new SoftmaxScores<float>(Coefficients!, Intercepts).Of : new SoftmaxScores<double>(Coefficients!, Intercepts).Of;
    }
}
