using System.Collections.Immutable;

namespace Cairn.Models;

public sealed record RouteStatus(string Name, ImmutableArray<ModelStatus> Models);
