using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What each column is worth to a model, on the rows kept from training (Breiman, 2001).</summary>
/// <param name="Metric">The metric that gets worse.</param>
/// <param name="Value">What it is with no column shuffled.</param>
/// <param name="Columns">The most important one first.</param>
public sealed record MeasuredImportance(string Metric, double Value, int Repeats, ImmutableArray<ColumnImportance> Columns);
