namespace Cairn.Knowledge;

/// <summary>A file that waits to be read by a worker: its bytes when they are at hand, else where they stand.</summary>
internal sealed class ParserRequest(
    string path, string format, ReadOnlyMemory<byte> bytes, string? file, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<ParsedDocument> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path { get; } = path;

    public string Format { get; } = format;

    /// <summary>Meaningful when there is no <see cref="File"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Absolute path of the bytes.</summary>
    public string? File { get; } = file;

    /// <summary>Whoever asked no longer wants the answer.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A worker that others had used before failed at it.</summary>
    public bool Retried { get; set; }

    public Task<ParsedDocument> Answer => _answer.Task;

    public void Complete(ParsedDocument document) => _answer.TrySetResult(document);

    public void Fail(Exception reason) => _answer.TrySetException(reason);

    public void Cancel() => _answer.TrySetCanceled(CancellationToken);
}
