using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>How files are read: sizes in bytes, times per file, and how the separate parser process is started.</summary>
public sealed record ParserOptions
{
    /// <summary>Larger Markdown, HTML, text and CSV files are refused: the whole text of a document is one value in memory.</summary>
    public long MaxTextBytes { get; init; } = 64L << 20;

    /// <summary>Larger DOCX and PDF files are refused.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Larger Markdown files are read by a worker: some inputs take a Markdown parser time that grows with the square of their length.
    /// </summary>
    public long MaxMarkdownInProcess { get; init; } = 64L << 10;

    /// <summary>Wall-clock time that one file may take in a worker.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory that a worker and what it starts may use together.</summary>
    public long Memory { get; init; } = 768L << 20;

    /// <summary>Files after which a worker is replaced by a fresh one.</summary>
    public int FilesPerWorker { get; init; } = 500;

    /// <summary>A worker that had nothing to do for so long ends.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Workers at the same time.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>
    /// What starts a worker: a program and its arguments. Null: this process's own executable with <see cref="ParserWorker.Command"/>.
    /// </summary>
    public ImmutableArray<string>? WorkerCommand { get; init; }
}
