using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cairn.Learning;

public sealed partial class Frame
{
    /// <summary>Separated values in UTF-8; see <see cref="CsvOptions"/> for what is found out by itself.</summary>
    /// <exception cref="BadInputException">The message names the line.</exception>
    public static Frame ReadCsv(Stream stream, CsvOptions? options = null) => Csv.Read(stream, options ?? new());

    public static Frame ParseCsv(string text, CsvOptions? options = null)
        => ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(text)), options);

    /// <summary>A JSON object a line.</summary>
    public static Frame ReadJsonLines(TextReader reader) => JsonLines.Read(reader);

    /// <summary>Every row of a query's result.</summary>
    public static Frame Read(DbDataReader reader)
    {
        var values = Enumerable.Range(0, reader.FieldCount).Select(_ => new List<object?>()).ToList();
        while (reader.Read())
        {
            for (var c = 0; c < values.Count; c++)
                values[c].Add(reader.IsDBNull(c) ? null : reader.GetValue(c));
        }
        return new([.. values.Select((v, c) => (reader.GetName(c), ColumnOf(v)))]);
    }

    public void WriteCsv(TextWriter writer, char delimiter = ',')
    {
        WriteLine(writer, Names, delimiter);
        for (var row = 0; row < RowCount; row++)
            WriteLine(writer, Columns.Select(c => c.TextOf(row)), delimiter);
    }

    public void WriteJsonLines(Stream stream)
    {
        for (var row = 0; row < RowCount; row++)
        {
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                foreach (var (name, column) in Pairs().Where(p => !p.Column.IsMissing(row)))
                    WriteMember(json, name, column, row);
                json.WriteEndObject();
            }
            stream.WriteByte((byte)'\n');
        }
    }

    private static void WriteMember(Utf8JsonWriter json, string name, Column column, int row)
    {
        switch (column[row])
        {
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case long integer:
                json.WriteNumber(name, integer);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            default:
                json.WriteString(name, column.TextOf(row));
                break;
        }
    }

    private static void WriteLine(TextWriter writer, IEnumerable<string> cells, char delimiter)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
                writer.Write(delimiter);
            first = false;
            writer.Write(cell.AsSpan().IndexOfAny(delimiter, '"', '\n') >= 0 || cell.Contains('\r', StringComparison.Ordinal)
                ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                : cell);
        }
        writer.Write('\n');
    }

    private static Column ColumnOf(List<object?> values)
    {
        var present = values.Where(v => v is not null).ToList();
        if (present.Count > 0 && present.All(v => v is bool))
            return new TruthColumn(values.Select(v => v is null ? (sbyte)-1 : (bool)v ? (sbyte)1 : (sbyte)0).ToArray());
        if (present.Count > 0 && present.All(v => v is long or int or short or byte or sbyte or ushort or uint))
            return new IntegerColumn(values.Select(v => v is null
                ? IntegerColumn.MissingValue
                : Convert.ToInt64(v, CultureInfo.InvariantCulture)).ToArray());
        if (present.All(v => v is double or float or decimal or long or int or short or byte or sbyte or ushort or uint or ulong))
            return new NumberColumn(values.Select(v => v is null ? double.NaN : Convert.ToDouble(v, CultureInfo.InvariantCulture))
                .ToArray());
        return present.All(v => v is DateTime)
            ? new DateColumn(values.Select(v => v is DateTime date ? date.Ticks : IntegerColumn.MissingValue).ToArray())
            : TextColumn.Of(values.Select(v => v is null ? null : Convert.ToString(v, CultureInfo.InvariantCulture)));
    }
}
