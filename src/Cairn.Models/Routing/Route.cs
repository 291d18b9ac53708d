namespace Cairn.Models;

/// <summary>A route, or a model named by itself, ready to be called.</summary>
internal sealed class Route(string name, RouteDeclaration declaration, Target[] targets)
{
    public string Name { get; } = name;

    public RouteDeclaration Declaration { get; } = declaration;

    /// <summary>As declared, one for each of <see cref="RouteDeclaration.Targets"/>.</summary>
    public Target[] Targets { get; } = targets;

    public RouteShare[] Shares { get; } = [.. declaration.Targets.Select(t => declaration.Shares.GetValueOrDefault(t, RouteShare.Usual))];

    /// <summary>Nothing but the order decides.</summary>
    public bool IsPlain { get; } = declaration.Strategy == RouteStrategy.Ordered && !declaration.Sticky && declaration.Shares.IsEmpty;
}
