using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cairn.Models;

/// <summary>
/// Reads the data of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) from bytes that may be cut
/// anywhere: line ends are CR, LF or CRLF, comments and fields other than data are passed over. An end without the last blank line leaves
/// out only that: half an event is dropped, a whole one counts.
/// </summary>
internal static class ServerSentEvents
{
    private const int LongestEvent = 4 << 20;

    /// <exception cref="InvalidDataException">An event is longer than 4 MB.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var line = new ArrayBufferWriter<byte>();
        var data = new StringBuilder();
        var (hasData, afterReturn) = (false, false);
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            for (var i = 0; i < read; i++)
            {
                var b = buffer[i];
                if (b == '\n' && afterReturn)
                {
                    afterReturn = false;
                    continue;
                }
                afterReturn = b == '\r';
                if (b is not ((byte)'\n' or (byte)'\r'))
                {
                    line.GetSpan(1)[0] = b;
                    line.Advance(1);
                    if (line.WrittenCount + data.Length > LongestEvent)
                        throw new InvalidDataException("an event of the stream is longer than 4 MB");
                    continue;
                }
                if (line.WrittenCount == 0)
                {
                    if (hasData)
                        yield return data.ToString();
                    data.Clear();
                    hasData = false;
                    continue;
                }
                if (DataOf(line.WrittenSpan) is { } text)
                {
                    data.Append(hasData ? "\n" : "").Append(text);
                    hasData = true;
                }
                line.ResetWrittenCount();
            }
        }
        if (DataOf(line.WrittenSpan) is { } last)
        {
            data.Append(hasData ? "\n" : "").Append(last);
            hasData = true;
        }
        if (hasData && EventScan.IsWholeData(Encoding.UTF8.GetBytes(data.ToString())))
            yield return data.ToString();
    }

    private static string? DataOf(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (!line.StartsWith("data"u8))
            return null;
        line = line[4..];
        if (line.IsEmpty)
            return "";
        if (line[0] != ':')
            return null;
        line = line[1..];
        return Encoding.UTF8.GetString(line.StartsWith(" "u8) ? line[1..] : line);
    }
}
