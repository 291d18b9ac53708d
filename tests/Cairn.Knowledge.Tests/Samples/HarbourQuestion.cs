using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Knowledge.Tests;

/// <summary>A line of <c>samples/harbour/questions.jsonl</c>.</summary>
internal sealed record HarbourQuestion
{
    public required string Id { get; init; }

    public required string Question { get; init; }

    /// <summary><c>single</c>, <c>two</c> (needs two documents), <c>none</c> (no answer), <c>rights</c> (a trap, or its control).</summary>
    public required string Kind { get; init; }

    [JsonPropertyName("as")]
    public required HarbourAsker Asker { get; init; }

    /// <summary><c>answered</c> or <c>missing</c>.</summary>
    public required string Expect { get; init; }

    public required HarbourEvidence[] Evidence { get; init; }

    public string? Answer { get; init; }

    /// <summary>Never looked at while tuning.</summary>
    public required bool HeldOut { get; init; }

    public static IReadOnlyList<HarbourQuestion> ReadAll()
        => [.. File.ReadLines(Path.Combine(Samples.Harbour, "questions.jsonl"))
            .Select(line => JsonSerializer.Deserialize<HarbourQuestion>(line, JsonSerializerOptions.Web)!)];
}
