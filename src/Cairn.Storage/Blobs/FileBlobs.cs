using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Cairn.Storage;

/// <summary>
/// One file per blob, named by its hash, in folders of its first two digits. Content arrives in <c>incoming/</c>, is synced, renamed into
/// place and the folder synced; a crash in between leaves a stray in <c>incoming/</c>, which the next process clears. What is there already
/// may be there by another call that has not synced yet, so a folder counts as durable only when this process has synced what holds it.
/// A file's time is when its content was last put; one process writes the folder, so its lock decides between putting again and deleting.
/// </summary>
internal sealed class FileBlobs(string folder, IIdentifiers identifiers, TimeProvider time) : IBlobs
{
    private const int BufferSize = 128 * 1024;

    private readonly string _incoming = Path.Combine(folder, "incoming");
    private readonly Lock _clearing = new();
    private readonly Lock _keeping = new();
    private readonly ConcurrentDictionary<string, bool> _durable = new(StringComparer.Ordinal);
    private bool _cleared;

    /// <summary>Told of each folder before it is synced; a seam for tests.</summary>
    internal Action<string>? Synced { get; set; }

    public async Task<string> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            ClearStrays();
            var temporary = Path.Combine(_incoming, identifiers.New());
            try
            {
                var hash = await ReceiveAsync(content, temporary, cancellationToken);
                Keep(temporary, hash);
                return hash;
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (IOException error) when (DiskErrors.IsFull(error))
        {
            throw DiskErrors.Full(_incoming, error);
        }
    }

    public Task<Stream> OpenAsync(string hash, CancellationToken cancellationToken)
    {
        var path = PathOf(hash);
        return File.Exists(path)
            ? Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize,
                FileOptions.Asynchronous))
            : Task.FromException<Stream>(new FileNotFoundException($"There is no blob {hash}.", path));
    }

    public Task<bool> ExistsAsync(string hash, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(hash)));

    public Task DeleteAsync(string hash, CancellationToken cancellationToken)
    {
        var path = PathOf(hash);
        if (File.Exists(path))
            File.Delete(path);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> OlderAsync(DateTimeOffset since, string after, int limit, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<string>>([.. Files()
            .Where(f => string.CompareOrdinal(f.Name, after) > 0 && f.LastWriteTimeUtc < since.UtcDateTime)
            .Select(f => f.Name).Order(StringComparer.Ordinal).Take(limit)]);

    public Task<bool> DeleteOlderAsync(string hash, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(hash));
        lock (_keeping)
        {
            if (!file.Exists || file.LastWriteTimeUtc >= since.UtcDateTime)
                return Task.FromResult(false);
            file.Delete();
            return Task.FromResult(true);
        }
    }

    public Task<(long Count, long Bytes)> SizeAsync(CancellationToken cancellationToken)
        => Task.FromResult(Files().Aggregate((Count: 0L, Bytes: 0L), (sum, f) => (sum.Count + 1, sum.Bytes + f.Length)));

    private IEnumerable<FileInfo> Files()
        => Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateDirectories("??").SelectMany(shelf => shelf.EnumerateFiles())
                .Where(f => BlobHash.IsValid(f.Name))
            : [];

    private static async Task<string> ReceiveAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0,
            FileOptions.Asynchronous);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Keep(string temporary, string hash)
    {
        var path = PathOf(hash);
        var shelf = Path.GetDirectoryName(path)!;
        if (!_durable.ContainsKey(shelf))
        {
            Directory.CreateDirectory(shelf);
            Sync(folder);
            _durable[shelf] = true;
        }
        lock (_keeping)
        {
            if (!File.Exists(path))
                File.Move(temporary, path, overwrite: true);
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        Sync(shelf);
    }

    private void Sync(string synced)
    {
        Synced?.Invoke(synced);
        FolderSync.Sync(synced);
    }

    private void ClearStrays()
    {
        lock (_clearing)
        {
            if (_cleared)
                return;
            Directory.CreateDirectory(_incoming);
            Sync(Path.GetDirectoryName(Path.GetFullPath(folder))!);
            foreach (var stray in Directory.EnumerateFiles(_incoming))
                File.Delete(stray);
            _cleared = true;
        }
    }

    private string PathOf(string hash) => BlobHash.IsValid(hash)
        ? Path.Combine(folder, hash[..2], hash)
        : throw new ArgumentException($"'{hash}' is not the name of a blob.", nameof(hash));
}
