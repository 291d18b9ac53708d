using System.Text;

namespace Cairn.Models.Tests;

public sealed class ServerSentEventsTests
{
    private const string Text = "\uFEFFdata: {\"a\":\"é €\"}\r\n\r\n: a comment\n\nevent: x\ndata: one\ndata:two\n\nid: 7\ndata: 🚢\r\rretry: 5\n\ndata\n\ndata: cut off";

    private static readonly string[] Expected = ["{\"a\":\"é €\"}", "one\ntwo", "🚢", ""];

    [Fact]
    public async Task A_stream_reads_the_same_wherever_it_is_cut()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(Expected, await ReadAsync(bytes[..cut], bytes[cut..]));
        Assert.Equal(Expected, await ReadAsync([.. bytes.Select(b => new[] { b })]));
    }

    [Theory]
    [InlineData("data: 1\n\ndata: {\"a\":1}", "{\"a\":1}")]
    [InlineData("data: 1\n\ndata: {\"a\":1}\n", "{\"a\":1}")]
    [InlineData("data: 1\n\ndata: [DONE]\r", "[DONE]")]
    [InlineData("data: 1\n\ndata: {\"a\":\ndata: 1}", "{\"a\":\n1}")]
    [InlineData("data: 1\n\ndata: {\"a\":", null)]
    [InlineData("data: 1\n\n: a comment", null)]
    [InlineData("data: 1\n\ndata:", null)]
    public async Task An_end_without_the_last_blank_line_drops_only_half_an_event(string text, string? last)
        => Assert.Equal(last is null ? ["1"] : ["1", last], await ReadAsync(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task An_endless_line_is_refused()
    {
        var pieces = Enumerable.Repeat(new byte[1 << 20], 6).ToArray();
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(pieces));
    }

    private static async Task<List<string>> ReadAsync(params byte[][] pieces)
    {
        var events = new List<string>();
        await foreach (var data in ServerSentEvents.ReadAsync(new PiecewiseStream(pieces), CancellationToken.None))
            events.Add(data);
        return events;
    }

    /// <summary>Gives one piece per read.</summary>
    private sealed class PiecewiseStream(byte[][] pieces) : MemoryStream
    {
        private readonly Queue<byte[]> _pieces = new(pieces.Where(p => p.Length > 0).SelectMany(p => p.Chunk(16 * 1024)));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_pieces.TryDequeue(out var piece))
                return new(0);
            piece.CopyTo(buffer);
            return new(piece.Length);
        }
    }
}
