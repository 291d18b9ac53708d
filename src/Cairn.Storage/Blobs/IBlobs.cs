namespace Cairn.Storage;

/// <summary>Content-addressed bytes: originals, layouts, artefacts. A blob is whole and synced before its name is returned.</summary>
public interface IBlobs
{
    /// <returns>The SHA-256 of the content, 64 lower-case hexadecimal digits.</returns>
    Task<string> PutAsync(Stream content, CancellationToken cancellationToken);

    /// <exception cref="FileNotFoundException">No such blob.</exception>
    Task<Stream> OpenAsync(string hash, CancellationToken cancellationToken);

    Task<bool> ExistsAsync(string hash, CancellationToken cancellationToken);

    Task DeleteAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Names in their order after one (empty: from the first) of blobs that nobody has put since then.</summary>
    Task<IReadOnlyList<string>> OlderAsync(DateTimeOffset since, string after, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes a blob unless somebody has put it again since then: who just puts it may be about to refer to it.</summary>
    /// <returns>Whether it is gone now by this call.</returns>
    Task<bool> DeleteOlderAsync(string hash, DateTimeOffset since, CancellationToken cancellationToken);

    /// <returns>How many blobs there are, and their bytes.</returns>
    Task<(long Count, long Bytes)> SizeAsync(CancellationToken cancellationToken);
}
