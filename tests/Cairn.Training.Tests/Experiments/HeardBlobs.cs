namespace Cairn.Training.Tests;

/// <summary>Blobs that hear when the attempt that reads them is given up.</summary>
internal sealed class HeardBlobs(IBlobs blobs) : IBlobs
{
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the attempt that opened a blob is cancelled, by itself or from outside.</summary>
    public Task Cancelled => _cancelled.Task;

    public Task<string> PutAsync(Stream content, CancellationToken cancellationToken) => blobs.PutAsync(content, cancellationToken);

    public Task<Stream> OpenAsync(string hash, CancellationToken cancellationToken)
    {
        cancellationToken.Register(() => _cancelled.TrySetResult());
        return blobs.OpenAsync(hash, cancellationToken);
    }

    public Task<bool> ExistsAsync(string hash, CancellationToken cancellationToken) => blobs.ExistsAsync(hash, cancellationToken);

    public Task DeleteAsync(string hash, CancellationToken cancellationToken) => blobs.DeleteAsync(hash, cancellationToken);

    public Task<IReadOnlyList<string>> OlderAsync(DateTimeOffset since, string after, int limit, CancellationToken cancellationToken)
        => blobs.OlderAsync(since, after, limit, cancellationToken);

    public Task<bool> DeleteOlderAsync(string hash, DateTimeOffset since, CancellationToken cancellationToken)
        => blobs.DeleteOlderAsync(hash, since, cancellationToken);

    public Task<(long Count, long Bytes)> SizeAsync(CancellationToken cancellationToken) => blobs.SizeAsync(cancellationToken);
}
