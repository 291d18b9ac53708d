using System.Collections.Immutable;

namespace Cairn.Server;

internal sealed record BoxesResponse(ImmutableArray<Box> Boxes);
