using System.Globalization;
using System.Text.Json;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>JSON objects as rows of a model's input; what the schema refuses is named with its field and row.</summary>
internal static class InputRows
{
    public const int Most = 10_000;

    public static Frame Read(IReadOnlyList<JsonElement> rows, InputSchema input, DataProfile profile)
    {
        if (rows.Count is 0 or > Most)
            throw Refused($"There are {rows.Count:N0} rows; 1 to {Most:N0} are predicted at once.",
                rows.Count == 0 ? "Send one row or more." : "Send fewer rows per call.");
        for (var row = 0; row < rows.Count; row++)
            RequireFields(rows[row], row, input);
        return new Frame([.. input.Fields.Select(f => (f.Name,
            f.Kind == FeatureKind.Number ? (Column)Numbers(rows, f) : Texts(rows, f, input.Unseen, profile)))]);
    }

    private static void RequireFields(JsonElement row, int at, InputSchema input)
    {
        if (row.ValueKind != JsonValueKind.Object)
            throw Refused($"Row {at} is {KindOf(row)}; a row is an object with the model's fields.",
                "Send objects such as {\"field\": 1}.");
        var sent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in row.EnumerateObject())
        {
            if (!sent.Add(field.Name))
                throw Refused($"Row {at} has the field '{field.Name}' twice.", "Send each field once.");
            if (input.Fields.All(f => f.Name != field.Name))
                throw Refused(
                    $"Row {at} has a field '{field.Name}' that the model does not know; its fields are "
                        + $"{string.Join(", ", input.Fields.Take(20).Select(f => f.Name))}.",
                    "Mend the field's name, or leave it out.");
        }
    }

    private static NumberColumn Numbers(IReadOnlyList<JsonElement> rows, InputField field)
    {
        var numbers = new double[rows.Count];
        for (var row = 0; row < numbers.Length; row++)
        {
            numbers[row] = ValueOf(rows[row], row, field) switch
            {
                { ValueKind: JsonValueKind.Null } => double.NaN,
                { ValueKind: JsonValueKind.True } when field.TakesTruths => 1,
                { ValueKind: JsonValueKind.False } when field.TakesTruths => 0,
                { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
                var value => throw Refused($"Row {row}: the field '{field.Name}' is {KindOf(value)}; a finite number is expected.",
                    "Send a JSON number, without quotes."),
            };
        }
        return new NumberColumn(numbers);
    }

    private static TextColumn Texts(IReadOnlyList<JsonElement> rows, InputField field, UnseenCategories unseen, DataProfile profile)
    {
        var known = profile.Fields.Single(f => f.Name == field.Name);
        var texts = new string?[rows.Count];
        for (var row = 0; row < texts.Length; row++)
        {
            texts[row] = ValueOf(rows[row], row, field) switch
            {
                { ValueKind: JsonValueKind.Null } => null,
                { ValueKind: JsonValueKind.String } value => value.GetString(),
                { ValueKind: JsonValueKind.Number } value when field.TakesNumbers => NameOf(value, known),
                { ValueKind: JsonValueKind.True or JsonValueKind.False } value when field.TakesTruths => value.GetRawText(),
                var value => throw Refused($"Row {row}: the field '{field.Name}' is {KindOf(value)}; a text is expected.",
                    "Send a JSON string."),
            };
            if (unseen == UnseenCategories.Refuse && field.Kind == FeatureKind.Category && texts[row] is { } name
                && field.Categories.Length < 200 && !field.Categories.Contains(name))
                throw Refused(
                    $"Row {row}: the field '{field.Name}' is '{name}', which was not there in training "
                        + $"({string.Join(", ", field.Categories.Take(20))}).",
                    "Send one of those, or train with `unseen: ignore`.");
        }
        return TextColumn.Of(texts);
    }

    /// <summary>
    /// The category of training that the number stands for. Columns name theirs in one way (3, 3.5), JSON writes a number in many (3.0,
    /// 3.50); one that is no category stays as it was sent.
    /// </summary>
    private static string NameOf(JsonElement number, FieldProfile known)
    {
        var sent = number.GetRawText();
        if (known.Has(sent))
            return sent;
        if (number.TryGetDecimal(out var exact) && decimal.Truncate(exact) is var whole && whole == exact
            && whole.ToString("F0", CultureInfo.InvariantCulture) is var digits && known.Has(digits))
            return digits;
        if (number.TryGetDouble(out var value) && value.ToString("R", CultureInfo.InvariantCulture) is var shortest && known.Has(shortest))
            return shortest;
        return sent;
    }

    private static JsonElement ValueOf(JsonElement row, int at, InputField field)
    {
        if (row.TryGetProperty(field.Name, out var value) && (value.ValueKind != JsonValueKind.Null || field.MayMiss))
            return value;
        return field.MayMiss
            ? Null
            : throw Refused($"Row {at} has no value for the field '{field.Name}', and this model refuses missing numbers.",
                "Send a number for it.");
    }

    private static JsonElement Null { get; } = JsonDocument.Parse("null").RootElement;

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => value.GetString() is { Length: <= 40 } text ? $"the text '{text}'" : "a text",
        JsonValueKind.Number => value.GetRawText().Length <= 40 ? value.GetRawText() : "a long number",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    private static CairnException Refused(string message, string fix) => new(ErrorKind.Input, "prediction.input", message, fix);
}
