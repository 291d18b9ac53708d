using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Bench;

/// <summary>
/// What a single prediction adds over HTTP: the time of <c>POST /api/v1/models/NAME/predict</c> with one row and a key, less the time of
/// <c>GET /healthz</c> of the same server, which looks at no key, reads no body and asks nothing. So reading the key, finding the live
/// version, checking the row, predicting, counting for the drift and writing the answer are all in it. One kept-alive connection over
/// loopback, one call after another, the two in turn.
/// </summary>
internal sealed class PredictionPart : ILearningPart
{
    private const string Row =
        """{"row":{"tonnage":1200.5,"length":180,"age":20,"wind":17.2,"wave":2.1,"crew":18,"visits":7,"hour":13,"flag":"NO","cargo":"B"}}""";

    /// <summary>By what they predict from, with the body of a call.</summary>
    public static readonly (string Name, string Body)[] Models =
        [("table", Row), ("text", """{"row":{"remark":"berth 12 storm expected pilot 88 cargo of 310 tonnes for NL"}}""")];

    public string Name => "prediction";

    public async Task RunAsync(BenchOptions options)
    {
        await using var server = await GatewayProcess.StartAsync(PredictionServer.Role);
        var target = server.Target("cairn");
        var (rounds, calls) = options.Quick ? (5, 1000) : (9, 4000);
        foreach (var (name, body) in Models)
        {
            using var connection = new Connection(target.Port);
            var (bare, predict) = (Get(target), Post(target, name, body));
            await MeasureAsync(connection, bare, predict, calls);
            var added = new List<(double P50, double P99, double Bare50, double Bare99, double Predict50, double Predict99)>();
            for (var round = 0; round < rounds; round++)
                added.Add(await MeasureAsync(connection, bare, predict, calls));
            var (p50, p99) = (Median(added.Select(a => a.P50)), Median(added.Select(a => a.P99)));
            var (bare50, bare99) = (Median(added.Select(a => a.Bare50)), Median(added.Select(a => a.Bare99)));
            var (predict50, predict99) = (Median(added.Select(a => a.Predict50)), Median(added.Select(a => a.Predict99)));
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{name}: GET /healthz p50 {bare50:0.000} ms, p99 {bare99:0.000} ms; one prediction p50 {predict50:0.000} ms, ")
                + FormattableString.Invariant($"p99 {predict99:0.000} ms; medians of {rounds} rounds of {calls} calls each"));
            Bar.AtMost($"learning.prediction-added.{name}.p50", p50, "ms", 1);
            Bar.AtMost($"learning.prediction-added.{name}.p99", p99, "ms", 1);
        }
    }

    private static async Task<(double P50, double P99, double Bare50, double Bare99, double Predict50, double Predict99)> MeasureAsync(
        Connection connection, byte[] bare, byte[] predict, int calls)
    {
        var (bares, predictions) = (new double[calls], new double[calls]);
        for (var i = 0; i < calls; i++)
        {
            bares[i] = await connection.CallAsync(bare);
            predictions[i] = await connection.CallAsync(predict);
        }
        Array.Sort(bares);
        Array.Sort(predictions);
        var (half, last) = (calls / 2, calls * 99 / 100);
        var (bare50, bare99, predict50, predict99) = (bares[half], bares[last], predictions[half], predictions[last]);
        return (predict50 - bare50, predict99 - bare99, bare50, bare99, predict50, predict99);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private static byte[] Get(GatewayTarget target)
        => Encoding.ASCII.GetBytes($"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{target.Port}\r\n\r\n");

    private static byte[] Post(GatewayTarget target, string model, string body) => Encoding.ASCII.GetBytes(
        $"POST /api/v1/models/{model}/predict HTTP/1.1\r\nHost: 127.0.0.1:{target.Port}\r\n{target.Headers}"
        + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _buffer = new byte[16 * 1024];

        public Connection(int port) => _socket.Connect(IPAddress.Loopback, port);

        /// <returns>Milliseconds until the whole answer was there.</returns>
        public async Task<double> CallAsync(byte[] request)
        {
            var started = Stopwatch.GetTimestamp();
            await _socket.SendAsync(request);
            var length = 0;
            while (!IsWhole(_buffer.AsSpan(0, length)))
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
                if (read == 0)
                    throw new BenchException($"The server closed the connection after: {Encoding.UTF8.GetString(_buffer, 0, length)}");
                length += read;
            }
            var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return _buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8) ? took
                : throw new BenchException($"The server answers: {Encoding.UTF8.GetString(_buffer, 0, length)}");
        }

        public void Dispose() => _socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0)
                return false;
            if (answer[..head].IndexOf("Transfer-Encoding: chunked"u8) >= 0)
                return answer.EndsWith("0\r\n\r\n"u8);
            var length = answer[..head].IndexOf("Content-Length: "u8);
            return length >= 0 && System.Buffers.Text.Utf8Parser.TryParse(answer[(length + 16)..], out int bytes, out _)
                && answer.Length >= head + 4 + bytes;
        }
    }
}
