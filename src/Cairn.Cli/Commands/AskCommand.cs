using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class AskCommand
{
    private static readonly Argument<string> Question = new("QUESTION") { Description = "What you want to know" };
    private static readonly Option<string> App = new("--app")
    {
        Description = "The app that answers",
        HelpName = "NAME",
        DefaultValueFactory = _ => "assistant",
    };
    private static readonly Option<string?> AsUser = GlobalOptions.As();
    private static readonly Option<string?> Source = new("--source") { Description = "Answer from this source only", HelpName = "NAME" };
    private static readonly Option<string?> Model = new("--model")
    {
        Description = "A model route, or `floor` for no model",
        HelpName = "ROUTE",
    };

    public static Command Create()
        => new CairnCommand("ask", "Ask a question, get a cited answer", "cairn ask \"Which tug carries the harbour boom?\"") { Question,
            App, Source, AsUser, Model }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        await Ingestion.EnsureReadAsync(connection.Api, invocation, cancellationToken);
        var path = $"apps/{Uri.EscapeDataString(invocation.Value(App))}/ask";
        var body = new JsonObject
        {
            ["question"] = invocation.Value(Question),
            ["model"] = invocation.Value(Model),
            ["source"] = invocation.Value(Source),
        };
        if (invocation.Json)
        {
            invocation.PrintJson(await connection.Api.PostAsync(path, body, invocation.Value(AsUser), cancellationToken));
            return ExitCodes.Done;
        }
        var streamed = "";
        await foreach (var (name, data) in connection.Api.StreamAsync(HttpMethod.Post, path, body, invocation.Value(AsUser),
            cancellationToken))
        {
            switch (name)
            {
                case "delta" when Invocation.OutputIsTerminal:
                    var text = data.GetProperty("text").GetString()!;
                    invocation.Output.Write(text);
                    streamed += text;
                    break;
                case "reset" when streamed.Length > 0:
                    invocation.Output.WriteLine();
                    streamed = "";
                    break;
                case "done":
                    Print(invocation, data.TryGetProperty("answer", out var answer) && answer.ValueKind == JsonValueKind.Object
                        ? answer
                        : data, streamed);
                    break;
            }
        }
        return ExitCodes.Done;
    }

    private static void Print(Invocation invocation, JsonElement answer, string streamed)
    {
        var output = invocation.Output;
        var cited = AnswerText.WithMarkers(answer);
        if (streamed.Length > 0)
            output.WriteLine();
        // What was streamed has no markers yet; the final text has, so it is printed again only when it differs.
        if (streamed.Trim() != cited.Trim())
            output.WriteLine(cited);
        output.WriteLine();
        foreach (var citation in answer.GetProperty("citations").EnumerateArray())
            output.WriteLine(AnswerText.Line(citation));
        foreach (var notice in answer.GetProperty("notices").EnumerateArray())
            output.WriteLine("Note: " + notice.GetString());
        if (answer.TryGetProperty("degraded", out var degraded) && degraded.ValueKind == JsonValueKind.Object)
            output.WriteLine("Degraded: " + degraded.GetProperty("reason").GetString());
        var steps = CommandHint.In($"cairn trace {answer.GetProperty("traceId").GetString()}");
        output.WriteLine($"{answer.GetProperty("status").GetString()}, {answer.GetProperty("engine").GetString()}, "
            + $"{answer.GetProperty("milliseconds").GetDouble():0} ms; steps: {steps}");
    }
}
