using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>Lets equal calls that come while one is under way wait for it instead of asking the same again.</summary>
internal sealed class SingleFlight
{
    private readonly ConcurrentDictionary<ReplyKey, TaskCompletionSource> _flights = new();

    public Flight Join(ReplyKey key)
    {
        var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flying = _flights.GetOrAdd(key, own);
        return new Flight(this, key, flying, flying == own);
    }

    /// <summary>The one that leads lands when it is disposed, well or not.</summary>
    public sealed class Flight(SingleFlight flights, ReplyKey key, TaskCompletionSource landing, bool leads) : IDisposable
    {
        public bool Leads => leads;

        public Task WaitAsync(CancellationToken cancellationToken) => landing.Task.WaitAsync(cancellationToken);

        public void Dispose()
        {
            if (!leads)
                return;
            flights._flights.TryRemove(key, out _);
            landing.TrySetResult();
        }
    }
}
