using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Learning;

namespace Cairn.Cli.Commands;

internal static class PredictCommand
{
    private const int RowsPerCall = 1000;

    private static readonly Argument<string> Model = new("MODEL") { Description = "A trained model" };
    private static readonly Option<string?> Row = new("--row") { Description = "One row as JSON", HelpName = "JSON" };
    private static readonly Option<string?> Rows = new("--file") { Description = "Rows from a CSV or JSON lines file", HelpName = "FILE" };
    private static readonly Option<bool> Schema = new("--schema") { Description = "Print the JSON Schema of a row instead" };

    public static Command Create()
        => new CairnCommand("predict", "Predict by the live version of a trained model",
            "cairn predict ships --row '{\"tonnage\": 1200, \"flag\": \"NO\"}'") { Model, Row, Rows, Schema }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var model = Uri.EscapeDataString(invocation.Value(Model));
        var schema = await connection.Api.GetAsync($"models/{model}/schema", null, cancellationToken);
        if (invocation.Value(Schema))
        {
            invocation.PrintJson(schema);
            return ExitCodes.Done;
        }
        var predictions = new List<JsonElement>();
        foreach (var rows in RowsOf(invocation, schema).Chunk(RowsPerCall))
        {
            var response = await connection.Api.PostAsync($"models/{model}/predict", new JsonObject { ["rows"] = new JsonArray([.. rows]) },
                null, cancellationToken);
            predictions.AddRange(response.GetProperty("predictions").EnumerateArray());
        }
        if (invocation.Json)
            invocation.Output.WriteLine(
                new JsonObject { ["predictions"] = new JsonArray([.. predictions.Select(p => JsonNode.Parse(p.GetRawText()))]) }
                    .ToJsonString());
        else
            predictions.ForEach(p => invocation.Output.WriteLine(Show(p)));
        return ExitCodes.Done;
    }

    private static List<JsonNode?> RowsOf(Invocation invocation, JsonElement schema)
    {
        if (invocation.Value(Row) is { } row)
            return [Parse(row)];
        if (invocation.Value(Rows) is not { } file)
            throw new CairnException(ErrorKind.Input, "prediction.rows", "No row is given.",
                "Give one with --row JSON, or several with --file FILE; --schema says what a row looks like.");
        try
        {
            return file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
                ? [.. File.ReadLines(file).Where(l => l.Trim().Length > 0).Select(Parse)]
                : ReadCsv(file, schema, invocation.Error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadInputException)
        {
            throw new CairnException(ErrorKind.Input, "prediction.file", $"{file} cannot be read: {error.Message}",
                "Mend the file, or name another.", error);
        }
    }

    /// <summary>The columns that the model knows; others (the target, say) are left out.</summary>
    private static List<JsonNode?> ReadCsv(string file, JsonElement schema, TextWriter notes)
    {
        var fields = schema.GetProperty("properties");
        var texts = fields.EnumerateObject().Where(f => f.Value.GetProperty("type").ToString().Contains("string", StringComparison.Ordinal))
            .Select(f => f.Name);
        using var stream = File.OpenRead(file);
        var frame = Frame.ReadCsv(stream, new CsvOptions { Text = [.. texts] });
        var names = frame.Names.Where(n => fields.TryGetProperty(n, out _)).ToList();
        var absent = fields.EnumerateObject().Select(f => f.Name).Except(names).ToList();
        if (names.Count == 0)
        {
            throw new CairnException(
                ErrorKind.Input, "prediction.columns",
                $"{file} has none of the model's fields ({string.Join(", ", absent)}); its columns are {string.Join(", ", frame.Names)}.",
                "Name the columns in the file's first line as the model does.");
        }
        if (absent.Count > 0)
            notes.WriteLine($"{file} has no column {string.Join(", ", absent)}; the model takes the rows as having no value there.");
        var rows = new List<JsonNode?>();
        for (var row = 0; row < frame.RowCount; row++)
        {
            var json = new JsonObject();
            foreach (var name in names)
                json[name] = frame[name, row] switch
                {
                    null => null,
                    double d => d,
                    long l => l,
                    bool b => b,
                    var other => JsonValue.Create(Convert.ToString(other, CultureInfo.InvariantCulture)),
                };
            rows.Add(json);
        }
        return rows;
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException error)
        {
            throw new CairnException(ErrorKind.Input, "prediction.json", $"The row is not JSON: {error.Message}",
                "Write it as {\"field\": 1, \"other\": \"text\"}.", error);
        }
    }

    private static string Show(JsonElement prediction)
        => TrainingText.Text(prediction, "label") is { } label
            ? $"{label}\t{string.Join("  ", prediction.GetProperty("probabilities").EnumerateObject().Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Value.GetDouble():0.0000}")))}"
            : prediction.GetProperty("value").GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
