using System.CommandLine;
using System.Text.Json;

namespace Cairn.Cli.Commands;

internal static class TraceCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "The trace of an answer" };

    public static Command Create()
        => new CairnCommand("trace", "Draw the steps of an answer as a tree", "cairn trace 4bf92f3577b34da6a3ce929d0e0e4736") { Id }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var trace = await connection.Api.GetAsync("traces/" + Uri.EscapeDataString(invocation.Value(Id)), null, cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(trace);
        else
            Print(invocation.Output, trace);
        return ExitCodes.Done;
    }

    private static void Print(TextWriter output, JsonElement trace)
    {
        var spans = trace.GetProperty("spans").EnumerateArray().ToList();
        var ids = spans.Select(s => s.GetProperty("id").GetString()).ToHashSet();
        var children = spans.ToLookup(s => s.TryGetProperty("parent", out var p) && p.ValueKind == JsonValueKind.String
            && ids.Contains(p.GetString()) ? p.GetString()! : "");
        output.WriteLine($"{trace.GetProperty("app").GetString()}, {Moment.Of(trace.GetProperty("started"), "d MMMM yyyy, HH:mm:ss")}");
        Branch(output, children, "", "");
    }

    private static void Branch(TextWriter output, ILookup<string, JsonElement> children, string parent, string indent)
    {
        var branch = children[parent].OrderBy(s => s.GetProperty("start").GetDouble()).ToList();
        for (var i = 0; i < branch.Count; i++)
        {
            var span = branch[i];
            var last = i == branch.Count - 1;
            var attributes = span.TryGetProperty("attributes", out var a) && a.ValueKind == JsonValueKind.Object
                ? string.Join("  ", a.EnumerateObject().Select(x => $"{x.Name}={x.Value}"))
                : "";
            var failed = span.TryGetProperty("error", out var e) && e.ValueKind == JsonValueKind.String ? "  failed: " + e.GetString() : "";
            var name = indent + (last ? "└─ " : "├─ ") + span.GetProperty("name").GetString();
            output.WriteLine($"{name.PadRight(34)} {span.GetProperty("milliseconds").GetDouble(),8:0.0} ms  {attributes}{failed}"
                .TrimEnd());
            Branch(output, children, span.GetProperty("id").GetString()!, indent + (last ? "   " : "│  "));
        }
    }
}
