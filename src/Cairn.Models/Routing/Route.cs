namespace Cairn.Models;

/// <summary>A route, or a model named by itself, ready to be called.</summary>
internal sealed class Route(string name, RouteDeclaration declaration, Target[] targets)
{
    public string Name { get; } = name;

    /// <summary>Its name where <c>cairn.yaml</c> declares it; null for a model that a caller named itself.</summary>
    public string? Declared { get; init; } = name;

    public RouteDeclaration Declaration { get; } = declaration;

    /// <summary>As declared, one for each of <see cref="RouteDeclaration.Targets"/>.</summary>
    public Target[] Targets { get; } = targets;

    /// <summary>Under what its replies are kept: another name once other models, or others of the same name, answer for it.</summary>
    public string CacheName { get; } = $"{name} {string.Join(' ', targets.Select(t => t.Number))}";

    private readonly string[] _tags = [.. declaration.Shares.Values.SelectMany(s => s.Tags).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)];

    public RouteShare[] Shares { get; } = [.. declaration.Targets.Select(t => declaration.Shares.GetValueOrDefault(t, RouteShare.Usual))];

    /// <summary>Those of a caller's tags by which this route chooses, each once and in one order.</summary>
    public IReadOnlyList<string> TagsOf(CallOrigin origin)
        => _tags.Length == 0 || origin.Tags.IsEmpty ? [] : [.. _tags.Where(t => origin.Tags.Contains(t))];

    /// <summary>Nothing but the order decides.</summary>
    public bool IsPlain { get; } = declaration.Strategy == RouteStrategy.Ordered && !declaration.Sticky && declaration.Shares.IsEmpty;
}
