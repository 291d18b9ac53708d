using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Bench;

/// <summary>A small HTTP/1.1 load generator over kept-alive connections: what it costs is the same for every target.</summary>
internal static class GatewayLoad
{
    private static long _numbers;

    /// <returns>Calls per second of a closed loop.</returns>
    public static async Task<double> RunAsync(GatewayTarget target, bool stream, int connections, double seconds)
    {
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new Connection(target, stream);
            var count = 0L;
            while (Stopwatch.GetTimestamp() < until)
            {
                await connection.CallAsync();
                count++;
            }
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static async Task CountAsync(GatewayTarget target, bool stream, int connections, int requests)
    {
        var left = requests;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new Connection(target, stream);
            while (Interlocked.Decrement(ref left) >= 0)
                await connection.CallAsync();
        })));
    }

    /// <summary>Begins calls at a steady rate, every millisecond those that are due.</summary>
    /// <returns>Milliseconds.</returns>
    public static async Task<(double P50, double P99)> PaceAsync(GatewayTarget target, int connections, double rate, double seconds)
    {
        var idle = new Stack<Connection>(Enumerable.Range(0, connections).Select(_ => new Connection(target, stream: false)));
        var times = new List<double>((int)(rate * seconds) + 1000);
        var running = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var begun = 0L; Stopwatch.GetElapsedTime(started).TotalSeconds is var now && now < seconds;)
        {
            for (; begun < now * rate; begun++)
            {
                Connection? connection;
                lock (idle)
                {
                    if (!idle.TryPop(out connection))
                        break;
                }
                running.Add(CallAsync(connection));
            }
            if (running.Count > 4096)
                running.RemoveAll(t => t.IsCompleted);
            await timer.WaitForNextTickAsync();
        }
        await Task.WhenAll(running);
        foreach (var connection in idle)
            connection.Dispose();
        times.Sort();
        return (times[times.Count / 2], times[(int)(times.Count * .99)]);

        async Task CallAsync(Connection connection)
        {
            var sent = Stopwatch.GetTimestamp();
            await connection.CallAsync();
            var took = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            lock (idle)
            {
                times.Add(took);
                idle.Push(connection);
            }
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _request;
        private readonly byte[] _buffer = new byte[64 * 1024];
        private readonly int _number;
        private readonly bool _varies;

        public Connection(GatewayTarget target, bool stream)
        {
            _socket.Connect(IPAddress.Loopback, target.Port);
            _varies = target.Varies;
            var body = GatewayUpstream.Request(target.Model, stream);
            var text = $"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{target.Port}\r\n{target.Headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            _request = Encoding.ASCII.GetBytes(text);
            _number = text.IndexOf(GatewayUpstream.Number, StringComparison.Ordinal);
        }

        public async ValueTask CallAsync()
        {
            if (_varies)
                Utf8Formatter.TryFormat(Interlocked.Increment(ref _numbers), _request.AsSpan(_number, GatewayUpstream.Number.Length), out _, new('D', (byte)GatewayUpstream.Number.Length));
            await _socket.SendAsync(_request);
            var length = 0;
            while (true)
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
                if (read == 0)
                    throw new BenchException($"A target closed the connection after: {Encoding.UTF8.GetString(_buffer, 0, length)}");
                length += read;
                if (IsWhole(_buffer.AsSpan(0, length)))
                    return;
            }
        }

        public void Dispose() => _socket.Dispose();

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
}
