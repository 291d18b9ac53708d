using System.Text.Json;

namespace Cairn.Cli;

/// <summary>Follows a training to its end.</summary>
internal static class Training
{
    /// <returns>The experiment as it ended.</returns>
    public static async Task<JsonElement> FollowAsync(ApiClient api, string id, Invocation invocation, CancellationToken cancellationToken)
    {
        JsonElement last = default;
        var width = 0;
        string? waits = null;
        try
        {
            await foreach (var (_, experiment) in api.StreamAsync(HttpMethod.Get, $"experiments/{id}/events", null, null,
                cancellationToken))
            {
                last = experiment;
                if (!TrainingText.Has(experiment, "progress"))
                    continue;
                var now = TrainingText.Progress(experiment.GetProperty("progress"));
                if (Invocation.ErrorIsTerminal)
                    Show(now);
                else if (now.StartsWith("waits", StringComparison.Ordinal) && now != waits)
                    invocation.Error.WriteLine($"It {waits = now}");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The person left; the training must not go on behind their back.
            await api.PostAsync($"experiments/{id}/cancel", null, null, CancellationToken.None);
            throw;
        }
        finally
        {
            if (width > 0)
                Show("");
        }
        return last.ValueKind == JsonValueKind.Object
            ? last
            : throw new CairnException(ErrorKind.Environment, "training.lost", "The server closed the connection.",
                $"The training goes on when a server runs: cairn experiments follow {id}");

        void Show(string line)
        {
            invocation.Error.Write("\r" + line.PadRight(width) + (line.Length == 0 ? "\r" : ""));
            width = line.Length;
        }
    }

    /// <summary>Prints how a training ended.</summary>
    /// <exception cref="CairnException">It failed or was cancelled.</exception>
    public static void Print(Invocation invocation, JsonElement experiment)
    {
        var id = TrainingText.Text(experiment, "id");
        switch (TrainingText.Text(experiment, "status"))
        {
            case "done" when invocation.Json:
                invocation.PrintJson(experiment);
                break;
            case "done":
                TrainingText.PrintExperiment(invocation.Output, experiment);
                break;
            case "cancelled":
                throw new CairnException(ErrorKind.Environment, "training.cancelled",
                    "The training was cancelled; its curve is kept, no version was made.", $"See it: cairn experiments show {id}");
            default:
                throw new CairnException(ErrorKind.Input, "training.failed",
                    TrainingText.Text(experiment, "error") ?? "The training failed.", $"See it: cairn experiments show {id}");
        }
    }
}
