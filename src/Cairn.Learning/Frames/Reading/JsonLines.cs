using System.Globalization;
using System.Text.Json;

namespace Cairn.Learning;

/// <summary>
/// Reads an object a line; a member that a line lacks is missing there. Objects and lists within are kept as their JSON text.
/// </summary>
internal static class JsonLines
{
    /// <exception cref="BadInputException">A line is no object, or a member changes its type; the message names the line.</exception>
    public static Frame Read(TextReader reader)
    {
        var names = new List<string>();
        var columns = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        var (rows, number) = (0, 0);
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            foreach (var member in Parse(line, number).EnumerateObject())
            {
                if (!columns.TryGetValue(member.Name, out var column))
                {
                    columns.Add(member.Name, column = []);
                    names.Add(member.Name);
                }
                while (column.Count < rows)
                    column.Add(default);
                if (column.Count > rows)
                    throw new BadInputException($"json lines: line {number} has the member '{member.Name}' twice.")
                    {
                        Column = member.Name,
                        Row = rows,
                    };
                column.Add(member.Value);
            }
            rows++;
        }
        return new([.. names.Select(n => (n, ColumnOf(n, columns[n], rows)))]);
    }

    private static JsonElement Parse(string line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new JsonException("it is no object");
        }
        catch (JsonException e)
        {
            throw new BadInputException($"json lines: line {number} cannot be read ({e.Message})");
        }
    }

    private static Column ColumnOf(string name, List<JsonElement> values, int rows)
    {
        while (values.Count < rows)
            values.Add(default);
        var kinds = values.Where(v => !IsMissing(v))
            .Select(v => v.ValueKind is JsonValueKind.True or JsonValueKind.False ? JsonValueKind.True : v.ValueKind).Distinct().ToList();
        if (kinds.Count > 1)
        {
            var odd = values.FindIndex(v => !IsMissing(v)
                && (v.ValueKind is JsonValueKind.True or JsonValueKind.False ? JsonValueKind.True : v.ValueKind) != kinds[0]);
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                $"json lines: '{name}' is a {Word(kinds[0])} at first and a {Word(values[odd].ValueKind)} in row {odd}."))
                {
                    Column = name,
                    Row = odd,
                };
        }
        return kinds.SingleOrDefault() switch
        {
            JsonValueKind.Undefined => new NumberColumn(Enumerable.Repeat(double.NaN, rows).ToArray()),
            JsonValueKind.Number when values.All(v => IsMissing(v) || v.TryGetInt64(out _)) =>
                new IntegerColumn(values.Select(v => IsMissing(v) ? IntegerColumn.MissingValue : v.GetInt64()).ToArray()),
            JsonValueKind.Number => new NumberColumn(values.Select(v => IsMissing(v) ? double.NaN : v.GetDouble()).ToArray()),
            JsonValueKind.True => new TruthColumn(values.Select(v => IsMissing(v) ? (sbyte)-1 : v.GetBoolean() ? (sbyte)1 : (sbyte)0)
                .ToArray()),
            JsonValueKind.String => TextColumn.Of(values.Select(v => IsMissing(v) ? null : v.GetString())),
            _ => TextColumn.Of(values.Select(v => IsMissing(v) ? null : v.GetRawText())),
        };
    }

    private static bool IsMissing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static string Word(JsonValueKind kind)
        => kind is JsonValueKind.True or JsonValueKind.False ? "truth" : kind.ToString().ToLowerInvariant();
}
