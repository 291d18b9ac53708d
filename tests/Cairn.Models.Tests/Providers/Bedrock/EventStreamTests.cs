using System.Text;

namespace Cairn.Models.Tests;

/// <summary>
/// Bytes and checksums of the published vectors, https://github.com/awslabs/aws-c-event-stream (tests) and botocore's test_eventstream.py.
/// </summary>
public sealed class EventStreamTests
{
    private static readonly byte[] Empty = [0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff];

    private static readonly byte[] WithPayloadAndHeader =
    [
        0, 0, 0, 0x3d, 0, 0, 0, 0x20, 0x07, 0xfd, 0x83, 0x96, 0x0c, .. "content-type"u8, 0x07, 0, 0x10, .. "application/json"u8,
        .. "{'foo':'bar'}"u8,
        0x8d, 0x9c, 0x08, 0xb1,
    ];

    [Fact]
    public async Task The_published_messages_are_read_however_the_bytes_are_cut()
    {
        byte[] both = [.. Empty, .. WithPayloadAndHeader];
        for (var step = 1; step <= both.Length; step++)
        {
            var messages = await ReadAsync(new CutStream(both, step));
            Assert.Equal(2, messages.Count);
            Assert.Empty(messages[0].Headers);
            Assert.Equal("application/json", messages[1].Headers["content-type"]);
            Assert.Equal("{'foo':'bar'}", Encoding.UTF8.GetString(messages[1].Payload.Span));
        }
    }

    [Fact]
    public async Task A_changed_byte_anywhere_is_noticed()
    {
        for (var i = 0; i < WithPayloadAndHeader.Length; i++)
        {
            var damaged = WithPayloadAndHeader.ToArray();
            damaged[i] ^= 1;
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public async Task A_stream_that_ends_inside_of_a_message_says_so()
    {
        for (var length = 1; length < WithPayloadAndHeader.Length; length++)
            await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(new MemoryStream(WithPayloadAndHeader[..length])));
    }

    private static async Task<List<EventStreamMessage>> ReadAsync(Stream stream)
    {
        var messages = new List<EventStreamMessage>();
        await foreach (var message in EventStream.ReadAsync(stream, default))
            messages.Add(message);
        return messages;
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class CutStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
