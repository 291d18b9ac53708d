using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>
/// Where a sentence rests. <see cref="Start"/> and <see cref="End"/> are UTF-16 offsets into the version's extracted text:
/// <c>text[Start..End] == Quote</c>, exactly. <see cref="N"/> counts from 1 within an answer.
/// </summary>
public sealed record Citation
{
    public required int N { get; init; }

    public required string Document { get; init; }

    public required int Version { get; init; }

    public required string Source { get; init; }

    public required string Path { get; init; }

    public required string Title { get; init; }

    public string HeadingPath { get; init; } = "";

    public int? Page { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    public required string Quote { get; init; }

    /// <summary>For PDF: the rectangles of the quote, one per line and page. Empty for formats without pages.</summary>
    public ImmutableArray<Box> Boxes { get; init; } = [];

    public DateTimeOffset? Changed { get; init; }

    public bool Superseded { get; init; }
}
