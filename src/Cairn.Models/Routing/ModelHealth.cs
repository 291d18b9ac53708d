using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>
/// Remembers failures per model: after three in a row it rests for 30 seconds, then a single call tries it again. So a question does not
/// wait for a time limit that the last ones already ran into.
/// </summary>
internal sealed class ModelHealth(TimeProvider time)
{
    private const int FailuresToRest = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ModelName, State> _states = new();

    /// <summary>How long the model still rests; null when it may be called. Saying yes after a rest counts as the one try.</summary>
    public TimeSpan? Enter(ModelName model)
    {
        if (!_states.TryGetValue(model, out var state))
            return null;
        lock (state)
        {
            if (state.Failures < FailuresToRest)
                return null;
            var left = state.Until - time.GetUtcNow();
            if (left > TimeSpan.Zero)
                return left;
            state.Until = time.GetUtcNow() + Rest;
            return null;
        }
    }

    public TimeSpan? RestOf(ModelName model)
    {
        if (!_states.TryGetValue(model, out var state))
            return null;
        lock (state)
            return state.Failures >= FailuresToRest && state.Until > time.GetUtcNow() ? state.Until - time.GetUtcNow() : null;
    }

    public void Succeeded(ModelName model) => _states.TryRemove(model, out _);

    public void Failed(ModelName model)
    {
        var state = _states.GetOrAdd(model, _ => new State());
        lock (state)
        {
            state.Failures++;
            state.Until = time.GetUtcNow() + Rest;
        }
    }

    private sealed class State
    {
        public int Failures { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
