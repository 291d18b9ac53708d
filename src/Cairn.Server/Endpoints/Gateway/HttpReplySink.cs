using System.IO.Pipelines;
using Cairn.Models;

namespace Cairn.Server;

internal sealed class HttpReplySink(HttpResponse response) : IReplySink
{
    public bool Begun { get; private set; }

    public bool Streams { get; private set; }

    public bool FailureTold { get; set; }

    public PipeWriter Body => response.BodyWriter;

    public void Begin(ReplyHead head)
    {
        Begun = true;
        Streams = head.MediaType == ReplyHead.Events;
        response.ContentType = head.MediaType;
        response.ContentLength = head.Length;
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        if (Streams)
            headers["X-Accel-Buffering"] = "no";
        if (head.Call.CacheHit)
            headers["x-cairn-cache"] = head.Call.CacheDistance is { } distance
                ? FormattableString.Invariant($"similar; distance={distance:0.####}")
                : "hit";
        else if (head.Call.Attempts is [.., var last])
            headers["x-cairn-model"] = last.Model.ToString();
        else if (head.Call.Writer is { } writer)
            headers["x-cairn-model"] = Printable(writer);
        if (head.Call.Degraded is { } degraded)
            headers["x-cairn-degraded"] = Printable(degraded);
        if (head.Headers is null)
            return;
        foreach (var (name, value) in head.Headers.NonValidated)
        {
            if (RateLimitHeaders.Contains(name))
            {
                var own = RateLimitHeaders.For(head.Call.Protocol, name, value.ToString(),
                    response.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
                headers[own.Key] = own.Value;
            }
            else if (IsNumber(name))
                headers[name] = value.ToString();
        }
    }

    /// <summary>A header holds nothing else.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    /// <summary>The number under which the provider's support finds the request.</summary>
    private static bool IsNumber(string name)
        => name.Equals("request-id", StringComparison.OrdinalIgnoreCase) || name.Equals("x-request-id", StringComparison.OrdinalIgnoreCase);
}
