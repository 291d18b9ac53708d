using System.Runtime.CompilerServices;
using Cairn.Storage;

namespace Cairn.Knowledge.Tests;

/// <summary>Documents and the feed that announces them, in memory; what the database would say.</summary>
internal sealed class FakePassageStore : IPassageStore, IChangeFeed
{
    private readonly Lock _lock = new();
    private readonly List<Change> _changes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Dictionary<(string Tenant, string Document), DocumentPassages> Documents { get; } = [];

    /// <summary>How often the whole corpus was read.</summary>
    public int Rebuilds { get; private set; }

    public Exception? Failure { get; set; }

    public long Put(DocumentPassages document)
    {
        lock (_lock)
        {
            Documents[(document.Tenant, document.Document)] = document;
            return Announce(document.Tenant, IPassageStore.Topic, document.Document);
        }
    }

    public long Announce(string tenant, string topic, string entity)
    {
        lock (_lock)
        {
            _changes.Add(new Change(_changes.Count + 1, tenant, topic, entity));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _changes.Count;
        }
    }

    public Task<IReadOnlyList<Passage>> PassagesAsync(string tenant, string document, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        lock (_lock)
            return Task.FromResult(Documents.TryGetValue((tenant, document), out var found) ? found.Passages : []);
    }

    public async IAsyncEnumerable<DocumentPassages> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Rebuilds++;
        List<DocumentPassages> all;
        lock (_lock)
            all = [.. Documents.Values];
        foreach (var document in all)
            yield return await Task.FromResult(document);
    }

    public Task<IReadOnlyList<Passage>> ReadAsync(Principal caller, IReadOnlyList<long> passages, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var readable = Documents.Values.Where(d => d.Tenant == caller.Tenant).SelectMany(d => d.Passages)
                .Where(p => p.Access.Allows(caller)).ToDictionary(p => p.Id);
            return Task.FromResult<IReadOnlyList<Passage>>([.. passages.Where(readable.ContainsKey).Select(p => readable[p])]);
        }
    }

    Task<IReadOnlyList<Change>> IChangeFeed.ReadAsync(string topic, long after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<Change>>([.. _changes.Where(c => c.Topic == topic && c.Sequence > after).Take(limit)]);
    }

    /// <summary>What the reader said that it need not see again.</summary>
    public long Passed { get; private set; }

    /// <summary>Each of them, with the number of times that the corpus had been read by then.</summary>
    public List<(int Rebuilds, long Position)> PassedAtRebuilds { get; } = [];

    public Task PassedAsync(string reader, long position, CancellationToken cancellationToken)
    {
        Passed = position;
        PassedAtRebuilds.Add((Rebuilds, position));
        return Task.CompletedTask;
    }

    public Task<long> PruneAsync(DateTimeOffset alive, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult((long)_changes.Count);
    }

    public Task<Change?> FindAsync(long sequence, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_changes.Find(c => c.Sequence == sequence));
    }

    public async Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_changes.Count > after)
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }
}
