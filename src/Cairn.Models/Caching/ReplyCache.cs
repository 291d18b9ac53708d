using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>
/// Replies in memory, bounded in bytes. Who stays is decided by S3-FIFO (Yang et al., SOSP 2023): a new reply waits in a small queue, and
/// only one that is asked for again there moves to the main one, so a stream of questions asked once cannot wash the useful ones out.
/// </summary>
internal sealed class ReplyCache(CacheDeclaration declaration, TimeProvider time) : IReplyCache
{
    /// <summary>What an entry takes beside its body.</summary>
    private const int Overhead = 256;

    private readonly ConcurrentDictionary<ReplyKey, Entry> _entries = new();
    private readonly Queue<Entry> _small = new();
    private readonly Queue<Entry> _main = new();
    private readonly Queue<ReplyKey> _ghosts = new();
    private readonly HashSet<ReplyKey> _ghostKeys = [];
    private readonly Lock _lock = new();
    private int _count;
    private long _smallBytes;
    private long _mainBytes;

    /// <summary>Bytes held now.</summary>
    public long Bytes => Interlocked.Read(ref _smallBytes) + Interlocked.Read(ref _mainBytes);

    public ReplyKey KeyOf(GatewayRequest request, string route, IReadOnlyList<string> tags) => ReplyKeys.Of(request, route, tags);

    public CachedReply? Find(ReplyKey key)
    {
        if (!_entries.TryGetValue(key, out var entry) || time.GetElapsedTime(entry.Kept) > declaration.Keep)
            return null;
        entry.Asked();
        return entry.Reply;
    }

    public void Keep(ReplyKey key, CachedReply reply)
    {
        // A reply that would take an eighth of the cache is worth less than what it would push out.
        var size = reply.Body.Length + Overhead;
        if (size > declaration.Bytes / 8)
            return;
        lock (_lock)
        {
            var entry = new Entry(key, reply, size, time.GetTimestamp());
            if (_entries.TryGetValue(key, out var older))
                older.IsDead = true;
            else
                _count++;
            _entries[key] = entry;
            if (_ghostKeys.Remove(key))
                Add(_main, ref _mainBytes, entry);
            else
                Add(_small, ref _smallBytes, entry);
            while (Bytes > declaration.Bytes)
                Evict();
        }
    }

    private void Evict()
    {
        if (_smallBytes > declaration.Bytes / 10 || _main.Count == 0)
        {
            var entry = Take(_small, ref _smallBytes);
            if (entry.IsDead)
                return;
            if (entry.WasAsked(atLeast: 1))
            {
                Add(_main, ref _mainBytes, entry);
                return;
            }
            Drop(entry);
            Remember(entry.Key);
        }
        else
        {
            var entry = Take(_main, ref _mainBytes);
            if (!entry.IsDead && entry.Forgive())
                Add(_main, ref _mainBytes, entry);
            else
                Drop(entry);
        }
    }

    private void Drop(Entry entry)
    {
        if (_entries.TryRemove(new(entry.Key, entry)))
            _count--;
    }

    private void Remember(ReplyKey key)
    {
        if (_ghostKeys.Add(key))
            _ghosts.Enqueue(key);
        // The dictionary's own count would take all of its locks.
        while (_ghosts.Count > Math.Max(64, _count))
            _ghostKeys.Remove(_ghosts.Dequeue());
    }

    private static void Add(Queue<Entry> queue, ref long bytes, Entry entry)
    {
        queue.Enqueue(entry);
        Interlocked.Add(ref bytes, entry.Size);
    }

    private static Entry Take(Queue<Entry> queue, ref long bytes)
    {
        var entry = queue.Dequeue();
        Interlocked.Add(ref bytes, -entry.Size);
        return entry;
    }

    private sealed class Entry(ReplyKey key, CachedReply reply, int size, long kept)
    {
        private int _asked;

        public ReplyKey Key => key;

        public CachedReply Reply => reply;

        public int Size => size;

        public long Kept => kept;

        /// <summary>A newer reply has its key.</summary>
        public bool IsDead { get; set; }

        public void Asked()
        {
            // Lost counts do no harm.
            if (_asked < 3)
                _asked++;
        }

        public bool WasAsked(int atLeast) => _asked >= atLeast;

        public bool Forgive() => _asked-- > 0;
    }
}
