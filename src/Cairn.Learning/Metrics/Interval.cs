namespace Cairn.Learning;

/// <summary>A figure and the range in which it lies with the given confidence.</summary>
public readonly record struct Interval(double Value, double Lower, double Upper, double Confidence)
{
    public override string ToString() => FormattableString.Invariant($"{Value:0.####} [{Lower:0.####}, {Upper:0.####}]");
}
