namespace Cairn.Learning;

/// <summary>How a network of fully connected layers learns a table (AdamW, mean loss over batches).</summary>
public sealed record PerceptronOptions
{
    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Units of each hidden layer.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Passes over the rows.</summary>
    public int Epochs { get; init; } = 50;

    public int BatchSize { get; init; } = 64;

    public double LearningRate { get; init; } = 1e-3;

    public double WeightDecay { get; init; } = 0.01;

    /// <summary>
    /// Stop when the loss on rows set aside has not fallen for this many epochs, and keep the best epoch; null learns every epoch from
    /// every row and keeps the last.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>The share of rows set aside for early stopping.</summary>
    public double ValidationShare { get; init; } = 0.1;

    public long Seed { get; init; }

    internal void Validate()
    {
        if (Layers is < 1 or > 100 || Width < 1 || Epochs < 1 || BatchSize < 1)
            throw new ArgumentException(
                $"A network of {Layers} layers of {Width} units over {Epochs} epochs of batches of {BatchSize} cannot be; each is at least 1.");
        if (!(LearningRate > 0) || double.IsInfinity(LearningRate) || !(WeightDecay >= 0) || double.IsInfinity(WeightDecay))
            throw new ArgumentException(
                $"The learning rate is {LearningRate} and the decay {WeightDecay}; the one is above 0, the other 0 or more.");
        if (Patience is < 1 || (Patience is not null && ValidationShare is not (> 0 and < 1)))
            throw new ArgumentException("Early stopping needs a patience of at least 1 epoch and a validation share between 0 and 1.");
    }
}
