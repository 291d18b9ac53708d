using Cairn.Training;

namespace Cairn.Server;

internal sealed record ExperimentsResponse(IReadOnlyList<Experiment> Experiments);
