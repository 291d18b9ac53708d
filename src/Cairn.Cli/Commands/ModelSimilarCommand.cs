using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class ModelSimilarCommand
{
    private static readonly Argument<FileInfo> Questions =
        new("FILE") { Description = "One question a line: {\"text\": \"…\", \"answer\": \"what stands for its answer\"}" };
    private static readonly Option<string> Model = new("--model")
    {
        Description = "Makes the embeddings, PROVIDER/MODEL",
        HelpName = "MODEL",
        Required = true,
    };
    private static readonly Option<string?> Distances = new("--distances")
    {
        Description = "Distances from 0 to 1 to try, such as 0.02,0.05; left out: ten from 0.01 to 0.5",
        HelpName = "LIST",
    };

    public static Command Create()
        => new CairnCommand("similar", "Measure how often a cache by meaning would give a wrong reply",
            "cairn models similar questions.jsonl --model local/nomic-embed-text") { Questions, Model, Distances }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["model"] = invocation.Value(Model),
            ["questions"] = await ReadAsync(invocation.Value(Questions), cancellationToken),
        };
        if (invocation.Value(Distances) is { } distances)
            body["distances"] = new JsonArray([.. distances.Split(',').Select(Distance)]);
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var response = await connection.Api.PostAsync("models/similar", body, null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(response);
            return ExitCodes.Done;
        }
        invocation.Output.WriteLine("distance   given again   of these wrong");
        foreach (var trial in response.GetProperty("trials").EnumerateArray())
        {
            var (asked, hits, wrong) = (trial.GetProperty("asked").GetInt32(), trial.GetProperty("hits").GetInt32(),
                trial.GetProperty("wrong").GetInt32());
            invocation.Output.WriteLine(FormattableString.Invariant(
                $"{trial.GetProperty("distance").GetDouble(),8:0.####}   {hits,6} {(double)hits / asked,5:0.0%}   {wrong,6} {(hits == 0 ? 0 : (double)wrong / hits),6:0.0%}"));
        }
        return ExitCodes.Done;
    }

    private static async Task<JsonArray> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
            throw new CairnException(ErrorKind.Input, "file.missing", $"There is no file {file.FullName}.",
                "Name a file with one question a line.");
        var (questions, number) = (new JsonArray(), 0);
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                questions.Add((JsonNode)Read(line, file.Name, number));
        }
        return questions;
    }

    private static JsonObject Read(string line, string file, int number)
    {
        try
        {
            if (JsonNode.Parse(line) is JsonObject { Count: 2 } question && question["text"]?.GetValueKind() == JsonValueKind.String
                && question["answer"]?.GetValueKind() == JsonValueKind.String)
                return question;
        }
        catch (JsonException)
        {
            // As for JSON of another form.
        }
        throw new CairnException(ErrorKind.Input, "trial.line", $"Line {number} of {file} is no question.",
            "Write {\"text\": \"Where is my card?\", \"answer\": \"card\"} in each line.");
    }

    private static JsonNode Distance(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var distance)
            ? (JsonNode)distance
            : throw new CairnException(ErrorKind.Input, "trial.invalid", $"'{text}' is no distance.",
                "Write numbers from 0 to 1 with commas between: 0.02,0.05,0.1");
}
