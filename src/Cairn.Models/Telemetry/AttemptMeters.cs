using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>
/// The attempts of each route, provider and model. Callers may name models that nobody declared, so these are counted apart only once they
/// have answered, and only so many of
/// them: the rest of a provider's stand under one name.
/// </summary>
internal sealed class AttemptMeters
{
    public const string Others = "_other";

    private const int Most = 500;

    private readonly ConcurrentDictionary<AttemptKey, AttemptMeter> _meters = new();

    public IEnumerable<KeyValuePair<AttemptKey, AttemptMeter>> All
        => _meters.OrderBy(m => m.Key.Route, StringComparer.Ordinal).ThenBy(m => m.Key.Provider, StringComparer.Ordinal)
            .ThenBy(m => m.Key.Model, StringComparer.Ordinal)
            .ThenBy(m => m.Key.Operation, StringComparer.Ordinal);

    public void Add(CallRecord call, AttemptRecord attempt)
    {
        var key = new AttemptKey(call.Route ?? "", attempt.Operation ?? call.Operation, attempt.Model.Provider, attempt.Model.Model);
        if (!_meters.TryGetValue(key, out var meter))
        {
            var apart = _meters.Count < Most && (call.Route is not null || attempt.Error is null);
            meter = _meters.GetOrAdd(apart ? key : key with { Model = Others }, static _ => new());
        }
        meter.Add(attempt);
    }
}
