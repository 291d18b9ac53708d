using System.Globalization;

namespace Cairn.Learning;

/// <summary>Floating-point numbers; NaN is a missing value.</summary>
public sealed class NumberColumn(ReadOnlyMemory<double> values) : ValueColumn<double>(values)
{
    public override string Kind => "number";

    private protected override double Missing => double.NaN;

    private protected override bool IsMissing(double value) => double.IsNaN(value);

    private protected override object ValueOf(double value) => value;

    private protected override string TextOf(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private protected override ValueColumn<double> With(ReadOnlyMemory<double> values) => new NumberColumn(values);

    // Negative zero equals zero.
    internal override Keys ToKeys() => Keys.Of(Values, static v => BitConverter.DoubleToInt64Bits(v == 0 ? 0 : v));
}
