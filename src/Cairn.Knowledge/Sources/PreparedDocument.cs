using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>What is to be stored of a new version, made outside the transaction, and nothing else: many wait at once.</summary>
internal sealed record PreparedDocument
{
    public string? Title { get; init; }

    /// <summary>UTF-16 units of the whole text.</summary>
    public required int Length { get; init; }

    public required int Passages { get; init; }

    /// <summary>The access of the file's own front matter.</summary>
    public AccessList? Access { get; init; }

    public ImmutableArray<string> Notices { get; init; } = [];

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
