namespace Cairn.Learning;

/// <summary>How lasso and elastic net are penalised.</summary>
public sealed record LassoOptions
{
    /// <summary>The weight of the penalty beside half the mean squared error.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>
    /// The share of the penalty on absolute coefficients; the rest is on half their squares. 1 is the lasso, less is the elastic net.
    /// </summary>
    public double L1Share { get; init; } = 1;

    public bool Intercept { get; init; } = true;

    /// <summary>Rounds over the columns at most.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Ends when the duality gap is below this share of the squared targets.</summary>
    public double Tolerance { get; init; } = 1e-4;

    internal void Validate()
    {
        if (!(Penalty >= 0) || double.IsInfinity(Penalty) || L1Share is not (>= 0 and <= 1))
            throw new ArgumentException(
                $"The penalty is {Penalty} with an L1 share of {L1Share}; the one is 0 or more, the other from 0 to 1.");
    }
}
