using System.Globalization;

namespace Cairn.Learning;

/// <summary>Points in time without a zone, as ticks of 100 nanoseconds; the smallest number stands for a missing value.</summary>
public sealed class DateColumn(ReadOnlyMemory<long> ticks) : ValueColumn<long>(ticks)
{
    public override string Kind => "date";

    public static DateColumn Of(IReadOnlyList<DateTime> values) => new(values.Select(v => v.Ticks).ToArray());

    public DateTime At(int row) => new(Values[row]);

    private protected override long Missing => IntegerColumn.MissingValue;

    private protected override bool IsMissing(long value) => value == IntegerColumn.MissingValue;

    private protected override object ValueOf(long value) => new DateTime(value);

    private protected override string TextOf(long value)
    {
        var time = new DateTime(value);
        return time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
            CultureInfo.InvariantCulture);
    }

    private protected override ValueColumn<long> With(ReadOnlyMemory<long> values) => new DateColumn(values);

    internal override Keys ToKeys() => Keys.OfIntegers(Memory);
}
