namespace Cairn.Learning;

/// <summary>
/// Texts, each distinct one stored once: a value is the position of its text in <see cref="Dictionary"/>, and -1 when it is missing.
/// </summary>
public sealed class TextColumn : Column
{
    private readonly ReadOnlyMemory<int> _codes;
    private readonly string[] _dictionary;

    internal TextColumn(ReadOnlyMemory<int> codes, string[] dictionary) => (_codes, _dictionary) = (codes, dictionary);

    public ReadOnlySpan<int> Codes => _codes.Span;

    public IReadOnlyList<string> Dictionary => _dictionary;

    public override int Length => _codes.Length;

    public override string Kind => "text";

    public override object? this[int row] => Codes[row] < 0 ? null : _dictionary[Codes[row]];

    public static TextColumn Of(IEnumerable<string?> values)
    {
        var builder = new TextColumnBuilder();
        foreach (var value in values)
            builder.Add(value);
        return builder.Build();
    }

    public override bool IsMissing(int row) => Codes[row] < 0;

    public override string TextOf(int row) => Codes[row] < 0 ? "" : _dictionary[Codes[row]];

    public override Column Slice(int start, int length) => new TextColumn(_codes.Slice(start, length), _dictionary);

    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new int[rows.Length];
        var codes = Codes;
        for (var i = 0; i < rows.Length; i++)
            taken[i] = rows[i] < 0 ? -1 : codes[rows[i]];
        return new TextColumn(taken, _dictionary);
    }

    internal override Keys ToKeys() => Keys.OfCodes(_codes, _dictionary.Length);

    internal override int Compare(int left, int right)
    {
        var (a, b) = (Codes[left], Codes[right]);
        return (a < 0, b < 0) switch
        {
            (false, false) => a == b ? 0 : string.CompareOrdinal(_dictionary[a], _dictionary[b]),
            (var x, var y) => x.CompareTo(y),
        };
    }

    internal override Column Append(IReadOnlyList<Column> others, string name)
    {
        var builder = new TextColumnBuilder();
        foreach (var column in others.Prepend(this))
        {
            if (column is not TextColumn)
                throw new BadInputException(
                    $"concatenate: column '{name}' is text in one frame and {column.Kind} in another; convert one.") { Column = name };
            for (var row = 0; row < column.Length; row++)
                builder.Add(column.IsMissing(row) ? null : column.TextOf(row));
        }
        return builder.Build();
    }
}
