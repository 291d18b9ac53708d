namespace Cairn.Learning;

/// <summary>A column whose values lie in one array, a missing one as a value that stands for it.</summary>
/// <typeparam name="T">How a value is stored.</typeparam>
public abstract class ValueColumn<T> : Column
    where T : unmanaged, IComparable<T>
{
    private readonly ReadOnlyMemory<T> _values;

    private protected ValueColumn(ReadOnlyMemory<T> values) => _values = values;

    /// <summary>As stored, missing ones included.</summary>
    public ReadOnlySpan<T> Values => _values.Span;

    internal ReadOnlyMemory<T> Memory => _values;

    public sealed override int Length => _values.Length;

    public sealed override bool IsMissing(int row) => IsMissing(Values[row]);

    public sealed override object? this[int row] => IsMissing(row) ? null : ValueOf(Values[row]);

    public sealed override string TextOf(int row) => IsMissing(row) ? "" : TextOf(Values[row]);

    public sealed override Column Slice(int start, int length) => With(_values.Slice(start, length));

    public sealed override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        var values = Values;
        for (var i = 0; i < rows.Length; i++)
            taken[i] = rows[i] < 0 ? Missing : values[rows[i]];
        return With(taken);
    }

    private protected abstract T Missing { get; }

    private protected abstract bool IsMissing(T value);

    private protected abstract object ValueOf(T value);

    private protected abstract string TextOf(T value);

    private protected abstract ValueColumn<T> With(ReadOnlyMemory<T> values);

    internal sealed override int Compare(int left, int right)
    {
        var (a, b) = (Values[left], Values[right]);
        return (IsMissing(a), IsMissing(b)) switch
        {
            (false, false) => a.CompareTo(b),
            (var x, var y) => x.CompareTo(y),
        };
    }

    internal override Column Append(IReadOnlyList<Column> others, string name)
    {
        var all = new T[Length + others.Sum(o => o.Length)];
        Values.CopyTo(all);
        var at = Length;
        foreach (var other in others)
        {
            if (other is not ValueColumn<T> same || other.Kind != Kind)
                throw new BadInputException(
                    $"concatenate: column '{name}' is {Kind} in one frame and {other.Kind} in another; convert one.") { Column = name };
            same.Values.CopyTo(all.AsSpan(at));
            at += other.Length;
        }
        return With(all);
    }
}
