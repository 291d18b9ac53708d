using Cairn.Storage;

namespace Cairn.Models;

/// <summary>
/// What each process has leased from each budget. Everything is added, nothing set, so rows can be merged at any time; and only a lease
/// must survive a power cut: to lose a settlement or a return leaves the budget smaller, never larger.
/// </summary>
/// <param name="holder">This process.</param>
internal sealed class TrancheStore(IDatabase database, TimeProvider time, string holder)
{
    /// <summary>Whose rows are those of processes that are gone: what they leased and did not account for counts as spent.</summary>
    public const string Gone = "";

    private const string Account = "tenant = @Tenant AND account = @Account AND period = @Period";

    private const string Leased = $"SELECT COALESCE(SUM(leased), 0) FROM budget_tranches WHERE {Account}";

    private const string Spent =
        $"SELECT COALESCE(SUM(CASE WHEN holder = '' THEN leased ELSE settled END), 0) FROM budget_tranches WHERE {Account}";

    private const string Add =
        """
        INSERT INTO budget_tranches (tenant, account, period, holder, leased, settled, seen) VALUES (@Tenant, @Account, @Period, @Holder, @Leased, @Settled, @Seen)
        ON CONFLICT (tenant, account, period, holder) DO UPDATE
        SET leased = budget_tranches.leased + @Leased, settled = budget_tranches.settled + @Settled, seen = @Seen
        """;

    private const string Merge =
        """
        INSERT INTO budget_tranches (tenant, account, period, holder, leased, settled, seen)
        SELECT tenant, account, period, '', SUM(leased), SUM(settled), MAX(seen) FROM budget_tranches
        WHERE holder <> '' AND holder <> @holder AND seen < @before GROUP BY tenant, account, period
        ON CONFLICT (tenant, account, period, holder) DO UPDATE
        SET leased = budget_tranches.leased + excluded.leased, settled = budget_tranches.settled + excluded.settled
        """;

    private const string DropMerged = "DELETE FROM budget_tranches WHERE holder <> '' AND holder <> @holder AND seen < @before";

    private const string Warn = "INSERT INTO budget_warnings (tenant, account, period, at) VALUES (@Tenant, @Account, @Period, @now) ON CONFLICT (tenant, account, period) DO NOTHING";

    private const string Periods =
        """
        SELECT t.account, t.period, SUM(t.settled) AS Settled,
            SUM(CASE WHEN t.holder = '' THEN t.leased - t.settled ELSE 0 END) AS Lost, SUM(t.leased) AS Leased, MAX(w.at) AS Warned
        FROM budget_tranches t LEFT JOIN budget_warnings w ON w.tenant = t.tenant AND w.account = t.account AND w.period = t.period
        WHERE t.tenant = @tenant AND t.period IN @periods GROUP BY t.account, t.period ORDER BY t.account, t.period
        """;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Leases at least <paramref name="need"/>, more when much is left, and never what would leave others without.</summary>
    /// <returns>What was leased (0 when less than needed is left), and what is taken by anybody now.</returns>
    public Task<(long Leased, long Taken)> LeaseAsync(
        AccountName account, long limit, long need, long want, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            var row = Row(account, 0, 0);
            var taken = (long)await session.GetAsync<decimal>(Leased, row);
            var left = limit - taken;
            if (left < need)
                return (0, taken);
            var lease = Math.Max(need, Math.Min(want, left / 4));
            await session.ExecuteAsync(Add, row with { Leased = lease });
            return (lease, taken + lease);
        }, cancellationToken);

    /// <summary>Books what was settled and takes back what is returned.</summary>
    /// <param name="limit">Of which four fifths are worth a warning, once per period.</param>
    /// <returns>What is spent now, when this was the booking that reached the warning.</returns>
    public static async Task<long?> BookAsync(WriteSession session, TrancheRow row, long limit, long now)
    {
        await session.ExecuteAsync(Add, row);
        if (row.Settled == 0)
            return null;
        var spent = (long)await session.GetAsync<decimal>(Spent, row);
        return spent >= limit / 5 * 4 && await session.ExecuteAsync(Warn, new { row.Tenant, row.Account, row.Period, now }) == 1
            ? spent
            : null;
    }

    /// <summary>Adds the rows of processes that have written nothing for a while, or of all others, to those of the gone.</summary>
    public Task ReconcileAsync(TimeSpan silent, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Derived, async session =>
        {
            var of = new { holder, before = silent == TimeSpan.Zero ? long.MaxValue : Now - (long)silent.TotalMilliseconds };
            await session.ExecuteAsync(Merge, of);
            await session.ExecuteAsync(DropMerged, of);
        }, cancellationToken);

    public Task<IReadOnlyList<PeriodRow>> PeriodsAsync(string tenant, string[] periods, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.QueryAsync<PeriodRow>(Periods, new { tenant, periods }), cancellationToken);

    public TrancheRow Row(AccountName account, long leased, long settled) => new()
    {
        Tenant = account.Tenant,
        Account = account.Name,
        Period = account.Period.Text,
        Holder = holder,
        Leased = leased,
        Settled = settled,
        Seen = Now,
    };
}
