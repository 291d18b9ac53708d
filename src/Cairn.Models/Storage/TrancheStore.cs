using Cairn.Storage;

namespace Cairn.Models;

/// <summary>
/// What each process has leased from each budget. Everything is added, nothing set, so rows can be merged at any time; and only a lease
/// and what was spent beyond it must survive a power cut: to lose a settlement or a return leaves the budget smaller, never larger. A row
/// that settled more than it leased (earlier versions left such) has taken what it settled.
/// </summary>
/// <param name="holder">This process.</param>
internal sealed class TrancheStore(IDatabase database, TimeProvider time, string holder)
{
    /// <summary>Whose rows are those of processes that are gone: what they leased and did not account for counts as spent.</summary>
    public const string Gone = "";

    private const string Account = "tenant = @Tenant AND account = @Account AND period = @Period";

    private const string RowTook = "CASE WHEN settled > leased THEN settled ELSE leased END";

    private const string Taken = $"SELECT COALESCE(SUM({RowTook}), 0) FROM budget_tranches WHERE {Account}";

    private const string Spent =
        $"SELECT COALESCE(SUM(CASE WHEN holder = '' THEN {RowTook} ELSE settled END), 0) FROM budget_tranches WHERE {Account}";

    private const string Add =
        """
        INSERT INTO budget_tranches (tenant, account, period, holder, leased, settled, seen) VALUES (@Tenant, @Account, @Period, @Holder, @Leased, @Settled, @Seen)
        ON CONFLICT (tenant, account, period, holder) DO UPDATE
        SET leased = budget_tranches.leased + @Leased, settled = budget_tranches.settled + @Settled, seen = @Seen
        """;

    private const string Merge =
        $"""
        INSERT INTO budget_tranches (tenant, account, period, holder, leased, settled, seen)
        SELECT tenant, account, period, '', SUM({RowTook}), SUM(settled), MAX(seen) FROM budget_tranches
        WHERE holder <> '' AND holder <> @holder AND seen < @before GROUP BY tenant, account, period
        ON CONFLICT (tenant, account, period, holder) DO UPDATE
        SET leased = excluded.leased
                + CASE WHEN budget_tranches.settled > budget_tranches.leased THEN budget_tranches.settled ELSE budget_tranches.leased END,
            settled = budget_tranches.settled + excluded.settled
        """;

    private const string DropMerged = "DELETE FROM budget_tranches WHERE holder <> '' AND holder <> @holder AND seen < @before";

    private const string Warn = "INSERT INTO budget_warnings (tenant, account, period, at) VALUES (@Tenant, @Account, @Period, @now) ON CONFLICT (tenant, account, period) DO NOTHING";

    private const string Periods =
        $"""
        SELECT t.account, t.period, SUM(t.settled) AS Settled,
            SUM(CASE WHEN t.holder = '' THEN {RowTook} - t.settled ELSE 0 END) AS Lost, SUM({RowTook}) AS Leased, MAX(w.at) AS Warned
        FROM budget_tranches t LEFT JOIN budget_warnings w ON w.tenant = t.tenant AND w.account = t.account AND w.period = t.period
        WHERE t.tenant = @tenant AND t.period IN @periods GROUP BY t.account, t.period ORDER BY t.account, t.period
        """;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Leases at least <paramref name="need"/>, more when much is left, and never what would leave others without.</summary>
    /// <param name="overdraft">What was charged before by <see cref="ChargeAsync"/>: the lease takes its place.</param>
    /// <returns>What was leased (0 when less than needed is left), and what is taken by anybody now, the overdraft left out.</returns>
    public Task<(long Leased, long Taken)> LeaseAsync(
        AccountName account, long limit, long need, long want, long overdraft, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            var row = Row(account, 0, 0);
            var taken = (long)await session.GetAsync<decimal>(Taken, row) - overdraft;
            var left = limit - taken;
            if (left < need)
                return (0, taken);
            var lease = Math.Max(need, Math.Min(want, left / 4));
            // Never lowered: were it unknown whether that was written, so would be what the database counts.
            if (lease > overdraft)
                await session.ExecuteAsync(Add, row with { Leased = lease - overdraft });
            return (lease, taken + lease);
        }, cancellationToken);

    /// <summary>Counts as taken what calls cost beyond the tranche, whatever the limit is: it is spent.</summary>
    public Task ChargeAsync(AccountName account, long amount, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => session.ExecuteAsync(Add, Row(account, amount, 0)), cancellationToken);

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
