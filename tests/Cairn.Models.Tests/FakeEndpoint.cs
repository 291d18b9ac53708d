using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cairn.Models.Tests;

/// <summary>A real server on a loopback port that answers as a test says.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeEndpoint(WebApplication app) => _app = app;

    public Uri BaseUrl => new(_app.Urls.First() + "/v1");

    public List<string> Bodies { get; } = [];

    public List<string> Authorizations { get; } = [];

    public static async Task<FakeEndpoint> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var endpoint = new FakeEndpoint(builder.Build());
        endpoint._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            endpoint.Bodies.Add(await reader.ReadToEndAsync());
            endpoint.Authorizations.Add(context.Request.Headers.Authorization.ToString());
            await answer(context);
        });
        await endpoint._app.StartAsync();
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

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
