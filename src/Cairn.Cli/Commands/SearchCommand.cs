using System.CommandLine;
using System.Text.Json;

namespace Cairn.Cli.Commands;

internal static class SearchCommand
{
    private static readonly Argument<string> Query = new("QUERY") { Description = "What to look for" };
    private static readonly Option<string?> Source = new("--source") { Description = "Only this source", HelpName = "NAME" };
    private static readonly Option<string?> AsUser = GlobalOptions.As();
    private static readonly Option<int> Top = new("--top") { Description = "How many passages (1 to 200)", DefaultValueFactory = _ => 10 };
    private static readonly Option<bool> Explain = new("--explain") { Description = "Show what each score is made of" };

    public static Command Create()
        => new CairnCommand("search", "Find passages", "cairn search \"storm surge berth\" --top 5 --explain") { Query, Source, AsUser, Top,
            Explain }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        await Ingestion.EnsureReadAsync(connection.Api, invocation, cancellationToken);
        var path = $"search?q={Uri.EscapeDataString(invocation.Value(Query))}&top={invocation.Value(Top)}&explain={(invocation.Value(Explain) ? "true" : "false")}"
            + (invocation.Value(Source) is { } source ? "&source=" + Uri.EscapeDataString(source) : "");
        var result = await connection.Api.GetAsync(path, invocation.Value(AsUser), cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(result);
        else
            Print(invocation, result);
        return ExitCodes.Done;
    }

    private static void Print(Invocation invocation, JsonElement result)
    {
        var passages = result.GetProperty("passages");
        if (passages.GetArrayLength() == 0)
        {
            invocation.Output.WriteLine(CommandHint.In("Nothing found. Try other words, or see what is there: cairn doctor"));
            return;
        }
        var n = 0;
        foreach (var passage in passages.EnumerateArray())
        {
            var page = passage.TryGetProperty("page", out var p) && p.ValueKind == JsonValueKind.Number ? $", page {p.GetInt32()}" : "";
            invocation.Output.WriteLine(
                $"{++n,2}. {passage.GetProperty("title").GetString()}  ({passage.GetProperty("path").GetString()}{page})  {passage.GetProperty("score").GetDouble():0.00}");
            invocation.Output.WriteLine("    " + Excerpt(passage.GetProperty("text").GetString()!));
            if (invocation.Value(Explain) && passage.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Object)
                invocation.Output.WriteLine("    "
                    + string.Join("  ", parts.EnumerateObject().Select(x => $"{x.Name} {x.Value.GetDouble():0.00}")));
        }
    }

    private static string Excerpt(string text)
    {
        var flat = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (flat.Length <= 240)
            return flat;
        var cut = flat.LastIndexOf(' ', 240);
        return flat[..(cut > 0 ? cut : 240)] + "…";
    }
}
