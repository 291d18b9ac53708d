using System.Buffers.Binary;
using System.Text;
using Cairn.Sandbox;

namespace Cairn.Knowledge;

/// <summary>A running worker and the conversation with it.</summary>
internal sealed class WorkerConnection(ISandboxedProcess process) : IAsyncDisposable
{
    private const int LongestAnswer = 512 << 20;

    public int FilesRead { get; private set; }

    public ISandboxedProcess Process => process;

    /// <exception cref="UnreadableFileException">The worker says why the file cannot be read; it stays usable.</exception>
    /// <exception cref="IOException">The worker is gone.</exception>
    /// <exception cref="InvalidDataException">The worker answers nonsense.</exception>
    /// <exception cref="OutOfMemoryException">The worker had too little memory.</exception>
    public async Task<ParsedDocument> ParseAsync(string file, string path, string format, CancellationToken cancellationToken)
    {
        await using (var content = File.OpenRead(file))
        {
            await process.StandardInput.WriteAsync(Header(format, path, content.Length), cancellationToken);
            await content.CopyToAsync(process.StandardInput, cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
        }
        var head = new byte[5];
        await process.StandardOutput.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        if (length is < 0 or > LongestAnswer)
            throw new InvalidDataException("The worker's answer is too long.");
        var payload = new byte[length];
        await process.StandardOutput.ReadExactlyAsync(payload, cancellationToken);
        FilesRead++;
        switch ((WorkerFrame)head[0])
        {
            case WorkerFrame.Document:
                return ParsedDocumentCodec.Read(payload);
            case WorkerFrame.Unreadable:
                using (var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8))
                    throw new UnreadableFileException(reader.ReadString(), reader.ReadString(), reader.ReadString());
            case WorkerFrame.OutOfMemory:
                throw new InsufficientMemoryException();
            default:
                throw new InvalidDataException("The parser failed.");
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static byte[] Header(string format, string path, long length)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(format);
        writer.Write(path);
        writer.Write(length);
        writer.Flush();
        return stream.ToArray();
    }
}
