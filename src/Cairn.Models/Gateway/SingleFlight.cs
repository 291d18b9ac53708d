using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>Lets equal calls that come while one is under way wait for it instead of asking the same again.</summary>
internal sealed class SingleFlight
{
    private readonly ConcurrentDictionary<ReplyKey, Shared> _flights = new();

    /// <param name="landed">The flight that was waited for in vain: those who waited share the next one.</param>
    public Flight Join(ReplyKey key, Landing landed) => new(this, key, landed.Next ?? _flights.GetOrAdd(key, static _ => new()));

    /// <summary>How a flight ended.</summary>
    /// <param name="Whole">There was a reply; when the cache has none all the same, it cannot be kept.</param>
    /// <param name="Failure">Why there was no reply; null where its caller left.</param>
    /// <param name="Next">Where there was no reply: what all who waited go on with, so that one of them asks, however late the others
    /// wake.</param>
    public readonly record struct Landing(bool Whole, CairnException? Failure, Shared? Next);

    /// <summary>What one asks and others wait for.</summary>
    public sealed class Shared
    {
        private int _led;

        public TaskCompletionSource<Landing> Landing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>True for the first who asks for it.</summary>
        public bool Lead() => Interlocked.Exchange(ref _led, 1) == 0;
    }

    /// <summary>The one that leads lands when it is disposed, well or not.</summary>
    public sealed class Flight(SingleFlight flights, ReplyKey key, Shared shared) : IDisposable
    {
        private bool _whole;
        private CairnException? _failure;

        public bool Leads { get; } = shared.Lead();

        public Task<Landing> WaitAsync(CancellationToken cancellationToken) => shared.Landing.Task.WaitAsync(cancellationToken);

        public void Succeeded() => _whole = true;

        public void Failed(CairnException failure) => _failure = failure;

        public void Dispose()
        {
            if (!Leads)
                return;
            flights._flights.TryRemove(new(key, shared));
            shared.Landing.TrySetResult(new(_whole, _failure, _whole ? null : new()));
        }
    }
}
