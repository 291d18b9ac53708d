namespace Cairn.Models;

/// <summary>
/// A purse as this process holds it: a tranche leased from the database, out of which calls reserve with one interlocked step. Always
/// leased = free + reserved + settled, so whatever the process does or fails to do, no more than it leased is spent; where calls cost more
/// than they had reserved, free is below zero until the overdraft that the database was told of is leased.
/// </summary>
internal sealed class BudgetAccount(AccountName name, long limit) : IDisposable
{
    private long _leased;
    private long _free;
    private long _settled;
    private long _unbooked;
    private long _lastUse;

    public AccountName Name { get; } = name;

    public long Limit { get; } = limit;

    /// <summary>Held while a tranche is leased or the account is closed.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Nothing is reserved from it any more; guarded by <see cref="Gate"/>.</summary>
    public bool IsClosed { get; set; }

    public TrancheSize Size { get; } = new(limit);

    /// <summary>
    /// What the database said when it last had no more, so that callers who hammer a spent budget do not reach it; guarded by
    /// <see cref="Gate"/>.
    /// </summary>
    public BudgetRefusal? Refusal { get; set; }

    /// <summary>
    /// What the database counts as taken beyond the tranche, because calls cost more than they had reserved; guarded by
    /// <see cref="Gate"/>. Nothing is reserved out of it.
    /// </summary>
    public long Overdraft { get; set; }

    public long Free => Interlocked.Read(ref _free);

    public DateTimeOffset LastUse => new(Interlocked.Read(ref _lastUse), TimeSpan.Zero);

    public bool TryTake(long amount, DateTimeOffset now)
    {
        Interlocked.Exchange(ref _lastUse, now.UtcTicks);
        for (var free = Interlocked.Read(ref _free); free >= amount;)
        {
            var seen = Interlocked.CompareExchange(ref _free, free - amount, free);
            if (seen == free)
                return true;
            free = seen;
        }
        return false;
    }

    public void Lease(long amount)
    {
        Interlocked.Add(ref _leased, amount);
        Interlocked.Add(ref _free, amount);
    }

    /// <param name="cost">May be more than was reserved when a provider reports more tokens than could be foreseen: then the next tranche
    /// pays it first, and what the tranche does not hold is an overdraft.</param>
    public void Settle(long reserved, long cost)
    {
        Interlocked.Add(ref _free, reserved - cost);
        Interlocked.Add(ref _unbooked, cost);
        Interlocked.Add(ref _settled, cost);
    }

    /// <summary>What was settled since the last call; to be written, or put back by <see cref="Rebook"/>.</summary>
    public long TakeUnbooked() => Interlocked.Exchange(ref _unbooked, 0);

    public void Rebook(long amount) => Interlocked.Add(ref _unbooked, amount);

    /// <summary>Takes what is free out of the tranche, for the database to have it back.</summary>
    public long TakeFree()
    {
        for (var free = Interlocked.Read(ref _free); free > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _free, 0, free);
            if (seen == free)
            {
                Interlocked.Add(ref _leased, -free);
                return free;
            }
            free = seen;
        }
        return 0;
    }

    /// <summary>Takes what the overdraft holds more than is needed, for the database to have it back. Under <see cref="Gate"/>.</summary>
    public long TakeOverdraft()
    {
        var more = Overdraft - Math.Max(0, -Free);
        if (more <= 0)
            return 0;
        Overdraft -= more;
        return more;
    }

    /// <summary>True when no call holds money of it and everything is written down.</summary>
    public bool IsAtRest
        => Interlocked.Read(ref _leased) == Interlocked.Read(ref _settled) + Interlocked.Read(ref _free)
            && Interlocked.Read(ref _unbooked) == 0;

    public void Dispose() => Gate.Dispose();
}
