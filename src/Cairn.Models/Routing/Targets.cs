using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>
/// The one <see cref="Target"/> of every model that was named. Callers choose names, so beyond a thousand new ones are not remembered.
/// </summary>
internal sealed class Targets(ModelsInForce models, IUpstreams upstreams, TimeProvider time)
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<ModelName, Target> _targets = new();
    private readonly ConcurrentDictionary<string, Circuit> _providers = new(StringComparer.Ordinal);
    private long _made;

    public IEnumerable<Target> All => _targets.Values;

    public Target this[ModelName name] => _targets.TryGetValue(name, out var known) ? known : Add(name);

    /// <summary>What was known of the models of these providers; calls on their way keep it.</summary>
    public void Forget(IReadOnlySet<string> providers)
    {
        foreach (var provider in providers)
            _providers.TryRemove(provider, out _);
        foreach (var name in _targets.Keys.Where(n => providers.Contains(n.Provider)))
            _targets.TryRemove(name, out _);
    }

    private Target Add(ModelName name)
    {
        var limits = models.Now.Providers.FirstOrDefault(p => p.Name == name.Provider)?.Limits ?? TimeLimits.Default;
        // Only a declared provider's name comes here, so these are few.
        var provider = _providers.GetOrAdd(name.Provider, _ => new Circuit(time));
        var target = new Target(name, provider, limits, upstreams, time) { Number = Interlocked.Increment(ref _made) };
        return _targets.Count < Most ? _targets.GetOrAdd(name, target) : target;
    }
}
