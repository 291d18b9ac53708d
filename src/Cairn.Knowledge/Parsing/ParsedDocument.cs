using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>What a parser makes of a file: normalised text (LF line ends, no NUL), its structure and, for PDF, its geometry.</summary>
public sealed record ParsedDocument
{
    public required string Text { get; init; }

    public string? Title { get; init; }

    public ImmutableArray<Block> Blocks { get; init; } = [];

    public ImmutableArray<PageSize> Pages { get; init; } = [];

    public ImmutableArray<WordBox> Words { get; init; } = [];

    /// <summary>Front matter of Markdown, meta tags of HTML, core properties of DOCX and PDF: names in lower case.</summary>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The <c>access</c> of the file's own front matter; narrows, never widens.</summary>
    public AccessList? Access { get; init; }

    /// <summary>What a reader should know, for example <c>page 3 has no text layer</c>.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}
