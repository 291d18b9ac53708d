namespace Cairn.Abstractions;

/// <summary>
/// A piece of one version of a document: what is indexed, ranked and cited. <see cref="Start"/> and <see cref="End"/> are UTF-16
/// offsets into that version's extracted text, so <c>text[Start..End] == Text</c>.
/// </summary>
public sealed record Passage
{
    /// <summary>Unique in the workspace and never reused; grows with the version and within it with <see cref="Start"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The document's identifier, stable over versions and renames.</summary>
    public required string Document { get; init; }

    /// <summary>Counts from 1.</summary>
    public required int Version { get; init; }

    public required string Source { get; init; }

    /// <summary>Relative to the source's root, with forward slashes.</summary>
    public required string Path { get; init; }

    public required string Title { get; init; }

    /// <summary>The headings above, outermost first, joined by " › "; empty when there are none.</summary>
    public required string HeadingPath { get; init; }

    /// <summary>Counts from 1; null where the format has no pages.</summary>
    public int? Page { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    public required string Text { get; init; }

    public required AccessSet Access { get; init; }

    /// <summary>When the document last changed, from its front matter, else the file's time.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>True when a newer document says that it supersedes this one.</summary>
    public bool Superseded { get; init; }
}
