using System.Buffers.Binary;
using System.Text;
using Cairn.Sandbox;

namespace Cairn.Knowledge;

/// <summary>A running worker and the conversation with it.</summary>
internal sealed class WorkerConnection(ISandboxedProcess process) : IAsyncDisposable
{
    private const int LongestAnswer = 512 << 20;
    private const int BufferSize = 64 << 10;

    private readonly BufferedStream _answers = new(process.StandardOutput, BufferSize);

    public int FilesRead { get; private set; }

    public ISandboxedProcess Process => process;

    /// <summary>Sends requests, small ones in one piece. Answers must be taken meanwhile, or both sides wait for each other.</summary>
    public async Task SendAsync(IEnumerable<ParserRequest> requests)
    {
        using var together = new MemoryStream();
        foreach (var request in requests)
        {
            if (request.File is null)
            {
                WriteHeader(together, request, request.Bytes.Length);
                together.Write(request.Bytes.Span);
            }
            else
            {
                await using var content = File.OpenRead(request.File);
                WriteHeader(together, request, content.Length);
                await FlushAsync(together);
                await content.CopyToAsync(process.StandardInput);
            }
            if (together.Length >= BufferSize)
                await FlushAsync(together);
        }
        await FlushAsync(together);
    }

    /// <summary>No further request: the worker ends once it has read what was sent.</summary>
    public ValueTask EndInputAsync() => process.StandardInput.DisposeAsync();

    /// <summary>The next answer, in order of the requests.</summary>
    /// <exception cref="UnreadableFileException">The worker says why the file cannot be read; it stays usable.</exception>
    /// <exception cref="IOException">The worker is gone.</exception>
    /// <exception cref="InvalidDataException">The worker answers nonsense.</exception>
    /// <exception cref="OutOfMemoryException">The worker had too little memory.</exception>
    public async Task<ParsedDocument> ReceiveAsync(CancellationToken cancellationToken)
    {
        var head = new byte[5];
        await _answers.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        if (length is < 0 or > LongestAnswer)
            throw new InvalidDataException("The worker's answer is too long.");
        var payload = new byte[length];
        await _answers.ReadExactlyAsync(payload, cancellationToken);
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

    private async Task FlushAsync(MemoryStream together)
    {
        await process.StandardInput.WriteAsync(together.GetBuffer().AsMemory(0, (int)together.Length));
        await process.StandardInput.FlushAsync();
        together.SetLength(0);
    }

    private static void WriteHeader(MemoryStream target, ParserRequest request, long length)
    {
        using var writer = new BinaryWriter(target, Encoding.UTF8, leaveOpen: true);
        writer.Write(request.Format);
        writer.Write(request.Path);
        writer.Write(length);
    }
}
