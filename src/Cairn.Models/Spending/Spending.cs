namespace Cairn.Models;

/// <summary>
/// Sums what was spent until the ledger is written, off the hot path. It is bounded by the number of different callers and models of a
/// second, not by the number of calls, so nothing is ever dropped for want of room.
/// </summary>
internal sealed class Spending
{
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, 16).Select(_ => new Stripe())];

    public void Add(SpendingKey key, CallUsage usage, long cost, bool priced)
    {
        var stripe = _stripes[(uint)Environment.CurrentManagedThreadId % (uint)_stripes.Length];
        lock (stripe.Lock)
        {
            if (!stripe.Rows.TryGetValue(key, out var row))
                stripe.Rows.Add(key, row = new(key));
            row.Add(usage, cost, priced);
        }
    }

    /// <summary>What was summed since the last call; to be written, or put back by <see cref="PutBack"/>.</summary>
    public Dictionary<SpendingKey, SpendingRow> Take()
    {
        var all = new Dictionary<SpendingKey, SpendingRow>();
        foreach (var stripe in _stripes)
        {
            Dictionary<SpendingKey, SpendingRow> rows;
            lock (stripe.Lock)
            {
                if (stripe.Rows.Count == 0)
                    continue;
                rows = stripe.Rows;
                stripe.Rows = [];
            }
            Merge(all, rows);
        }
        return all;
    }

    public void PutBack(Dictionary<SpendingKey, SpendingRow> rows)
    {
        lock (_stripes[0].Lock)
            Merge(_stripes[0].Rows, rows);
    }

    private static void Merge(Dictionary<SpendingKey, SpendingRow> into, Dictionary<SpendingKey, SpendingRow> rows)
    {
        foreach (var (key, row) in rows)
        {
            if (!into.TryAdd(key, row))
                into[key].Add(row);
        }
    }

    private sealed class Stripe
    {
        public Lock Lock { get; } = new();

        public Dictionary<SpendingKey, SpendingRow> Rows { get; set; } = [];
    }
}
