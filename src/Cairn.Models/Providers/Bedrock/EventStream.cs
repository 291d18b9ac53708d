using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cairn.Models;

/// <summary>
/// Reads <c>application/vnd.amazon.eventstream</c> (https://smithy.io/2.0/aws/amazon-eventstream.html): total length, headers' length,
/// checksum of both; headers; payload; checksum of all. Both checksums are verified.
/// </summary>
internal static class EventStream
{
    private const int Prelude = 12;
    private const int LongestMessage = 24 << 20;

    /// <exception cref="InvalidDataException">Not such a stream, or damaged on the way.</exception>
    /// <exception cref="EndOfStreamException">It ends inside of a message.</exception>
    public static async IAsyncEnumerable<EventStreamMessage> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prelude = new byte[Prelude];
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(prelude, Prelude, throwOnEndOfStream: false, cancellationToken);
            if (read == 0)
                yield break;
            if (read < Prelude)
                throw new EndOfStreamException("The stream ends inside of a message.");
            var (total, headers) = ReadPrelude(prelude);
            var message = new byte[total];
            prelude.CopyTo(message, 0);
            await stream.ReadExactlyAsync(message.AsMemory(Prelude), cancellationToken);
            if (Crc32.Of(message.AsSpan(..^4)) != BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(total - 4)))
                throw new InvalidDataException("A message of the event stream has a wrong checksum.");
            yield return new(ReadHeaders(message.AsSpan(Prelude, headers)), message.AsMemory((Prelude + headers)..^4));
        }
    }

    private static (int Total, int Headers) ReadPrelude(ReadOnlySpan<byte> prelude)
    {
        var total = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(prelude[4..]);
        if (Crc32.Of(prelude[..8]) != BinaryPrimitives.ReadUInt32BigEndian(prelude[8..]))
            throw new InvalidDataException("The event stream has a wrong checksum: it is none, or it was damaged.");
        if (total is < Prelude + 4 or > LongestMessage || headers > total - Prelude - 4)
            throw new InvalidDataException($"The event stream has a message of {total} bytes with {headers} of headers.");
        return ((int)total, (int)headers);
    }

    private static ImmutableDictionary<string, string> ReadHeaders(ReadOnlySpan<byte> bytes)
    {
        var headers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (!bytes.IsEmpty)
        {
            var name = Encoding.UTF8.GetString(Take(ref bytes, Take(ref bytes, 1)[0]));
            // Types: true, false, byte, short, integer, long, bytes, string, timestamp, uuid.
            var type = Take(ref bytes, 1)[0];
            var length = type switch
            {
                0 or 1 => 0,
                2 => 1,
                3 => 2,
                4 => 4,
                5 or 8 => 8,
                6 or 7 => BinaryPrimitives.ReadUInt16BigEndian(Take(ref bytes, 2)),
                9 => 16,
                _ => throw new InvalidDataException($"The header '{name}' of the event stream has the unknown type {type}."),
            };
            var value = Take(ref bytes, length);
            if (type == 7)
                headers[name] = Encoding.UTF8.GetString(value);
        }
        return headers.ToImmutable();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (count > bytes.Length)
            throw new InvalidDataException("A header of the event stream is cut off.");
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
