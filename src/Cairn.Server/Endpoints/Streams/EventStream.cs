using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace Cairn.Server;

/// <summary>
/// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): each with a number and a name, data of one line of
/// JSON, flushed at once. When nothing was sent for a while a comment keeps proxies from closing the connection.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    public const string MediaType = "text/event-stream";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly HttpResponse _response;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _end;
    private readonly Task _heart;
    private int _last;

    private EventStream(HttpContext context, TimeProvider time, int last)
    {
        _last = last;
        _response = context.Response;
        _end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _heart = BeatAsync(time, _end.Token);
    }

    /// <summary>Sends the headers, so that a browser knows that it is connected.</summary>
    /// <param name="last">The number of the last event that was sent before, over another connection.</param>
    public static async Task<EventStream> OpenAsync(HttpContext context, TimeProvider time, int last = 0)
    {
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        // For nginx, which gathers small pieces otherwise.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        return new EventStream(context, time, last);
    }

    public static bool IsWanted(HttpRequest request)
        => request.Headers.Accept.Any(a => a?.Contains(MediaType, StringComparison.OrdinalIgnoreCase) == true);

    public Task SendAsync<T>(string name, T data, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        => SendAsync(name, JsonSerializer.Serialize(data, shape), cancellationToken);

    /// <param name="json">One line.</param>
    public Task SendAsync(string name, string json, CancellationToken cancellationToken)
        => WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {++_last}\nevent: {name}\ndata: {json}\n\n"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _heart.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _writing.Dispose();
    }

    private async Task BeatAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Heartbeat, time, cancellationToken);
            await WriteAsync(": still here\n\n", cancellationToken);
        }
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _response.WriteAsync(text, cancellationToken);
            await _response.Body.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }
}
