using Cairn.Training;

namespace Cairn.Server;

internal sealed record RegistryResponse(IReadOnlyList<RegisteredModel> Models);
