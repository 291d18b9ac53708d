using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// The process that reads DOCX, PDF and HTML, inside a sandbox that has neither files nor network: the bytes come over standard input.
/// Request: format (length-prefixed string), path, length (int64), bytes. Answer: <see cref="WorkerFrame"/>, length (int32), bytes.
/// </summary>
public static class ParserWorker
{
    /// <summary>The hidden command that starts a worker.</summary>
    public const string Command = "parser-worker";

    private const int BufferSize = 64 << 10;

    private static readonly Dictionary<string, IFormatParser> Parsers = new(StringComparer.Ordinal)
    {
        [Formats.Html] = new HtmlParser(),
        [Formats.Docx] = new DocxParser(),
        [Formats.Markdown] = new MarkdownParser(),
    };

    /// <summary>Serves until the input ends.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        // Several requests may have come together, and a header is read byte by byte.
        await using var requests = new BufferedStream(input, BufferSize);
        await using var answers = new BufferedStream(output, BufferSize);
        using var reader = new BinaryReader(requests, Encoding.UTF8, leaveOpen: true);
        using var writer = new BinaryWriter(answers, Encoding.UTF8, leaveOpen: true);
        while (true)
        {
            string format;
            try
            {
                format = reader.ReadString();
            }
            catch (EndOfStreamException)
            {
                return 0;
            }
            var path = reader.ReadString();
            var (frame, payload) = await AnswerAsync(format, path, requests, reader.ReadInt64(), cancellationToken);
            writer.Write((byte)frame);
            writer.Write(payload.Length);
            writer.Write(payload);
            await answers.FlushAsync(cancellationToken);
            if (frame is WorkerFrame.OutOfMemory or WorkerFrame.Failed)
                return 1;
        }
    }

    private static async Task<(WorkerFrame, byte[])> AnswerAsync(
        string format, string path, Stream input, long length, CancellationToken cancellationToken)
    {
        try
        {
            var document = format == Formats.Pdf
                ? await ParsePdfAsync(input, length, cancellationToken)
                : Parsers[format].Parse(await BytesAsync(input, length, cancellationToken), path, cancellationToken);
            return (WorkerFrame.Document, ParsedDocumentCodec.Write(document));
        }
        catch (UnreadableFileException e)
        {
            return (WorkerFrame.Unreadable, Strings(e.Code, e.Message, e.Fix));
        }
        catch (OutOfMemoryException)
        {
            return (WorkerFrame.OutOfMemory, []);
        }
#pragma warning disable CA1031 // Whatever a hostile file makes the parser throw, it costs this file and this process only.
        catch (Exception e)
        {
            return (WorkerFrame.Failed, Strings(e.GetType().Name));
        }
#pragma warning restore CA1031
    }

    /// <summary>The PDF goes to a file of the sandbox's own /tmp: pdftotext wants to seek.</summary>
    private static async Task<ParsedDocument> ParsePdfAsync(Stream input, long length, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            var head = new byte[1024];
            var used = 0;
            await using (var target = new FileStream(file, FileMode.Create, FileAccess.Write))
            {
                var buffer = new byte[BufferSize];
                for (var left = length; left > 0;)
                {
                    var read = await input.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                    if (read == 0)
                        throw new EndOfStreamException();
                    if (used < head.Length)
                    {
                        var part = Math.Min(read, head.Length - used);
                        buffer.AsSpan(0, part).CopyTo(head.AsSpan(used));
                        used += part;
                    }
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                    left -= read;
                }
            }
            if (head.AsSpan(0, used).IndexOf("%PDF-"u8) < 0)
                throw Unreadable.Mismatch("PDF",
                    FileSignature.IsHtml(head.AsSpan(0, used)) ? "a web page" : FileSignature.Of(head.AsSpan(0, used)) ?? "something else");
            return await PdfParser.ParseAsync(file, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(Stream input, long length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await input.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static byte[] Strings(params string[] values)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var value in values)
            writer.Write(value);
        writer.Flush();
        return stream.ToArray();
    }
}
