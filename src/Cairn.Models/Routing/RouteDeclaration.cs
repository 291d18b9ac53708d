using System.Collections.Immutable;

namespace Cairn.Models;

public sealed record RouteDeclaration(string Name, ImmutableArray<ModelName> Targets);
