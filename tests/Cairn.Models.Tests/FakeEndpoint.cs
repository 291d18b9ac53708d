using System.Text;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;

namespace Cairn.Models.Tests;

/// <summary>A real server on a loopback port that answers as a test says.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private LoopbackServer _server = null!;

    public Uri BaseUrl => new(_server.Address + "/v1");

    public List<string> Bodies { get; } = [];

    public List<string> Authorizations { get; } = [];

    public static async Task<FakeEndpoint> StartAsync(RequestDelegate answer)
    {
        var endpoint = new FakeEndpoint();
        endpoint._server = await LoopbackServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            endpoint.Bodies.Add(await reader.ReadToEndAsync());
            endpoint.Authorizations.Add(context.Request.Headers.Authorization.ToString());
            await answer(context);
        });
        return endpoint;
    }

    /// <summary>Streams the text as server-sent events, and says when it has gone out.</summary>
    public static async Task SendAsync(HttpContext context, string text)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        await context.Response.Body.FlushAsync();
    }

    public static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        using var _ = context.RequestAborted.Register(() => gone.SetResult());
        await gone.Task;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
