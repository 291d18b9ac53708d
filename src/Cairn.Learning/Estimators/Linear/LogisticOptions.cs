namespace Cairn.Learning;

/// <summary>How logistic regression is penalised and how long it searches.</summary>
public sealed record LogisticOptions
{
    /// <summary>The weight of half the squared coefficients beside the summed loss: what others call 1 / C. Intercepts are free.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>The weight of the absolute coefficients beside the summed loss; above 0 some become exactly 0.</summary>
    public double L1 { get; init; }

    public bool Intercept { get; init; } = true;

    public int MaxIterations { get; init; } = 200;

    /// <summary>Ends when no part of the slope of the mean loss is steeper than this.</summary>
    public double Tolerance { get; init; } = 1e-6;
}
