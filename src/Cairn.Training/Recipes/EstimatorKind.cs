using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>A kind of estimator that a recipe can name.</summary>
public sealed record EstimatorKind
{
    public required string Name { get; init; }

    public ImmutableArray<EstimatorOption> Options { get; init; } = [];

    /// <summary>Whether missing numbers may stay missing.</summary>
    public bool TakesMissing { get; init; }

    /// <summary>Whether it compares columns' units, so that they are scaled unless the recipe says otherwise.</summary>
    public bool WantsScale { get; init; }

    /// <summary>
    /// Whether it learns round by round, each of which leaves a whole model: such a fit can be stopped early and goes on after a crash.
    /// </summary>
    public bool HasRounds { get; init; }

    /// <summary>How many times the training rows lie in memory while it learns, roughly; for the estimate before it.</summary>
    internal double Copies { get; init; } = 4;

    internal Func<OptionValues, Classifier>? Classifier { get; init; }

    internal Func<OptionValues, Regressor>? Regressor { get; init; }

    /// <summary>Whether it can do the task.</summary>
    public bool Does(TaskKind task) => task == TaskKind.Classify ? Classifier is not null : Regressor is not null;
}
