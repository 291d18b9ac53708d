using Cairn.Training;

namespace Cairn.Server;

/// <param name="Svg">The metric of those that ended, with intervals; null where none has it.</param>
internal sealed record ComparisonResponse(IReadOnlyList<Experiment> Experiments, string? Svg);
