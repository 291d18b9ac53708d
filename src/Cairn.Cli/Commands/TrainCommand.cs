using System.CommandLine;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class TrainCommand
{
    private static readonly Argument<string> Recipe = new("RECIPE") { Description = "A recipe file (docs/training.md)" };
    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Look through the recipe and its data, say what it would take, and do not train",
    };

    private static readonly Option<bool> Detach = new("--detach") { Description = "Leave it to the running server and do not wait" };

    public static Command Create()
        => new CairnCommand("train", "Train a model as a recipe says; Ctrl+C cancels it", "cairn train recipes/ships.yaml") { Recipe, Check,
            Detach }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var recipe = new JsonObject { ["recipe"] = Path.GetFullPath(invocation.Value(Recipe)) };
        if (invocation.Value(Check))
        {
            var plan = await connection.Api.PostAsync("experiments/plan", recipe, null, cancellationToken);
            if (invocation.Json)
                invocation.PrintJson(plan);
            else
                TrainingText.PrintPlan(invocation.Output, plan);
            return ExitCodes.Done;
        }
        var experiment = await connection.Api.PostAsync("experiments", recipe, null, cancellationToken);
        var id = TrainingText.Text(experiment, "id")!;
        if (invocation.Value(Detach))
        {
            if (invocation.Json)
                invocation.PrintJson(experiment);
            else
                invocation.Output.WriteLine(CommandHint.In($"{id} is on its way; follow it: cairn experiments follow {id}"));
            return ExitCodes.Done;
        }
        invocation.Error.WriteLine($"Experiment {id}");
        var ended = await Training.FollowAsync(connection.Api, id, invocation, cancellationToken);
        Training.Print(invocation, ended);
        if (!invocation.Json)
            await HintAsync(connection.Api, ended.GetProperty("model").GetString()!,
                ended.GetProperty("outcome").GetProperty("version").GetInt32(), invocation, cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task HintAsync(
        ApiClient api, string model, int version, Invocation invocation, CancellationToken cancellationToken)
    {
        var registered = await api.GetAsync($"registry/{model}", null, cancellationToken);
        var live = TrainingText.Has(registered, "live") ? registered.GetProperty("live").GetInt32() : 0;
        invocation.Error.WriteLine(live == version
            ? $"Version {version} of {model} is live: cairn predict {model} --schema"
            : $"Version {live} of {model} is live; make this one live: cairn registry promote {model} {version}");
    }
}
