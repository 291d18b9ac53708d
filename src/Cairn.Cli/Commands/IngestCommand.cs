using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class IngestCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Files and folders to read",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> Source = new("--source")
    {
        Description = "The source they belong to; made when it does not exist",
        HelpName = "NAME",
    };
    private static readonly Option<string?> Allow = new("--allow")
    {
        Description = "Who may read them (default: the source's rules, else only you)",
        HelpName = "SUBJECT,…",
    };

    public static Command Create()
        => new CairnCommand("ingest", "Read documents, and keep what changed",
            "cairn ingest ~/papers --source papers --allow group:legal,user:ann") { Paths, Source, Allow }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var body = new JsonObject
        {
            ["source"] = invocation.Value(Source),
            ["paths"] = new JsonArray([.. invocation.Value(Paths).Select(p => JsonValue.Create(Path.GetFullPath(p)))]),
            ["allow"] = new JsonArray([.. (invocation.Value(Allow) ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(s => JsonValue.Create(s))]),
        };
        var report = await Ingestion.RunAsync(connection.Api, body, invocation, cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(report);
        else
            Print(invocation.Output, report);
        return report.GetProperty("documents").GetProperty("failed").GetInt32() > 0 ? ExitCodes.No : ExitCodes.Done;
    }

    private static void Print(TextWriter output, JsonElement report)
    {
        var counts = report.GetProperty("documents");
        output.WriteLine($"{report.GetProperty("source").GetString()}: {counts.GetProperty("added")} added, {counts.GetProperty("updated")} updated, "
            + $"{counts.GetProperty("unchanged")} unchanged, {counts.GetProperty("removed")} removed, {counts.GetProperty("failed")} failed; "
            + $"{report.GetProperty("chunks")} {(report.GetProperty("chunks").GetInt64() == 1 ? "passage" : "passages")} in {report.GetProperty("seconds").GetDouble():0.0} s");
        foreach (var failure in report.GetProperty("failures").EnumerateArray())
            output.WriteLine($"  failed: {failure.GetProperty("path").GetString()}: {failure.GetProperty("reason").GetString()}");
    }
}
