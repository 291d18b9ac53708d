using System.Collections.Concurrent;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>
/// The answers that are being made over streams, and for a while those that are whole. They live in this process only: what outlives it is
/// the saved turn.
/// </summary>
internal sealed class LiveAnswers(IAnswers answers, IIdentifiers identifiers, TimeProvider time, ILogger<LiveAnswers> log)
    : IAsyncDisposable
{
    /// <summary>How long an answer goes on being made when everybody's connection to it is lost.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>How long a whole answer can still be picked up.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, LiveAnswer> _live = new(StringComparer.Ordinal);

    /// <returns>The answer once there is something to tell of it, and whoever asked attached to it.</returns>
    /// <exception cref="CairnException">The question cannot be asked.</exception>
    public async Task<(LiveAnswer Answer, IDisposable Follower)> StartAsync(
        Principal caller, AskRequest request, CancellationToken cancellationToken)
    {
        var live = new LiveAnswer(identifiers.New(), caller, answers, request, Grace, time, log);
        _live[live.Id] = live;
        var follower = live.Attach();
        try
        {
            await live.BegunAsync(cancellationToken);
        }
        catch
        {
            follower.Dispose();
            live.Stop();
            _live.TryRemove(live.Id, out _);
            throw;
        }
        _ = ForgetAsync(live);
        return (live, follower);
    }

    /// <summary>An answer that this caller asked for; nobody else's is found.</summary>
    public LiveAnswer Get(Principal caller, string id)
        => _live.TryGetValue(id, out var live) && live.Caller.Tenant == caller.Tenant && live.Caller.User == caller.User
            && live.Caller.IsOwner == caller.IsOwner
            ? live
            : throw new CairnException(ErrorKind.NotFound, "answer.unknown",
                "There is no such answer of yours on its way; a whole one can be picked up for two minutes.",
                "Ask again, or look into your conversations.");

    public async ValueTask DisposeAsync()
    {
        foreach (var live in _live.Values)
            await live.DisposeAsync();
    }

    private async Task ForgetAsync(LiveAnswer live)
    {
        await live.Made;
        await Task.Delay(Kept, time);
        if (_live.TryRemove(live.Id, out _))
            await live.DisposeAsync();
    }
}
