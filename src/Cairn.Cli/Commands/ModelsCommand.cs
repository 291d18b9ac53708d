using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class ModelsCommand
{
    private static readonly Argument<string[]> Names = new("MODEL")
    {
        Description = "Routes or provider/model; none: every model of a route",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<string> Prompt = new("--prompt")
    {
        Description = "What to ask; left out: for one word",
        HelpName = "TEXT",
    };

    public static Command Create()
        => new CairnCommand("models", "Models: what there is, whether it answers, the keys it takes", "cairn models list")
    {
        new CairnCommand("list", "Show every model with its routes, price and state", "cairn models list").Runs(ListAsync),
        new CairnCommand("check", "Call models with a tiny prompt and show time, tokens and cost",
            "cairn models check openai/gpt-4o-mini local/llama3.2") { Names, Prompt }.Runs(CheckAsync),
        ModelSimilarCommand.Create(),
        ModelKeyCommand.Create(),
    };

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var response = await connection.Api.GetAsync("models", null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(response);
            return ExitCodes.Done;
        }
        var models = response.GetProperty("models").EnumerateArray().ToList();
        foreach (var model in models)
        {
            var routes = string.Join(", ", model.GetProperty("routes").EnumerateArray().Select(r => r.GetString()));
            var (state, detail) = (Text(model, "state"), Text(model, "detail"));
            // Ready is what has answered; of what else may be called, the detail says why that is not known.
            if (state == "ready" && detail is not null)
                state = "unsure";
            invocation.Output.WriteLine($"{model.GetProperty("name").GetString(),-36} {state,-8} {Price(model),-26} {routes}");
            if (detail is not null)
                invocation.Output.WriteLine($"{"",-36} {detail}");
        }
        foreach (var missing in response.GetProperty("providers").EnumerateArray()
            .Where(p => p.GetProperty("missing").GetArrayLength() > 0))
            invocation.Error.WriteLine(
                $"{missing.GetProperty("name").GetString()} is not there: {string.Join("; ", missing.GetProperty("missing").EnumerateArray().Select(m => m.GetString()))}");
        if (models.Count == 0)
            invocation.Error.WriteLine(
                "No route names a model: answers are extracted from the documents. `cairn doctor` names keys and an Ollama that it finds here.");
        return ExitCodes.Done;
    }

    private static async Task<int> CheckAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var body = new JsonObject { ["models"] = new JsonArray([.. invocation.Value(Names).Select(n => (JsonNode)n)]) };
        if (invocation.Value(Prompt) is { } prompt)
            (body["prompt"], body["maxTokens"]) = (prompt, 512);
        var response = await connection.Api.PostAsync("models/try", body, null, cancellationToken);
        var trials = response.GetProperty("trials").EnumerateArray().ToList();
        if (invocation.Json)
            invocation.PrintJson(response);
        else
            trials.ForEach(t => Print(invocation.Output, t, withText: invocation.Value(Prompt) is not null));
        if (trials.Count == 0 && !invocation.Json)
            invocation.Error.WriteLine("No route names a model, so there is none to check.");
        return trials.Any(t => Has(t, "error")) ? ExitCodes.No : ExitCodes.Done;
    }

    private static void Print(TextWriter output, JsonElement trial, bool withText)
    {
        var name = trial.GetProperty("name").GetString();
        var took = trial.GetProperty("milliseconds").GetDouble();
        if (Has(trial, "error"))
        {
            var error = trial.GetProperty("error");
            output.WriteLine(FormattableString.Invariant($"failed   {name,-36} {took,8:0} ms  {Text(error, "message")}"));
            output.WriteLine($"{"",-8} {Text(error, "fix")}");
            return;
        }
        var cost = Has(trial, "costUsd")
            ? FormattableString.Invariant($"{trial.GetProperty("costUsd").GetDecimal():0.000000} USD")
            : "cost unknown";
        var first = Has(trial, "firstMilliseconds")
            ? FormattableString.Invariant($"(first token {trial.GetProperty("firstMilliseconds").GetDouble():0} ms)")
            : "";
        output.WriteLine(
            FormattableString.Invariant(
                $"ok       {name,-36} {took,8:0} ms {first}  {Number(trial, "inputTokens")} + {Number(trial, "outputTokens")} tokens  {cost}"));
        if (withText)
            output.WriteLine(Text(trial, "text"));
    }

    private static string Price(JsonElement model)
        => Has(model, "price")
            ? FormattableString.Invariant(
                $"{model.GetProperty("price").GetProperty("input").GetDecimal():0.###} / {model.GetProperty("price").GetProperty("output").GetDecimal():0.###} USD per M")
            : "price unknown";

    private static string Number(JsonElement element, string name) => Has(element, name) ? element.GetProperty(name).ToString() : "?";

    private static bool Has(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement element, string name) => Has(element, name) ? element.GetProperty(name).GetString() : null;
}
