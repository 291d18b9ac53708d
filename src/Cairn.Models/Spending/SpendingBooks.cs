using Cairn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Models;

/// <summary>
/// Writes down, every second and at the end, what calls have cost, and gives back tranches that nobody uses. A crash loses at most the
/// last second of the ledger; of the budgets it forfeits what was leased.
/// </summary>
internal sealed partial class SpendingBooks(
    Budgets budgets, BudgetsDeclaration declaration, Spending spending, TrancheStore tranches, LedgerStore ledger, IDatabase database,
    TimeProvider time, ILogger<SpendingBooks> log)
    : BackgroundService, ISpending
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How long a tranche may lie unused.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    /// <summary>After how long without a word another server counts as gone.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private bool _disposed;

    public async Task<IReadOnlyList<CostLine>> CostAsync(
        string tenant, CostBy by, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await WriteAsync(returnAll: false, cancellationToken);
        var rows = await ledger.SumAsync(tenant, by, new BudgetPeriod(false, from).Text, new BudgetPeriod(false, to).Text,
            cancellationToken);
        return [.. rows.Select(r => new CostLine(r.Name, (long)r.Calls, (long)r.Unpriced,
            new((long)r.Input, (long)r.CacheRead, (long)r.CacheWrite, (long)r.Output, (long)r.Reasoning), Money.Dollars((long)r.Cost)))];
    }

    public async Task<IReadOnlyList<BudgetStatus>> BudgetsAsync(string tenant, CancellationToken cancellationToken)
    {
        await WriteAsync(returnAll: false, cancellationToken);
        var now = time.GetUtcNow();
        BudgetPeriod[] periods = [BudgetPeriod.DayOf(now), BudgetPeriod.MonthOf(now)];
        var rows = await tranches.PeriodsAsync(tenant, [.. periods.Select(p => p.Text)], cancellationToken);
        return
        [
            .. from rule in declaration.Rules
               from period in periods
               let limit = period.IsMonth ? rule.Month : rule.Day
               where limit is not null
               from status in StatusOf(rule, period, limit.Value, [.. rows.Where(r => r.Period == period.Text)])
               select status,
        ];
    }

    /// <summary>Books everything settled, returns what lies idle, closes past periods.</summary>
    public async Task WriteAsync(bool returnAll, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var rows = spending.Take();
            var booked = new List<(BudgetAccount Account, long Settled, long Returned)>();
            foreach (var account in budgets.Accounts)
            {
                var returned = returnAll || IsIdle(account, now) ? await Budgets.TakeBackAsync(account, cancellationToken) : 0;
                booked.Add((account, account.TakeUnbooked(), returned));
            }
            var changed = booked.Where(b => b.Settled != 0 || b.Returned != 0).ToArray();
            if (rows.Count > 0 || changed.Length > 0)
                await WriteAsync(rows, changed, now, cancellationToken);
            foreach (var (account, _, _) in booked.Where(b => b.Account.Name.Period.End <= now))
                await budgets.CloseAsync(account, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // A host may be stopped again after it was disposed.
        if (!_disposed)
            await WriteAsync(returnAll: true, cancellationToken);
    }

    public override void Dispose()
    {
        _disposed = true;
        _writing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(KeepAsync(stoppingToken), CoverAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written while stopping.
        }
    }

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        var reconciled = declaration.Rules.IsEmpty;
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                // The one process of a SQLite workspace is this one: everybody else is gone.
                if (!reconciled)
                    await tranches.ReconcileAsync(database.Engine == DatabaseEngine.Sqlite ? TimeSpan.Zero : Silent, stoppingToken);
                reconciled = true;
                await WriteAsync(returnAll: false, stoppingToken);
            }
            catch (CairnException e)
            {
                // What could not be written was put back and is written with the next second's.
                LogNotWritten(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What a call cost beyond the tranche is written at once: until then a crash would forget it.</summary>
    private async Task CoverAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await budgets.OverdrawnAsync(stoppingToken);
            try
            {
                await budgets.CoverAsync(stoppingToken);
            }
            catch (CairnException e)
            {
                // The account grants nothing meanwhile, and the next second tries again.
                LogNotWritten(e.Message);
            }
        }
    }

    private static bool IsIdle(BudgetAccount account, DateTimeOffset now) => now - account.LastUse > Idle || account.Name.Period.End <= now;

    private async Task WriteAsync(
        Dictionary<SpendingKey, SpendingRow> rows, (BudgetAccount Account, long Settled, long Returned)[] changed, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        List<(BudgetAccount Account, long Spent)> warnings;
        try
        {
            // Before what is settled, so that never more is settled than taken.
            await budgets.CoverAsync(cancellationToken);
            warnings = await database.WriteAsync(Durability.Derived, async session =>
            {
                var reached = new List<(BudgetAccount, long)>();
                await LedgerStore.AddAsync(session, rows.Values);
                foreach (var (account, settled, returned) in changed)
                {
                    if (await TrancheStore.BookAsync(session, tranches.Row(account.Name, -returned, settled), account.Limit,
                        now.ToUnixTimeMilliseconds()) is { } spent)
                        reached.Add((account, spent));
                }
                return reached;
            }, cancellationToken);
        }
        catch
        {
            // Free money is not put back: whether the database has it again is not known, and to hold it twice would overspend.
            spending.PutBack(rows);
            foreach (var (account, settled, _) in changed)
                account.Rebook(settled);
            throw;
        }
        foreach (var (account, spent) in warnings)
            LogWarning(account.Name.Name, account.Name.Period.Text, Money.Dollars(spent), Money.Dollars(account.Limit));
    }

    private static IEnumerable<BudgetStatus> StatusOf(BudgetRule rule, BudgetPeriod period, decimal limit, PeriodRow[] rows)
    {
        var own = rule.Each
            ? rows.Where(r => r.Account.StartsWith(rule.For.Text + " each ", StringComparison.Ordinal))
            : rows.Where(r => r.Account == rule.For.Text).DefaultIfEmpty(new() { Account = rule.For.Text, Period = period.Text });
        return own.Select(r => new BudgetStatus(r.Account, r.Period, limit, Money.Dollars((long)r.Settled), Money.Dollars((long)r.Lost),
            Money.Dollars((long)Math.Max(0, r.Leased - r.Settled - r.Lost)), period.End));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The budget of {Budget} for {Period} is at four fifths: {Spent} of {Limit} USD")]
    private partial void LogWarning(string budget, string period, decimal spent, decimal limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What models cost could not be written down and is tried again: {Reason}")]
    private partial void LogNotWritten(string reason);
}
