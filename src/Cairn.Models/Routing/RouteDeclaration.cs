using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>A route of <c>cairn.yaml</c>: models, and how one of them is chosen.</summary>
public sealed record RouteDeclaration(string Name, ImmutableArray<ModelName> Targets)
{
    /// <summary>Of models for which the file says more than their name.</summary>
    public ImmutableDictionary<ModelName, RouteShare> Shares { get; init; } = ImmutableDictionary<ModelName, RouteShare>.Empty;

    public RouteStrategy Strategy { get; init; }

    /// <summary>
    /// More tries at the same model, after what may pass: overload, a broken connection. Each waits with jitter, or as long as the provider
    /// asks.
    /// </summary>
    public int Retries { get; init; }

    /// <summary>When nothing came after this long, the next model is asked too and the first to begin wins. Both may bill.</summary>
    public TimeSpan? Hedge { get; init; }

    /// <summary>A conversation stays on the model that began it, as long as that one answers.</summary>
    public bool Sticky { get; init; }

    /// <summary>Equal calls of callers with equal rights get the same reply.</summary>
    public bool Cache { get; init; }

    /// <summary>Beside equal calls, those whose last question means the same get the same reply; null: only equal ones.</summary>
    public Similarity? Similar { get; init; }
}
