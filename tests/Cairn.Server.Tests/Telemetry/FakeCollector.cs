using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cairn.Server.Tests;

/// <summary>An OpenTelemetry collector on a loopback port that keeps what it is sent, by path.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private LoopbackServer _server = null!;

    public string Address => _server.Address;

    public ConcurrentQueue<(string Path, string Authorization, byte[] Body)> Received { get; } = [];

    /// <param name="grpc">Whether it speaks gRPC rather than HTTP.</param>
    /// <param name="status">What it says of everything that it is sent.</param>
    /// <param name="body">Whether a message comes before the status; without one the status is among the headers.</param>
    public static async Task<FakeCollector> StartAsync(bool grpc = false, int status = 0, bool body = true)
    {
        var collector = new FakeCollector();
        collector._server = await LoopbackServer.StartAsync(async context =>
        {
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent);
            collector.Received.Enqueue((context.Request.Path.Value!, context.Request.Headers.Authorization.ToString(), sent.ToArray()));
            if (!grpc)
                return;
            context.Response.ContentType = "application/grpc";
            var said = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (!body)
            {
                context.Response.Headers["grpc-status"] = said;
                return;
            }
            // An empty message: not compressed, no bytes.
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", said);
        }, grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        return collector;
    }

    public bool Holds(string path, ReadOnlySpan<byte> bytes)
    {
        foreach (var received in Received)
        {
            if (received.Path == path && received.Body.AsSpan().IndexOf(bytes) >= 0)
                return true;
        }
        return false;
    }

    public bool Holds(string path, string text) => Holds(path, System.Text.Encoding.UTF8.GetBytes(text));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
