using System.Globalization;

namespace Cairn.Models;

/// <summary>Calls of one key since the last time they were written.</summary>
internal sealed class SpendingRow(SpendingKey key)
{
    public string Tenant => key.Tenant;

    public string Day => key.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Empty for a visitor, as are the key and the app that there was none of.</summary>
    public string User => key.User ?? "";

    public string KeyId => key.Key ?? "";

    public string App => key.App ?? "";

    public string Model { get; } = key.Model.ToString();

    public long Calls { get; private set; }

    public long Unpriced { get; private set; }

    public long Input { get; private set; }

    public long CacheRead { get; private set; }

    public long CacheWrite { get; private set; }

    public long Output { get; private set; }

    public long Reasoning { get; private set; }

    public long Cost { get; private set; }

    public void Add(CallUsage usage, long cost, bool priced)
    {
        Calls++;
        Unpriced += priced ? 0 : 1;
        Input += usage.Input;
        CacheRead += usage.CacheRead;
        CacheWrite += usage.CacheWrite;
        Output += usage.Output;
        Reasoning += usage.Reasoning;
        Cost += cost;
    }

    public void Add(SpendingRow other)
    {
        Calls += other.Calls;
        Unpriced += other.Unpriced;
        Input += other.Input;
        CacheRead += other.CacheRead;
        CacheWrite += other.CacheWrite;
        Output += other.Output;
        Reasoning += other.Reasoning;
        Cost += other.Cost;
    }
}
