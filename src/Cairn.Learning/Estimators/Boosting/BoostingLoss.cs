namespace Cairn.Learning;

/// <summary>What boosting lowers: a loss over raw scores, by output then row.</summary>
internal abstract class BoostingLoss
{
    /// <summary>Scores per row.</summary>
    public abstract int Outputs { get; }

    /// <summary>The score that every row begins with, per output.</summary>
    public abstract double[] Baseline();

    /// <summary>
    /// What first derivatives are measured in, so that gains do not depend on the target's unit: 1 where they have none.
    /// </summary>
    public virtual double Unit => 1;

    /// <summary>First and second derivatives of the loss by one output's scores; the second are never negative.</summary>
    public abstract void Gradients(double[][] scores, int output, Span<double> first, Span<double> second);

    /// <summary>The mean loss.</summary>
    public abstract double Mean(double[][] scores);
}
