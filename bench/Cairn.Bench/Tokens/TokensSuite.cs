using System.Text.Json;
using Cairn.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Bench;

/// <summary>How far the estimate of tokens is from two published vocabularies, by kind of text.</summary>
internal sealed class TokensSuite : ISuite
{
    /// <summary>What the count adds around one message.</summary>
    private const int Around = 7;

    private static readonly NodePeer Node = new("tokens");

    public string Name => "tokens";

    public async Task RunAsync(BenchOptions options)
    {
        await Node.InstallAsync();
        var texts = Languages().Concat(Sources()).ToList();
        var file = Path.Combine(Path.GetTempPath(), $"cairn-bench-tokens-{Environment.ProcessId}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(texts.Select(t => t.Text)));
        try
        {
            using var counts = JsonDocument.Parse(await Node.RunAsync("node", "count.js", file));
            await using var services = new ServiceCollection()
                .AddCairnModels(ModelsDeclaration.Empty, new WorkspaceSettings("/", _ => null))
                .BuildServiceProvider();
            var counter = services.GetRequiredService<ITokenCounter>();
            var errors = new List<(string Kind, double Newer, double Older)>();
            foreach (var ((kind, text), count) in texts.Zip(counts.RootElement.EnumerateArray()))
            {
                var estimate = (await counter.CountAsync(new("any", "model"), [new(ChatRole.User, text)], null, default)).Tokens - Around;
                errors.Add((kind, (double)estimate / count[0].GetInt32() - 1, (double)estimate / count[1].GetInt32() - 1));
            }
            foreach (var kind in errors.GroupBy(e => e.Kind))
            {
                await Console.Error.WriteLineAsync(
                    $"{kind.Key}: {kind.Count()} texts, mean deviation {kind.Average(e => e.Newer):+0.0%;-0.0%} of the newer vocabulary, {kind.Average(e => e.Older):+0.0%;-0.0%} of the older");
                Bar.AtMost($"tokens.{kind.Key}.error-newer", kind.Average(e => Math.Abs(e.Newer)), "share", .25);
                Bar.AtMost($"tokens.{kind.Key}.error-older", kind.Average(e => Math.Abs(e.Older)), "share", .25);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<(string Kind, string Text)> Languages()
    {
        foreach (var language in new[] { "en", "de", "es", "zh" })
        {
            using var set = JsonDocument.Parse(File.ReadAllText(Path.Combine(Pool.Data, "squad", $"xquad.{language}.json")));
            foreach (var article in set.RootElement.GetProperty("data").EnumerateArray())
                yield return (language, string.Join("\n\n",
                    article.GetProperty("paragraphs").EnumerateArray().Select(p => p.GetProperty("context").GetString())));
        }
    }

    private static IEnumerable<(string Kind, string Text)> Sources()
    {
        foreach (var (folder, pattern) in new[] { ("src", "*.cs"), ("docs", "*.md"), ("schemas", "*.json") })
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(BenchRepository.Root, folder), pattern, SearchOption.AllDirectories)
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(200))
                yield return (pattern[2..], File.ReadAllText(file));
        }
    }
}
