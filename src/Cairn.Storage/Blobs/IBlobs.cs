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
}
