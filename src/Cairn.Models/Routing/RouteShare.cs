using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>When a model of a route is chosen.</summary>
/// <param name="Weight">Its share under <see cref="RouteStrategy.Weighted"/>.</param>
public sealed record RouteShare(int Weight = 1)
{
    public static RouteShare Usual { get; } = new();

    /// <summary>When not empty, it serves only calls that carry one of these tags, and serves them first.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
