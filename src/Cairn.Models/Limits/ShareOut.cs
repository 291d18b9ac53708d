namespace Cairn.Models;

/// <summary>
/// Divides a limit between servers. A server shrinks at once, but never below what its last minute fills; it grows only into what all
/// others leave. So whatever is written in what order, the sum of the shares, and with it of the calls, stays within the limit.
/// </summary>
internal static class ShareOut
{
    /// <param name="mine">My row as it stands, <paramref name="others"/> those of all others.</param>
    /// <param name="filled">The parts that my last minute still fills.</param>
    /// <param name="turn">Changes now and then, so that a part that cannot be divided goes round.</param>
    public static long Next(int parts, ShareRow mine, long filled, IReadOnlyList<ShareRow> others, long turn)
    {
        var target = Target(parts, [.. others.Append(mine)], mine.Holder, turn);
        return target < mine.Parts ? Math.Max(target, filled) : Math.Max(mine.Parts, Math.Min(target, parts - others.Sum(o => o.Parts)));
    }

    private static long Target(int parts, ShareRow[] rows, string me, long turn)
    {
        var wanting = rows.Where(r => r.Wanted > 0).OrderBy(r => r.Holder, StringComparer.Ordinal).ToArray();
        var index = Array.FindIndex(wanting, r => r.Holder == me);
        if (index < 0)
            return 0;
        var sum = (decimal)wanting.Sum(r => r.Wanted);
        var left = parts - wanting.Sum(r => (long)(parts * r.Wanted / sum));
        // What is left over goes to as many servers in turn.
        var place = (index + turn) % wanting.Length;
        return (long)(parts * wanting[index].Wanted / sum) + (place < left ? 1 : 0);
    }
}
