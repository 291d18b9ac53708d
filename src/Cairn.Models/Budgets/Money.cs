namespace Cairn.Models;

/// <summary>Money is counted in billionths of a US dollar, rounded up: a token of the cheapest models costs several of them.</summary>
internal static class Money
{
    private const decimal PerDollar = 1_000_000_000m;

    public static long Up(decimal dollars) => (long)Math.Ceiling(Math.Min(dollars, 1_000_000_000m) * PerDollar);

    public static decimal Dollars(long amount) => amount / PerDollar;
}
