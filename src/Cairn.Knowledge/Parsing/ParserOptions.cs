namespace Cairn.Knowledge;

/// <summary>How files are read: sizes in bytes, times per file, and how the separate parser process is started.</summary>
public sealed record ParserOptions
{
    /// <summary>Larger Markdown, HTML, text and CSV files are refused: the whole text of a document is one value in memory.</summary>
    public long MaxTextBytes { get; init; } = 64L << 20;

    /// <summary>Larger DOCX and PDF files are refused.</summary>
    public long MaxFileBytes { get; init; } = 512L << 20;
}
