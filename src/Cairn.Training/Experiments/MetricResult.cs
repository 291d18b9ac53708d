namespace Cairn.Training;

/// <summary>A metric on the rows kept from training, with its 95 % interval by bootstrap over those rows.</summary>
public sealed record MetricResult(string Name, double Value, double Lower, double Upper, bool HigherIsBetter);
