using System.Globalization;

namespace Cairn.Learning;

/// <summary>Whole numbers of 64 bits; the smallest of them stands for a missing value.</summary>
public sealed class IntegerColumn(ReadOnlyMemory<long> values) : ValueColumn<long>(values)
{
    public const long MissingValue = long.MinValue;

    public override string Kind => "integer";

    private protected override long Missing => MissingValue;

    private protected override bool IsMissing(long value) => value == MissingValue;

    private protected override object ValueOf(long value) => value;

    private protected override string TextOf(long value) => value.ToString(CultureInfo.InvariantCulture);

    private protected override ValueColumn<long> With(ReadOnlyMemory<long> values) => new IntegerColumn(values);

    internal override Keys ToKeys() => Keys.OfIntegers(Memory);
}
