using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Server.Tests;

/// <summary>One request at a <see cref="RawProvider"/>.</summary>
internal sealed class RawExchange(NetworkStream stream, string body, CancellationToken stop)
{
    public string Body => body;

    public bool Streams
        => body.Contains("\"stream\":true", StringComparison.Ordinal) || body.Contains("\"stream\": true", StringComparison.Ordinal);

    /// <summary>Close the connection when the answer is out.</summary>
    public bool Closes { get; set; }

    public async Task SendAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    public Task BeginEventsAsync() => SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    public Task ChunkAsync(string text)
        => SendAsync(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n"));

    public Task EndAsync() => SendAsync("0\r\n\r\n");

    /// <summary>Says nothing more; returns when the caller has closed the connection.</summary>
    public async Task HangAsync()
    {
        Closes = true;
        while (await stream.ReadAsync(new byte[64], stop) > 0)
        {
        }
    }
}
