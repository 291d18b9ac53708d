namespace Cairn.Learning;

/// <summary>Values of one type, any of which may be missing. A column never changes; what transforms it makes a new one.</summary>
public abstract class Column
{
    public abstract int Length { get; }

    /// <summary><c>number</c>, <c>integer</c>, <c>text</c>, <c>date</c> or <c>truth</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The value as an object; null when it is missing.</summary>
    public abstract object? this[int row] { get; }

    public abstract bool IsMissing(int row);

    /// <summary>The value as text, as files and tables show it; empty when it is missing.</summary>
    public abstract string TextOf(int row);

    /// <summary>Values at these rows, in this order; -1 stands for a missing value.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    public abstract Column Slice(int start, int length);

    /// <summary>
    /// A group number for each row, equal where the values are, in the order in which values first come; missing values are a group of
    /// their own.
    /// </summary>
    internal abstract Keys ToKeys();

    /// <summary>Rows in ascending order of their values, missing ones last; equal ones keep their order.</summary>
    internal abstract int Compare(int left, int right);

    /// <exception cref="BadInputException">Another kind of column.</exception>
    internal abstract Column Append(IReadOnlyList<Column> others, string name);

    public int MissingCount
    {
        get
        {
            var count = 0;
            for (var row = 0; row < Length; row++)
                count += IsMissing(row) ? 1 : 0;
            return count;
        }
    }

    public static implicit operator Column(double[] values) => new NumberColumn(values);

    public static implicit operator Column(long[] values) => new IntegerColumn(values);

    public static implicit operator Column(int[] values) => new IntegerColumn(Array.ConvertAll(values, v => (long)v));

    public static implicit operator Column(string?[] values) => TextColumn.Of(values);

    public static implicit operator Column(DateTime[] values) => DateColumn.Of(values);

    public static implicit operator Column(bool[] values) => TruthColumn.Of(values);
}
