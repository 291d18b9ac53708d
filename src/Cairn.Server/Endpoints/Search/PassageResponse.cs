using System.Collections.Immutable;

namespace Cairn.Server;

/// <summary>A hit: <c>text[start..end]</c> of that version of the document is <see cref="Text"/>.</summary>
internal sealed record PassageResponse
{
    public required string Document { get; init; }

    public required int Version { get; init; }

    public required string Source { get; init; }

    public required string Path { get; init; }

    public required string Title { get; init; }

    public required string HeadingPath { get; init; }

    public required int? Page { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    public required string Text { get; init; }

    public required double Score { get; init; }

    /// <summary>What the score is made of; null unless asked for.</summary>
    public required ImmutableDictionary<string, double>? Parts { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public required bool Superseded { get; init; }

    public static PassageResponse Of(RetrievedPassage hit, bool explain) => new()
    {
        Document = hit.Passage.Document,
        Version = hit.Passage.Version,
        Source = hit.Passage.Source,
        Path = hit.Passage.Path,
        Title = hit.Passage.Title,
        HeadingPath = hit.Passage.HeadingPath,
        Page = hit.Passage.Page,
        Start = hit.Passage.Start,
        End = hit.Passage.End,
        Text = hit.Passage.Text,
        Score = hit.Score,
        Parts = explain ? hit.Parts : null,
        Changed = hit.Passage.Changed,
        Superseded = hit.Passage.Superseded,
    };
}
