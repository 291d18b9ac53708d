using System.Buffers;
using System.Security.Cryptography;

namespace Cairn.Knowledge;

/// <summary>Reads files so that what is parsed, hashed and kept are the same bytes, from inside the source's folder.</summary>
internal sealed class FileReader
{
    /// <summary>A file whose time is closer than this to the reading may change again without a new time.</summary>
    public const long RestMilliseconds = 2_000;

    /// <summary>Files up to this size are held in memory while they are worked on.</summary>
    public const int Small = 256 * 1024;

    private const int Attempts = 5;

    private readonly string _scratch;
    private readonly IIdentifiers _identifiers;
    private readonly Lazy<bool> _emptied;

    public FileReader(IngestionOptions options, IIdentifiers identifiers)
    {
        _scratch = options.Scratch;
        _identifiers = identifiers;
        _emptied = new Lazy<bool>(Empty);
    }

    /// <summary>Called after each attempt at reading a file, before it is checked for changes; a seam for tests.</summary>
    internal Action<string>? AfterRead { get; set; }

    /// <summary>Thrown instead of writing a scratch file; a seam for tests of full disks.</summary>
    internal IOException? WriteFails { get; set; }

    /// <exception cref="ChangingFileException">The file would not hold still.</exception>
    public async Task<FileCopy> ReadAsync(ScannedFile file, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var stream = Open(file);
            if (await ReadOnceAsync(stream, file, null, cancellationToken) is { } copy)
                return copy;
            if (attempt == Attempts)
                throw new ChangingFileException();
        }
    }

    /// <summary>Makes sure that the bytes stand in a scratch file; reads them again when they were too many to hold.</summary>
    public async Task<FileCopy> WriteAsync(FileCopy copy, ScannedFile file, CancellationToken cancellationToken)
    {
        if (WriteFails is not null)
            throw WriteFails;
        var path = NewPath(file.Path);
        if (copy.Bytes is { } bytes)
        {
            await File.WriteAllBytesAsync(path, bytes, cancellationToken);
            copy.Path = path;
            return copy;
        }
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await using var stream = Open(file);
            await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            if (await ReadOnceAsync(stream, file, target, cancellationToken) is { } whole)
            {
                whole.Path = path;
                return whole;
            }
        }
        File.Delete(path);
        throw new ChangingFileException();
    }

    /// <summary>Takes an upload in, up to the limit.</summary>
    public async Task<FileCopy> ReceiveAsync(
        Stream content, string path, long limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scratch = NewPath(path);
        await using var target = new FileStream(scratch, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        try
        {
            var (hash, length, head) = await CopyAsync(content, target, limit, cancellationToken);
            if (length > limit)
            {
                throw new CairnException(ErrorKind.TooLarge, "upload.too-large",
                    $"{path} has more than {limit:N0} bytes, the most that is taken.",
                    "Split the file, or put it into a folder source whose limit is raised.");
            }
            await target.DisposeAsync();
            var bytes = length <= Small ? await File.ReadAllBytesAsync(scratch, cancellationToken) : null;
            return new FileCopy { Hash = hash, Length = length, Modified = now, Head = head, Bytes = bytes, Path = scratch };
        }
        catch
        {
            File.Delete(scratch);
            throw;
        }
    }

    private async Task<FileCopy?> ReadOnceAsync(FileStream stream, ScannedFile file, Stream? target, CancellationToken cancellationToken)
    {
        var (length, modified) = (RandomAccess.GetLength(stream.SafeFileHandle), File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        byte[]? bytes = null;
        string hash;
        long read;
        byte[] head;
        if (length <= Small && target is null)
        {
            bytes = new byte[length];
            // Not asynchronously: for a small file the switch to another thread takes longer than the reading.
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            head = bytes;
        }
        else
        {
            (hash, read, head) = await CopyAsync(stream, target, long.MaxValue, cancellationToken);
        }
        AfterRead?.Invoke(file.File);
        if (read != length || RandomAccess.GetLength(stream.SafeFileHandle) != length
            || File.GetLastWriteTimeUtc(stream.SafeFileHandle) != modified)
            return null;
        return new FileCopy
        {
            Hash = hash,
            Length = length,
            Modified = new DateTimeOffset(modified, TimeSpan.Zero),
            Head = head,
            Bytes = bytes,
        };
    }

    /// <returns>Hash, bytes read (one beyond the limit at most a buffer), and the first of them.</returns>
    private static async Task<(string Hash, long Length, byte[] Head)> CopyAsync(
        Stream from, Stream? to, long limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        byte[] head = [];
        long length = 0;
        try
        {
            while (length <= limit)
            {
                var read = await from.ReadAtLeastAsync(buffer, 4096, throwOnEndOfStream: false, cancellationToken);
                if (read == 0)
                    break;
                if (length == 0)
                    head = buffer[..Math.Min(read, 4096)];
                length += read;
                hash.AppendData(buffer, 0, read);
                if (to is not null)
                    await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), length, head);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileStream Open(ScannedFile file)
    {
        var stream = new FileStream(file.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0,
            FileOptions.SequentialScan);
        // What was checked during the scan may have been exchanged for a link since; the open file cannot be.
        if (OperatingSystem.IsLinux()
            && File.ResolveLinkTarget($"/proc/self/fd/{stream.SafeFileHandle.DangerousGetHandle()}", false) is { } real
            && !new SourceRoot(file.Root, "").Holds(real.FullName))
        {
            stream.Dispose();
            throw new IOException(FolderScan.LeadsOutside);
        }
        return stream;
    }

    private string NewPath(string path) => _emptied.Value ? Path.Join(_scratch, _identifiers.New() + Ending(path)) : "";

    /// <summary>What a killed process left is of no use: its files are read again.</summary>
    /// <summary>Only a short one: the scratch file's name must not grow too long for the disk.</summary>
    private static string Ending(string path) => Path.GetExtension(path) is { Length: <= 16 } ending ? ending : "";

    private bool Empty()
    {
        Directory.CreateDirectory(_scratch);
        foreach (var left in Directory.EnumerateFiles(_scratch))
            File.Delete(left);
        return true;
    }
}
