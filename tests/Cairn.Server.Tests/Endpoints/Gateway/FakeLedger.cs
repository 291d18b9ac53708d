using System.Collections.Concurrent;
using Cairn.Models;

namespace Cairn.Server.Tests;

/// <summary>Budgets that record what was reserved and how it ended; refuse when told to.</summary>
internal sealed class FakeLedger : IBudgets
{
    public ConcurrentQueue<Entry> Entries { get; } = [];

    public bool Spent { get; set; }

    public ValueTask<IReservation> ReserveAsync(CallOrigin origin, ModelName model, CallUsage most, CancellationToken cancellationToken)
    {
        if (Spent)
            throw new CairnException(ErrorKind.NotPermitted, "budget.spent", "The budget of this key is spent.",
                "Wait until tomorrow, or ask the owner.");
        var entry = new Entry(origin, model, most);
        Entries.Enqueue(entry);
        return new(entry);
    }

    internal sealed class Entry(CallOrigin origin, ModelName model, CallUsage most) : IReservation
    {
        public CallOrigin Origin => origin;

        public ModelName Model => model;

        public CallUsage Most => most;

        public CallUsage? Settled { get; private set; }

        public bool Released { get; private set; }

        public decimal? Settle(CallUsage usage)
        {
            Assert.False(Released || Settled is not null, "A reservation ended twice.");
            Settled = usage;
            return usage.Input + usage.Output;
        }

        public void Release()
        {
            Assert.False(Released || Settled is not null, "A reservation ended twice.");
            Released = true;
        }
    }
}
