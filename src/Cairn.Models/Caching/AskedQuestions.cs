using System.Numerics.Tensors;

namespace Cairn.Models;

/// <summary>
/// Questions that have been answered, by meaning, bounded in bytes: the oldest go first. Those of different scopes (who asks, and all of
/// the call but its question) never meet. A search compares with each of its scope, so a scope holds a thousand at most.
/// </summary>
internal sealed class AskedQuestions(long bytes)
{
    private const int MostInScope = 1_000;

    /// <summary>What an entry takes beside its vector.</summary>
    private const int Overhead = 256;

    private readonly Dictionary<ReplyKey, List<Entry>> _scopes = [];
    private readonly LinkedList<Entry> _order = [];
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>Bytes held now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>
    /// The nearest question within a distance whose reply <paramref name="find"/> still gives; those whose reply has gone are forgotten.
    /// </summary>
    /// <param name="vector">Of length 1.</param>
    public (CachedReply Reply, double Distance)? Find(ReplyKey scope, float[] vector, double distance, Func<ReplyKey, CachedReply?> find)
    {
        lock (_lock)
        {
            while (_scopes.TryGetValue(scope, out var entries))
            {
                Entry? nearest = null;
                var least = double.PositiveInfinity;
                foreach (var entry in entries)
                {
                    // Another length: the model behind the name has changed.
                    if (entry.Vector.Length == vector.Length && Distance(entry.Vector, vector) is var far && far < least)
                        (nearest, least) = (entry, far);
                }
                if (nearest is null || least > distance)
                    return null;
                if (find(nearest.Reply) is { } reply)
                    return (reply, least);
                Drop(nearest);
            }
            return null;
        }
    }

    /// <param name="vector">Of length 1.</param>
    public void Keep(ReplyKey scope, float[] vector, ReplyKey reply)
    {
        var size = (vector.Length * sizeof(float)) + Overhead;
        if (size > bytes)
            return;
        lock (_lock)
        {
            if (!_scopes.TryGetValue(scope, out var entries))
                _scopes[scope] = entries = [];
            var entry = new Entry(scope, vector, reply, size);
            entries.Add(entry);
            entry.Place = _order.AddLast(entry);
            Interlocked.Add(ref _bytes, size);
            if (entries.Count > MostInScope)
                Drop(entries[0]);
            while (_bytes > bytes)
                Drop(_order.First!.Value);
        }
    }

    /// <summary>One minus the cosine, of vectors of length 1; rounding does not make it negative.</summary>
    public static double Distance(ReadOnlySpan<float> one, ReadOnlySpan<float> other) => Math.Max(0, 1 - TensorPrimitives.Dot(one, other));

    /// <returns>null for a vector without a direction.</returns>
    public static float[]? Unit(ReadOnlySpan<float> vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(length) || length == 0)
            return null;
        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }

    private void Drop(Entry entry)
    {
        var entries = _scopes[entry.Scope];
        entries.Remove(entry);
        if (entries.Count == 0)
            _scopes.Remove(entry.Scope);
        _order.Remove(entry.Place!);
        Interlocked.Add(ref _bytes, -entry.Size);
    }

    private sealed class Entry(ReplyKey scope, float[] vector, ReplyKey reply, int size)
    {
        public ReplyKey Scope => scope;

        public float[] Vector => vector;

        public ReplyKey Reply => reply;

        public int Size => size;

        public LinkedListNode<Entry>? Place { get; set; }
    }
}
