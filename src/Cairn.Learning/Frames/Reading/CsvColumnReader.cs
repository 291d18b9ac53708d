using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cairn.Learning;

/// <summary>Reads the cells of one column as the narrowest type that all of them are.</summary>
internal sealed class CsvColumnReader(byte[] file, CsvCells cells, CsvOptions options, bool asText)
{
    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    // So many digits may be more than a whole number of 64 bits has; of more than the most there is no double.
    private const int LongDigits = 19;
    private const int MostDigits = 309;

    private readonly byte[][] _missing = [.. options.Missing.Select(Encoding.UTF8.GetBytes)];
    private readonly int _longestMissing = options.Missing.Select(Encoding.UTF8.GetByteCount).DefaultIfEmpty(0).Max();

    private delegate bool Parser<T>(ReadOnlySpan<byte> cell, out T value);

    public Column Read()
    {
        // A column without a single value is one of numbers.
        if (asText)
            return Texts();
        if (TryRead<long>(Integer, IntegerColumn.MissingValue, out var integers, out var any))
            return any ? new IntegerColumn(integers) : new NumberColumn(Enumerable.Repeat(double.NaN, cells.Count).ToArray());
        if (TryRead<double>(Number, double.NaN, out var numbers, out _))
            return new NumberColumn(numbers);
        if (TryRead<sbyte>(Truth, -1, out var truths, out _))
            return new TruthColumn(truths);
        return TryRead<long>(Date, IntegerColumn.MissingValue, out var dates, out _) ? new DateColumn(dates) : Texts();
    }

    private bool TryRead<T>(Parser<T> parse, T missing, out T[] values, out bool any)
    {
        (values, any) = (new T[cells.Count], false);
        for (var row = 0; row < values.Length; row++)
        {
            var cell = cells.BytesOf(file, row);
            if (IsMissing(cell))
                values[row] = missing;
            else if (!parse(cell.Trim((byte)' '), out values[row]))
                return false;
            else
                any = true;
        }
        return true;
    }

    private TextColumn Texts()
    {
        var builder = new TextColumnBuilder();
        var buffer = new char[256];
        for (var row = 0; row < cells.Count; row++)
        {
            var cell = cells.BytesOf(file, row);
            if (IsMissing(cell) && !cells.IsQuoted(row))
                builder.Add(null);
            else if (cells.IsQuoted(row) || cell.Length > buffer.Length)
                builder.Add(cells.TextOf(file, row));
            else
                builder.Add(buffer.AsSpan(0, Encoding.UTF8.GetChars(cell, buffer)));
        }
        return builder.Build();
    }

    private bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
            return true;
        if (cell.Length > _longestMissing)
            return false;
        foreach (var word in _missing)
        {
            if (cell.SequenceEqual(word))
                return true;
        }
        return false;
    }

    private static bool Integer(ReadOnlySpan<byte> cell, out long value)
    {
        if (IsPadded(cell) || !Utf8Parser.TryParse(cell, out value, out var used) || used != cell.Length
            || value == IntegerColumn.MissingValue)
        {
            value = 0;
            return false;
        }
        return true;
    }

    private bool Number(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        if (IsPadded(cell))
            return false;
        if (options.DecimalComma)
        {
            if (cell.Contains((byte)'.') || cell.Length > 64)
                return false;
            Span<byte> point = stackalloc byte[cell.Length];
            cell.Replace(point, (byte)',', (byte)'.');
            return Utf8Parser.TryParse(point, out value, out var read) && read == point.Length && Holds(cell, value);
        }
        return Utf8Parser.TryParse(cell, out value, out var used) && used == cell.Length && Holds(cell, value);
    }

    // 007 is a name, not a number, and so is -007.
    private static bool IsPadded(ReadOnlySpan<byte> cell)
        => WithoutSign(cell) is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..];

    private static ReadOnlySpan<byte> WithoutSign(ReadOnlySpan<byte> cell) => cell is [(byte)'-' or (byte)'+', ..] ? cell[1..] : cell;

    /// <summary>
    /// Whether the number stands for the cell. Digits alone that are too many for a whole number are a key, which another key must not
    /// become equal to, unless a double is exactly that.
    /// </summary>
    private static bool Holds(ReadOnlySpan<byte> cell, double value)
    {
        if (cell.Length < LongDigits)
            return true;
        var digits = WithoutSign(cell);
        if (digits.Length < LongDigits || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return true;
        return digits.Length <= MostDigits && double.IsFinite(value)
            && BigInteger.Parse(Encoding.ASCII.GetString(digits), CultureInfo.InvariantCulture) == BigInteger.Abs(new BigInteger(value));
    }

    private static bool Truth(ReadOnlySpan<byte> cell, out sbyte value)
    {
        value = Ascii.EqualsIgnoreCase(cell, "true"u8) ? (sbyte)1 : (sbyte)0;
        return value == 1 || Ascii.EqualsIgnoreCase(cell, "false"u8);
    }

    private static bool Date(ReadOnlySpan<byte> cell, out long ticks)
    {
        ticks = 0;
        if (cell.Length is < 10 or > 27 || cell[4] != '-')
            return false;
        Span<char> text = stackalloc char[cell.Length];
        if (Encoding.UTF8.GetChars(cell, text) != cell.Length)
            return false;
        var parsed = DateTime.TryParseExact(text.TrimEnd('Z'), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date);
        ticks = date.Ticks;
        return parsed;
    }
}
