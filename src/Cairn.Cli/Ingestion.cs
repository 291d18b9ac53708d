using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli;

/// <summary>Starts an ingestion and follows it to its end; a person at a terminal sees count, rate and time left.</summary>
internal static class Ingestion
{
    /// <returns>The report, as the job left it.</returns>
    public static async Task<JsonElement> RunAsync(
        ApiClient api, JsonObject request, Invocation invocation, CancellationToken cancellationToken)
    {
        var started = await api.PostAsync("ingest", request, null, cancellationToken);
        foreach (var warning in started.GetProperty("warnings").EnumerateArray())
            invocation.Error.WriteLine($"Warning: {warning.GetString()}");
        return await FollowAsync(api, started.GetProperty("jobId").GetString()!, invocation, cancellationToken);
    }

    public static async Task<JsonElement> FollowAsync(ApiClient api, string job, Invocation invocation, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(invocation.Error, Invocation.ErrorIsTerminal, TimeProvider.System);
        JsonElement last = default;
        try
        {
            await foreach (var (_, data) in api.StreamAsync(HttpMethod.Get, $"jobs/{job}/events", null, null, cancellationToken))
            {
                last = data;
                if (data.TryGetProperty("progress", out var p) && p.ValueKind == JsonValueKind.Object)
                    progress.Show(p);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The person left; the job must not go on behind their back. What it did is kept.
            await api.PostAsync($"jobs/{job}/cancel", null, null, CancellationToken.None);
            throw;
        }
        finally
        {
            progress.Clear();
        }
        var status = last.ValueKind == JsonValueKind.Object ? last.GetProperty("status").GetString() : null;
        if (status != "done")
        {
            var error = last.ValueKind == JsonValueKind.Object && last.TryGetProperty("error", out var e) ? e.GetString() : null;
            throw new CairnException(ErrorKind.Environment, "ingest." + (status ?? "lost"),
                status == "cancelled"
                    ? "The ingestion was cancelled; what it had read is kept."
                    : $"The ingestion failed: {error ?? "the server closed the connection"}",
                "Run the same command again: it continues where it stopped.");
        }
        var output = last.GetProperty("output");
        if (output.ValueKind == JsonValueKind.Object)
            return output.Clone();
        using var document = JsonDocument.Parse(output.GetString()!);
        return document.RootElement.Clone();
    }

    /// <summary>
    /// Reads declared sources that were never read, so that the first question in a fresh clone has something to answer from.
    /// </summary>
    public static async Task EnsureReadAsync(ApiClient api, Invocation invocation, CancellationToken cancellationToken)
    {
        var sources = await api.GetAsync("sources", null, cancellationToken);
        foreach (var source in sources.GetProperty("sources").EnumerateArray())
        {
            if (!source.GetProperty("declared").GetBoolean()
                || (source.TryGetProperty("lastIngested", out var at) && at.ValueKind == JsonValueKind.String))
                continue;
            var name = source.GetProperty("name").GetString()!;
            if (source.GetProperty("root") is { ValueKind: JsonValueKind.String } root && !Directory.Exists(root.GetString()))
                Note($"The folder {root.GetString()} of the source {name} is not there, so nothing of it is read.");
            else
                await ReadAsync(api, name, invocation, cancellationToken);
        }

        // One source that cannot be read is no reason to refuse what the others answer.
        void Note(string what) => invocation.Error.WriteLine($"Note: {what} cairn doctor says what mends it.");

        async Task ReadAsync(ApiClient api, string name, Invocation invocation, CancellationToken cancellationToken)
        {
            invocation.Error.WriteLine($"Reading the source {name} for the first time…");
            try
            {
                var report = await RunAsync(api, new JsonObject { ["source"] = name }, invocation, cancellationToken);
                foreach (var failure in report.GetProperty("failures").EnumerateArray())
                    invocation.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"  failed: {failure.GetProperty("path").GetString()}: {failure.GetProperty("reason").GetString()}"));
            }
            catch (CairnException e) when (e.Code == "ingest.failed")
            {
                Note(e.Message);
            }
        }
    }
}
