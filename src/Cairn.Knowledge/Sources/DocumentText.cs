using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>One version's extracted text with its structure, as the document page shows it.</summary>
public sealed record DocumentText
{
    public required string Document { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required string Path { get; init; }

    public required string Text { get; init; }

    public ImmutableArray<Block> Blocks { get; init; } = [];

    public ImmutableArray<PageSize> Pages { get; init; } = [];

    public ImmutableArray<string> Notices { get; init; } = [];
}
