using System.Collections.Concurrent;

namespace Cairn.Models;

/// <param name="shared">Several servers may share the limits: then each begins with none and is given its parts by
/// <see cref="LimitShares"/>.</param>
internal sealed class CallLimits(LimitsDeclaration declaration, TimeProvider time, bool shared) : ICallLimits, IDisposable
{
    /// <summary>
    /// Callers choose names, so the pace of models beyond it is not remembered; declared limits hold for them all the same.
    /// </summary>
    private const int MostModels = 1000;

    private const string Visitors = "visitors";

    private readonly ConcurrentDictionary<string, LimitMeter> _meters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ModelName, (LimitMeter[] Meters, ProviderPace Pace)> _providers = new();
    private readonly CallGate _callers = new("limit.caller", declaration, time);
    private readonly CallGate _models = new("limit.provider", declaration, time);

    /// <summary>A limit was met for the first time; whoever shares it out may wake.</summary>
    public event Action? MeterAdded;

    public IEnumerable<LimitMeter> Meters => _meters.Values;

    public CallGate GateOf(LimitMeter meter) => meter.Rule.For is null ? _models : _callers;

    public ValueTask<ICallLease> EnterAsync(CallOrigin origin, CallUsage expected, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var rule in declaration.Rules)
            count += rule.For?.Covers(origin) == true ? 1 : 0;
        if (count == 0)
            return new(NoLease.Instance);
        var meters = new LimitMeter[count];
        foreach (var rule in declaration.Rules)
        {
            if (rule.For?.Covers(origin) == true)
                meters[--count] = Meter(rule, origin.Caller.Tenant,
                    rule.Each ? $"{rule.Name} each {origin.Caller.User ?? Visitors}" : rule.Name);
        }
        return _callers.EnterAsync(CallerOf(origin), meters, null, expected, cancellationToken);
    }

    public ValueTask<ICallLease> EnterAsync(ModelName model, CallOrigin origin, CallUsage expected, CancellationToken cancellationToken)
    {
        var (meters, pace) = _providers.TryGetValue(model, out var known) ? known : AddProvider(model);
        return _models.EnterAsync(CallerOf(origin), meters, pace, expected, cancellationToken);
    }

    public void Dispose()
    {
        _callers.Dispose();
        _models.Dispose();
    }

    private static string CallerOf(CallOrigin origin) => origin.Caller.User ?? origin.Key ?? Visitors;

    private (LimitMeter[] Meters, ProviderPace Pace) AddProvider(ModelName model)
    {
        (LimitMeter[] Meters, ProviderPace Pace) made = ([.. declaration.Rules.Where(r => r.Provider == model.Provider
            || r.Provider == model.ToString()).Select(r => Meter(r, "", r.Name))], new());
        return _providers.Count < MostModels ? _providers.GetOrAdd(model, made) : made;
    }

    private LimitMeter Meter(LimitRule rule, string tenant, string name)
    {
        var key = $"{tenant} {name}";
        if (_meters.TryGetValue(key, out var known))
            return known;
        var meter = _meters.GetOrAdd(key, new LimitMeter(key, name, rule, shared));
        MeterAdded?.Invoke();
        return meter;
    }
}
