using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Bench;

/// <summary>A kept-alive connection to a target, for one call at a time.</summary>
internal sealed class GatewayConnection : IDisposable
{
    private static long _numbers;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _number;
    private readonly bool _varies;

    public GatewayConnection(GatewayTarget target, bool stream)
    {
        _socket.Connect(IPAddress.Loopback, target.Port);
        _varies = target.Varies;
        var body = GatewayUpstream.Request(target.Model, stream);
        var text = $"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{target.Port}\r\n{target.Headers}"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        _request = Encoding.ASCII.GetBytes(text);
        _number = text.IndexOf(GatewayUpstream.Number, StringComparison.Ordinal);
    }

    public async ValueTask CallAsync()
    {
        Vary();
        await _socket.SendAsync(_request);
        for (var length = 0; !IsWhole(length, await _socket.ReceiveAsync(_buffer.AsMemory(length)), out length);)
        {
        }
    }

    /// <summary>On this thread: nothing but the kernel lies between the reply and the caller.</summary>
    public void Call()
    {
        Vary();
        _socket.Send(_request);
        for (var length = 0; !IsWhole(length, _socket.Receive(_buffer.AsSpan(length)), out length);)
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Vary()
    {
        if (!_varies)
            return;
        var place = _request.AsSpan(_number, GatewayUpstream.Number.Length);
        Utf8Formatter.TryFormat(Interlocked.Increment(ref _numbers), place, out _, new('D', (byte)place.Length));
    }

    private bool IsWhole(int before, int read, out int length)
    {
        length = before + read;
        return read > 0
            ? IsWhole(_buffer.AsSpan(0, length))
            : throw new BenchException($"A target closed the connection after: {Encoding.UTF8.GetString(_buffer, 0, length)}");
    }

    private static bool IsWhole(ReadOnlySpan<byte> response)
    {
        var head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        if (!response.StartsWith("HTTP/1.1 200"u8))
            throw new BenchException($"A target answered: {Encoding.UTF8.GetString(response)}");
        var at = response[..head].IndexOf("ontent-Length: "u8);
        if (at < 0)
            at = response[..head].IndexOf("ontent-length: "u8);
        if (at >= 0)
        {
            return Utf8Parser.TryParse(response[(at + 15)..], out int length, out _) && response.Length >= head + 4 + length;
        }
        return response.EndsWith("\r\n0\r\n\r\n"u8);
    }
}
