using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>Everything of a new version that is to be stored, made outside the transaction.</summary>
internal sealed record PreparedDocument
{
    public required ParsedDocument Parsed { get; init; }

    public required int Passages { get; init; }

    /// <summary>The text with its passages as they are stored.</summary>
    public required ImmutableArray<TextPiece> Pieces { get; init; }

    /// <summary>The blocks as they are stored.</summary>
    public required byte[] Blocks { get; init; }

    /// <summary>The pages, each with its words as they are stored.</summary>
    public ImmutableArray<(PageSize Page, byte[] Words)> Pages { get; init; } = [];

    /// <summary>The original bytes when they are few enough to stand in a row; null: they are a blob.</summary>
    public required byte[]? Original { get; init; }

    /// <summary>From the front matter; null: the file's own time counts.</summary>
    public DateTimeOffset? Changed { get; init; }

    /// <summary>Path, file name or title of the older document that this one takes the place of.</summary>
    public string? Supersedes { get; init; }
}
