namespace Cairn.Learning;

/// <summary>From the smallest to the largest value; empty is from infinity to minus infinity.</summary>
internal readonly record struct Extent(double From, double To)
{
    public static Extent Empty { get; } = new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsEmpty => From > To;

    /// <summary>Of the finite values.</summary>
    public static Extent Of(IEnumerable<double> values)
        => values.Where(double.IsFinite).Aggregate(Empty, (e, v) => new(Math.Min(e.From, v), Math.Max(e.To, v)));

    public Extent With(Extent other) => new(Math.Min(From, other.From), Math.Max(To, other.To));

    public Extent Wider(double share) => new(From - (To - From) * share, To + (To - From) * share);
}
