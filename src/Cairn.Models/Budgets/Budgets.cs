using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Cairn.Models;

/// <summary>Reserves out of tranches. Only a tranche that runs out reaches the database, and then one caller for all who wait.</summary>
internal sealed class Budgets(
    BudgetsDeclaration declaration, IModelCatalog catalog, TrancheStore store, Spending spending, TimeProvider time) : IBudgets, IDisposable
{
    /// <summary>How long a refusal of the database is believed without asking again.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AccountName, BudgetAccount> _accounts = new();

    private readonly Channel<bool> _overdrawn = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
    });

    public IEnumerable<BudgetAccount> Accounts => _accounts.Values;

    public async ValueTask<IReservation> ReserveAsync(
        CallOrigin origin, ModelName model, CallUsage most, CancellationToken cancellationToken)
    {
        // A negative amount would add to the purse.
        ArgumentOutOfRangeException.ThrowIfNegative(most.Input);
        ArgumentOutOfRangeException.ThrowIfNegative(most.Output);
        var now = time.GetUtcNow();
        var price = catalog.Find(model)?.PriceOn(DateOnly.FromDateTime(now.UtcDateTime));
        var amount = Money.Up(price?.AtMost(most) ?? 0);
        var accounts = AccountsOf(origin, now);
        if (accounts.Length > 0 && price is null && !declaration.AllowUnknownPrice)
        {
            throw new CairnException(ErrorKind.NotPermitted, "budget.price",
                $"The price of {model} is not known, and the calls of this caller are under the budget of {accounts[0].Name.Name}.",
                $"Add it to models/catalog.yaml: models: [{{ names: [{model}], prices: [{{ from: {now:yyyy-MM-dd}, input: USD, output: USD }}] }}], or allow it: budgets: {{ unknownPrice: allow }}.");
        }
        for (var i = 0; i < accounts.Length; i++)
        {
            if (accounts[i].TryTake(amount, now))
                continue;
            try
            {
                accounts[i] = await TakeSlowlyAsync(accounts[i], amount, cancellationToken);
            }
            catch
            {
                foreach (var taken in accounts.AsSpan(0, i))
                    taken.Settle(amount, 0);
                throw;
            }
        }
        return new Reservation(this, spending,
            new(origin.Caller.Tenant, DateOnly.FromDateTime(now.UtcDateTime), origin.Caller.User, origin.Key, origin.App, model), price,
            accounts, amount);
    }

    /// <summary>An account may hold less than nothing: <see cref="CoverAsync(CancellationToken)"/> is due.</summary>
    public void Overdrawn() => _overdrawn.Writer.TryWrite(true);

    /// <summary>Returns after the next <see cref="Overdrawn"/>, or at once when nobody waited for the last one.</summary>
    public async Task OverdrawnAsync(CancellationToken cancellationToken) => await _overdrawn.Reader.ReadAsync(cancellationToken);

    /// <summary>Tells the database, durably, what calls cost beyond the tranches. Writes nothing where they hold it.</summary>
    public async Task CoverAsync(CancellationToken cancellationToken)
    {
        foreach (var account in _accounts.Values.Where(a => a.Free < 0))
        {
            await account.Gate.WaitAsync(cancellationToken);
            try
            {
                if (!account.IsClosed)
                    await CoverAsync(account, cancellationToken);
            }
            finally
            {
                account.Gate.Release();
            }
        }
    }

    /// <summary>Takes what nobody has reserved out of an account, for the database to have it back.</summary>
    public static async Task<long> TakeBackAsync(BudgetAccount account, CancellationToken cancellationToken)
    {
        await account.Gate.WaitAsync(cancellationToken);
        try
        {
            return account.TakeFree() + account.TakeOverdraft();
        }
        finally
        {
            account.Gate.Release();
        }
    }

    /// <summary>
    /// Drops an account that is at rest, after its period's end; somebody who still holds it finds it closed and looks again.
    /// </summary>
    public async Task CloseAsync(BudgetAccount account, CancellationToken cancellationToken)
    {
        await account.Gate.WaitAsync(cancellationToken);
        try
        {
            account.IsClosed = account.IsAtRest && account.Free <= 0;
            if (account.IsClosed)
                _accounts.TryRemove(new(account.Name, account));
        }
        finally
        {
            account.Gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var account in _accounts.Values)
            account.Dispose();
    }

    private BudgetAccount[] AccountsOf(CallOrigin origin, DateTimeOffset now)
    {
        if (declaration.Rules.IsEmpty)
            return [];
        var count = 0;
        foreach (var rule in declaration.Rules)
            count += rule.For.Covers(origin) ? (rule.Day is null ? 0 : 1) + (rule.Month is null ? 0 : 1) : 0;
        if (count == 0)
            return [];
        var accounts = new BudgetAccount[count];
        var next = 0;
        foreach (var rule in declaration.Rules)
        {
            if (!rule.For.Covers(origin))
                continue;
            if (rule.Day is { } day)
                accounts[next++] = Account(AccountName.Of(rule, origin, BudgetPeriod.DayOf(now)), day);
            if (rule.Month is { } month)
                accounts[next++] = Account(AccountName.Of(rule, origin, BudgetPeriod.MonthOf(now)), month);
        }
        return accounts;
    }

    private BudgetAccount Account(AccountName name, decimal limit)
        => _accounts.GetOrAdd(name, static (n, dollars) => new(n, Money.Up(dollars)), limit);

    /// <returns>The account that was taken from: another than the given one when that was closed meanwhile.</returns>
    private async Task<BudgetAccount> TakeSlowlyAsync(BudgetAccount account, long amount, CancellationToken cancellationToken)
    {
        while (true)
        {
            await account.Gate.WaitAsync(cancellationToken);
            try
            {
                if (!account.IsClosed)
                {
                    await LeaseAndTakeAsync(account, amount, cancellationToken);
                    return account;
                }
            }
            finally
            {
                account.Gate.Release();
            }
            account = Account(account.Name, Money.Dollars(account.Limit));
        }
    }

    private async Task LeaseAndTakeAsync(BudgetAccount account, long amount, CancellationToken cancellationToken)
    {
        while (!account.TryTake(amount, time.GetUtcNow()))
        {
            var now = time.GetUtcNow();
            var need = amount - account.Free;
            if (account.Refusal is { } refusal && need > account.Limit - refusal.Taken && now >= refusal.At
                && now - refusal.At < RefusalHolds)
                throw Spent(account, refusal.Taken - account.Free, amount);
            var (leased, taken) = await store.LeaseAsync(account.Name, account.Limit, need, Math.Max(need, account.Size.Next(now)),
                account.Overdraft, cancellationToken);
            if (leased == 0)
            {
                await CoverAsync(account, cancellationToken);
                account.Refusal = new(taken, now);
                throw Spent(account, taken - account.Free, amount);
            }
            account.Refusal = null;
            account.Lease(leased);
            account.Overdraft = Math.Max(0, account.Overdraft - leased);
        }
    }

    /// <summary>Under the account's gate.</summary>
    private async Task CoverAsync(BudgetAccount account, CancellationToken cancellationToken)
    {
        var due = -account.Free - account.Overdraft;
        if (due <= 0)
            return;
        await store.ChargeAsync(account.Name, due, cancellationToken);
        account.Overdraft += due;
    }

    private static BudgetSpentException Spent(BudgetAccount account, long taken, long amount)
        => new(account.Name, Money.Dollars(account.Limit), Money.Dollars(taken), Money.Dollars(amount));
}
