using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>
/// The workspace's catalogue over the one that ships, field by field: an entry that gives only prices keeps what is known of the model's
/// context. Nothing is parsed before the first question.
/// </summary>
public sealed class ModelCatalog : IModelCatalog
{
    private const int MostKnown = 10_000;

    private volatile ConcurrentDictionary<ModelName, ModelFacts?> _known = new();
    private readonly Lazy<CatalogEntries> _workspace;
    private readonly Lazy<CatalogEntries> _shipped;
    private readonly Func<string, string?> _hostOf;

    /// <param name="hostOf">The host of a provider's address; null when it has none.</param>
    public ModelCatalog(IReadOnlyList<CatalogEntry> workspace, Func<IReadOnlyList<CatalogEntry>> shipped, Func<string, string?> hostOf)
    {
        _workspace = new(() => new(workspace));
        _shipped = new(() => new(shipped()));
        _hostOf = hostOf;
    }

    public ModelFacts? Find(ModelName model)
    {
        // Who looked before the providers were replaced keeps it where nobody reads any more.
        var all = _known;
        if (all.TryGetValue(model, out var known))
            return known;
        var host = _hostOf(model.Provider);
        var facts = Look(model, host);
        // Where a provider is may become known later, with its key; callers choose names, so there is a bound.
        if (host is not null && all.Count < MostKnown)
            all[model] = facts;
        return facts;
    }

    /// <summary>Providers may be elsewhere from now on.</summary>
    internal void Forget() => _known = new();

    private ModelFacts? Look(ModelName model, string? host)
    {
        var own = _workspace.Value.Find(model.Provider, host, model.Model);
        var shipped = _shipped.Value.Find(model.Provider, host, model.Model);
        if (own is null || shipped is null)
            return own ?? shipped;
        return new()
        {
            ContextWindow = own.ContextWindow ?? shipped.ContextWindow,
            MaxOutput = own.MaxOutput ?? shipped.MaxOutput,
            Abilities = own.Abilities == ModelAbilities.None ? shipped.Abilities : own.Abilities,
            Prices = own.Prices.IsEmpty ? shipped.Prices : own.Prices,
        };
    }
}
