using System.Collections.Concurrent;

namespace Cairn.Knowledge;

/// <summary>One ingestion of a source at a time in this process: two would count each other's documents.</summary>
internal sealed class SourceLocks
{
    private readonly ConcurrentDictionary<(string Tenant, string Source), SemaphoreSlim> _locks = new();

    public async Task<IDisposable> EnterAsync(string tenant, string source, CancellationToken cancellationToken)
    {
        var semaphore = _locks.GetOrAdd((tenant, source), _ => new SemaphoreSlim(1));
        await semaphore.WaitAsync(cancellationToken);
        return new Held(semaphore);
    }

    private sealed class Held(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
