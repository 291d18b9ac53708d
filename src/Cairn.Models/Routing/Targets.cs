using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>The one <see cref="Target"/> of every model that was named. Callers choose names, so beyond a thousand new ones are not remembered.</summary>
internal sealed class Targets(ModelsDeclaration models, IUpstreams upstreams, TimeProvider time)
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<ModelName, Target> _targets = new();
    private readonly ConcurrentDictionary<string, Circuit> _providers = new(StringComparer.Ordinal);

    public IEnumerable<Target> All => _targets.Values;

    public Target this[ModelName name] => _targets.TryGetValue(name, out var known) ? known : Add(name);

    private Target Add(ModelName name)
    {
        var limits = models.Providers.FirstOrDefault(p => p.Name == name.Provider)?.Limits ?? TimeLimits.Default;
        // Only a declared provider's name comes here, so these are few.
        var provider = _providers.GetOrAdd(name.Provider, _ => new Circuit(time));
        var target = new Target(name, provider, limits, upstreams, time);
        return _targets.Count < Most ? _targets.GetOrAdd(name, target) : target;
    }
}
