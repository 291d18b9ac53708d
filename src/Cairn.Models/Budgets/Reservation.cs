namespace Cairn.Models;

internal sealed class Reservation(
    Budgets budgets, Spending spending, SpendingKey key, ModelPrice? price, BudgetAccount[] accounts, long amount) : IReservation
{
    private int _ended;

    public decimal? Settle(CallUsage usage)
    {
        var cost = price?.CostOf(usage);
        if (Interlocked.Exchange(ref _ended, 1) == 1)
            return cost;
        var booked = Money.Up(cost ?? 0);
        foreach (var account in accounts)
        {
            account.Settle(amount, booked);
            if (account.Free < 0)
                budgets.Overdrawn();
        }
        spending.Add(key, usage, booked, priced: price is not null);
        return cost;
    }

    public void Release()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
            return;
        foreach (var account in accounts)
            account.Settle(amount, 0);
    }
}
