namespace Cairn.Models;

/// <summary>
/// Keeps money spent within what key, user, groups and app may spend, per day and month. The hot path writes nothing: reservations come
/// from tranches leased to the process.
/// </summary>
public interface IBudgets
{
    /// <summary>Reserves the most that an attempt may cost: <paramref name="most"/> at the model's price now.</summary>
    /// <exception cref="CairnException">A budget would be overspent (<c>budget.spent</c>) or the model has no known price under a budget
    /// (<c>budget.price</c>).</exception>
    ValueTask<IReservation> ReserveAsync(CallOrigin origin, ModelName model, CallUsage most, CancellationToken cancellationToken);
}
