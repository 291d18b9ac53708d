using Cairn.Models;

namespace Cairn.Server;

internal sealed record TrialsResponse(IReadOnlyList<Trial> Trials);
